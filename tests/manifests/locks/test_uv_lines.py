"""Reading uv.lock by lines finds what reading it as TOML does, or says that it cannot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kerlint.manifests import formats
from kerlint.manifests.locks import uv
from kerlint.manifests.locks.uv_lines import Unusual, packages
from kerlint.manifests.places import Malformed, Places
from kerlint.manifests.toml_places import document, tomllib
from tests.manifests.said import problems, pythons, requirements

FIXTURES = Path(__file__).parents[3] / "fixtures" / "manifests" / "locks"
TEXTS = [file.read_text(encoding="utf-8") for file in sorted(FIXTURES.glob("uv*/uv.lock"))]
TEXTS.append("""\
version = 1
revision = 3
requires-python = ">=3.11"

[manifest]
constraints = [{ name = "numpy", specifier = "<2" }]

[[manifest.dependency-metadata]]
name = "tensorflow"
version = "2.19.0"
requires-dist = ["absl-py>=1.0.0", "keras>=3.5.0"]

[[manifest.dependency-metadata]]
name = "tensorflow-cpu"
version = "2.19.0"

[[package]]
name = "keras"
version = "3.6.0"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "net"
version = "0.1.0"
source = { virtual = "." }
dependencies = [
    { name = "keras" },
]

[package.metadata]
requires-dist = [{ name = "keras", extras = ["a", "b"], specifier = ">=3.5,<4" }]

[package.metadata.requires-dev]
dev = [{ name = "keras", directory = "../keras" }]
""")
"""What uv writes on one line, and the tables of the manifest."""
ALL = [file.read_bytes() for file in sorted(FIXTURES.glob("*/*.lock"))]
ALL.append((FIXTURES / "pylock" / "pylock.toml").read_bytes())
NAMES = ("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml")


def _without_files(data: dict[str, Any]) -> dict[str, Any]:
    """Without what is skipped, wherever it stands."""
    kept: dict[str, Any] = {}
    for key, value in data.items():
        if key in ("wheels", "sdist", "conflicts"):
            continue
        if isinstance(value, dict):
            value = _without_files(value)
        elif isinstance(value, list):
            value = [_without_files(one) if isinstance(one, dict) else one for one in value]
        kept[key] = value
    return kept


@pytest.mark.parametrize("text", TEXTS)
def test_the_same_as_toml(text: str) -> None:
    data, lines = packages(text)
    assert _without_files(data) == _without_files(tomllib.loads(text))
    found = document(text, Places(text))
    for index, (name, version) in enumerate(lines):
        for key, line in (("name", name), ("version", version)):
            start, _ = found.keys["package", index, key]
            assert Places(text).position(start) == (line + 1, 1)


@given(
    st.sampled_from(range(len(TEXTS))),
    st.sampled_from(["cut", "drop", "twice", "swap", *"\"{]#,\\=x '"]),
    st.integers(0, 9999),
    st.integers(0, 9999),
)
@settings(max_examples=300, deadline=None)
def test_never_more_than_toml_has(number: int, change: str, first: int, second: int) -> None:
    """Cut and changed anywhere: unusual, or just what tomllib finds."""
    lines = TEXTS[number].split("\n")
    at, other = first % len(lines), second % len(lines)
    if change == "cut":
        lines = lines[:at]
    elif change == "drop":
        del lines[at]
    elif change == "twice":
        lines.insert(at, lines[at])
    elif change == "swap":
        lines[at], lines[other] = lines[other], lines[at]
    else:
        column = second % (len(lines[at]) + 1)
        lines[at] = lines[at][:column] + change + lines[at][column:]
    changed = "\n".join(lines)
    try:
        found, _ = packages(changed)
    except Unusual:
        return
    expected = {"package": [], **tomllib.loads(changed)}
    assert _without_files(found) == _without_files(expected)


@pytest.mark.parametrize("text", TEXTS)
def test_both_ways_lead_to_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def unusual(_: str) -> None:
        raise Unusual

    fast = uv.read("uv.lock", text)
    monkeypatch.setattr(uv, "packages", unusual)
    slow = uv.read("uv.lock", text)
    assert requirements(fast) == requirements(slow)
    assert [one.span for one in fast.requirements] == [one.span for one in slow.requirements]
    assert pythons(fast) == pythons(slow)
    assert (fast.name, fast.problems) == (slow.name, slow.problems)


def test_a_merge_conflict_is_said_where_it_is() -> None:
    lines = TEXTS[0].split("\n")
    lines[40:40] = ["<<<<<<< HEAD"]
    found = formats.read("uv.lock", "\n".join(lines))
    assert problems(found)[0].startswith("41:1 no valid TOML: ")
    assert not found.requirements


def test_a_truncated_lock() -> None:
    found = formats.read("uv.lock", TEXTS[0][: len(TEXTS[0]) // 2])
    assert len(found.problems) == 1


@given(st.sampled_from(ALL), st.sampled_from(NAMES), st.data())
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read(file: bytes, name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(file)))
    width = data.draw(st.integers(0, 60))
    put = data.draw(st.binary(max_size=20) | st.sampled_from([b'"', b"[", b"{", b"\n", b"= 3\n"]))
    formats.read(name, file[:at] + put + file[at + width :])


VALUES = st.sampled_from(
    ["3", "'a'", "[]", "{}", "['a', 3]", "{ a = 1 }", "[{ name = 'a' }]", "[[1]]", "true"]
)
KEYS = st.sampled_from(
    """
    name version source dependencies optional-dependencies dev-dependencies resolution-markers
    groups markers marker extras optional category source.type source.url index vcs dependencies.a
    """.split()  # noqa: SIM905
)
TOPS = st.sampled_from(
    """
    manifest manifest.members requires-python metadata.python-versions extras extras.a
    metadata.targets environments default-groups metadata
    """.split()  # noqa: SIM905
)


@given(
    st.lists(st.tuples(TOPS, VALUES), max_size=2, unique_by=lambda one: one[0]),
    st.lists(st.tuples(KEYS, VALUES), max_size=4, unique_by=lambda one: one[0]),
    st.sampled_from(NAMES),
)
@settings(max_examples=300, deadline=None)
def test_any_shape_is_read(
    tops: list[tuple[str, str]], rows: list[tuple[str, str]], name: str
) -> None:
    text = "".join(f"{key} = {value}\n" for key, value in tops)
    for table in ("package", "packages"):
        inside = "".join(f"{key} = {value}\n" for key, value in rows)
        text += f"[[{table}]]\nname = 'a'\n" * ("name" not in dict(rows)) + inside
    formats.read(name, text)


def test_what_is_no_text_of_toml_raises_nothing_else() -> None:
    with pytest.raises(Malformed):
        document("a = [", Places("a = ["))
