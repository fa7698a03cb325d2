"""GPUs that are there and are refused: to this process, to a second one, to a build."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

MESSAGES = (
    M(
        id="cuinit-stub",
        kind="cause",
        has="failed call to cuInit",
        pattern=r"UNKNOWN ERROR \(34\)|CUDA_ERROR_STUB_LIBRARY|CUresult\(-1\)",
        example="2022-05-16 10:15:11.336151: E external/org_tensorflow/tensorflow/stream_executor/cuda/"
        "cuda_driver.cc:272] failed call to cuInit: UNKNOWN ERROR (34)",
        says="The libcuda that was found is the toolkit's stub, which is there to link against, and not "
        "the driver's.",
        cure="Take the folder `stubs` off LD_LIBRARY_PATH; in Docker start with --gpus all.",
        source="https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__TYPES.html",
        codes=("KER705",),
    ),
    M(
        id="gpu-busy",
        kind="cause",
        has="busy or unavailable",
        example="RuntimeError: CUDA error: CUDA-capable device(s) is/are busy or unavailable",
        says="The GPU takes no further process: it is in the mode `exclusive process` and another one is "
        "on it, or it has failed.",
        cure="nvidia-smi shows the mode (E. Process) and who is on it: end that process, start one process "
        "per GPU, or have an administrator run nvidia-smi -c DEFAULT.",
        source="https://github.com/jax-ml/jax/issues/23770",
        codes=("KER702",),
    ),
    M(
        id="jax-no-such-gpu",
        kind="cause",
        has="CUDA_ERROR_INVALID_DEVICE",
        example="2024-09-05 07:57:34.555804: W external/xla/xla/service/platform_util.cc:199] unable to "
        "create StreamExecutor for CUDA:1: failed initializing StreamExecutor for CUDA device ordinal 1: "
        "INTERNAL: Failed to call cuDeviceGet: CUDA_ERROR_INVALID_DEVICE: invalid device ordinal",
        says="JAX asked for a GPU by a number that this process does not see. Under Slurm each task may "
        "see one GPU only, its own, as number 0.",
        cure="jax.distributed.initialize(local_device_ids=[0]), or let every task see all GPUs of the node "
        "(--gpus-per-node instead of --gpus-per-task).",
        source="https://github.com/jax-ml/jax/issues/23452",
        codes=("KER709",),
    ),
    M(
        id="cuda-after-fork",
        kind="cause",
        has="Cannot re-initialize CUDA in forked subprocess",
        example="RuntimeError: Cannot re-initialize CUDA in forked subprocess. To use CUDA with "
        "multiprocessing, you must use the 'spawn' start method",
        says="A process that had started CUDA was forked, as workers of a DataLoader are; the copy cannot "
        "use the GPU.",
        cure="Keep tensors of the GPU out of the data set (torch.load with map_location='cpu'), or start "
        "the workers by spawn: multiprocessing.set_start_method('spawn').",
        source="https://github.com/pytorch/pytorch/issues/40403",
        stops=True,
    ),
    M(
        id="jax-cuda-not-started",
        kind="follower",
        has="failed to initialize: ",
        pattern=r"(?:CUDA backend|Backend '(?:gpu|cuda)') failed to initialize: (?!.*CUDA_ERROR_NOT_INITIALIZED)",
        example="CUDA backend failed to initialize: Unable to use CUDA because of the following issues with CUDA "
        "components:",
        says="JAX could not start CUDA and computes on the CPU; the rest of the line says why.",
        cure="Install again in one command: python -m pip install -U 'jax[cuda12]'; `kerlint --probe` looks "
        "at the driver and the libraries.",
        source="https://github.com/jax-ml/jax/issues/20722",
        codes=("KER741", "KER702"),
        follows=(
            *("jax-cuda-library-outdated", "jax-cuda-library-not-loaded", "jax-cudnn-older"),
            *("cuinit-stub", "cuinit-no-device", "cuinit-unknown", "cuinit-mismatch"),
            *("cuinit-not-ready", "gpu-busy", "jax-no-such-gpu"),
        ),
    ),
    M(
        id="nccl-older-than-built-for",
        kind="cause",
        has="undefined symbol: nccl",
        pattern=r"undefined symbol: (?P<symbol>nccl\w+)",
        example="ImportError: /env/lib/python3.10/site-packages/torch/lib/libtorch_cuda.so: undefined "
        "symbol: ncclMemFree",
        says="torch finds an older NCCL than it was built for (no {symbol}): wheels of two CUDAs "
        "(nvidia-nccl-cu11, -cu12, -cu13) write into one folder, or LD_LIBRARY_PATH has one of the system.",
        cure="unset LD_LIBRARY_PATH; uninstall every nvidia-nccl-*, then install torch again with "
        "--force-reinstall.",
        source="https://github.com/rwth-i6/returnn/issues/1802",
        codes=("KER616", "KER722"),
        stops=True,
    ),
    M(
        id="cudnn-part-not-found",
        kind="cause",
        has="Unable to load any of {lib",
        pattern=r"any of \{(?P<library>lib\w+\.so[.\d]*)",
        example="Unable to load any of {libcudnn_ops.so.9.1.0, libcudnn_ops.so.9.1, libcudnn_ops.so.9, "
        "libcudnn_ops.so}",
        says="cuDNN was asked for, and {library} is not found by the program that needs it.",
        cure="python -m pip install nvidia-cudnn-cu12, and put its folder nvidia/cudnn/lib on "
        "LD_LIBRARY_PATH for a program that does not look there by itself.",
        source="https://github.com/daswer123/xtts-finetune-webui/issues/18",
        codes=("KER721",),
    ),
    M(
        id="cusolver-failed",
        kind="cause",
        has="cuSolver internal error",
        example="jaxlib._jax.XlaRuntimeError: INTERNAL: cuSolver internal error",
        says="cuSOLVER does not start: the cuBLAS beside it is older than it needs (JAX 0.6.1 held it "
        "back), another CUDA is on LD_LIBRARY_PATH, or the GPU's memory is taken.",
        cure="unset LD_LIBRARY_PATH; python -m pip install -U 'jax[cuda12]' nvidia-cublas-cu12; "
        "XLA_PYTHON_CLIENT_PREALLOCATE=false.",
        source="https://github.com/jax-ml/jax/issues/29065",
        codes=("KER723", "KER722"),
        stops=True,
    ),
    M(
        id="jax-without-that-plugin",
        kind="cause",
        has="is not in the list of known backends",
        pattern=r"Backend '(?P<backend>\w+)' is not in the list",
        example="RuntimeError: Unable to initialize backend 'cuda': Backend 'cuda' is not in the list of "
        "known backends: ['cpu', 'tpu']. (set JAX_PLATFORMS='' to automatically choose an available "
        "backend)",
        says="JAX was told to use `{backend}` (JAX_PLATFORMS), and no plugin for it is installed.",
        cure="unset JAX_PLATFORMS, or install the plugin: python -m pip install -U 'jax[cuda12]' for NVIDIA.",
        source="https://github.com/ROCm/TheRock/issues/3627",
        codes=("KER651", "KER741"),
        stops=True,
    ),
    M(
        id="jax-without-that-platform",
        kind="cause",
        has="Unknown backend: '",
        pattern=r"Unknown backend: '(?P<backend>\w+)' requested",
        example="RuntimeError: Unknown backend: 'gpu' requested, but no platforms that are instances of gpu "
        "are present. Platforms present are: interpreter,cpu",
        says="The program asks JAX for a device of `{backend}`, and JAX has none: its plugin is not "
        "installed, or could not start.",
        cure="python -m pip install -U 'jax[cuda12]' for NVIDIA's GPUs; `kerlint --probe` says why it does "
        "not start.",
        source="https://github.com/danijar/dreamerv3/issues/18",
        codes=("KER741",),
        stops=True,
    ),
    M(
        id="xla-flag-unknown",
        kind="cause",
        has="Unknown flag",
        pattern=r"Unknown flags? in (?P<variable>\w+): (?P<flags>--?\w+)",
        example="F0415 10:00:00.000000 7 parse_flags_from_env.cc:226] Unknown flags in XLA_FLAGS: "
        "--xla_tpu_spmd_rng_bit_generator_unsafe=1",
        says="The variable {variable} has the option {flags}, which this XLA does not have (any more), and "
        "XLA ends the program for it.",
        cure="Take it out of {variable}, or unset {variable}.",
        source="https://github.com/jax-ml/jax/issues/15616",
        codes=("KER652",),
        stops=True,
    ),
)
