"""The interpreter: who it is, and the PEP 508 markers by which requirements are chosen."""

from __future__ import annotations

import os
import sys

from kerlint.probe.collector.answering import names_in, read_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_IMPLEMENTATIONS = {"cpython": "CPython", "pypy": "PyPy", "graalpy": "GraalVM"}


def interpreter(prefix: str, base_prefix: str) -> dict[str, Any]:
    """Facts about the running interpreter. The prefixes are those of an ordinary start."""
    markers = marker_values()
    soabi = ""
    for suffix in extension_suffixes():
        if suffix.count(".") > 1 and not soabi:
            soabi = suffix.split(".")[1]
    return {
        "executable": sys.executable or "",
        "real_executable": os.path.realpath(sys.executable) if sys.executable else "",
        "implementation": markers["platform_python_implementation"],
        "version": markers["python_full_version"],
        "prefix": prefix,
        "base_prefix": base_prefix,
        "bits": 64 if sys.maxsize > 2**32 else 32,
        "soabi": soabi,
        "free_threaded": "free-threading" in sys.version,
        "system": markers["platform_system"],
        "release": markers["platform_release"],
        "machine": markers["platform_machine"],
        "libc": libc(),
        "markers": markers,
    }


def marker_values() -> dict[str, str]:
    """The environment markers of PEP 508."""
    version = sys.version_info
    full = f"{version.major}.{version.minor}.{version.micro}"
    if version.releaselevel != "final":
        full += version.releaselevel[0] + str(version.serial)
    if hasattr(os, "uname"):
        system, _, release, revision, machine = os.uname()
    else:
        import platform

        system, release, revision = platform.system(), platform.release(), platform.version()
        machine = platform.machine()
    name = sys.implementation.name
    own = sys.implementation.version
    own_version = f"{own.major}.{own.minor}.{own.micro}"
    if own.releaselevel != "final":
        own_version += own.releaselevel[0] + str(own.serial)
    return {
        "implementation_name": name,
        "implementation_version": own_version,
        "os_name": os.name,
        "platform_machine": machine,
        "platform_python_implementation": _IMPLEMENTATIONS.get(name, name),
        "platform_release": release,
        "platform_system": system,
        "platform_version": revision,
        "python_full_version": full,
        "python_version": f"{version.major}.{version.minor}",
        "sys_platform": sys.platform,
    }


def libc() -> str:
    """`glibc 2.36`, `musl`, or "" where it has none of these names."""
    try:
        said = os.confstr("CS_GNU_LIBC_VERSION")
        if said:
            return said
    except (AttributeError, ValueError, OSError):
        pass
    return "musl" if any(one.startswith("ld-musl") for one in names_in("/lib")) else ""


def extension_suffixes() -> list[str]:
    """Ends of the file names of extension modules, the most particular first."""
    import _imp

    return list(_imp.extension_suffixes())


def virtual_prefix(executable: str) -> tuple[str, dict[str, str]]:
    """The virtual environment of an interpreter, by its pyvenv.cfg: prefix and settings.

    ("", {}) where it is in none. A start without `site` does not know.
    """
    folder = os.path.dirname(executable)
    for prefix in (folder, os.path.dirname(folder)):
        try:
            text = read_text(os.path.join(prefix, "pyvenv.cfg"))
        except OSError:
            continue
        pairs = [line.partition("=") for line in text.splitlines() if "=" in line]
        return prefix, {key.strip().lower(): value.strip() for key, _, value in pairs}
    return "", {}
