"""The rest of a file that its own tool would refuse is read."""

from __future__ import annotations

import pytest

from kerlint.manifests.formats import read
from tests.manifests.said import problems
from tests.manifests.saying import said


def test_the_rest_of_the_file_is_read() -> None:
    assert said("Dockerfile", "RUN pip install keras==2.5.0\n") == ["keras==2.5.0 1:17 (stage 1)"]
    text = "FROM python:3.11\nRUN <<EOF\npip install keras==2.5.0\n"
    assert said("Dockerfile", text) == ["keras==2.5.0 3:13 (stage 1)"]
    text = "FROM python:3.11\nRUN [ -f x ] && pip install keras\n"
    assert said("Dockerfile", text) == ["keras 2:29 (stage 1, line 2)"]
    text = "name: x\ndependencies:\n- &a numpy=1\n- &a keras=2\nx: &a b\ny: *a\n"
    assert [one.split()[0] for one in said("environment.yml", text)] == [
        "numpy==1.*",
        "keras==2.*",
    ]
    assert said("environment.yml", "a: \x07\ndependencies:\n- keras=2\n") == [
        "keras==2.* 3:3 (conda)"
    ]
    text = "(( n = 1 << 3 ))\npip install keras\n"
    assert said("install.sh", text) == ["keras 2:13"]


def test_an_anchor_that_is_set_again_and_what_is_no_yaml() -> None:
    text = "services: &a\n  x: &a\n    image: y\n\tz: 1\n"
    (problem,) = read("docker-compose.yml", text).problems
    assert problem.message.startswith("no valid YAML: ")
    assert problem.span.start.line == 4


REST = {
    "pyproject.toml": '[project]\nname = "x"\nname = "y"\ndependencies = ["keras==2.5.0"]\n',
    "a/pyproject.toml": (
        '[project]\nname = "x"\ndependencies = ["keras==2.5.0"]\n[tool.black]\nline-length = = 3\n'
    ),
    "Pipfile": '[packages]\nkeras = "==2.5.0"\nnumpy =\n',
    "poetry.lock": '[[package]]\nname = "keras"\nversion = "2.5.0"\n\n[[package]]\nname = "h5py\n',
    "uv.lock": '[[package]]\nname = "keras"\nversion = "2.5.0"\n\n[[package]]\nname = "h5py\n',
    "pixi.toml": '[pypi-dependencies]\nkeras = "==2.5.0"\nnumpy = *\n',
    "tox.toml": '[env_run_base]\ndeps = ["keras==2.5.0"]\ncommands = [pytest]\n',
    "environment.yml": "dependencies:\n- keras==2.5.0\n- numpy: [\n",
    ".github/workflows/t.yml": (
        'jobs:\n  a:\n    steps:\n    - run: pip install keras==2.5.0\n    - run: "pytest\n'
    ),
    "docker-compose.yml": "services:\n  a:\n    command: pip install keras==2.5.0\n   image: x\n",
}


@pytest.mark.parametrize("path", REST)
def test_what_is_no_valid_file_is_read_around_the_line_at_fault(path: str) -> None:
    found = read(path, REST[path])
    assert [one.message[:9] for one in found.problems] == ["no valid "]
    assert [(one.name, one.specifier) for one in found.requirements] == [("keras", "==2.5.0")]
    assert found.unread
    assert found.text == REST[path]


def test_neither_side_of_a_merge_is_read() -> None:
    text = '[packages]\n<<<<<<< HEAD\nkeras = "==3.9.0"\n=======\nkeras = "==2.15.0"\n>>>>>>> b\n'
    found = read("Pipfile", text)
    assert [one.span.start.line for one in found.problems] == [2]
    assert not found.requirements


def test_what_is_missing_at_the_end_of_toml_is_told_in_the_last_line() -> None:
    for path in ("pixi.toml", "pyproject.toml", "pdm.lock"):
        found = read(path, 'a = 1\nb = "x\\"\n')
        assert [one.span.start.line for one in found.problems] == [2]


