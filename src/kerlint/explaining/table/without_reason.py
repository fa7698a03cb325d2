"""That a program was ended, without the reason: the lines before have it, where there are any."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

_OF_THE_GPU = (
    *("gpu-illegal-address", "gpu-launch-failed", "gpu-memory-fault", "gpu-memory-taken"),
    *("cudnn-handle", "cudnn-too-old", "cublas-handle", "library-not-loaded"),
    *("cuda-library-from-elsewhere", "cudnn-part-not-found", "gpu-busy", "no-code-for-this-gpu"),
)

MESSAGES = (
    M(
        id="check-failed",
        kind="follower",
        has="Check failed: ",
        pattern=r"Check failed: (?!.*pthread_create)(?P<check>.{1,100})",
        example="F tensorflow/core/kernels/conv_ops.cc:659] Check failed: "
        "stream->parent()->GetConvolveAlgorithms(&algorithms)",
        says="TensorFlow or XLA ended the program, since something inside of it was not as it must be: "
        "{check}.",
        cure="Look at the lines before it; try smaller batches, the CPU and a newer version. If it stays, "
        "it is a fault of theirs to report.",
        source="https://github.com/tensorflow/tensorflow/issues/24784",
        codes=("KER652",),
        stops=True,
        follows=(*_OF_THE_GPU, "numpy-without-its-core"),
    ),
    M(
        id="cuda-call-failed",
        kind="follower",
        has="cudaSuccess' failed",
        example="python: external/eigen_archive/unsupported/Eigen/CXX11/src/Tensor/TensorDeviceCuda.h:218: "
        "void Eigen::GpuDevice::memcpy(void*, const void*, size_t) const: Assertion `err == cudaSuccess' "
        "failed.",
        says="A call to CUDA failed, and nobody says why: the driver, the GPU, or an earlier fault of the "
        "program on it.",
        cure="`kerlint --probe` looks at the driver; sudo dmesg shows what it reported (NVRM: Xid).",
        source="https://github.com/tensorpack/tensorpack/issues/157",
        codes=("KER702",),
        stops=True,
        follows=_OF_THE_GPU,
    ),
    M(
        id="aborted",
        kind="follower",
        has="bort",
        pattern=r"^(?:\S+: line \d+:\s+\d+ )?Aborted(?:\s+\(core dumped\).*)?$|^Abort trap: 6|^Fatal Python "
        r"error: Aborted$",
        example="Aborted (core dumped)",
        says="A library ended the program with abort(); the lines before it say why, if it gave a reason.",
        cure="Look at the last lines before it; `kerlint --probe` starts each framework alone.",
        source="https://docs.python.org/3/library/faulthandler.html",
        codes=("KER652",),
        follows=(
            *("check-failed", "cuda-call-failed", "segmentation-fault"),
            *("hdf5-of-two-versions", "mutex-of-another-library", "mac-memory-not-allocated"),
        ),
    ),
)
