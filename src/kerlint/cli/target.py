"""`kerlint target [PATHS]`: the versions that files are judged by, and why."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from kerlint.cli import complain
from kerlint.cli.arguments import Parser, add_files, add_settings
from kerlint.manifests.together import Together, named, partners
from kerlint.project.discovery import as_shown, find
from kerlint.project.kinds import MANIFEST, NOTEBOOK, PYTHON, is_manifest, kind_of
from kerlint.project.library import Library
from kerlint.project.targets import Target, Targets
from kerlint.settings import SettingsTree
from kerlint.source.reading import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def run(argv: Sequence[str]) -> int:
    """Print the targets of the paths; returns the exit code. Raises Failure."""
    parser = Parser(
        prog="kerlint target",
        description="Show which versions files are judged by, and why.",
        allow_abbrev=False,
    )
    parser.add_argument("paths", nargs="*", metavar="PATHS")
    parser.add_argument("--target", action="append", metavar="REQUIREMENT", help="as for a check")
    add_files(parser)
    add_settings(parser)
    found = parser.parse(argv)
    overrides = {"target": found.target} if found.target else None
    settings = SettingsTree(overrides, found.isolated, found.config)
    errors: list[str] = []
    paths = found.paths or ["."]
    everything = find(paths, settings, errors)
    files = [file for file in everything if kind_of(file.path) != MANIFEST]
    targets = Targets()
    judged: dict[Target, list[str]] = {}
    for file in files:
        target = targets.of(file.path, settings.of_file(file.path), _data(file.path))
        judged.setdefault(target, []).append(file.path)
    if not files and not errors:
        target = targets.of(os.path.join(paths[0], "x.py"), settings.of_folder(paths[0]))
        judged[target] = []
    sys.stdout.write("\n".join(_told(target, names) for target, names in judged.items()))
    sys.stdout.write("".join(_compared([file.path for file in everything], settings)))
    for note in targets.notes:
        complain("warning", note)
    for error in errors:
        complain("error", error)
    return 2 if errors else 0


def _data(path: str) -> bytes:
    """The bytes of a file of code, which may say itself what it is run with."""
    if kind_of(path) not in (PYTHON, NOTEBOOK):
        return b""
    try:
        return read_bytes(path)
    except OSError:
        return b""


def _told(target: Target, names: Sequence[str]) -> str:
    """A block of lines about one target."""
    lines = [f"{_files(names)}: {target.origin}"]
    for axis in ("keras", "tensorflow", "tf_keras", "python"):
        newest, oldest = getattr(target.newest, axis), getattr(target.oldest, axis)
        if newest is None and oldest is None:
            continue
        version = newest if newest == oldest else f"{newest or 'none'} (oldest: {oldest or 'none'})"
        lines.append(f"  {axis.replace('_', '-'):<10} {version}")
    lines += [f"  {detail}" for detail in target.details]
    return "\n".join(lines) + "\n"


def _compared(paths: Sequence[str], settings: SettingsTree) -> Iterator[str]:
    """Which manifests KER409 compares with each other."""
    library = Library({})
    told: list[str] = []
    missing: list[str] = []
    for path in paths:
        together = Together(*settings.of_file(path).together)
        if is_manifest(path) and _may_have_partners(path, together):
            manifest = library.manifest(path)
            others = partners(manifest, library.manifest, together) if manifest else ()
            told += [f"  {path} with {other.path}\n" for other in others]
        missing += (one for group in together.groups for one in group if not os.path.exists(one))
    here = os.path.join(os.getcwd(), "")
    told += [f"  nothing with {as_shown(one, here)}: no such file\n" for one in missing]
    if told:
        yield "\ncompared with each other (KER409):\n"
        yield from dict.fromkeys(told)


def _may_have_partners(path: str, together: Together) -> bool:
    """Whether it is worth reading: by its name, or by the settings."""
    full = os.path.abspath(path)
    return (together.automatic and named(path)) or any(full in one for one in together.groups)


def _files(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    common = os.path.commonpath(names) if names else ""
    return f"{len(names)} files" + (f" below {common}" if common else "")
