"""The data files as they are shipped."""

from __future__ import annotations

import os
import zlib
from pathlib import Path

import pytest

from kerlint.knowledge import inventory, releases, store
from kerlint.knowledge.api import Api
from kerlint.knowledge.codes import KINDS
from kerlint.project.targets import Versions
from tools.inventory import pack

DATA = Path(releases.DATA)
FILES = sorted((*DATA.glob("*.names"), *DATA.glob("*.callables")))


def test_all_files_together_are_small_in_the_wheel() -> None:
    """A wheel is a zip file: every file in it is deflated."""
    assert sum(len(zlib.compress(file.read_bytes())) for file in DATA.iterdir()) < 1_000_000


def test_the_version_table_says_what_is_there() -> None:
    lines = (DATA / "versions.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0] == f"format {pack.FORMAT}"
    for distribution in releases.DISTRIBUTIONS:
        axis = releases.known(distribution)
        assert f"{distribution}: {len(axis)} releases, {axis[0]} to {axis[-1]}" in lines
    sizes = {line.split(":")[0]: int(line.split()[1]) for line in lines if " bytes, " in line}
    assert sizes == {file.name: file.stat().st_size for file in FILES}


def test_every_stored_prefix_has_its_file() -> None:
    stems = {stem for stem, _ in inventory.STEMS.values()} - {"tensorflow-contrib"}
    assert {file.name for file in FILES if file.suffix == ".names"} >= {
        f"{stem}.names" for stem in stems
    }


@pytest.mark.parametrize("file", [f for f in FILES if f.suffix == ".names"], ids=lambda f: f.name)
def test_names_files_are_sound(file: Path) -> None:
    names = store.NamesFile(store.read_sections(file.name))
    length = len(releases.known(names.axis))
    for profile in names.profiles:
        for part in profile.split(";"):
            assert part[0] in KINDS
            assert int(part.rpartition("-")[2].rpartition(",")[2].lstrip(part[0])) < length
    assert list(names.lines) == sorted(names.lines)
    for line in names.lines.values():
        leaves = [leaf for group in line.split("\t")[1:] for leaf in group.split(" ")[1:]]
        assert len(leaves) == len(set(leaves))


@pytest.mark.parametrize(
    "file", [f for f in FILES if ".callables." in f.name], ids=lambda f: f.name
)
def test_callables_files_are_sound(file: Path) -> None:
    callables = store.CallablesFile(store.read_sections(file.name))
    for number in range(len(callables.lists)):
        signature = callables.parameters(number)
        names = [parameter.name for parameter in signature.parameters]
        assert len(names) == len(set(names)), names
        assert all(name.isidentifier() for name in names), names
    for number in range(len(callables.entities)):
        fields = callables.entities[number].split("\t")
        assert len(fields) == 5
        assert not fields[1] or int(fields[1]) != number


def test_every_class_and_function_of_a_container_has_its_step() -> None:
    for stem, target in inventory.CALLABLES.items():
        names, callables = store.names_file(stem), store.callables_file(target)
        if names is None or callables is None:
            continue
        for container in names.lines.keys() & callables.lines.keys():
            steps = callables.lines[container].split("\t")[1].split(" ")
            length = sum(int(step[1:]) if step[0] in "=!" else 1 for step in steps)
            assert length == len(names.callables(container)), container


@pytest.mark.parametrize("prefix", sorted(inventory.STEMS))
def test_a_prefix_is_a_name_of_its_container(prefix: str) -> None:
    store._callables.clear()
    api = Api(Versions("3.15.1", "2.21.0", "2.21.0", None))
    if "." in prefix:
        history = api.history(prefix)
        assert history is not None
        assert history.axis == inventory.STEMS[prefix.rpartition(".")[0]][1]
    assert api.signature("tensorflow.constant") is not None
    assert api.signature("keras.Input") is not None
    assert api.signature("tf_keras.Input") is not None


def test_nothing_else_lies_among_the_data() -> None:
    assert not [
        name
        for name in os.listdir(DATA)
        if not name.endswith((".callables", ".names", ".tsv", ".txt", ".z"))
    ]
