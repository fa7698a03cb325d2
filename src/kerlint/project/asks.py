"""Gate 1 for manifests, by what a file names itself and by what it leads to."""

from __future__ import annotations

from kerlint.source.gates import asks_packages

_WITH_COMMANDS = (
    *(".yml", ".yaml", ".sh", ".bash", ".mk", "akefile", "tox.ini", ".ipynb"),
    *(".toml", "setup.cfg", ".dockerfile", "noxfile.py"),
)
_OWN_WORDS = ("tox.ini", ".toml", "setup.cfg", "noxfile.py")
"""Files that install without naming pip or uv."""


def asks(data: bytes, path: str) -> bool:
    """Whether the file may ask for packages that a rule is about, or install from one that does."""
    if asks_packages(data, path):
        return True
    if path.endswith((".py", ".lock")) and not path.endswith("noxfile.py"):
        return False
    if path.endswith(".ipynb") and b" install " not in data:
        return False
    if b"-r" not in data and b"install" not in data and b"require" not in data:
        return False
    if not path.endswith(_WITH_COMMANDS) and b"FROM" not in data and b"from" not in data:
        return False
    if not path.endswith(_OWN_WORDS) and b"pip" not in data and b"uv " not in data:
        return False
    from kerlint.project.including import leads_to_packages
    from kerlint.project.kinds import is_manifest

    return is_manifest(path) and leads_to_packages(data, path)
