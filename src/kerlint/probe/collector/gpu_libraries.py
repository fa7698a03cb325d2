"""The shared libraries of the GPU stack on disk: the wheels' and everybody else's.

Where they lie says what could be loaded; what is loaded is told by a call (`calls`) or a trial.
"""

from __future__ import annotations

import os
import re
import struct

from kerlint.probe.collector.answering import Gaps, names_in, read_bytes
from kerlint.probe.collector.distributions import Installed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Iterator, Mapping

_WANTED = re.compile(
    r"lib(cuda|nvidia-ml|cudart|cudnn|cudnn_\w+|cublas|cublasLt|cufft|curand|cusolver|cusparse"
    r"|nccl|nvrtc|cupti|nvJitLink|nvshmem_host|nvptxcompiler)\.so(?:\.(\d+))?((?:\.\d+)*)"
)
_DRIVER = ("cuda", "nvidia-ml")
_CACHE = "/etc/ld.so.cache"
_CACHE_MAGIC = b"glibc-ld.so.cache1.1"
_USUAL = ("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib")
_DRIVER_FOLDERS = ("/usr/lib/wsl/lib", "/usr/local/nvidia/lib64", "/run/opengl-driver/lib")
"""Where WSL, Kubernetes and NixOS put the driver: a loader looks there only if it is told to."""


def wheel_folders(path: list[str]) -> list[str]:
    """The folders that NVIDIA's wheels fill: `nvidia/cudnn`, `nvidia/cu13` ..."""
    return [
        os.path.join(entry, "nvidia", name)
        for entry in path
        for name in names_in(os.path.join(entry, "nvidia"))
        if os.path.isdir(os.path.join(entry, "nvidia", name))
    ]


def libraries(
    path: list[str],
    prefix: str,
    home: str,
    environment: Mapping[str, str],
    installed: Installed,
    gaps: Gaps,
) -> list[dict[str, Any]]:
    """`Library` for each on disk, in the order in which a loader meets them: LD_LIBRARY_PATH,
    the wheels (RUNPATH comes after it), the system's cache, conda, the toolkit."""
    found: dict[str, dict[str, Any]] = {}
    listed = environment.get("LD_LIBRARY_PATH", "").split(os.pathsep)
    sources = [("ld_library_path", folder) for folder in listed if folder]
    sources += [
        ("wheel", os.path.join(folder, "lib"))
        for folder in wheel_folders(path)
        if os.path.isdir(os.path.join(folder, "lib"))
    ]
    sources += [("wheel", os.path.join(entry, "torch", "lib")) for entry in path]
    for source, folder in sources:
        _add_folder(found, folder, source)
    for one in found.values():
        if one["source"] == "wheel":
            _name_wheel(one, installed)
    cached = gaps.around(f"the loader's cache {_CACHE}", lambda: cached_libraries(_CACHE), None)
    for file in cached or []:
        _add(found, file, "ldconfig")
    for folder in (*(_USUAL if cached is None else ()), *_DRIVER_FOLDERS):
        _add_folder(found, folder, "ldconfig")
    if os.path.isdir(os.path.join(prefix, "conda-meta")):
        _add_folder(found, os.path.join(prefix, "lib"), "conda")
    for root in dict.fromkeys((home, "/usr/local/cuda")):
        for below in ("lib64", "lib", "targets/x86_64-linux/lib"):
            if root:
                _add_folder(found, os.path.join(root, below), "toolkit")
                _add_folder(found, os.path.join(root, below, "stubs"), "stubs")
    return list(_once(found).values())


def _once(found: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Each file under the first of its paths: folders of a toolkit link to one another."""
    first: dict[tuple[str, str], str] = {}
    for path, one in found.items():
        first.setdefault((os.path.realpath(path), one["soname"]), path)
    return {path: found[path] for path in first.values()}


def cached_libraries(file: str) -> list[str] | None:
    """The paths of the GPU libraries in the loader's cache; None where there is no cache.

    The format is glibc's (sysdeps/generic/dl-cache.h): a header of 48 bytes, entries of 24 with
    the offsets of name and path; before it there may be an older table of 12 bytes an entry.
    """
    try:
        data = read_bytes(file, 50_000_000)
    except FileNotFoundError:
        return None
    start = data.find(_CACHE_MAGIC)
    if start < 0:
        raise ValueError("its format is not known")
    (count,) = struct.unpack_from("=I", data, start + len(_CACHE_MAGIC))
    paths = []
    for index in range(count):
        _, name, path = struct.unpack_from("=iII", data, start + 48 + 24 * index)
        if _WANTED.fullmatch(_text_at(data, start + name)):
            paths.append(_text_at(data, start + path))
    return list(dict.fromkeys(paths))


def _text_at(data: bytes, start: int) -> str:
    return data[start : data.index(b"\0", start)].decode("utf-8", "surrogateescape")


def _add_folder(found: dict[str, dict[str, Any]], folder: str, source: str) -> None:
    for name in _by_version(folder):
        _add(found, os.path.join(folder, name), source)


def _by_version(folder: str) -> Iterator[str]:
    """One name for each soname in a folder: `libcudnn.so`, `.so.9`, `.so.9.1` are one library."""
    seen = set()
    names = [one for one in map(_WANTED.fullmatch, names_in(folder)) if one]
    for one in sorted(names, key=lambda one: (one[2] is None, bool(one[3]), one[0])):
        real = os.path.realpath(os.path.join(folder, one[0]))
        if real not in seen:
            seen.add(real)
            yield one[0]


def _add(found: dict[str, dict[str, Any]], file: str, source: str) -> None:
    named = _WANTED.fullmatch(os.path.basename(file))
    if not named or file in found or not os.path.isfile(file):
        return
    if os.sep + "stubs" + os.sep in file and source != "ld_library_path":
        source = "stubs"
    elif named[1] in _DRIVER and source == "ldconfig":
        source = "driver"
    real = _WANTED.fullmatch(os.path.basename(os.path.realpath(file)))
    version = f"{real[2]}{real[3]}" if real and real[2] and real[3] else ""
    soname = f"lib{named[1]}.so" + (f".{named[2]}" if named[2] else "")
    found[file] = {"soname": soname, "path": file, "source": source, "version": version}


def _name_wheel(one: dict[str, Any], installed: Installed) -> None:
    owner = installed.named(installed.owners.of(one["path"]))
    if owner:
        one["distribution"] = owner["name"]
        if owner["name"].startswith("nvidia-"):
            one["version"] = owner["version"]
