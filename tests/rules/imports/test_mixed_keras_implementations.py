"""KER101 against the record: it speaks of every meeting that was seen to fail, and of no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerlint.checking.scan import api_of
from kerlint.engine import check
from kerlint.knowledge import meetings
from kerlint.knowledge.meetings import FAULTS, ROOTS, versions_of, whole_record
from kerlint.project.discovery import File
from kerlint.project.targets import Target, Versions
from kerlint.rules.base import Context
from kerlint.rules.imports.mixed_keras_implementations import MixedKerasImplementations
from kerlint.settings import SettingsTree
from kerlint.source.gates import Gate
from kerlint.source.names import analyse
from tests.rules.marked import FIXTURES, found_lines, marked_lines
from tools.meetings.places import PLACES, program

RULE = MixedKerasImplementations()
STACKS = sorted({line.stack for line in whole_record()})
FOLDER = FIXTURES / "mixed-libraries"


def findings(text: str, versions: Versions, legacy: bool = False) -> list[str]:
    target = Target(versions, versions, "")
    api = api_of(versions, legacy)
    module = analyse("example.py", text, api.exports)
    return [found.message for found in RULE.check(module, Context(api, target))]


def spelled(line: meetings.Meeting) -> tuple[str, str]:
    """How the record spells the two libraries of a line."""
    return line.spelled_first, line.spelled_second


@pytest.mark.parametrize("stack", STACKS)
def test_every_cell_of_the_record(stack: str) -> None:
    versions, legacy = versions_of(stack)
    wrong = []
    for line in whole_record():
        if line.stack == stack and line.outcome != "absent":
            text = program(line.place, *spelled(line))
            expected = line.outcome in FAULTS
            if bool(findings(text, versions, legacy)) is not expected:
                wrong.append(f"{line.place}: {line.first} <- {line.second}: {line.outcome}")
    assert wrong == []


@pytest.mark.parametrize("stack", STACKS)
def test_the_gate_lets_every_failing_program_through(stack: str) -> None:
    versions, legacy = versions_of(stack)
    gate = Gate(api_of(versions, legacy), [RULE])
    for line in whole_record():
        if line.stack == stack and line.outcome in FAULTS:
            text = program(line.place, *spelled(line))
            assert gate.candidates(text.encode()), line


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("place", PLACES)
def test_one_library_alone_is_never_found(stack: str, place: str) -> None:
    versions, legacy = versions_of(stack)
    for one in ROOTS:
        if one != "tf_keras" or versions.tf_keras:
            assert findings(program(place, one, one), versions, legacy) == []


def test_layers_of_the_hub_were_tried_with_and_without_tf_keras() -> None:
    tried = {versions_of(line.stack)[0].tf_keras for line in whole_record()} & {None, "2.21.0"}
    guests = [line for line in whole_record() if line.spelled_second == meetings.GUEST]
    assert {versions_of(line.stack)[0].tf_keras for line in guests} == tried
    assert {(line.first, line.second) for line in guests} == {("Keras 3", "tf_keras")}
    assert all(line.outcome in FAULTS for line in guests)


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.py")), ids=lambda file: file.stem)
def test_programs(file: Path) -> None:
    assert found_lines(file, "KER101") == marked_lines(file, "KER101")


def test_there_are_sound_and_faulty_programs() -> None:
    marked = [bool(marked_lines(file, "KER101")) for file in FOLDER.glob("*.py")]
    assert marked.count(True) >= 12
    assert marked.count(False) >= 12


def test_an_older_target_has_other_libraries() -> None:
    text = program("layer in Sequential.add", "keras", "tf.keras")
    assert findings(text, Versions("3.15.1", "2.21.0", "2.21.0", None)) == []
    assert findings(text, Versions("2.15.0", "2.15.1", None, None)) == []
    assert findings(text, Versions("3.15.1", "2.21.0", "2.21.0", None), legacy=True) != []


def test_between_two_releases_that_differ_nothing_is_said() -> None:
    place, first, second = "layer in Sequential.add", "Keras 3", "tf_keras"
    found = meetings.meeting(place, first, second, Versions("3.9.0", "2.19.0", None, None))
    assert found is not None
    assert found.outcome == "raises"
    unknown = Versions("3.9.0", "2.19.0", None, None)
    assert meetings.meeting("no such place", first, second, unknown) is None


def test_a_message_says_what_meets(tmp_path: Path) -> None:
    file = tmp_path / "train.py"
    file.write_text(program("layer in Sequential.add", "keras", "tf_keras"))
    settings = SettingsTree({"target": ["keras==3.15.1"], "select": ["KER101"]}, isolated=True)
    (found,) = check([File(str(file), explicit=True)], settings, jobs=1).diagnostics
    assert found.message == (
        "a layer of tf_keras is given to a `Sequential` of Keras 3: this raises ValueError"
    )
    assert found.label == "of tf_keras"


def test_a_chain_of_calls_is_one_fault() -> None:
    text = (
        "import tensorflow as tf\nimport tensorflow_hub as hub\n"
        "encoder = hub.KerasLayer('https://example.org/encoder')\n"
        "inputs = tf.keras.Input(shape=[], dtype=tf.string)\n"
        "encoded = encoder(inputs)\n"
        "hidden = tf.keras.layers.Dense(128)(encoded)\n"
        "model = tf.keras.Model(inputs, tf.keras.layers.Dense(1)(hidden))\n"
    )
    (message,) = findings(text, Versions("3.15.1", "2.21.0", "2.21.0", "3.12"))
    assert (
        message == "a tensor of Keras 3 is given to a layer of tf_keras: this raises AttributeError"
    )
