"""CUDA and cuDNN libraries, libdevice and ptxas, the code for a GPU."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

MESSAGES = (
    M(
        id="library-not-loaded",
        kind="cause",
        has="Could not load dynamic library '",
        pattern=r"library '(?P<library>(?!libnvinfer|libcuda\.so|nvcuda)[^']+)'",
        example="2021-01-02 10:00:00.000000: W tensorflow/stream_executor/platform/default/"
        "dso_loader.cc:60] Could not load dynamic library 'libcudart.so.11.0'; dlerror: "
        "libcudart.so.11.0: cannot open shared object file: No such file or directory",
        says="{library} is not found, and this TensorFlow was built for just that version. On a "
        "machine without an NVIDIA GPU it does not matter.",
        cure="Use a TensorFlow for the CUDA that is there (2.14 and newer: tensorflow[and-cuda] "
        "brings its own), or install that CUDA.",
        source="https://github.com/tensorflow/tensorflow/issues/34287",
        codes=("KER721",),
    ),
    M(
        id="driver-library-not-loaded",
        kind="harmless",
        gpu=True,
        has="Could not load dynamic library '",
        pattern=r"library '(?:libcuda\.so\.1|nvcuda\.dll)'",
        example="W tensorflow/stream_executor/platform/default/dso_loader.cc:64] Could not load "
        "dynamic library 'libcuda.so.1'; dlerror: libcuda.so.1: cannot open shared object file: No "
        "such file or directory",
        says="There is no NVIDIA driver: normal without a GPU, and in a container without one.",
        cure="With a GPU: install the driver; in Docker start with --gpus all.",
        source="https://github.com/tensorflow/tensorflow/issues/37689",
        codes=("KER731",),
    ),
    M(
        id="cannot-dlopen-gpu-libraries",
        kind="cause",
        has="Cannot dlopen some GPU libraries",
        example="W0000 00:00:1795271979.592631   18712 gpu_device.cc:2365] Cannot dlopen some GPU "
        "libraries. Please make sure the missing libraries mentioned above are installed properly "
        "if you would like to use GPU.",
        says="A CUDA or cuDNN library is missing, so no GPU is used. The line does not say which; "
        "`kerlint --probe` does, and so does TF_CPP_MAX_VLOG_LEVEL=3.",
        cure="python -m pip install 'tensorflow[and-cuda]' in this environment; see that "
        "LD_LIBRARY_PATH points to no other CUDA.",
        source="https://github.com/tensorflow/tensorflow/issues/66987",
        codes=("KER721", "KER741"),
        follows=("library-not-loaded", "cuda-libraries-not-loaded"),
    ),
    M(
        id="cuda-libraries-not-loaded",
        kind="cause",
        has="Error loading CUDA libraries. GPU will not be used",
        example="E0000 00:00:1795271979.592631   18712 cuda_executor.cc:1309] INTERNAL: CUDA Runtime "
        "error: Failed call to cudaGetRuntimeVersion: Error loading CUDA libraries. GPU will not be "
        "used.: Error loading CUDA libraries. GPU will not be used.",
        says="There is a driver, and no CUDA runtime library (libcudart) beside it.",
        cure="python -m pip install 'tensorflow[and-cuda]' in this environment.",
        source="https://github.com/tensorflow/tensorflow/issues/63362",
        codes=("KER721",),
    ),
    M(
        id="cudnn-version-unknown",
        kind="follower",
        has="Failed to determine cuDNN version",
        example="E0000 00:00:1795271979.592631   18712 cuda_executor.cc:1330] Failed to determine "
        "cuDNN version (Note that this is expected if the application doesn't link the cuDNN "
        "plugin): INTERNAL: cuDNN error",
        says="cuDNN could not be opened.",
        cure="As for the CUDA libraries: tensorflow[and-cuda] in this environment.",
        source="https://github.com/tensorflow/tensorflow/issues/85311",
        codes=("KER721",),
        follows=("cuda-libraries-not-loaded",),
    ),
    M(
        id="cudnn-too-old",
        kind="cause",
        has="Loaded runtime CuDNN library: ",
        pattern=r"library: (?P<loaded>[\d.]+\d)(?: \(.*?\))? but source was compiled with:? (?P<built>[\d.]+\d)",
        example="E0715 18:02:17.586518  591934 cuda_dnn.cc:523] Loaded runtime CuDNN library: 9.1.0 "
        "but source was compiled with: 9.3.0.  CuDNN library needs to have matching major version "
        "and equal or higher minor version.",
        says="cuDNN {loaded} was loaded, and {built} is needed: another package (often torch), the "
        "image or LD_LIBRARY_PATH puts an older one first.",
        cure="Raise nvidia-cudnn-cu12 to {built} or newer in this environment and take other cuDNNs "
        "off LD_LIBRARY_PATH; or keep torch and TensorFlow in two environments.",
        source="https://github.com/tensorflow/tensorflow/issues/60913",
        codes=("KER723", "KER722"),
    ),
    M(
        id="dnn-library-not-found",
        kind="follower",
        has="DNN library",
        pattern=r"DNN library (?:is not found|initialization failed)",
        example="tensorflow.python.framework.errors_impl.UnimplementedError: Graph execution error: "
        "DNN library is not found.",
        says="cuDNN could not be used; the lines before say why.",
        cure="Look for a line about cuDNN or memory above; update nvidia-cudnn-cu12.",
        source="https://github.com/Kaggle/docker-python/issues/1435",
        codes=("KER723",),
        stops=True,
        follows=(
            "error-before-cudnn",
            "cudnn-too-old",
            "cudnn-handle",
            "cudnn-version-unknown",
            "library-not-loaded",
        ),
    ),
    M(
        id="cudnn-handle",
        kind="cause",
        has="Could not create cudnn handle: ",
        pattern=r"handle: (?P<status>CUDNN_STATUS_\w+)",
        example="E tensorflow/stream_executor/cuda/cuda_dnn.cc:329] Could not create cudnn handle: "
        "CUDNN_STATUS_INTERNAL_ERROR",
        says="cuDNN did not start ({status}): mostly the GPU's memory is taken (another process, or "
        "this one took all of it), else cuDNN and driver do not fit.",
        cure="See who has the memory (nvidia-smi); start with TF_FORCE_GPU_ALLOW_GROWTH=true.",
        source="https://github.com/tensorflow/tensorflow/issues/24496",
        codes=("KER712", "KER723"),
    ),
    M(
        id="no-convolution-algorithm",
        kind="follower",
        has="Failed to get convolution algorithm",
        example="UnknownError: Failed to get convolution algorithm. This is probably because cuDNN "
        "failed to initialize, so try looking to see if a warning log message was printed above.",
        says="The first convolution found cuDNN unusable; the line before says why.",
        cure="Look for `Could not create cudnn handle` or `Loaded runtime CuDNN library` above.",
        source="https://github.com/tensorflow/tensorflow/issues/24828",
        codes=("KER723", "KER712"),
        stops=True,
        follows=("cudnn-handle", "cudnn-too-old", "library-not-loaded"),
    ),
    M(
        id="cudnn-parts-differ",
        kind="cause",
        has="CUDNN_STATUS_SUBLIBRARY_VERSION_MISMATCH",
        example="RuntimeError: cuDNN error: CUDNN_STATUS_SUBLIBRARY_VERSION_MISMATCH",
        says="cuDNN 9 is in several files, and they were loaded from two places or versions.",
        cure="Reinstall the nvidia-cudnn package, and take other cuDNNs off LD_LIBRARY_PATH and "
        "the system's library folders.",
        source="https://github.com/pytorch/pytorch/issues/185512",
        codes=("KER722", "KER723"),
        stops=True,
    ),
    M(
        id="cuda-library-from-elsewhere",
        kind="cause",
        has="symbol",
        pattern=r"lib(?:cu|nv)\w+\.so[.\d]*: (?:undefined symbol: |symbol \S+, version )|symbol:? "
        r"(?:__nvJitLink|cublas|cudnn|cusparse)",
        example="ImportError: /env/lib/python3.11/site-packages/torch/lib/../../nvidia/cusparse/lib/"
        "libcusparse.so.12: undefined symbol: __nvJitLinkAddData_12_1, version libnvJitLink.so.12",
        says="Two CUDA versions are mixed: a library of the wheels met another one from "
        "LD_LIBRARY_PATH or the system.",
        cure="Unset LD_LIBRARY_PATH (or take the CUDA folders out of it) for this program.",
        source="https://github.com/pytorch/pytorch/issues/111469",
        codes=("KER722",),
        stops=True,
        follows=("cudnn-part-not-found",),
    ),
    M(
        id="gpu-library-not-opened",
        kind="cause",
        has="cannot open shared object file",
        pattern=r"^(?:\w*Error: |Could not load library \S+ Error: )?(?P<library>lib(?!cuda\.so:)(?:cu|nv|nccl)[\w-]*\.so[.\d]*): cannot open shared object file",
        example="ImportError: libcudnn.so.8: cannot open shared object file: No such file or directory",
        says="{library} is not found.",
        cure="Install the package that has it (the nvidia-* wheels of the framework's CUDA extra), "
        "or a build of the framework for the CUDA that is there.",
        source="https://github.com/jax-ml/jax/issues/14931",
        codes=("KER721",),
        stops=True,
    ),
    M(
        id="libdevice-missing",
        kind="cause",
        has="libdevice",
        pattern=r"libdevice not found at|Can't find libdevice directory",
        example="error: libdevice not found at ./libdevice.10.bc",
        says="XLA needs the file libdevice.10.bc of CUDA's compiler, and finds none. It shows at the "
        "first training step, not at import.",
        cure="Install nvidia-cuda-nvcc-cu12 (part of tensorflow[and-cuda]), or start with "
        "XLA_FLAGS=--xla_gpu_cuda_data_dir=/path/to/cuda.",
        source="https://github.com/tensorflow/tensorflow/issues/58681",
        codes=("KER724",),
    ),
    M(
        id="jit-compilation-failed",
        kind="follower",
        has="JIT compilation failed.",
        example="tensorflow.python.framework.errors_impl.UnknownError: JIT compilation failed. "
        "[Op:__inference_train_step_1]",
        says="A kernel could not be compiled for this GPU; the lines before say why.",
        cure="Look for libdevice, ptxas or compute capability above.",
        source="https://github.com/tensorflow/tensorflow/issues/56927",
        codes=("KER724",),
        stops=True,
        follows=("libdevice-missing", "ptxas-missing", "no-code-for-this-gpu"),
    ),
    M(
        id="ptxas-missing",
        kind="cause",
        has="ptxas",
        pattern=r"Couldn't (?:invoke|get) ptxas|Failed to launch ptxas|Can't find ptxas|ptxas too old",
        example="W tensorflow/compiler/xla/stream_executor/gpu/asm_compiler.cc:231] Couldn't invoke "
        "ptxas --version",
        says="CUDA's assembler ptxas is not found or too old; the driver compiles instead, which is "
        "slow at the start.",
        cure="Install nvidia-cuda-nvcc-cu12 (part of tensorflow[and-cuda]), or put ptxas of CUDA on "
        "PATH.",
        source="https://github.com/tensorflow/tensorflow/issues/61330",
        codes=("KER724",),
    ),
    M(
        id="no-code-for-this-gpu",
        kind="cause",
        has="TensorFlow was not built with CUDA kernel binaries compatible with compute capability",
        pattern=r"capability (?P<capability>[\d.]+\d)",
        example="W0000 00:00:1742.3  99 gpu_device.cc:2433] TensorFlow was not built with CUDA kernel "
        "binaries compatible with compute capability 12.0. CUDA kernels will be jit-compiled from "
        "PTX, which could take 30 minutes or longer.",
        says="The wheel has no machine code for a GPU of compute capability {capability}; it is "
        "compiled at the first start, which takes long and may fail.",
        cure="Use a build for this GPU (NVIDIA's container), or Keras on JAX or torch.",
        source="https://github.com/tensorflow/tensorflow/issues/89272",
        codes=("KER708",),
    ),
    M(
        id="ptx-refused",
        kind="cause",
        has="CUDA_ERROR_",
        pattern=r"CUDA_ERROR_(?:INVALID_PTX|INVALID_IMAGE|INVALID_HANDLE|NO_BINARY_FOR_GPU|UNSUPPORTED_PTX_VERSION)",
        example="tensorflow.python.framework.errors_impl.InternalError: 'cuLaunchKernel(function, "
        "gridX, gridY, gridZ)' failed with 'CUDA_ERROR_INVALID_HANDLE'",
        says="The code of the wheel does not run on this GPU, or the driver is older than the "
        "compiler that made it.",
        cure="Use a build for this GPU (NVIDIA's container), or Keras on JAX or torch; raise the "
        "driver.",
        source="https://github.com/tensorflow/tensorflow/issues/97387",
        codes=("KER708", "KER706"),
        stops=True,
        follows=("no-code-for-this-gpu",),
    ),
    M(
        id="error-before-cudnn",
        kind="cause",
        has="There was an error before creating cudnn handle",
        pattern=r"cudnn handle \((?P<code>\d+)\)",
        example="E external/xla/xla/stream_executor/cuda/cuda_dnn.cc:407] There was an error before "
        "creating cudnn handle (302): cudaGetErrorName symbol not found. : cudaGetErrorString symbol "
        "not found.",
        says="CUDA itself had failed (error {code}) before cuDNN was started: cuDNN is not at fault.",
        cure="`kerlint --probe` tells whether the driver starts and which libraries are found.",
        source="https://github.com/jax-ml/jax/issues/15361",
        codes=("KER702", "KER721"),
    ),
)
