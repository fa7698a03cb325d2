"""Whether a release that is asked for can be installed on the examined interpreter at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kerlint.probe.observations import Interpreter

_MACHINES = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "aarch64", "arm64": "arm64"}
_SYSTEMS = {"Linux": "linux", "Darwin": "macos", "Windows": "windows"}


def other_python(name: str, specifier: str, python: Interpreter) -> str:
    """The newest Python that has a release of `name` that fits `specifier`, where this one has none.

    "" where this one has one, where no Python has, and where it is not known: for a package or a
    platform that the index does not have, and for a specifier that is none.
    """
    from kerlint.knowledge.index import PLATFORMS, PYTHONS, load
    from kerlint.knowledge.index.specifiers import Invalid

    package = load().package(name)
    platform = _platform(python)
    own = ".".join(python.version.split(".")[:2])
    if package is None or package.synthetic or platform not in PLATFORMS or own not in PYTHONS:
        return ""
    try:
        wanted = package.mask(specifier) if specifier else package.finals
    except Invalid:
        return ""
    fitting = [one for one in PYTHONS if wanted & package.installable_mask(one, platform)]
    return fitting[-1] if fitting and own not in fitting else ""


def _platform(python: Interpreter) -> str:
    """As the index calls it; "" for one that it cannot have, such as Linux with musl."""
    if python.libc and not python.libc.startswith("glibc"):
        return ""
    system = _SYSTEMS.get(python.system, "")
    return f"{system}-{_MACHINES.get(python.machine.lower(), '')}"
