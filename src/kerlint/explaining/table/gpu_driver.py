"""The NVIDIA driver and its devices, as TensorFlow, containers and nvidia-smi speak of them."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

MESSAGES = (
    M(
        id="no-cuda-driver",
        kind="harmless",
        gpu=True,
        has="Could not find cuda drivers on your machine, GPU will not be used",
        example="I0000 00:00:1795271969.293626   18712 cudart_stub.cc:31] Could not find cuda drivers "
        "on your machine, GPU will not be used.",
        says="TensorFlow could not open the CUDA runtime (libcudart), whatever it says of drivers. "
        "On a machine without an NVIDIA GPU that is as it should be.",
        cure="With a GPU: python -m pip install 'tensorflow[and-cuda]' in this environment, and see "
        "that nvidia-smi works.",
        source="https://github.com/tensorflow/tensorflow/issues/100442",
        codes=("KER721", "KER741"),
    ),
    M(
        id="cuinit-303",
        kind="harmless",
        gpu=True,
        has="failed call to cuInit",
        pattern=r"(?:UNKNOWN ERROR \(303\)|CUDA_ERROR_SHARED_OBJECT_INIT_FAILED)",
        example="E0000 00:00:1795271979.592631   18712 cuda_platform.cc:52] failed call to cuInit: "
        "INTERNAL: CUDA error: Failed call to cuInit: UNKNOWN ERROR (303)",
        says="The driver's library libcuda.so.1 is not there: normal without an NVIDIA GPU, and in a "
        "container that was started without its GPUs.",
        cure="With a GPU: install the driver; in Docker start with --gpus all.",
        source="https://github.com/tensorflow/tensorflow/issues/37689",
        codes=("KER731", "KER721"),
    ),
    M(
        id="cuinit-no-device",
        kind="cause",
        has="CUDA_ERROR_NO_DEVICE",
        example="E tensorflow/compiler/xla/stream_executor/cuda/cuda_driver.cc:268] failed call to "
        "cuInit: CUDA_ERROR_NO_DEVICE: no CUDA-capable device is detected",
        says="The driver is there, and no device is visible: CUDA_VISIBLE_DEVICES is empty or -1, "
        "the container has no GPU, or WSL does not pass it on. Meant where a program hides the "
        "GPU on purpose.",
        cure="Look at CUDA_VISIBLE_DEVICES and at `nvidia-smi -L`; in Docker start with --gpus all.",
        source="https://github.com/tensorflow/tensorflow/issues/45011",
        codes=("KER701", "KER711", "KER731"),
    ),
    M(
        id="cuda-not-initialized",
        kind="cause",
        has="CUDA_ERROR_NOT_INITIALIZED",
        example="failed call to cuDeviceGet: CUDA_ERROR_NOT_INITIALIZED: initialization error",
        says="CUDA was asked for something before it was started: in a process that was forked after CUDA had "
        "been used, or by JAX before 0.4.27 under Slurm and MPI.",
        cure='multiprocessing.set_start_method("spawn"); update JAX.',
        source="https://github.com/jax-ml/jax/pull/20588",
        codes=("KER702",),
    ),
    M(
        id="cuinit-unknown",
        kind="cause",
        has="CUDA_ERROR_UNKNOWN",
        example="2021-01-02 10:00:00.000000: E tensorflow/stream_executor/cuda/cuda_driver.cc:314] "
        "failed call to cuInit: CUDA_ERROR_UNKNOWN: unknown error",
        says="The driver could not start CUDA: after suspend, without the device nodes of "
        "nvidia-uvm, or with a stale container configuration.",
        cure="sudo nvidia-modprobe -u (or sudo modprobe -r nvidia_uvm && sudo modprobe nvidia_uvm); "
        "else reboot.",
        source="https://github.com/tensorflow/tensorflow/issues/32623",
        codes=("KER702",),
    ),
    M(
        id="cuinit-mismatch",
        kind="cause",
        has="CUDA_ERROR_SYSTEM_DRIVER_MISMATCH",
        example="failed call to cuInit: CUDA_ERROR_SYSTEM_DRIVER_MISMATCH: system has unsupported "
        "display driver / cuda driver combination",
        says="The driver's library and its kernel module are of different versions: it was updated "
        "while the old module stayed loaded.",
        cure="Reboot (or reload the nvidia modules).",
        source="https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__TYPES.html",
        codes=("KER707",),
    ),
    M(
        id="cuinit-compat",
        kind="cause",
        has="CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE",
        example="failed call to cuInit: CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE: forward "
        "compatibility was attempted on non supported HW",
        says="The package cuda-compat is loaded instead of the driver's library, and this GPU is "
        "none that it is made for (data-centre GPUs only).",
        cure="Take cuda-compat off LD_LIBRARY_PATH (or the image), and raise the driver.",
        source="https://docs.nvidia.com/deploy/cuda-compatibility/",
        codes=("KER702", "KER706"),
    ),
    M(
        id="cuinit-not-ready",
        kind="cause",
        has="CUDA_ERROR_SYSTEM_NOT_READY",
        example="failed call to cuInit: CUDA_ERROR_SYSTEM_NOT_READY: system not yet initialized",
        says="On machines with NVSwitch the service nvidia-fabricmanager must run, and in the "
        "driver's own version.",
        cure="sudo systemctl start nvidia-fabricmanager, after installing the one of the driver.",
        source="https://docs.nvidia.com/datacenter/tesla/fabric-manager-user-guide/index.html",
        codes=("KER702",),
    ),
    M(
        id="kernel-driver-not-running",
        kind="harmless",
        gpu=True,
        has="kernel driver does not appear to be running on this host",
        example="I tensorflow/compiler/xla/stream_executor/cuda/cuda_diagnostics.cc:156] kernel driver "
        "does not appear to be running on this host (runner): /proc/driver/nvidia/version does not "
        "exist",
        says="No NVIDIA kernel module is loaded: normal without a GPU.",
        cure="With a GPU: install the driver, or load it with sudo modprobe nvidia.",
        source="https://github.com/nanoporetech/medaka/issues/214",
        codes=("KER701",),
    ),
    M(
        id="no-nvidia-device-node",
        kind="harmless",
        gpu=True,
        has="no NVIDIA GPU device is present: /dev/nvidia",
        example="I tensorflow/stream_executor/cuda/cuda_diagnostics.cc:156] no NVIDIA GPU device is "
        "present: /dev/nvidia0 does not exist",
        says="There is no device node of an NVIDIA GPU: normal without one, and in a container that "
        "was started without it.",
        cure="With a GPU: in Docker start with --gpus all; else see that the driver is loaded.",
        source="https://github.com/DeepLabCut/DeepLabCut/issues/1724",
        codes=("KER701", "KER731"),
    ),
    M(
        id="kernel-version-mismatch",
        kind="cause",
        has="does not match DSO version",
        pattern=r"kernel version (?P<kernel>[\d.]+) does not match DSO version (?P<library>[\d.]+)",
        example="E tensorflow/stream_executor/cuda/cuda_diagnostics.cc:313] kernel version 460.32.3 "
        "does not match DSO version 460.39.0 -- cannot find working devices in this configuration",
        says="The loaded kernel module is {kernel}, the driver's library {library}: the driver was "
        "updated while the old module stayed loaded.",
        cure="Reboot.",
        source="https://github.com/tensorflow/tensorflow/issues/22525",
        codes=("KER707",),
    ),
    M(
        id="nvml-mismatch",
        kind="cause",
        has="Driver/library version mismatch",
        example="Failed to initialize NVML: Driver/library version mismatch",
        says="The driver's library and its kernel module are of different versions.",
        cure="Reboot.",
        source="https://github.com/mozilla/translations/issues/1167",
        codes=("KER707",),
        stops=True,
    ),
    M(
        id="nvidia-smi-failed",
        kind="cause",
        has="NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver",
        example="NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make "
        "sure that the latest NVIDIA driver is installed and running.",
        says="The kernel module of the driver is not loaded: often after a kernel update for which "
        "it was not built, or with Secure Boot.",
        cure="sudo modprobe nvidia shows why; install the driver's DKMS package and reboot.",
        source="https://docs.nvidia.com/datacenter/tesla/driver-installation-guide/",
        codes=("KER701",),
        stops=True,
    ),
    M(
        id="driver-too-old",
        kind="cause",
        has="CUDA driver version is insufficient for CUDA runtime version",
        example="tensorflow.python.framework.errors_impl.InternalError: cudaGetDevice() failed. "
        "Status: CUDA driver version is insufficient for CUDA runtime version",
        says="The driver is older than the CUDA that the framework was built for.",
        cure="Raise the driver (525.60.13 for CUDA 12, 580 for CUDA 13), or use an older framework.",
        source="https://github.com/tensorflow/tensorflow/issues/31319",
        codes=("KER706",),
        stops=True,
    ),
    M(
        id="docker-no-gpu-runtime",
        kind="cause",
        has="could not select device driver",
        example='docker: Error response from daemon: could not select device driver "" with '
        "capabilities: [[gpu]].",
        says="Docker does not know of GPUs: the NVIDIA Container Toolkit is missing or not "
        "configured (or Docker is the snap).",
        cure="Install nvidia-container-toolkit, run sudo nvidia-ctk runtime configure "
        "--runtime=docker, restart Docker.",
        source="https://github.com/NVIDIA/nvidia-docker/issues/1642",
        codes=("KER731",),
        stops=True,
    ),
    M(
        id="container-wants-newer-driver",
        kind="cause",
        has="requirement error: unsatisfied condition: cuda",
        pattern=r"unsatisfied condition: (?P<condition>cuda ?>= ?[\d.]+)",
        example="nvidia-container-cli: requirement error: unsatisfied condition: cuda>=12.8, please "
        "update your driver to a newer version, or use an earlier cuda container: unknown",
        says="The image asks for {condition}, and the driver of the host is older.",
        cure="Raise the driver of the host, or take an older image.",
        source="https://github.com/NVIDIA/nvidia-docker/issues/1442",
        codes=("KER706",),
        stops=True,
    ),
    M(
        id="no-gpu-on-windows",
        kind="cause",
        has="TensorFlow GPU support is not available on native Windows",
        example="TensorFlow GPU support is not available on native Windows for TensorFlow >= 2.11. "
        "Even if CUDA/cuDNN are installed, GPU will not be used.",
        says="TensorFlow 2.10 was the last with GPUs on Windows itself.",
        cure="Run it in WSL2, or Keras on torch.",
        source="https://github.com/tensorflow/tensorflow/issues/85006",
        codes=("KER411", "KER741"),
    ),
)
