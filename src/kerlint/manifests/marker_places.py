"""Environment markers of requirements: can two of them hold at once?"""

from __future__ import annotations

from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

PYTHONS = tuple(f"3.{minor}" for minor in range(6, 16))

PLATFORMS = {
    "linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "macos": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    "windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
}
MACHINES = {
    "linux": ("x86_64", "aarch64"),
    "macos": ("arm64", "x86_64"),
    "windows": ("AMD64", "ARM64"),
}


def environments() -> Iterator[dict[str, str]]:
    """Every environment that markers are asked about."""
    for python in PYTHONS:
        for platform, variables in PLATFORMS.items():
            for machine in MACHINES[platform]:
                yield {
                    "python_version": python,
                    "python_full_version": f"{python}.99",
                    "platform_machine": machine,
                    "extra": "",
                    **variables,
                }


@lru_cache(maxsize=1024)
def holds(marker: str) -> frozenset[int]:
    """Indices of the environments in which the marker holds; of all, if it cannot be read."""
    parsed = _parsed(marker)
    every = list(environments())
    if parsed is None:
        return frozenset(range(len(every)))
    return frozenset(index for index, one in enumerate(every) if parsed.evaluate(one))


def _parsed(marker: str) -> Any:
    if not marker:
        return None
    from packaging.markers import InvalidMarker, Marker

    try:
        return Marker(marker)
    except InvalidMarker:
        return None


def together(*markers: str) -> bool:
    """Whether there is an environment in which all of the markers hold."""
    common: frozenset[int] | None = None
    for marker in dict.fromkeys(markers):
        if marker:
            common = holds(marker) if common is None else common & holds(marker)
    return common is None or bool(common)


def only_on(marker: str) -> frozenset[str]:
    """The platforms (`linux`, `macos`, `windows`) on which the marker can hold."""
    if not marker:
        return frozenset(PLATFORMS)
    names = [_platform(one["sys_platform"]) for one in environments()]
    return frozenset(names[index] for index in holds(marker))


def _platform(system: str) -> str:
    return {"linux": "linux", "darwin": "macos", "win32": "windows"}[system]
