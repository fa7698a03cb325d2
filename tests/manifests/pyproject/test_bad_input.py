"""What is wrong is said where it is; the rest is read; nothing raises."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kerlint.manifests import formats
from tests.manifests.said import problems, requirements

FIXTURES = Path(__file__).parents[3] / "fixtures" / "manifests" / "pyproject"
FILES = [file.read_bytes() for file in sorted(FIXTURES.glob("*/pyproject.toml"))]


def read(text: str) -> tuple[list[str], list[str]]:
    found = formats.read("pyproject.toml", dedent(text).encode())
    return requirements(found), problems(found)


def test_a_bad_line_among_good_ones() -> None:
    found, wrong = read("""\
        [project]
        dependencies = ["keras=3", "tensorflow", 3, { a = 1 }, "h5py; python_version > x", ""]
        requires-python = "3.9+"
        dynamic = ["dependencies"]
        """)
    assert found == ["2:29 tensorflow"]
    assert [one.partition(" ")[0] for one in wrong] == [
        "2:18",
        "2:42",
        "2:45",
        "2:57",
        "2:85",
        "3:20",
        "4:13",
    ]
    assert wrong[0].startswith("2:18 `keras=3` is no valid requirement")
    assert wrong[1] == "2:42 `project.dependencies[2]` must be a string, not a number"
    assert wrong[-1] == "4:13 `project.dependencies` cannot be static and dynamic"


def test_groups_that_cannot_be() -> None:
    found, wrong = read("""\
        [dependency-groups]
        a = [{ include-group = "b" }, "keras"]
        b = [{ include-group = "A" }]
        c = [{ include-group = "none" }, { path = "x" }]
        A = ["jax"]
        d = "keras"
        e = [{ include-group = "e" }, { include-group = "a" }]
        """)
    assert found == ["2:32 keras (group a)"]
    assert wrong == [
        "2:25 the group `a` includes itself by way of `b`",
        "3:25 the group `b` includes itself by way of `a`",
        "4:25 there is no dependency group `none`",
        "4:34 only requirements and `{ include-group = ... }` can be in a group",
        "5:5 the group `a` is written twice",
        "6:6 `dependency-groups.d` must be an array, not a string",
        "7:25 the group `e` includes itself by way of `e`",
    ]


def test_poetry_that_poetry_refuses() -> None:
    found, wrong = read("""\
        [tool.poetry.dependencies]
        python = "three"
        keras = "^three"
        tensorflow = { version = "^2.15", python = "^x" }
        numpy = { version = "^1", markers = "os == 1" }
        jax = 3
        torch = [{ version = "^2" }, "nope"]
        h5py = { version = 3 }
        scipy = "^1.0 || ^3.0"
        """)
    assert found == ["7:10 torch >=2,<3", "9:1 scipy ?"]
    assert [one.partition(" ")[0] for one in wrong] == [
        "2:11",
        "3:10",
        "4:45",
        "5:38",
        "6:7",
        "7:31",
        "8:8",
    ]
    assert wrong[1] == "3:10 `keras`: `^three` is no version constraint"


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("[project]\nname = 'a'\nname = 'b'\n", "3:1", "`project.name` is written twice"),
        ("[project]\ndependencies = [\n  'keras'\n  'jax'\n]\n", "4:3", "no valid TOML: "),
        ("[project\n", "1:9", "no valid TOML: "),
        ("<<<<<<< HEAD\n[project]\n", "1:1", "no valid TOML: "),
        ("project = 3\ntool = 4\nbuild-system = []\n", "1:11", "`project` must be a table"),
    ],
)
def test_no_toml(text: str, place: str, message: str) -> None:
    _, wrong = read(text)
    assert wrong[0].startswith(f"{place} ")
    assert message in wrong[0]


def test_secrets_stay_secret() -> None:
    data = (
        'project.dependencies = ["keras @ https://u:hunter2@h/k.whl", "a b @ https://u:hunter2@h"]'
    )
    found = formats.read("pyproject.toml", data)
    assert "hunter2" not in found.requirements[0].text
    assert "hunter2" not in found.problems[0].message


SHAPES = st.recursive(
    st.sampled_from(["'keras'", '"tensorflow==2.15"', "3", "true", "1979-05-27", "'^2'", "''"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda some: f"[{', '.join(some)}]"),
        st.lists(inner, max_size=2).map(
            lambda some: (
                "{ " + ", ".join(f"{k} = {v}" for k, v in zip("ab", some, strict=False)) + " }"
            )
        ),
        inner.map(lambda one: f"{{ version = {one}, python = {one}, extras = {one} }}"),
        inner.map(lambda one: f"{{ include-group = {one} }}"),
        inner.map(lambda one: f"{{ file = {one}, keras = {one} }}"),
    ),
    max_leaves=6,
)
KEYS = """
project.dependencies project.optional-dependencies project.optional-dependencies.gpu project.name
project.dynamic project.requires-python build-system.requires dependency-groups dependency-groups.a
tool tool.poetry tool.poetry.dependencies tool.poetry.dependencies.keras tool.poetry.extras
tool.poetry.group tool.poetry.group.dev tool.poetry.group.dev.dependencies tool.poetry.source
tool.poetry.extras.a tool.pdm tool.pdm.dev-dependencies tool.pdm.dev-dependencies.a tool.pdm.source
tool.pdm.resolution.overrides tool.pdm.resolution.overrides.keras tool.hatch.envs tool.hatch.envs.a
tool.hatch.envs.a.dependencies tool.hatch.envs.a.matrix tool.hatch.envs.a.template
tool.hatch.envs.a.python tool.hatch.envs.a.features tool.uv tool.uv.sources tool.uv.sources.keras
tool.uv.override-dependencies tool.uv.index tool.uv.workspace.members tool.uv.environments
tool.uv.dependency-groups tool.uv.dependency-groups.a tool.setuptools.dynamic tool.flit.metadata
tool.setuptools.dynamic.dependencies tool.flit.metadata.requires tool.flit.metadata.requires-extra
""".split()  # noqa: SIM905


@given(st.lists(st.tuples(st.sampled_from(KEYS), SHAPES), max_size=3, unique_by=lambda one: one[0]))
@settings(max_examples=300, deadline=None)
def test_any_shape_is_read(entries: list[tuple[str, str]]) -> None:
    formats.read("pyproject.toml", "".join(f"{key} = {value}\n" for key, value in entries))


@given(st.sampled_from(FILES), st.data())
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read(file: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(file)))
    width = data.draw(st.integers(0, 40))
    put = data.draw(st.binary(max_size=20) | st.sampled_from([b'"', b"[", b"{", b"\x00", b"'''"]))
    formats.read("pyproject.toml", file[:at] + put + file[at + width :])


def test_thousands_of_groups_in_a_circle() -> None:
    lines = [f'g{n} = [{{ include-group = "g{(n + 1) % 3000}" }}]\n' for n in range(3000)]
    found = formats.read("pyproject.toml", "[dependency-groups]\n" + "".join(lines))
    assert len(found.problems) == 50
    assert found.problems[0].message == "the group `g0` includes itself by way of `g1`"


def test_keys_of_thousands_of_parts() -> None:
    found = formats.read("pyproject.toml", "x = 1\n" + "a." * 100_000 + "b = 1")
    assert problems(found) == ["2:1 no valid TOML: too deeply nested"]
