"""The hand-written manifests of the tests as questions: what is installed together, on which Python.

Each part of a manifest (an extra, a stage, a job, an environment) is one question for each Python
that it admits, from 3.9 to 3.13; where it admits none of these, for the newest that it does. What
the index on the disk cannot answer is left out for all who are asked, and counted:

- lines on packages of which the snapshot does not know the releases;
- addresses, local paths, and builds such as `2.3.0+cu121`, which are not in it;
- parts that are for another system than Linux, for it holds wheels for Linux;
- packages that are installed without what they require, for only single commands can say so.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from kerlint.manifests.formats import format_of, read
from kerlint.manifests.installations import Installation, installations
from kerlint.solving.verdicts import admitted
from tools.oracle.drawing import PYTHONS
from tools.oracle.kinds import CONSTRAINS, OVERRIDES, PRE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kerlint.knowledge.index import Index
    from kerlint.manifests.model import Manifest, Requirement

FIXTURES = Path(__file__).parents[2] / "fixtures" / "manifests"
FILE = re.compile(r"^# file: (\S+)\n", re.MULTILINE)
NO_MANIFESTS = (".expected", ".json", ".gitattributes")
OLDEST = (3, 7)
"""The oldest Python that uv resolves for."""


class Question:
    """What one part of a manifest asks for.

    `manifest`      its path, as people look for it: the project or folder before it
    `format`        of the manifest
    `installation`  as kerlint solves it
    `lines`         requirements and, marked, constraints, overrides and options, as the tools are
                    asked
    `kept`          the same as kerlint sees them
    `pythons`       those for which it is asked
    `left_out`      why lines are not asked about, and how many
    """

    def __init__(self, manifest: Manifest, installation: Installation, index: Index) -> None:
        self.manifest = manifest.path
        self.format = manifest.format
        self.installation = installation
        self.left_out: Counter[str] = Counter()
        self.kept: tuple[list[Requirement], list[Requirement]] = ([], [])
        texts = []
        groups = (
            (installation.requirements, ""),
            (installation.constraints, CONSTRAINS),
            (installation.overrides, OVERRIDES),
        )
        for ones, sign in groups:
            for one in ones:
                why = _not_asked(one, index)
                if why:
                    self.left_out[why] += 1
                    continue
                texts.append(sign + _text(one))
                self.kept[sign == CONSTRAINS].append(one)
        if any("pre" in one.options for one in self.kept[0]):
            texts.append(PRE)
        self.lines = tuple(dict.fromkeys(texts))
        self.pythons = _asked_pythons(installation, index)

    @property
    def label(self) -> str:
        return f"{self.manifest} ({self.installation.origin or 'always'})"

    @property
    def is_conda(self) -> bool:
        """Whether something of it is built by conda, which has bounds of its own."""
        return any(one.ecosystem == "conda" for one in self.kept[0])


def questions(index: Index) -> Iterator[Question]:
    """Of all hand-written manifests, in the order of their paths."""
    for manifest, reader in manifests():
        for installation in installations(manifest, reader):
            if installation.kind == "steps":
                continue  # each step is asked by itself
            if installation.platforms and "linux" not in str(installation.platforms):
                continue
            found = Question(manifest, installation, index)
            if found.pythons and any(
                line[:2] not in (CONSTRAINS, OVERRIDES) for line in found.lines
            ):
                yield found


def manifests() -> Iterator[tuple[Manifest, Callable[[str], Manifest | None]]]:
    """Each with what reads the files beside it."""
    for folder in sorted(path for path in FIXTURES.iterdir() if path.is_dir()):
        if folder.name == "projects":
            for path in sorted(folder.glob("*.txt")):
                _, *parts = FILE.split(path.read_text(encoding="utf-8"))
                texts = zip(parts[::2], parts[1::2], strict=True)
                yield from _of(path.stem, {name: text.encode() for name, text in texts})
            continue
        files = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.name.endswith(NO_MANIFESTS)
        }
        yield from _of(folder.name, files, "" if folder.name == "locks" else folder.name)


def _of(
    folder: str, files: dict[str, bytes], format: str = ""
) -> Iterator[tuple[Manifest, Callable[[str], Manifest | None]]]:
    """The manifests among the files of a folder; `format` where the names do not say it."""
    known: dict[str, Manifest | None] = {}

    def reader(path: str) -> Manifest | None:
        path = posixpath.normpath(path)
        if path not in known:
            data = files.get(path.removeprefix(f"{folder}/"))
            known[path] = None if data is None else read(path, data, _format(path, format))
        return known[path]

    for name in files:
        if _format(name, format):
            found = reader(f"{folder}/{name}")
            if found is not None:
                yield found, reader


def _format(path: str, format: str) -> str:
    return format_of(path) or format


def _not_asked(one: Requirement, index: Index) -> str:
    if one.source != "index":
        return "an address or path"
    if not index.knows(one.name):
        return "a package that is not known"
    if "no-deps" in one.options:
        return "without what it requires"
    return "a build of another index" if "+" in one.specifier else ""


def _text(one: Requirement) -> str:
    extras = f"[{','.join(one.extras)}]" if one.extras else ""
    marker = f" ; {one.marker}" if one.marker else ""
    return f"{one.name}{extras}{one.specifier}{marker}"


def _asked_pythons(installation: Installation, index: Index) -> Sequence[str]:
    there = admitted(installation.pythons, index)
    asked = [python for python in PYTHONS if python in there]
    if asked:
        return asked
    older = [one for one in there if tuple(map(int, one.split("."))) >= OLDEST]
    return older[:1]
