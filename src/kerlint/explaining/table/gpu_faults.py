"""What CUDA says when something on the GPU goes wrong while a program runs."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

_CODES = "https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__TYPES.html"

MESSAGES = (
    M(
        id="gpu-illegal-address",
        kind="cause",
        has="llegal memory access",
        pattern=r"[Ii]llegal memory access was encountered",
        example="2021-08-05 11:50:49.209319: E tensorflow/stream_executor/cuda/cuda_event.cc:29] Error "
        "polling for event status: failed to query event: CUDA_ERROR_ILLEGAL_ADDRESS: an illegal memory "
        "access was encountered",
        says="A kernel read or wrote memory that is not its own: an index out of range (class numbers, "
        "embeddings, gather), a custom operation, or a fault of one of the libraries.",
        cure="Run the same on the CPU (CUDA_VISIBLE_DEVICES=-1): an index out of range is an error "
        "there. Else try another release, and CUDA_LAUNCH_BLOCKING=1 for the place.",
        source="https://github.com/tensorflow/tensorflow/issues/41891",
        stops=True,
    ),
    M(
        id="gpu-launch-failed",
        kind="cause",
        has="unspecified launch failure",
        example="2019-02-19 12:32:46.833634: E tensorflow/stream_executor/cuda/cuda_driver.cc:1011] could "
        "not synchronize on CUDA context: CUDA_ERROR_LAUNCH_FAILED: unspecified launch failure ::",
        says="A kernel died on the GPU: a wrong access, a driver with a fault, or an unstable "
        "(overclocked, overheated) GPU.",
        cure="Update the driver; look for Xid numbers with `dmesg | grep -i xid`; try the same on the "
        "CPU.",
        source="https://github.com/tensorflow/tensorflow/issues/25866",
        codes=("KER704",),
        stops=True,
    ),
    M(
        id="gpu-memory-fault",
        kind="cause",
        has="ncorrectable ECC error",
        example="RuntimeError: CUDA error: uncorrectable ECC error encountered",
        says="A cell of the GPU's memory is broken.",
        cure="Restart the machine, so that the page is taken out of use; if it comes again, the GPU is "
        "to be replaced. `nvidia-smi -q -d ECC` counts the errors.",
        source="https://docs.nvidia.com/deploy/dynamic-page-retirement/index.html",
        stops=True,
    ),
    M(
        id="gpu-not-permitted",
        kind="cause",
        has="CUDA_ERROR_NOT_PERMITTED",
        example="failed call to cuInit: CUDA_ERROR_NOT_PERMITTED: operation not permitted",
        says="The driver does not allow it to this user or process: rights of the device nodes, another "
        "process in exclusive mode, or a profiler without rights.",
        cure="Look at the rights of /dev/nvidia* and at the mode with `nvidia-smi -q -d COMPUTE`.",
        source=_CODES,
        codes=("KER702",),
    ),
    M(
        id="device-side-assert",
        kind="cause",
        has="device-side assert triggered",
        example="RuntimeError: CUDA error: device-side assert triggered",
        says="A check in a kernel failed, nearly always an index out of range: a label that is not "
        "below the number of classes, a word that the embedding has not.",
        cure="Run it on the CPU, where the same error names the value; compare the labels with the "
        "number of outputs.",
        source="https://docs.pytorch.org/docs/stable/notes/cuda.html",
        stops=True,
    ),
    M(
        id="torch-devices-mixed",
        kind="cause",
        has="Expected all tensors to be on the same device",
        example="RuntimeError: Expected all tensors to be on the same device, but found at least two "
        "devices, cuda:0 and cpu!",
        says="A tensor of the CPU meets one of the GPU. Keras on torch puts its own on the GPU; what "
        "your code makes stays where it makes it.",
        cure="Move it (`x.to('cuda')`), or make it with keras.ops.convert_to_tensor.",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/torch/core.py",
        stops=True,
    ),
    M(
        id="torch-cudnn-error",
        kind="cause",
        has="cuDNN error: CUDNN_STATUS_",
        pattern=r"cuDNN error: (?P<code>CUDNN_STATUS_(?!SUBLIBRARY_)\w+)",
        example="RuntimeError: cuDNN error: CUDNN_STATUS_NOT_INITIALIZED",
        says="cuDNN refuses ({code}): mostly the GPU's memory is full, or another cuDNN than torch's "
        "own is loaded.",
        cure="Free memory (nvidia-smi shows who holds it), unset LD_LIBRARY_PATH, and do not let "
        "TensorFlow take all memory of the same GPU.",
        source="https://docs.nvidia.com/deeplearning/cudnn/latest/api/cudnn-graph-library.html",
        codes=("KER712", "KER722"),
        stops=True,
    ),
    M(
        id="torch-cublas-error",
        kind="cause",
        has="CUBLAS_STATUS_",
        pattern=r"CUDA error: (?P<code>CUBLAS_STATUS_\w+)",
        example="RuntimeError: CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling "
        "`cublasCreate(handle)`",
        says="cuBLAS could not start or work ({code}): mostly the GPU's memory is full; after an index "
        "out of range every later call fails like that, too.",
        cure="Free memory; run once on the CPU to see an index out of range; unset LD_LIBRARY_PATH.",
        source="https://docs.nvidia.com/cuda/cublas/#cublasstatus-t",
        codes=("KER712",),
        stops=True,
    ),
    M(
        id="torch-driver-state",
        kind="cause",
        has="Unexpected error from cudaGetDeviceCount()",
        pattern=r"Error (?P<code>80[234]): (?P<words>[\w /]+)",
        example="UserWarning: CUDA initialization: Unexpected error from cudaGetDeviceCount(). Did you "
        "run some cuda functions before calling NumCudaDevices() that might have already set an error? "
        "Error 804: forward compatibility was attempted on non supported HW",
        says="The driver does not start CUDA (code {code}). 802: the fabric manager does not run. 803: "
        "the driver was updated and the old kernel module is still loaded. 804: the image brings a "
        "compatibility package that is not for this GPU, or the same as 803.",
        cure="802: sudo systemctl start nvidia-fabricmanager. 803: restart the machine. 804: raise the "
        "host's driver, or take the folder `compat` out of LD_LIBRARY_PATH.",
        source="https://github.com/gpustack/gpustack/issues/1254",
        codes=("KER702", "KER707"),
    ),
    M(
        id="gpu-ignored-for-its-capability",
        kind="cause",
        has="Ignoring visible gpu device",
        pattern=r"with (?:Cuda|core count|AMDGPU)\D+(?P<version>[\d.\w]*)",
        example="I tensorflow/core/common_runtime/gpu/gpu_device.cc:1843] Ignoring visible gpu device "
        "(device: 0, name: GeForce GT 730, pci bus id: 0000:01:00.0, compute capability: 3.0) with Cuda "
        "compute capability 3.0. The minimum required Cuda capability is 3.5.",
        says="TensorFlow passes over this GPU: it is older than, or not among, those that this build is "
        "for. It computes on the CPU.",
        cure="An older release of TensorFlow that was built for it, or another GPU.",
        source="https://github.com/xuhuisheng/rocm-build/issues/26",
        codes=("KER708",),
    ),
    M(
        id="ptxas-falls-back",
        kind="harmless",
        has="We fallback to the NVIDIA driver for some compilation",
        example="W tensorflow/stream_executor/gpu/asm_compiler.cc:235] Your CUDA software stack is old. We "
        "fallback to the NVIDIA driver for some compilation. Update your CUDA version to get the best "
        "performance. The ptxas error was: ptxas fatal   : Value 'sm_86' is not defined for option "
        "'gpu-name'",
        says="The assembler of the toolkit is older than this GPU; the driver compiles instead.",
        cure="",
        source="https://github.com/tensorflow/serving/issues/1821",
        codes=("KER724",),
    ),
    M(
        id="ptxas-older-than-gpu",
        kind="cause",
        has="is not defined for option 'gpu-name'",
        pattern=r"^(?!.*We fallback to).*Value '(?P<gpu>sm_\w+)' is not defined",
        example="ptxas fatal   : Value 'sm_120' is not defined for option 'gpu-name'",
        says="The assembler that was found (ptxas) is older than the GPU: it does not know {gpu}.",
        cure="Install a newer nvidia-cuda-nvcc (part of the framework's CUDA extra), and take older "
        "toolkits off the PATH and out of XLA_FLAGS.",
        source="https://github.com/tensorflow/tensorflow/issues/50562",
        codes=("KER724", "KER708"),
        stops=True,
    ),
    M(
        id="nvrtc-older-than-gpu",
        kind="cause",
        has="invalid value for --gpu-architecture",
        example="nvrtc: error: invalid value for --gpu-architecture (-arch)",
        says="The CUDA of this build is older than the GPU: it cannot compile for it.",
        cure="Install a build of the framework for a newer CUDA.",
        source="https://docs.nvidia.com/cuda/nvrtc/index.html#supported-compile-options",
        codes=("KER708",),
        stops=True,
    ),
    M(
        id="rocm-no-code",
        kind="cause",
        has="hipErrorNoBinaryForGpu",
        example="/src/external/hip-on-vdi/rocclr/hip_code_object.cpp:92: guarantee(false && "
        '"hipErrorNoBinaryForGpu: Coudn\'t find binary for current devices!")',
        says="This ROCm build has no code for this GPU of AMD.",
        cure="Look it up in the list of supported GPUs; for one close to a supported one "
        "HSA_OVERRIDE_GFX_VERSION (10.3.0 for gfx1031) may help.",
        source="https://github.com/ROCm/tensorflow-upstream/issues/1398",
        stops=True,
    ),
    M(
        id="rocm-no-tensile",
        kind="cause",
        has="rocBLAS error: Cannot read ",
        example="rocBLAS error: Cannot read /opt/rocm/lib/rocblas/library/TensileLibrary.dat: Illegal seek "
        "for GPU arch : gfx1031",
        says="rocBLAS has no kernels for this GPU of AMD.",
        cure="Look it up in the list of supported GPUs; for one close to a supported one "
        "HSA_OVERRIDE_GFX_VERSION (10.3.0 for gfx1031) may help.",
        source="https://github.com/ROCm/rocBLAS/issues/1299",
        stops=True,
    ),
    M(
        id="metal-plugin-of-another-tensorflow",
        kind="cause",
        has="libmetal_plugin.dylib",
        pattern=r"[Ss]ymbol not found|Library not loaded",
        example="tensorflow.python.framework.errors_impl.NotFoundError: dlopen(/env/lib/python3.11/"
        "site-packages/tensorflow-plugins/libmetal_plugin.dylib, 0x0006): Symbol not found: "
        "__ZN3tsl8internal10LogMessageC1EPKcii",
        says="tensorflow-metal was built for another TensorFlow than the one that is installed.",
        cure="Remove it (python -m pip uninstall -y tensorflow-metal), and TensorFlow runs on the CPU; "
        "or install a TensorFlow that it was made for (1.2 for 2.18).",
        source="https://github.com/tensorflow/tensorflow/issues/84167",
        codes=("KER619",),
        stops=True,
    ),
    M(
        id="no-configuration-of-cudnn",
        kind="cause",
        has="Autotuner could not find any supported configs for HLO",
        example="Autotuner could not find any supported configs for HLO:",
        says="XLA asked cuDNN for a convolution in a way that the installed cuDNN does not know: TensorFlow 2.21 "
        "wants a newer one than the oldest that it allows.",
        cure="python -m pip install -U 'nvidia-cudnn-cu12<10'; until then model.compile(..., jit_compile=False).",
        source="https://github.com/aws/deep-learning-containers/pull/6417",
        codes=("KER723",),
        stops=True,
        follows=("cudnn-too-old", "cudnn-handle"),
    ),
    M(
        id="cudnn-refuses",
        kind="cause",
        has="CUDNN_STATUS_",
        pattern=r"^(?P<code>CUDNN_STATUS_(?!SUBLIBRARY_|INTERNAL_ERROR|NOT_INITIALIZED)\w+)(?:\s+in \S*cuda_dnn\.cc.*)?$",
        example="CUDNN_STATUS_BAD_PARAM",
        says="cuDNN refused an operation ({code}): mostly sizes that it cannot take (an empty batch, a window "
        "larger than the image), a cuDNN that does not fit, or memory that is used up.",
        cure="Look at the shapes of the layer that is named; smaller batches; model.compile(..., "
        "jit_compile=False); raise nvidia-cudnn-cu12 within its major version.",
        source="https://github.com/tensorflow/tensorflow/issues/66598",
        codes=("KER723", "KER712"),
        stops=True,
        follows=("cudnn-too-old", "cudnn-handle"),
    ),
)
