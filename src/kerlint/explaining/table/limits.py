"""What the machine refuses: threads, memory, processes."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

_THREADS = (
    "The system gives this user or container no more threads or processes (`ulimit -u`, the pids "
    "limit of the container), or no memory for another one."
)
_MORE_THREADS = (
    "Raise the limit (`ulimit -u`; docker run --pids-limit), or start fewer: OMP_NUM_THREADS, "
    "TF_NUM_INTEROP_THREADS, TF_NUM_INTRAOP_THREADS, fewer loader processes."
)

_HEAP = (
    "Two compiled libraries of this process do not fit together, or one has a fault: the memory that "
    "they share was damaged."
)
_FRESH = (
    "Make a fresh environment with packages of one source (pip or conda, not both); `kerlint --probe` "
    "starts each framework alone."
)
_GLIBC = "https://www.gnu.org/software/libc/manual/html_node/Heap-Consistency-Checking.html"

MESSAGES = (
    M(
        id="no-more-threads",
        kind="cause",
        has="creation via pthread_create() failed",
        example="2024-03-28 10:00:00.000000: F external/local_tsl/tsl/platform/default/env.cc:74] Check "
        "failed: ret == 0 (11 vs. 0)Thread tf_data_private_threadpool creation via pthread_create() "
        "failed.",
        says=_THREADS,
        cure=_MORE_THREADS,
        source="https://github.com/tensorflow/tensorflow/issues/41532",
        stops=True,
    ),
    M(
        id="python-starts-no-thread",
        kind="cause",
        has="can't start new thread",
        example="RuntimeError: can't start new thread",
        says=_THREADS,
        cure=_MORE_THREADS,
        source="https://docs.python.org/3/library/threading.html",
        stops=True,
    ),
    M(
        id="openblas-threads",
        kind="cause",
        has="OpenBLAS blas_thread_init: pthread_create failed",
        example="OpenBLAS blas_thread_init: pthread_create failed for thread 1 of 64: Resource temporarily "
        "unavailable",
        says=_THREADS,
        cure="Raise the limit (`ulimit -u`; docker run --pids-limit), or set OPENBLAS_NUM_THREADS to a "
        "small number.",
        source="https://github.com/OpenMathLib/OpenBLAS/wiki/Faq",
    ),
    M(
        id="no-memory-of-the-machine",
        kind="cause",
        has="std::bad_alloc",
        example="terminate called after throwing an instance of 'std::bad_alloc'",
        says="The machine has no memory left for what was asked for, or a compiled library asked for "
        "nonsense because it was built for another one.",
        cure="Smaller batches, data that is read in pieces, a higher limit of the container. Where "
        "memory is free, look for mixed packages: `kerlint --probe`.",
        source="https://en.cppreference.com/w/cpp/memory/new/bad_alloc",
        codes=("KER652",),
        stops=True,
    ),
    M(
        id="heap-damaged",
        kind="cause",
        has="(): ",
        pattern=r"(?:free|munmap_chunk|malloc|realloc|malloc_consolidate)\(\): (?:invalid|corrupted|unaligned|"
        r"unsorted|mismatching|memory corruption)",
        example="free(): invalid pointer",
        says=_HEAP,
        cure=_FRESH,
        source=_GLIBC,
        codes=("KER652",),
        stops=True,
    ),
    M(
        id="heap-freed-twice",
        kind="cause",
        has="double free or corruption",
        example="double free or corruption (!prev)",
        says=_HEAP,
        cure=_FRESH,
        source=_GLIBC,
        codes=("KER652",),
        stops=True,
    ),
    M(
        id="heap-list-damaged",
        kind="cause",
        has="corrupted ",
        pattern=r"corrupted (?:size vs\. prev_size|double-linked list)",
        example="corrupted size vs. prev_size",
        says=_HEAP,
        cure=_FRESH,
        source=_GLIBC,
        codes=("KER652",),
        stops=True,
    ),
    M(
        id="started-without-main",
        kind="cause",
        has="An attempt has been made to start a new process before the",
        example="RuntimeError: An attempt has been made to start a new process before the current process "
        "has finished its bootstrapping phase.",
        says="On Windows and macOS a new process runs the script again, and so does each that it starts: "
        'the code that starts processes is not under `if __name__ == "__main__":`.',
        cure='Put what the script does into a function and call it under `if __name__ == "__main__":`.',
        source="https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods",
        stops=True,
    ),
    M(
        id="nccl-failed",
        kind="cause",
        has="NCCL",
        pattern=r"NCCL(?:: | (?:error|operation).*)unhandled (?P<what>\w+) error",
        example="torch.distributed.DistBackendError: NCCL error in: ../torch/csrc/distributed/c10d/"
        "ProcessGroupNCCL.cpp:1331, unhandled system error (run with NCCL_DEBUG=INFO for details), NCCL "
        "version 2.18.1",
        says="The GPUs could not talk to each other ({what} error): shared memory of a container that is "
        "too small, a network card that is not meant, or GPUs that differ between the processes.",
        cure="Run with NCCL_DEBUG=INFO; docker run --shm-size=1g; NCCL_SOCKET_IFNAME names the card.",
        source="https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/troubleshooting.html",
        stops=True,
        follows=("nccl-warns",),
    ),
    M(
        id="nccl-warns",
        kind="cause",
        has="NCCL WARN ",
        pattern=r"NCCL WARN (?P<said>.{1,120})",
        example="node-3:376586:377443 [4] ibvwrap.c:130 NCCL WARN Call to ibv_create_qp failed",
        says="NCCL, which the GPUs talk through, says itself what failed: {said}.",
        cure="ibv_…: raise the memory that may be locked (ulimit -l unlimited), or NCCL_IB_DISABLE=1; shared "
        "memory: docker run --shm-size=1g; a network card: NCCL_SOCKET_IFNAME.",
        source="https://github.com/tensorflow/tensorflow/issues/51760",
    ),
    M(
        id="nccl-other-process",
        kind="follower",
        has="NCCL",
        pattern=r"NCCL communicator was aborted|ncclRemoteError|remote process exited|Watchdog caught "
        r"collective operation timeout",
        example="torch.distributed.DistBackendError: NCCL communicator was aborted on rank 1.",
        says="Another process of the job ended or hung, and this one waited for it.",
        cure="Look for the first error of any process; it is seldom in the one that says this.",
        source="https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/troubleshooting.html",
        stops=True,
        follows=(
            *("torch-out-of-memory", "gpu-out-of-memory", "oom-tensor", "killed", "bus-error"),
            *("gpu-illegal-address", "gpu-launch-failed", "gpu-memory-fault", "device-side-assert"),
            *(
                "no-memory-of-the-machine",
                "segmentation-fault",
                "nccl-failed",
                "xid",
                "gpu-is-lost",
            ),
        ),
    ),
)
