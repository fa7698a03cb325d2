"""Gate 1 for manifests, by what a file leads to."""

from __future__ import annotations

_WITH_COMMANDS = (
    *(".yml", ".yaml", ".sh", ".bash", ".mk", "akefile", "tox.ini", ".ipynb"),
    *(".toml", "setup.cfg", ".dockerfile", "noxfile.py"),
)
_OWN_WORDS = (
    *("tox.ini", ".toml", "setup.cfg", "noxfile.py", ".readthedocs.yml", ".readthedocs.yaml"),
)
"""Files that install without naming pip or uv."""


def leads(data: bytes, path: str) -> bool:
    """Whether a manifest that names no such package may install from a file that does."""
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