UNCLOSED = {
    "before a table": '["keras==2.5.0",  # old\n    "numpy"\n\n[tool.black]\nx = 1\n',
    "before an entry": '[\n    "keras==2.5.0",\n    "numpy",\nname = "x"\n',
    "at the end": '[\n    "keras==2.5.0",\n    "numpy"\n',
    "in the last line": '["keras==2.5.0", "numpy"',
}


@pytest.mark.parametrize("what", UNCLOSED)
def test_an_array_that_is_never_closed_ends_where_something_new_begins(what: str) -> None:
    found = read("pyproject.toml", f"[project]\ndependencies = {UNCLOSED[what]}")
    assert [one.message[:15] for one in found.problems] == ["no valid TOML: "]
    assert [one.name for one in found.requirements] == ["keras", "numpy"]
    assert found.unread


def test_what_follows_an_array_that_is_never_closed_is_read() -> None:
    text = (
        '[project]\nname = "x"\ndependencies = [\n    "keras==2.5.0",\n'
        '[project.optional-dependencies]\ngpu = ["h5py==3.0"]\n'
    )
    found = read("pyproject.toml", text)
    assert [(one.name, one.line, one.origin) for one in found.requirements] == [
        ("keras", 4, ""),
        ("h5py", 6, "extra gpu"),
    ]
    assert [one.span.start.line for one in found.problems] == [5]
    text = '[packages]\nkeras = {version = "==2.5.0"\nnumpy = "*"\n'
    assert [one.name for one in read("Pipfile", text).requirements] == ["keras", "numpy"]
    text = '[project]\ndescription = """\nwhat it is\ndependencies = ["keras==2.5.0"]\n'
    assert [one.name for one in read("pyproject.toml", text).requirements] == ["keras"]


LOCK = """{
    "_meta": {"requires": {"python_version": "3.10"}},
    "default": {
        "keras": {
            "version": "==2.13.1"
        },
        "numpy": {
            "version": "==1.24.3"
        }
    },
    "develop": {
        "pytest": {"version": "==7.1"}
    }
}
"""
BROKEN_LOCKS = {
    "a comma is missing": (
        LOCK.replace('},\n        "numpy"', '}\n        "numpy"'),
        ["keras", "numpy", "pytest"],
        "7:9 no valid JSON: expecting ',' delimiter",
    ),
    "it is cut off": (
        LOCK[: LOCK.index("        },") + 9],
        ["keras"],
        "6:10 no valid JSON: expecting ',' delimiter",
    ),
    "a comma too many": (
        LOCK.replace('3.1"\n', '3.1",\n'),
        ["keras", "numpy", "pytest"],
        "6:9 no valid JSON: expecting property name enclosed in double quotes",
    ),
    "a quote is missing": (
        LOCK.replace('3.1"\n', "3.1\n"),
        ["keras", "numpy", "pytest"],
        "5:33 no valid JSON: invalid control character at",
    ),
    "a bracket is missing": (
        LOCK.replace("        }\n    },\n", "        }\n"),
        ["keras", "numpy"],
        "10:5 no valid JSON: expecting ',' delimiter",
    ),
    "git could not merge it": (
        LOCK.replace('        "numpy"', '<<<<<<< HEAD\n        "numpy"'),
        [],
        "7:1 no valid JSON: git could not merge it",
    ),
    "nothing": ("", [], "1:1 no valid JSON: expecting value"),
}


@pytest.mark.parametrize("what", BROKEN_LOCKS)
def test_what_is_no_valid_json_is_read_around_the_fault(what: str) -> None:
    text, names, problem = BROKEN_LOCKS[what]
    found = read("Pipfile.lock", text)
    assert [one.name for one in found.requirements] == names
    assert problems(found) == [problem]
    if names:
        assert found.unread
        assert found.requirements[0].known is ("quote" not in what)


def test_of_names_that_come_twice_in_json_the_last_counts() -> None:
    text = LOCK.replace('"numpy"', '"keras"')
    assert [one.split()[0] for one in said("Pipfile.lock", text)] == [
        "keras==1.24.3",
        "pytest==7.1",
    ]
    assert problems(read("Pipfile.lock", text)) == []
