"""The GPU stack's files, read from folders that look like a machine's."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest

from kerlint.probe.collector.answering import Gaps
from kerlint.probe.collector.builds import assigned, builds
from kerlint.probe.collector.distributions import Installed
from kerlint.probe.collector.gpu_files import (
    closed_nodes,
    device_libraries,
    device_nodes,
    kernel_driver,
    pci_devices,
    programs,
    toolkit,
    xla_folders,
)
from kerlint.probe.collector.gpu_libraries import cached_libraries, libraries, wheel_folders
from kerlint.probe.collector.modules import Finder
from tests.probe.environments import add_distribution

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux alone has these")


def write(file: Path, text: str = "") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="ascii")
    return file


@pytest.mark.parametrize(
    ("text", "version"),
    [
        (
            "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.183.01  Sun May 12 19:39:15 UTC\n"
            "GCC version:  gcc version 12.2.0",
            "535.183.01",
        ),
        (
            "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.82.07  Release Build\n",
            "580.82.07",
        ),
        ("something else", ""),
    ],
)
def test_the_kernel_module(tmp_path: Path, text: str, version: str) -> None:
    write(tmp_path / "driver/nvidia/version", text)
    assert kernel_driver(str(tmp_path)) == version
    assert kernel_driver(str(tmp_path / "absent")) == ""


def test_device_nodes(tmp_path: Path) -> None:
    for name in ("nvidia0", "nvidiactl", "nvidia-uvm", "null", "dxg", "nvme0"):
        write(tmp_path / name)
    names = [Path(one).name for one in device_nodes(str(tmp_path))]
    assert names == ["dxg", "nvidia-uvm", "nvidia0", "nvidiactl"]


def test_nodes_that_this_user_may_not_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda node, mode: node != "/dev/nvidia0")
    assert closed_nodes(["/dev/nvidia0", "/dev/nvidiactl"]) == ["/dev/nvidia0"]


@linux
def test_devices_on_the_bus(tmp_path: Path) -> None:
    bus = tmp_path / "bus/pci/devices"
    for index, (vendor, kind) in enumerate(
        [("0x10de", "0x030200"), ("0x10de", "0x030000"), ("0x10de", "0x040300"), ("0x1002", "0x03")]
    ):
        write(bus / str(index) / "vendor", vendor + "\n")
        write(bus / str(index) / "class", kind + "\n")
    assert pci_devices(str(tmp_path)) == 2
    assert pci_devices(str(tmp_path / "absent")) is None


def test_the_toolkit_and_its_programs(tmp_path: Path) -> None:
    ptxas = write(tmp_path / "cuda/bin" / ("ptxas.exe" if sys.platform == "win32" else "ptxas"))
    ptxas.chmod(0o755)
    bits = write(tmp_path / "cuda/nvvm/libdevice/libdevice.10.bc")
    home = toolkit({"CUDA_PATH": str(tmp_path / "cuda")})
    assert home == str(tmp_path / "cuda")
    assert programs("ptxas", [home], {"PATH": str(ptxas.parent)}) == [str(ptxas)]
    assert programs("nvcc", [home], {}) == []
    assert device_libraries([home, home]) == [str(bits)]
    flags = "--xla_a=1 --xla_gpu_cuda_data_dir=/opt/cuda"
    assert xla_folders({"XLA_FLAGS": flags}) == ["/opt/cuda"]
    assert xla_folders({}) == []


def cache(entries: list[tuple[str, str]], old: bytes = b"") -> bytes:
    """A loader's cache as glibc writes it."""
    head = 48 + 24 * len(entries)
    texts, rows = b"", b""
    for name, path in entries:
        rows += struct.pack("=iIIIQ", 0x303, head + len(texts), 0, 0, 0)
        texts += name.encode() + b"\0"
        rows = rows[:-20] + struct.pack(
            "=IIIQ", head + len(texts) - len(name) - 1, head + len(texts), 0, 0
        )
        texts += path.encode() + b"\0"
    counts = struct.pack("=II", len(entries), len(texts))
    return old + b"glibc-ld.so.cache1.1" + counts + b"\0" * 20 + rows + texts


@pytest.mark.parametrize("old", [b"", b"ld.so-1.7.0\0\0\0\0\0" + b"\0" * 24])
def test_the_loaders_cache(tmp_path: Path, old: bytes) -> None:
    entries = [("libc.so.6", "/lib/libc.so.6"), ("libcuda.so.1", "/usr/lib/libcuda.so.1")]
    (tmp_path / "cache").write_bytes(cache(entries, old))
    assert cached_libraries(str(tmp_path / "cache")) == ["/usr/lib/libcuda.so.1"]
    assert cached_libraries(str(tmp_path / "absent")) is None
    (tmp_path / "other").write_bytes(b"something")
    with pytest.raises(ValueError, match="not known"):
        cached_libraries(str(tmp_path / "other"))


