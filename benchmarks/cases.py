"""What is measured: each case is one piece of code and the tools that check it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import NamedTuple

from benchmarks import corpora, tools
from benchmarks.corpora import Corpus
from benchmarks.measure import Command, Failed, Result

PYTHON = "bare Python"
USUAL = (tools.kerlint, tools.ruff, tools.pyflakes, tools.django_upgrade)
HOOK_SIZE = 6_000
"""Bytes: the hook's five files are those nearest to this size."""


class Case(NamedTuple):
    """A table of the report: what was checked, by which commands."""

    title: str
    contents: str
    files: tuple[Path, ...]
    commands: dict[str, Command]
    small: bool = False

    @property
    def megabytes(self) -> float:
        return sum(path.stat().st_size for path in self.files) / 1e6


class Target(NamedTuple):
    """A promise: kerlint needs at most `most` times what `other` needs in the case `title`."""

    title: str
    other: str
    most: float


TARGETS = (
    Target("no Keras", "ruff", 0.3),
    Target("clean Keras 3", "ruff", 1.3),
    Target("legacy code", "pyflakes", 1.0),
    Target("legacy code", "TorchFix", 1 / 30),
    Target("five files without Keras", PYTHON, 1.5),
    Target("five clean Keras files", PYTHON, 2.5),
    Target("five files with findings", "pyflakes", 5.0),
)
PEAK = 100e6
"""Bytes of memory that kerlint may need at most."""


def cases(shelf: Path) -> list[Case]:
    """All of them, with their code in `shelf`.

    kerlint must be installed: it picks the files with findings.
    """
    library, keras, hub, legacy = (
        corpora.library(shelf),
        corpora.keras(shelf),
        corpora.keras_hub(shelf),
        corpora.legacy(shelf),
    )
    found = _with_findings(legacy)
    return [
        _whole(library),
        _whole(keras),
        _whole(hub),
        _whole(legacy, corpora.legacy_as_torch(shelf)),
        _notebooks(corpora.notebooks(shelf)),
        _five("five files without Keras", library, _not_tests(library)),
        _five("five clean Keras files", keras, _naming_keras(keras)),
        _five("five clean files of a user of Keras 3", hub, _naming_keras(hub)),
        _five("five files with findings", legacy, found, corpora.legacy_as_torch(shelf)),
    ]


def ratio(results: dict[str, Result], other: str) -> float:
    """kerlint's CPU seconds for one of the other's."""
    return results[tools.kerlint.name].cpu / results[other].cpu


def _whole(corpus: Corpus, renamed: Corpus | None = None) -> Case:
    commands = {tool.name: tool.command(corpus.folder) for tool in USUAL}
    if renamed:
        commands[tools.torchfix.name] = tools.torchfix.command(renamed.folder)
    return Case(corpus.title, corpus.contents, tuple(corpus.files), commands)


def _notebooks(corpus: Corpus) -> Case:
    """Only ruff reads notebooks as well."""
    commands = {tool.name: tool.command(corpus.folder) for tool in (tools.kerlint, tools.ruff)}
    return Case(corpus.title, corpus.contents, tuple(corpus.files), commands)


def _five(title: str, corpus: Corpus, files: list[Path], renamed: Corpus | None = None) -> Case:
    nearest = sorted(files, key=lambda path: (abs(path.stat().st_size - HOOK_SIZE), path))[:5]
    commands = {PYTHON: tools.start()}
    commands |= {tool.name: tool.command(corpus.folder, nearest) for tool in USUAL}
    if renamed:
        same = [renamed.folder / path.relative_to(corpus.folder) for path in nearest]
        commands[tools.torchfix.name] = tools.torchfix.command(renamed.folder, same)
    named = ", ".join(f"`{path.relative_to(corpus.folder).as_posix()}`" for path in nearest)
    return Case(title, f"{named} of {corpus.contents}", tuple(nearest), commands, small=True)


def _not_tests(corpus: Corpus) -> list[Path]:
    inside = {path: path.relative_to(corpus.folder).parts for path in corpus.files}
    return [path for path, parts in inside.items() if not {"test", "tests"}.intersection(parts)]


def _naming_keras(corpus: Corpus) -> list[Path]:
    return [
        path
        for path in corpus.files
        if b"import keras" in path.read_bytes() or b"from keras" in path.read_bytes()
    ]


def _with_findings(corpus: Corpus) -> list[Path]:
    """The files in which kerlint finds something."""
    command = tools.kerlint.command(corpus.folder)
    words = [*command.words, "--output-format", "json", "--quiet"]
    done = subprocess.run(words, cwd=corpus.folder, capture_output=True, text=True)
    if done.returncode != 1:
        raise Failed(f"kerlint on legacy code, exit code {done.returncode}: {done.stderr}")
    return sorted({corpus.folder / found["path"] for found in json.loads(done.stdout)})
