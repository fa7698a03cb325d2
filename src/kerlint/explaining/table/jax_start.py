"""What JAX says when it starts, and of packages that are older than it."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

_OLDER = (
    "A package uses `{name}`, which this JAX no longer has: it is older than JAX (Flax, Haiku, diffusers "
    "and the like)."
)
_TOGETHER = (
    "Update that package together with jax (python -m pip install -U flax jax), or install jax<0.4.24 "
    "with its jaxlib."
)

MESSAGES = (
    M(
        id="jax-no-supported-device",
        kind="cause",
        has="no supported devices found for platform ",
        pattern=r"RuntimeError: .*no supported devices found for platform (?P<platform>\w+)",
        example="RuntimeError: Unable to initialize backend 'cuda': INTERNAL: no supported devices found for platform "
        "CUDA (you may need to uninstall the failing plugin package, or set JAX_PLATFORMS=cpu to skip this backend.)",
        says="JAX's plugin for {platform} started and found no GPU that it may use: none is visible to this process, it "
        "is busy or too old, or under Slurm each task sees one GPU and asks for that of its number.",
        cure="nvidia-smi -L and CUDA_VISIBLE_DEVICES in the very process; under Slurm --gres=gpu:N or "
        "--gpu-bind=none instead of --gpus-per-task.",
        source="https://github.com/jax-ml/jax/issues/28194",
        codes=("KER701", "KER711"),
        stops=True,
        follows=(
            *(
                "cuinit-no-device",
                "cuinit-unknown",
                "cuinit-mismatch",
                "cuinit-compat",
                "cuinit-not-ready",
            ),
            *(
                "cuinit-stub",
                "gpu-busy",
                "jax-no-such-gpu",
                "driver-too-old",
                "cuda-not-initialized",
            ),
        ),
    ),
    M(
        id="jaxlib-wants-avx",
        kind="cause",
        has="This version of jaxlib was built using ",
        pattern=r"built using (?P<names>\w+) instructions",
        example="RuntimeError: This version of jaxlib was built using AVX instructions, which your CPU "
        "and/or operating system do not support. You may be able work around this issue by building "
        "jaxlib from source.",
        says="The processor, or what emulates it, has no {names}. On a Mac with ARM: this Python is one "
        "for Intel.",
        cure="On a Mac make the environment with a Python for arm64; in a virtual machine let the host's "
        "processor through.",
        source="https://github.com/jax-ml/jax/pull/21494",
        codes=("KER652",),
        stops=True,
    ),
    M(
        id="jax-cuda-library-not-loaded",
        kind="cause",
        has="Unable to load cu",
        pattern=r"Unable to load (?P<library>cu\w+)\. Is it installed\?",
        example="RuntimeError: Unable to load cuSPARSE. Is it installed?",
        says="JAX's plugin cannot load {library}, or the copy that it finds does not fit: most often "
        "LD_LIBRARY_PATH puts another CUDA before the wheels.",
        cure="unset LD_LIBRARY_PATH; if it stays: python -m pip install -U 'jax[cuda12]'.",
        source="https://github.com/jax-ml/jax/issues/29843",
        codes=("KER721", "KER722"),
    ),
    M(
        id="jax-cuda-library-outdated",
        kind="cause",
        has="installation found.",
        pattern=r"Outdated (?P<library>\w+) installation found",
        example="Outdated cuSPARSE installation found.",
        says="The {library} that JAX finds is older than the one it was built for: a toolkit on "
        "LD_LIBRARY_PATH, or wheels that another package holds back.",
        cure="unset LD_LIBRARY_PATH; python -m pip install -U 'jax[cuda12]', in an environment without "
        "the package that holds it back.",
        source="https://github.com/jax-ml/jax/issues/18027",
        codes=("KER722", "KER723"),
    ),
    M(
        id="jax-cudnn-older",
        kind="cause",
        has="but JAX was built against version",
        pattern=r"Found (?P<library>\w+) version (?P<have>\d+), but JAX was built against version (?P<built>\d+)",
        example="RuntimeError: Found cuDNN version 8900, but JAX was built against version 8907, which is "
        "newer.",
        says="{library} {have} is loaded, and JAX was built for {built}, which is newer.",
        cure="unset LD_LIBRARY_PATH; python -m pip install -U 'jax[cuda12]'.",
        source="https://github.com/jax-ml/jax/issues/18027",
        codes=("KER722", "KER723"),
        stops=True,
    ),
    M(
        id="jax-no-convolution-algorithm",
        kind="cause",
        has="Failed to determine best cudnn convolution algorithm",
        example="jaxlib.xla_extension.XlaRuntimeError: UNKNOWN: Failed to determine best cudnn convolution "
        "algorithm for:",
        says="cuDNN could not run a convolution in any way that XLA tried: its work space did not fit "
        "into the memory that was left, or cuDNN does not fit this JAX.",
        cure="Set XLA_PYTHON_CLIENT_PREALLOCATE=false (or XLA_PYTHON_CLIENT_MEM_FRACTION=0.7) before the "
        "start, end other processes on the GPU, unset LD_LIBRARY_PATH.",
        source="https://github.com/jax-ml/jax/issues/8506",
        codes=("KER712", "KER723"),
        stops=True,
        follows=("cudnn-handle", "error-before-cudnn", "cudnn-too-old"),
    ),
    M(
        id="jax-without-cudnn",
        kind="cause",
        has="dnn != nullptr",
        example="jaxlib.xla_extension.XlaRuntimeError: INTERNAL: RET_CHECK failure "
        "(external/xla/xla/service/gpu/gpu_compiler.cc:626) dnn != nullptr",
        says="XLA could not start cuDNN: the GPU's memory is taken, or cuDNN does not fit.",
        cure="Set XLA_PYTHON_CLIENT_PREALLOCATE=false before the start, end other processes on the GPU, "
        "unset LD_LIBRARY_PATH.",
        source="https://github.com/jax-ml/jax/issues/12461",
        codes=("KER712", "KER723"),
        stops=True,
        follows=("cudnn-handle", "error-before-cudnn", "cudnn-too-old"),
    ),
    M(
        id="name-of-jax-gone",
        kind="cause",
        has="AttributeError: module 'jax",
        pattern=r"module 'jax[\w.]*' has no attribute '(?P<name>linear_util|KeyArray|NamedShape|Shape|"
        r"abstract_arrays|tree_multimap|xla_computation)'",
        example="AttributeError: module 'jax.random' has no attribute 'KeyArray'",
        says=_OLDER,
        cure=_TOGETHER,
        source="https://github.com/jax-ml/jax/issues/23392",
        stops=True,
    ),
    M(
        id="import-of-jax-gone",
        kind="cause",
        has="' from 'jax",
        pattern=r"cannot import name '(?P<name>linear_util|KeyArray|abstract_arrays)' from 'jax",
        example="ImportError: cannot import name 'linear_util' from 'jax' "
        "(/env/lib/python3.11/site-packages/jax/__init__.py)",
        says=_OLDER,
        cure=_TOGETHER,
        source="https://github.com/jax-ml/jax/issues/23392",
        stops=True,
    ),
)
