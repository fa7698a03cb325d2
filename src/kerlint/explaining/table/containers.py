"""What containers, clusters and the driver's tools say before any framework starts."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

_LOST = "The GPU does not answer on the bus any more: heat, power, its seat, or a fault of its own."
_RESTART = "Restart the machine; if it comes again, look at power, cooling and seat."

MESSAGES = (
    M(
        id="container-lost-its-gpu",
        kind="cause",
        has="Failed to initialize NVML: Unknown Error",
        example="Failed to initialize NVML: Unknown Error",
        says="The container had the GPU and lost the right to use it: on the host systemd has read "
        "its units again (`systemctl daemon-reload`), and runc's rules for devices are gone.",
        cure="Start the container anew. For good: the cgroup driver `cgroupfs` for Docker, or links "
        "in /dev/char (`nvidia-ctk system create-dev-char-symlinks`).",
        source="https://github.com/NVIDIA/nvidia-container-toolkit/issues/48",
        codes=("KER702",),
    ),
    M(
        id="nvml-no-permission",
        kind="cause",
        has="Failed to initialize NVML: Insufficient Permissions",
        example="Failed to initialize NVML: Insufficient Permissions",
        says="This user may not use the nodes /dev/nvidia*.",
        cure="Let the administrator give the rights, often by the group `video` or `render`; in a "
        "rootless container look at the mapping of users.",
        source="https://docs.nvidia.com/deploy/nvml-api/group__nvmlDeviceEnumvs.html",
        codes=("KER702",),
    ),
    M(
        id="gpu-is-lost",
        kind="cause",
        has="GPU is lost.",
        example="Unable to determine the device handle for GPU 0000:01:00.0: GPU is lost.  Reboot the "
        "system to recover this GPU",
        says=_LOST,
        cure=_RESTART,
        source="https://docs.nvidia.com/deploy/nvml-api/group__nvmlDeviceEnumvs.html",
        codes=("KER702",),
        stops=True,
    ),
    M(
        id="gpu-off-the-bus",
        kind="cause",
        has="GPU has fallen off the bus",
        example="[ 1234.567890] NVRM: Xid (PCI:0000:01:00): 79, pid=4242, GPU has fallen off the bus.",
        says=_LOST,
        cure=_RESTART,
        source="https://docs.nvidia.com/deploy/xid-errors/index.html",
        codes=("KER702",),
        stops=True,
    ),
    M(
        id="xid",
        kind="cause",
        has="NVRM: Xid (",
        pattern=r"NVRM: Xid \([^)]*\): (?P<number>(?!79,)\d+)",
        example="[ 1234.567890] NVRM: Xid (PCI:0000:01:00): 31, pid=4242, name=python, Ch 00000008",
        says="The driver reports a fault of the GPU or of a program on it: Xid {number}. 13 and 31 are "
        "most often the program's, 48, 63, 74 and 79 the hardware's.",
        cure="Look the number up in NVIDIA's list; restart the machine where it is the hardware's.",
        source="https://docs.nvidia.com/deploy/xid-errors/index.html",
        codes=("KER702", "KER704"),
    ),
    M(
        id="docker-nvidia-runtime-unknown",
        kind="cause",
        has="runtime name: nvidia",
        pattern=r"[Uu]nknown or invalid runtime name: nvidia",
        example="docker: Error response from daemon: unknown or invalid runtime name: nvidia.",
        says="Docker does not know NVIDIA's runtime: the NVIDIA Container Toolkit is not installed on "
        "the host, or Docker was not told of it.",
        cure="Install nvidia-container-toolkit, then: sudo nvidia-ctk runtime configure "
        "--runtime=docker && sudo systemctl restart docker.",
        source="https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/install-guide.html",
        codes=("KER731",),
        stops=True,
    ),
    M(
        id="container-toolkit-without-driver",
        kind="cause",
        has="nvidia-container-cli: initialization error",
        pattern=r"load library failed: libnvidia-ml|driver not loaded|driver rpc error",
        example="nvidia-container-cli: initialization error: load library failed: libnvidia-ml.so.1: "
        "cannot open shared object file: no such file or directory: unknown.",
        says="The host has no working NVIDIA driver, so no container can be given its GPUs.",
        cure="Install or load the driver on the host: `nvidia-smi` must work there. Docker of a snap "
        "cannot see the driver: use Docker's own packages.",
        source="https://github.com/NVIDIA/nvidia-container-toolkit/issues/154",
        codes=("KER731", "KER721"),
        stops=True,
    ),
    M(
        id="cdi-device-unknown",
        kind="cause",
        has="unresolvable CDI devices",
        example="Error: setting up CDI devices: unresolvable CDI devices nvidia.com/gpu=all",
        says="The description of the GPUs for containers (CDI) is missing or stale.",
        cure="sudo nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml, again after each update of "
        "the driver.",
        source="https://github.com/NVIDIA/nvidia-container-toolkit/issues/1239",
        codes=("KER731",),
        stops=True,
    ),
    M(
        id="no-node-with-a-gpu",
        kind="cause",
        has="Insufficient nvidia.com/gpu",
        example="0/3 nodes are available: 3 Insufficient nvidia.com/gpu.",
        says="No node of the cluster has a GPU to give: all are in use, or the device plugin does not "
        "run there.",
        cure="kubectl describe node: is nvidia.com/gpu under Allocatable, and how many are allocated?",
        source="https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/",
        codes=("KER731",),
        stops=True,
    ),
    M(
        id="image-for-another-processor",
        kind="cause",
        has="exec format error",
        example="exec /usr/local/bin/python: exec format error",
        says="The image, or the program in it, is for another processor (ARM instead of x86-64 or the "
        "reverse).",
        cure="Build or pull for this one: docker build --platform linux/amd64 (or linux/arm64).",
        source="https://docs.docker.com/build/building/multi-platform/",
        stops=True,
    ),
    M(
        id="image-without-driver",
        kind="harmless",
        gpu=True,
        has="The NVIDIA Driver was not detected.",
        example="WARNING: The NVIDIA Driver was not detected.  GPU functionality will not be available.",
        says="NVIDIA's image was started without GPUs.",
        cure="With a GPU: docker run --gpus all.",
        source="https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/docker-specialized.html",
        codes=("KER731",),
    ),
    M(
        id="job-out-of-memory",
        kind="cause",
        has="slurmstepd: error: Detected ",
        pattern=r"slurmstepd: error: Detected \d+ oom[_-]kill event",
        example="slurmstepd: error: Detected 1 oom_kill event in StepId=1234.batch. Some of the step "
        "tasks have been OOM Killed.",
        says="The job used more memory of the machine than it was given, and Slurm ended it.",
        cure="Ask for more (`--mem`), or use smaller batches and fewer loader processes.",
        source="https://slurm.schedmd.com/sbatch.html#OPT_mem",
        stops=True,
    ),
)
