"""Which releases a Python on a platform may take, and where a marker of the user's holds."""

from __future__ import annotations

from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.solving.knowing import Package

_SYSTEMS = {
    "linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "macos": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    "windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
}
_MACHINES = {"windows-x86_64": "AMD64"}


def environment(python: str, platform: str) -> dict[str, str]:
    """What the markers of PEP 508 ask about; the patch release is taken to be a late one."""
    system, _, machine = platform.partition("-")
    return {
        "python_version": python,
        "python_full_version": f"{python}.99",
        "implementation_name": "cpython",
        "implementation_version": f"{python}.99",
        "platform_python_implementation": "CPython",
        "platform_machine": _MACHINES.get(platform, machine),
        "platform_release": "",
        "platform_version": "",
        "extra": "",
        **_SYSTEMS[system],
    }


@lru_cache(maxsize=4096)
def holds(marker: str, python: str, platform: str) -> bool:
    """Whether a marker holds there; one that cannot be read is taken to hold.

    Extras are the business of those who choose what is installed together: `extra == "gpu"` is
    taken to hold.
    """
    from packaging.markers import InvalidMarker, Marker, UndefinedEnvironmentName

    try:
        parsed = Marker(marker)
    except InvalidMarker:
        return True
    try:
        return parsed.evaluate(environment(python, platform)) or (
            "extra" in marker and _with_some_extra(marker, python, platform)
        )
    except UndefinedEnvironmentName:
        return True


def _with_some_extra(marker: str, python: str, platform: str) -> bool:
    import re

    from packaging.markers import Marker

    parsed = Marker(marker)
    base = environment(python, platform)
    names = re.findall(r"extra\s*==\s*['\"]([^'\"]+)", marker)
    return any(parsed.evaluate({**base, "extra": name}) for name in names)


def installable(package: Package, python: str, platform: str, builds: bool) -> int:
    """The releases that pip may take there; `builds`: source distributions, too."""
    if builds or package.synthetic:
        return package.installable_mask(python, platform)
    return package.admits_python_mask(python) & package.wheel_mask(python, platform)
