"""Memory: of the GPU and of the machine."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

_NO_CUBLAS = (
    "A product of matrices failed on the GPU, since cuBLAS did not start. The log above says why."
)
_FREE_THE_GPU = (
    "End other processes on the GPU, and set TF_FORCE_GPU_ALLOW_GROWTH=true before the start."
)

MESSAGES = (
    M(
        id="oom-tensor",
        kind="cause",
        has="OOM when allocating tensor with shape",
        pattern=r"with shape ?(?P<shape>\[[\d,]*\])",
        example="tensorflow.python.framework.errors_impl.ResourceExhaustedError: OOM when allocating "
        "tensor with shape[64,512,512,32] and type float on /job:localhost/replica:0/task:0/"
        "device:GPU:0 by allocator GPU_0_bfc",
        says="The memory is full; the tensor {shape} did not fit any more.",
        cure="Smaller batches, mixed precision, or a smaller model; see with nvidia-smi who else "
        "uses the GPU.",
        source="https://www.tensorflow.org/guide/gpu#limiting_gpu_memory_growth",
        codes=("KER712",),
        stops=True,
    ),
    M(
        id="gpu-memory-taken",
        kind="cause",
        has="CUDA_ERROR_OUT_OF_MEMORY",
        example="E tensorflow/stream_executor/cuda/cuda_driver.cc:802] failed to allocate 14.76G "
        "(15843721216 bytes) from device: CUDA_ERROR_OUT_OF_MEMORY: out of memory",
        says="The GPU has less free memory than was asked for: another process or framework took it "
        "(TensorFlow takes all, JAX 75 %).",
        cure="nvidia-smi shows who; TF_FORCE_GPU_ALLOW_GROWTH=true, "
        "XLA_PYTHON_CLIENT_PREALLOCATE=false before the start.",
        source="https://docs.jax.dev/en/latest/gpu_memory_allocation.html",
        codes=("KER712",),
    ),
    M(
        id="jax-out-of-memory",
        kind="cause",
        has="RESOURCE_EXHAUSTED: Out of memory",
        example="jaxlib._jax.XlaRuntimeError: RESOURCE_EXHAUSTED: Out of memory while trying to "
        "allocate 1073741824 bytes.",
        says="The memory is full, or another process or framework took it.",
        cure="Smaller batches; with another framework in the process: "
        "XLA_PYTHON_CLIENT_PREALLOCATE=false or XLA_PYTHON_CLIENT_MEM_FRACTION=.50 before the "
        "start.",
        source="https://docs.jax.dev/en/latest/gpu_memory_allocation.html",
        codes=("KER712",),
        stops=True,
    ),
    M(
        id="torch-out-of-memory",
        kind="cause",
        has="CUDA out of memory. Tried to allocate",
        pattern=r"Tried to allocate (?P<size>[\d.]+ \w+)",
        example="torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a "
        "total capacity of 23.68 GiB of which 1.05 GiB is free.",
        says="The memory of the GPU is full: {size} more did not fit.",
        cure="Smaller batches; see with nvidia-smi who else uses the GPU.",
        source="https://docs.pytorch.org/docs/stable/notes/cuda.html#memory-management",
        codes=("KER712",),
        stops=True,
    ),
    M(
        id="killed",
        kind="cause",
        has="illed",
        pattern=r"^(?:\S+: line \d+:\s+\d+ )?Killed(?:\s.*)?$|Killed process \d+ \(python|OOMKilled",
        example="Killed",
        says="The system ended the process, nearly always because the memory of the machine (or of "
        "the container, the Slurm job) was full.",
        cure="Smaller batches, fewer loader processes, a dataset that is read in pieces; a higher "
        "memory limit.",
        source="https://www.kernel.org/doc/html/latest/admin-guide/mm/concepts.html#oom-killer",
        stops=True,
    ),
    M(
        id="allocation-is-no-failure",
        kind="harmless",
        has="The caller indicates that this is not a failure",
        example="W tensorflow/core/common_runtime/bfc_allocator.cc:311] Allocator (GPU_0_bfc) ran out "
        "of memory trying to allocate 2.13GiB with freed_by_count=0. The caller indicates that this "
        "is not a failure, but this may mean that there could be performance gains if more memory "
        "were available.",
        says="A faster way needed more memory than was free; a slower one was taken.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/blob/v2.21.0/third_party/xla/xla/tsl/framework/bfc_allocator.cc",
    ),
    M(
        id="allocation-of-ten-percent",
        kind="harmless",
        has="of free system memory",
        pattern=r"Allocation of (?P<bytes>\d+) exceeds (?P<percent>\d+)% of free system memory",
        example="W tensorflow/core/framework/cpu_allocator_impl.cc:82] Allocation of 602112000 exceeds "
        "10% of free system memory.",
        says="A large tensor: {bytes} bytes are more than {percent} % of the free memory. Only a "
        "notice.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/core/framework/cpu_allocator_impl.cc",
    ),
    M(
        id="destination-not-initialized",
        kind="cause",
        has="Dst tensor is not initialized",
        example="tensorflow.python.framework.errors_impl.InternalError: Failed copying input tensor "
        "from /job:localhost/replica:0/task:0/device:CPU:0 to /job:localhost/replica:0/task:0/"
        "device:GPU:0 in order to run _EagerConst: Dst tensor is not initialized.",
        says="The memory of the GPU is full, though the message does not say so: the copy did not "
        "fit, or another process holds the memory.",
        cure="End other processes on the GPU (nvidia-smi lists them), feed less at a time "
        "(tf.data instead of one big array), or set TF_FORCE_GPU_ALLOW_GROWTH=true.",
        source="https://github.com/tensorflow/tensorflow/issues/7025",
        codes=("KER712",),
        stops=True,
    ),
    M(
        id="cublas-handle",
        kind="cause",
        has="failed to create cublas handle",
        example="2020-05-01 10:00:00.000000: E tensorflow/stream_executor/cuda/cuda_blas.cc:226] failed "
        "to create cublas handle: CUBLAS_STATUS_NOT_INITIALIZED",
        says="cuBLAS could not start: nearly always the GPU's memory is taken, by another process or "
        "by TensorFlow itself; else cuBLAS is of another CUDA.",
        cure=_FREE_THE_GPU,
        source="https://github.com/tensorflow/tensorflow/issues/9489",
        codes=("KER712", "KER723"),
        follows=("gpu-memory-taken",),
    ),
    M(
        id="blas-launch-failed",
        kind="follower",
        has=" launch failed",
        pattern=r"Blas \w+ launch failed",
        example="tensorflow.python.framework.errors_impl.InternalError: Blas GEMM launch failed : "
        "a.shape=(128, 784), b.shape=(784, 512), m=128, n=512, k=784 [Op:MatMul]",
        says=_NO_CUBLAS,
        cure=_FREE_THE_GPU,
        source="https://github.com/tensorflow/tensorflow/issues/9489",
        codes=("KER712",),
        stops=True,
        follows=("cublas-handle", "gpu-memory-taken"),
    ),
    M(
        id="without-blas-support",
        kind="follower",
        has="BLAS operation using StreamExecutor without BLAS support",
        example="tensorflow.python.framework.errors_impl.InternalError: Attempting to perform BLAS "
        "operation using StreamExecutor without BLAS support [Op:MatMul]",
        says=_NO_CUBLAS,
        cure=_FREE_THE_GPU,
        source="https://github.com/tensorflow/tensorflow/issues/9489",
        codes=("KER712",),
        stops=True,
        follows=("cublas-handle", "gpu-memory-taken"),
    ),
    M(
        id="no-algorithm-worked",
        kind="cause",
        has="No algorithm worked!",
        example="tensorflow.python.framework.errors_impl.NotFoundError: No algorithm worked! [Op:Conv2D]",
        says="cuDNN could not run a convolution in any way that TensorFlow tried: mostly its work space "
        "did not fit into the memory that was left, else cuDNN does not fit this TensorFlow.",
        cure="Set TF_FORCE_GPU_ALLOW_GROWTH=true before the start, use smaller batches, end other "
        "processes on the GPU.",
        source="https://github.com/tensorflow/tensorflow/issues/43174",
        codes=("KER712", "KER723"),
        stops=True,
        follows=("cudnn-handle", "cudnn-too-old"),
    ),
    M(
        id="gpu-allocator-full",
        kind="cause",
        has="ran out of memory trying to allocate",
        pattern=r"Allocator \(\S*GPU\S*\) ran out of memory trying to allocate (?P<size>[\d.]+\w+)(?!.*The "
        r"caller indicates)",
        example="W tensorflow/core/common_runtime/bfc_allocator.cc:457] Allocator (GPU_0_bfc) ran out of "
        "memory trying to allocate 2.00GiB (rounded to 2147483648)requested by op Mul",
        says="TensorFlow wanted another {size} on the GPU, and there was none left.",
        cure="Smaller batches, mixed precision, one process per GPU; nvidia-smi shows who holds memory.",
        source="https://www.tensorflow.org/guide/gpu#limiting_gpu_memory_growth",
        codes=("KER712",),
    ),
    M(
        id="allocation-failed",
        kind="cause",
        has="failed to allocate memory",
        pattern=r"(?:ResourceExhaustedError|RESOURCE_EXHAUSTED).*failed to allocate memory",
        example="tensorflow.python.framework.errors_impl.ResourceExhaustedError: failed to allocate memory "
        "[Op:AddV2]",
        says="The memory is full, of the GPU where one is used.",
        cure="Smaller batches or images, mixed precision, one process per GPU; nvidia-smi shows who holds "
        "memory.",
        source="https://github.com/faustomorales/keras-ocr/issues/195",
        codes=("KER712",),
        stops=True,
    ),
    M(
        id="gpu-out-of-memory",
        kind="cause",
        has="out of memory",
        pattern=r"(?:CUDA error: |HIP )out of memory",
        example="torch.cuda.OutOfMemoryError: HIP out of memory. Tried to allocate 2.00 GiB.",
        says="The GPU's memory is full.",
        cure="Smaller batches, mixed precision; end other processes on the GPU.",
        source="https://docs.pytorch.org/docs/stable/notes/cuda.html#memory-management",
        codes=("KER712",),
        stops=True,
    ),
)
