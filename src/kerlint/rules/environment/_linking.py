"""What the loader says of a compiled module that it cannot load, and what mends that.

Only where the module itself may be damaged does installing it again help: a C library that is too
old, or that of Alpine, stays what it is.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple

    from kerlint.probe.asked import Asked
    from kerlint.probe.observations import Distribution, Observations

    class Fault(NamedTuple):
        """What is wrong (a clause after the module's name), what to do, and the commands."""

        happens: str
        help: str
        commands: tuple[str, ...]

else:
    from collections import namedtuple

    Fault = namedtuple("Fault", "happens help commands")

LINKED = re.compile(
    r"undefined symbol: \S+|version `(?:GLIBC|GLIBCXX|CXXABI)_[\d.]+' not found|"
    r"DLL load failed while importing \w+|[Ss]ymbol not found(?: in flat namespace|: \S+)|"
    r"wrong ELF class|invalid ELF header|incompatible architecture|"
    r"Error loading shared library \S+|Error relocating [^:\s]+: \S+: symbol not found"
)

_GLIBC = re.compile(r"version `GLIBC_([\d.]+)' not found")
_LIBSTDCXX = re.compile(r"(?:(\S+?): )?version `((?:GLIBCXX|CXXABI)_[\d.]+)' not found")
_OF_TENSORFLOW = re.compile(
    r"(?:_pywrap_tensorflow\w*|libtensorflow_(?:framework|cc))\.so[.\d]*: undefined symbol"
)
_METAL = "tensorflow-metal"


def fault(text: str, one: Distribution | None, seen: Observations, asked: Asked) -> Fault:
    """What the loader's message means here. `one`: the distribution of the module, if it is known."""
    owner = asked.owner
    if glibc := _GLIBC.search(text):
        have = seen.interpreter.libc
        return Fault(
            f"needs glibc {glibc[1]} or newer{f', and this system has {have}' if have else ''}",
            "Use a newer system or container image, or an older release of it. pip chooses wheels "
            "that fit by itself: this one was copied, or installed for another machine.",
            (),
        )
    if found := _LIBSTDCXX.search(text):
        return _libstdcxx(found[1] or "", found[2], seen, asked)
    if "Error loading shared library" in text or "Error relocating" in text:
        return Fault(
            "was built for glibc, and this system has musl (Alpine)",
            "Use a system with glibc: for containers `python:3.12-slim` instead of an image of "
            "Alpine. No framework publishes wheels for musl.",
            (),
        )
    if one is not None and one.name == _METAL:
        return Fault(
            "was built for another TensorFlow than the one that is installed",
            "Remove it, and TensorFlow runs on the CPU; or install a TensorFlow that it was made for.",
            (owner.uninstall([one.name]),),
        )
    if "DLL load failed" in text:
        return Fault(
            "was built for other libraries than those that Windows finds",
            "Install the current Visual C++ redistributable (x64) and restart; the processor must "
            "have AVX. Else make a new environment, with packages of one source.",
            (),
        )
    happens, help = (
        "was built for other libraries",
        "Install it again, and look whether it supports this system.",
    )
    if _OF_TENSORFLOW.search(text):
        happens = "finds other libraries than those that it was built with"
        help = (
            "Install it again. If that changes nothing, packages of pip and conda are mixed, or "
            "LD_LIBRARY_PATH brings a library of another build: unset it, or make a new environment "
            "with packages of one source."
        )
    again = () if one is None else (f"{one.name}=={one.version.partition('+')[0]}",)
    return Fault(happens, help, tuple(owner.install(line, reinstall=True) for line in again))


def _libstdcxx(path: str, version: str, seen: Observations, asked: Asked) -> Fault:
    """Another libstdc++ was loaded than the system's, or the system's is too old."""
    owner = asked.owner
    happens = f"needs a libstdc++ with {version}, and {path or 'the one that was loaded'} has none"
    folders = seen.gpu.ld_library_path or [
        one for one in seen.environment.get("LD_LIBRARY_PATH", "").split(":") if one
    ]
    left = [one for one in folders if not path.startswith(one.rstrip("/") + "/")]
    if path and left != folders:
        command = owner.set("LD_LIBRARY_PATH", ":".join(left)) if left else ""
        return Fault(
            happens,
            "Take the folder out of LD_LIBRARY_PATH before the program starts.",
            (command or owner.unset("LD_LIBRARY_PATH"),),
        )
    prefix = seen.site.conda_prefix
    if prefix and path.startswith(prefix):
        command = owner.from_conda_forge("libstdcxx-ng")
        return Fault(happens, "Install a newer one with conda.", (command,))
    return Fault(happens, "Use a newer system or container image, or an older release of it.", ())


def plugin_of(text: str, seen: Observations) -> Distribution | None:
    """The distribution of a plugin of TensorFlow that the message names: Apple's `metal`.

    Its folder is no package, so nothing imports it by that name:
    https://github.com/tensorflow/tensorflow/issues/84167
    """
    return seen.distribution(_METAL) if "libmetal_plugin" in text else None