@linux
def test_libraries_of_the_wheels_and_others(tmp_path: Path) -> None:
    site, listed, home = tmp_path / "site", tmp_path / "listed", tmp_path / "cuda"
    add_distribution(
        site, "nvidia-cudnn-cu12", "9.3.0.75", {"nvidia/cudnn/lib/libcudnn.so.9": "wheel"}
    )
    write(listed / "libcudnn.so.9.1.0", "conda's")
    (listed / "libcudnn.so.9").symlink_to("libcudnn.so.9.1.0")
    (listed / "libcudnn.so").symlink_to("libcudnn.so.9")
    write(listed / "libother.so.1")
    write(home / "lib64/libcudart.so.12.4.99")
    (home / "lib64/libcudart.so.12").symlink_to("libcudart.so.12.4.99")
    (home / "lib").symlink_to("lib64")
    write(home / "lib64/stubs/libcuda.so")
    path = [str(site)]
    installed = Installed(path, "", Gaps())
    found = libraries(path, "", str(home), {"LD_LIBRARY_PATH": f"{listed}"}, installed, Gaps())
    mine = [
        (one["soname"], one["source"], one["version"], one.get("distribution", ""))
        for one in found
        if one["path"].startswith(str(tmp_path))
    ]
    assert mine == [
        ("libcudnn.so.9", "ld_library_path", "9.1.0", ""),
        ("libcudnn.so.9", "wheel", "9.3.0.75", "nvidia-cudnn-cu12"),
        ("libcudart.so.12", "toolkit", "12.4.99", ""),
        ("libcuda.so", "stubs", "", ""),
    ]
    assert wheel_folders(path) == [str(site / "nvidia" / "cudnn")]


BUILD_INFO = """import collections

build_info = collections.OrderedDict([('cuda_version', '12.5.1'), ('cudnn_version', '9'),
    ('cuda_compute_capabilities', ['sm_60', 'compute_90']), ('is_cuda_build', True),
    ('is_rocm_build', False)])
"""


def built(
    tmp_path: Path, name: str, version: str, files: dict[str, str]
) -> list[dict[str, object]]:
    add_distribution(tmp_path, name, version, files)
    path = [str(tmp_path)]
    gaps = Gaps()
    found = builds(Finder(path), Installed(path, "", gaps), gaps)
    assert gaps.all == []
    return found


def test_what_tensorflow_was_built_for(tmp_path: Path) -> None:
    file = "tensorflow/python/platform/build_info.py"
    (one,) = built(
        tmp_path, "tensorflow", "2.21.0", {"tensorflow/__init__.py": "", file: BUILD_INFO}
    )
    assert (one["version"], one["gpu"], one["cuda"], one["cudnn"]) == (
        "2.21.0",
        True,
        "12.5.1",
        "9",
    )
    assert one["capabilities"] == ["sm_60", "compute_90"]


def test_tensorflow_1_wrote_other_names(tmp_path: Path) -> None:
    file = "tensorflow/python/platform/build_info.py"
    text = "is_rocm_build = False\nis_cuda_build = False\n"
    (one,) = built(tmp_path, "tensorflow", "1.15.5", {"tensorflow/__init__.py": "", file: text})
    assert (one["gpu"], one["cuda"]) == (False, "")


@pytest.mark.parametrize(
    ("text", "gpu", "cuda"),
    [
        ("cuda: Optional[str] = None\nhip: Optional[str] = None\n", False, ""),
        ("cuda: Optional[str] = '12.8'\n", True, "12.8"),
        ("cuda = '11.8'\n", True, "11.8"),
        ("hip = 1\n", None, ""),
    ],
)
def test_what_torch_was_built_for(tmp_path: Path, text: str, gpu: bool | None, cuda: str) -> None:
    files = {"torch/__init__.py": "", "torch/version.py": f"__version__ = '2.9'\n{text}"}
    (one,) = built(tmp_path, "torch", "2.9", files)
    if gpu is None:
        gpu = None if one["gpu"] is None else False
    assert (one["version"], one["gpu"], one["cuda"]) == ("2.9", gpu, cuda)


def test_jax_and_its_plugin(tmp_path: Path) -> None:
    (one,) = built(tmp_path, "jax", "0.10.2", {"jax/__init__.py": ""})
    assert (one["version"], one["gpu"]) == ("0.10.2", False)
    (one,) = built(tmp_path, "jax-cuda12-plugin", "0.10.2", {})
    assert (one["gpu"], one["cuda"]) == (True, "12")


def test_a_file_that_is_no_python_is_a_gap(tmp_path: Path) -> None:
    write(tmp_path / "torch/__init__.py")
    write(tmp_path / "torch/version.py", "cuda = (")
    gaps = Gaps()
    path = [str(tmp_path)]
    assert builds(Finder(path), Installed(path, "", gaps), gaps) == []
    assert [one["what"] for one in gaps.all] == ["what torch was built for"]


def test_only_literals_are_read() -> None:
    assert assigned("a = open('x')\nb = 1\nc = d = 2\n") == {"b": 1}
