"""Which GPU libraries the process has really loaded: the map of its memory says so."""

from __future__ import annotations

import os

BEGINNINGS = (
    "libcu",
    "libnv",
    "libnccl",
    "libhip",
    "libroc",
    "libmiopen",
    "libtorch_cuda",
    "xla_cuda",
)


def loaded() -> list[str]:
    """Paths, sorted; none where the system has no such map."""
    try:
        with open("/proc/self/maps", errors="replace") as lines:
            paths = {line.rstrip("\n").partition("/")[2] for line in lines}
    except OSError:
        return []
    return sorted("/" + path for path in paths if _counts(os.path.basename(path)))


def _counts(name: str) -> bool:
    return name.startswith(BEGINNINGS) and ".so" in name
