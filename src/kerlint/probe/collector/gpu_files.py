"""What the file system says of NVIDIA's driver and toolkit. An absent file proves nothing:
sandboxes hide `/proc/driver` while CUDA works.
"""

from __future__ import annotations

import os
import re
import sys

from kerlint.probe.collector.answering import names_in, read_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Mapping

_KERNEL = re.compile(r"Kernel Module\D*?(?:for \S+)?\s+(\d+\.\d+(?:\.\d+)?)")
_NODE = re.compile(r"nvidia(\d+|ctl|-uvm|-uvm-tools|-modeset)|dxg|nvhost.*|nvmap")
_VENDOR, _DISPLAY = "0x10de", "0x03"


def kernel_driver(proc: str = "/proc") -> str:
    """The version of the loaded kernel module; "" where it does not show."""
    try:
        said = _KERNEL.search(read_text(f"{proc}/driver/nvidia/version", 10_000))
    except OSError:
        return ""
    return said[1] if said else ""


def device_nodes(dev: str = "/dev") -> list[str]:
    """NVIDIA's nodes, and WSL's `dxg`."""
    return [f"{dev}/{name}" for name in names_in(dev) if _NODE.fullmatch(name)]


def closed_nodes(nodes: list[str]) -> list[str]:
    """Those that this user may not read and write: CUDA opens them for both."""
    return [one for one in nodes if not os.access(one, os.R_OK | os.W_OK)]


def pci_devices(sys_folder: str = "/sys") -> int | None:
    """NVIDIA GPUs on the PCI bus (class display); None where the bus cannot be read."""
    bus = f"{sys_folder}/bus/pci/devices"
    if not sys.platform.startswith("linux") or not os.path.isdir(bus):
        return None
    count = 0
    for name in names_in(bus):
        try:
            vendor = read_text(f"{bus}/{name}/vendor", 100).strip()
            kind = read_text(f"{bus}/{name}/class", 100).strip()
        except OSError:
            continue
        count += vendor == _VENDOR and kind.startswith(_DISPLAY)
    return count


def toolkit(environment: Mapping[str, str]) -> str:
    """The folder of the CUDA toolkit: by variable, else the usual place."""
    for name in ("CUDA_HOME", "CUDA_PATH"):
        if environment.get(name):
            return environment[name]
    return "/usr/local/cuda" if os.path.isdir("/usr/local/cuda") else ""


def xla_folders(environment: Mapping[str, str]) -> list[str]:
    """The toolkit that XLA_FLAGS names: it is looked into first."""
    return re.findall(r"--xla_gpu_cuda_data_dir=(\S+)", environment.get("XLA_FLAGS", ""))


def programs(name: str, places: list[str], environment: Mapping[str, str]) -> list[str]:
    """Where a program is: in PATH's folders, then in the `bin` of each of `places`."""
    folders = environment.get("PATH", "").split(os.pathsep)
    folders += [os.path.join(place, "bin") for place in places]
    end = ".exe" if os.name == "nt" else ""
    files = [os.path.join(folder, name + end) for folder in folders if folder]
    return [file for file in dict.fromkeys(files) if os.access(file, os.X_OK)]


def device_libraries(places: list[str]) -> list[str]:
    """libdevice, the bit code from which XLA makes mathematics, under each of `places`."""
    files = [os.path.join(one, "nvvm", "libdevice", "libdevice.10.bc") for one in places]
    return [file for file in dict.fromkeys(files) if os.path.isfile(file)]
