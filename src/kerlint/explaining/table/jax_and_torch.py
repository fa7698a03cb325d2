"""What JAX and torch say of themselves and of the GPU."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

MESSAGES = (
    M(
        id="jaxlib-too-old",
        kind="cause",
        has="but this version of jax requires version",
        pattern=r"jaxlib is version (?P<found>[\w.+]+), but this version of jax requires version (?:>= )?(?P<wanted>[\d.]+\d)",
        example="RuntimeError: jaxlib is version 0.9.0, but this version of jax requires version >= "
        "0.9.1.",
        says="jaxlib {found} is older than this jax allows ({wanted}).",
        cure="Install both in one command: python -m pip install -U jax jaxlib.",
        source="https://github.com/jax-ml/jax/blob/main/jax/_src/lib/__init__.py",
        codes=("KER611",),
        stops=True,
    ),
    M(
        id="jaxlib-too-new",
        kind="cause",
        has="is newer than and incompatible with jax version",
        example="RuntimeError: jaxlib version 0.4.26 is newer than and incompatible with jax version "
        "0.4.25. Please update your jax and/or jaxlib packages.",
        says="jaxlib is newer than jax.",
        cure="Install both in one command: python -m pip install -U jax jaxlib.",
        source="https://github.com/xai-org/grok-1/pull/315",
        codes=("KER611",),
        stops=True,
    ),
    M(
        id="jax-plugin-version",
        kind="cause",
        has="but it is not compatible with the installed jaxlib version",
        pattern=r"plugin (?P<plugin>\w+) version (?P<found>[\w.]+) is installed, but it is not compatible with the installed jaxlib version (?P<jaxlib>[\w.]+\w)",
        example="RuntimeWarning: JAX plugin jax_cuda12_plugin version 0.9.2 is installed, but it is not "
        "compatible with the installed jaxlib version 0.9.0.1, so it will not be used.",
        says="{plugin} {found} and jaxlib {jaxlib} are not of one version: JAX stays on the CPU.",
        cure="Install the plugin and its -pjrt package in the version of jaxlib ({jaxlib}).",
        source="https://github.com/ma-gilles/recovar/issues/64",
        codes=("KER611", "KER741"),
    ),
    M(
        id="jax-without-cuda",
        kind="harmless",
        gpu=True,
        has="CUDA-enabled jaxlib is not installed. Falling back to",
        example="WARNING:2025-06-15 17:04:55,449:jax._src.xla_bridge:791: An NVIDIA GPU may be present "
        "on this machine, but a CUDA-enabled jaxlib is not installed. Falling back to cpu.",
        says="There may be a GPU, and JAX was installed without its CUDA plugin: it computes on the "
        "CPU.",
        cure="To use the GPU: python -m pip install -U 'jax[cuda12]'.",
        source="https://github.com/jax-ml/jax/issues/29068",
        codes=("KER741",),
    ),
    M(
        id="jax-backend-not-started",
        kind="cause",
        has="Unable to initialize backend '",
        pattern=r"RuntimeError: Unable to initialize backend '(?P<backend>\w+)'(?!.*(?:list of known backends|no supported devices))",
        example="RuntimeError: Unable to initialize backend 'cuda': INVALID_ARGUMENT: Mismatched PJRT "
        "plugin PJRT API version (0.54) and framework PJRT API version 0.51).",
        says="JAX was told to use `{backend}` (JAX_PLATFORMS, or a plugin that is installed) and "
        "could not start it; the rest of the line says why.",
        cure="Bring the plugin to jaxlib's version, or unset JAX_PLATFORMS.",
        source="https://github.com/jax-ml/jax/issues/22416",
        codes=("KER651", "KER741"),
        stops=True,
        follows=(
            *("cuinit-no-device", "cuinit-unknown", "cuinit-mismatch", "cuinit-compat"),
            *(
                "cuinit-not-ready",
                "cuinit-stub",
                "gpu-busy",
                "jax-no-such-gpu",
                "jax-plugin-version",
            ),
            *("jax-plugin-configuration", "driver-too-old"),
        ),
    ),
    M(
        id="jax-other-backend-not-there",
        kind="harmless",
        has="Unable to initialize backend '",
        pattern=r"^Unable to initialize backend '(?P<backend>(?!cuda|gpu)\w+)'",
        example="INFO:jax._src.xla_bridge:Unable to initialize backend 'tpu': INTERNAL: Failed to open "
        "libtpu.so: libtpu.so: cannot open shared object file: No such file or directory",
        says="JAX looked for `{backend}` too; nothing of it is there.",
        cure="",
        source="https://github.com/jax-ml/jax/blob/main/jax/_src/xla_bridge.py",
    ),
    M(
        id="jax-cuda-not-there",
        kind="harmless",
        gpu=True,
        has="Unable to initialize backend '",
        pattern=r"^Unable to initialize backend '(?:cuda|gpu)'(?!.*but JAX was built against)",
        example="INFO:jax._src.xla_bridge:Unable to initialize backend 'cuda': FAILED_PRECONDITION: No "
        "visible GPU devices.",
        says="JAX looked for an NVIDIA GPU and could not start it; the rest of the line says why. "
        "Without a GPU that is as it should be.",
        cure="With a GPU: python -m pip install -U 'jax[cuda12]', and see that nvidia-smi works.",
        source="https://github.com/jax-ml/jax/blob/main/jax/_src/xla_bridge.py",
        codes=("KER741",),
    ),
    M(
        id="jax-no-gpu",
        kind="harmless",
        gpu=True,
        has="No GPU/TPU found, falling back to CPU",
        example="WARNING:absl:No GPU/TPU found, falling back to CPU. (Set TF_CPP_MIN_LOG_LEVEL=0 and "
        "rerun for more info.)",
        says="JAX computes on the CPU.",
        cure="To use a GPU: python -m pip install -U 'jax[cuda12]'.",
        source="https://github.com/jax-ml/jax/issues/17624",
        codes=("KER741",),
    ),
    M(
        id="jax-plugin-configuration",
        kind="cause",
        has="Jax plugin configuration error",
        example="ERROR:2025-05-28 18:06:26,600:jax._src.xla_bridge:444: Jax plugin configuration error: "
        "Exception when calling jax_plugins.xla_cuda12.initialize()",
        says="The CUDA plugin of JAX is installed and does not start: a CUDA library is missing, or "
        "older than it needs; the lines after it say which.",
        cure="Install again in one command: python -m pip install -U 'jax[cuda12]'; unset "
        "LD_LIBRARY_PATH.",
        source="https://github.com/jax-ml/jax/issues/29068",
        codes=("KER721", "KER723"),
        follows=(
            *("cuinit-no-device", "cuinit-unknown", "cuinit-mismatch", "cuinit-not-ready"),
            *("jax-cuda-library-not-loaded", "jax-cuda-library-outdated", "jax-cudnn-older"),
        ),
    ),
    M(
        id="jax-and-fork",
        kind="cause",
        has="os.fork() is incompatible with multithreaded code, and JAX is multithreaded",
        example="RuntimeWarning: os.fork() was called. os.fork() is incompatible with multithreaded "
        "code, and JAX is multithreaded, so this will likely lead to a deadlock.",
        says="A process was forked after JAX had started its threads: it may hang.",
        cure="Use multiprocessing with the start method spawn or forkserver.",
        source="https://github.com/jax-ml/jax/issues/18852",
    ),
    M(
        id="torch-without-cuda",
        kind="cause",
        has="Torch not compiled with CUDA enabled",
        example="AssertionError: Torch not compiled with CUDA enabled",
        says="The installed torch is a build for the CPU.",
        cure="Install a CUDA build, with the index address that pytorch.org/get-started names.",
        source="https://pytorch.org/get-started/locally/",
        codes=("KER741",),
        stops=True,
    ),
    M(
        id="torch-no-driver",
        kind="cause",
        has="Found no NVIDIA driver on your system",
        example="RuntimeError: Found no NVIDIA driver on your system. Please check that you have an "
        "NVIDIA GPU and installed a driver from http://www.nvidia.com/Download/index.aspx",
        says="torch was told to use a GPU, and there is no driver.",
        cure="Install the driver; in Docker start with --gpus all; else do not ask for `cuda`.",
        source="https://github.com/pytorch/pytorch/blob/main/c10/cuda/CUDAFunctions.cpp",
        codes=("KER701", "KER731"),
        stops=True,
    ),
    M(
        id="torch-driver-too-old",
        kind="cause",
        has="The NVIDIA driver on your system is too old",
        pattern=r"found version (?P<version>\d+)",
        example="UserWarning: CUDA initialization: The NVIDIA driver on your system is too old (found "
        "version 11040). Please update your GPU driver",
        says="The driver knows CUDA {version} (thousands are the major version), and torch was built "
        "for a newer one.",
        cure="Raise the driver, or install a torch for that CUDA.",
        source="https://github.com/pytorch/pytorch/blob/main/c10/cuda/CUDAFunctions.cpp",
        codes=("KER706",),
    ),
    M(
        id="torch-cuda-unknown-error",
        kind="cause",
        has="CUDA unknown error - this may be due to an incorrectly set up environment",
        example="UserWarning: CUDA initialization: CUDA unknown error - this may be due to an "
        "incorrectly set up environment, e.g. changing env variable CUDA_VISIBLE_DEVICES after "
        "program start. Setting the available devices to be zero.",
        says="The driver could not start CUDA, often after suspend.",
        cure="sudo modprobe -r nvidia_uvm && sudo modprobe nvidia_uvm; else reboot.",
        source="https://github.com/pytorch/pytorch/issues/159954",
        codes=("KER702",),
    ),
    M(
        id="torch-capability",
        kind="cause",
        has="is not compatible with the current PyTorch installation",
        pattern=r"CUDA capability (?P<capability>sm_\d+)",
        example="NVIDIA GeForce RTX 5090 with CUDA capability sm_120 is not compatible with the current "
        "PyTorch installation.",
        says="The installed torch has no code for this GPU ({capability}).",
        cure="Install a torch for a CUDA that knows {capability} (cu128 or newer for sm_120).",
        source="https://github.com/pytorch/pytorch/issues/150733",
        codes=("KER708",),
    ),
    M(
        id="torch-no-kernel-image",
        kind="cause",
        has="no kernel image is available for execution on the device",
        example="RuntimeError: CUDA error: no kernel image is available for execution on the device",
        says="The installed build has no code for this GPU: the GPU is too new or too old for it.",
        cure="Install a build for this GPU: pytorch.org/get-started names those of torch; of JAX take "
        "the newest jax[cuda12], of TensorFlow NVIDIA's container.",
        source="https://github.com/pytorch/pytorch/issues/31285",
        codes=("KER708",),
        stops=True,
        follows=("torch-capability",),
    ),
    M(
        id="torch-invalid-device",
        kind="cause",
        has="CUDA error: invalid device ordinal",
        example="RuntimeError: CUDA error: invalid device ordinal",
        says="A GPU was asked for by a number that does not exist here, or that "
        "CUDA_VISIBLE_DEVICES hides.",
        cure="Count with torch.cuda.device_count(); numbers begin at 0 among the visible ones.",
        source="https://docs.pytorch.org/docs/stable/notes/cuda.html",
        codes=("KER709",),
        stops=True,
    ),
    M(
        id="torch-cuda-file-on-cpu",
        kind="cause",
        has="Attempting to deserialize object on a CUDA device but",
        example="RuntimeError: Attempting to deserialize object on a CUDA device but "
        "torch.cuda.is_available() is False. If you are running on a CPU-only machine, please use "
        "torch.load with map_location=torch.device('cpu') to map your storages to the CPU.",
        says="The file was saved from a GPU, and there is none here.",
        cure="torch.load(path, map_location='cpu').",
        source="https://docs.pytorch.org/docs/stable/generated/torch.load.html",
        codes=("KER741",),
        stops=True,
    ),
)
