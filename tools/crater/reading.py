"""The uses of whole packages, kept in the cache until the extractor changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from tools.crater.extract import extract
from tools.crater.uses import FileUses, from_json, to_json

HERE = Path(__file__).parent
SOURCES = ("extract.py", "guards.py", "owners.py", "scopes.py", "uses.py")


def extractor_version() -> str:
    """Changes whenever a line of the extractor does."""
    digest = hashlib.sha256()
    for name in SOURCES:
        digest.update((HERE / name).read_bytes())
    return digest.hexdigest()[:12]


def python_files(folder: Path) -> list[Path]:
    """Every Python file of an unpacked package, in the order of their paths."""
    return sorted(folder.rglob("*.py"))


def uses_of(folder: Path, cache: Path) -> list[FileUses]:
    """The uses of every file of an unpacked package that names a root, and unreadable files."""
    kept = cache / "uses" / f"{folder.name}-{extractor_version()}.json"
    if kept.exists():
        return [from_json(entry) for entry in json.loads(kept.read_text())]
    files = [extract(path, path.relative_to(folder).as_posix()) for path in python_files(folder)]
    files = [file for file in files if file.uses or file.problem]
    _keep(kept, files)
    return files


def _keep(path: Path, files: Iterable[FileUses]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in path.parent.glob(f"{path.name.rpartition('-')[0]}-????????????.json"):
        old.unlink()
    path.write_text(json.dumps([to_json(file) for file in files]))
