"""What a manifest's own tool would refuse is told at its place; what it takes is not."""

from __future__ import annotations

import pytest

from kerlint.manifests.formats import read
from tests.manifests.said import problems
from tests.manifests.saying import said

NO_MARKER = (
    "`python_version >>= 3` has no valid marker: expected a marker variable or quoted string"
)
LOCKED = '[[package]]\nname = "keras"\nversion = "3.3.3"\n'

BROKEN = {
    "a program that is cut off": (
        "setup.py",
        "from setuptools import setup\n\nsetup(\n    install_requires=['keras==2.5.0'\n",
        ["4:5 this is not Python that can be parsed"],
    ),
    "a program for Python 2": (
        "noxfile.py",
        "import nox\n\n  \nprint 'keras'\n",
        ["4:1 this is not Python that can be parsed"],
    ),
    "a header that is not closed": (
        "train.py",
        "#!/usr/bin/env python\n# /// script\n# dependencies = ['keras==2.5.0']\nimport keras\n",
        ["2:1 the header is never closed: a line `# ///` is missing"],
    ),
    "a header with a number for a Python": (
        "train.py",
        "# /// script\n# requires-python = 3.11\n# dependencies = ['keras']\n# ///\n",
        ["2:21 `requires-python` takes strings"],
    ),
    "a here-document of a Dockerfile": (
        "Dockerfile",
        "FROM python:3.11\nRUN <<EOF\npip install keras==2.5.0\n",
        ["2:5 the here-document `EOF` is never ended"],
    ),
    "a copied here-document": (
        "Dockerfile",
        "FROM python:3.11\nCOPY <<-'TEXT' requirements.txt\n\tkeras\nRUN pip install keras\n",
        ["2:6 the here-document `TEXT` is never ended"],
    ),
    "a list in quotes that are not those of JSON": (
        "Dockerfile",
        "FROM python:3.11\nRUN ['pip', 'install', 'keras==2.5.0']\n",
        ["2:5 this is no list in JSON, so that a shell is to run it"],
    ),
    "a line without its backslash": (
        "Dockerfile",
        "FROM python:3.11\nRUN pip install numpy &&\n    pip install keras==2.5.0\n",
        ["3:5 `pip` is no instruction of a Dockerfile: the line before it may lack its backslash"],
    ),
    "no image": ("Dockerfile", "FROM\nRUN pip install keras\n", ["1:1 `FROM` names no image"]),
    "a here-document of a script": (
        "install.sh",
        "set -e\n  cat > notes <<'END'\npip install keras==2.5.0\n",
        ["2:17 the here-document `END` is never ended: all that follows is its text"],
    ),
    "a quote of a script": (
        "install.sh",
        "cd app\npip install numpy 'keras==2.5.0\npip install tensorflow\n",
        ["2:19 the quote ' is never closed"],
    ),
    "a quote in a workflow": (
        ".github/workflows/test.yml",
        'jobs:\n  a:\n    steps:\n      - run: |\n          pip install "keras>=3\n',
        ['5:23 the quote " is never closed'],
    ),
    "a marker in a lock of Poetry": (
        "poetry.lock",
        f'{LOCKED}groups = ["main"]\nmarkers = "python_version >>= 3"\n',
        [f"5:12 {NO_MARKER}"],
    ),
    "a marker for a group in a lock of Poetry": (
        "poetry.lock",
        f'{LOCKED}groups = ["dev"]\n[package.markers]\ndev = "python_version >>= 3"\n',
        [f"6:8 {NO_MARKER}"],
    ),
    "a marker of a dependency in an older lock of Poetry": (
        "poetry.lock",
        f'{LOCKED}[package.dependencies]\nh5py = {{version = "*", markers = "python_version >>= 3"}}\n',
        [f"5:35 {NO_MARKER}"],
    ),
    "Pythons in a lock of Poetry": (
        "poetry.lock",
        f'{LOCKED}\n[metadata]\npython-versions = "any"\n',
        ["6:20 `any` is no version constraint"],
    ),
    "a number for a version": (
        "poetry.lock",
        '[[package]]\nname = "keras"\nversion = 3\n',
        ["3:11 `package[0].version` must be a string, not a number"],
    ),
    "a table where a list must be": (
        "poetry.lock",
        '[package]\nname = "keras"\n',
        ["1:2 `package` must be an array, not a table"],
    ),
    "a lock of uv with no version": (
        "uv.lock",
        f'version = 1\n\n{LOCKED.replace("3.3.3", "three")}source = {{ virtual = "." }}\n',
        ["5:12 `three` is no version"],
    ),
    "a marker in a lock of uv": (
        "uv.lock",
        f'version = 1\n{LOCKED}source = {{ virtual = "." }}\ndependencies = [\n'
        '    { name = "numpy" },\n    { name = "h5py", marker = "python_version >>= 3" },\n]\n',
        [f"8:32 {NO_MARKER}"],
    ),
    "forks of uv": (
        "uv.lock",
        f'version = 1\nresolution-markers = [\n    "python_version >>= 3",\n]\n{LOCKED}',
        [f"3:6 {NO_MARKER}"],
    ),
    "Pythons in a lock of uv": (
        "uv.lock",
        f'version = 1\nrequires-python = "any"\n{LOCKED}',
        ["2:20 `any` is no version specifier"],
    ),
    "texts where uv has tables": (
        "uv.lock",
        f'version = 1\n{LOCKED}source = {{ virtual = "." }}\ndependencies = ["numpy"]\n',
        ["6:18 a dependency of the lock has no name"],
    ),
    "a marker in a lock of PDM": (
        "pdm.lock",
        f'{LOCKED}marker = "python_version >>= 3"\n',
        [f"4:11 {NO_MARKER}"],
    ),
    "a text for the groups of PDM": (
        "pdm.lock",
        f'{LOCKED}groups = "default"\n',
        ["4:11 `package[0].groups` must be an array, not a string"],
    ),
    "a marker in pylock.toml": (
        "pylock.toml",
        '[[packages]]\nname = "keras"\nversion = "3.3.3"\nmarker = "python_version >>= 3"\n',
        [f"4:11 {NO_MARKER}"],
    ),
    "no name in pylock.toml": (
        "pylock.toml",
        '[[packages]]\nversion = "3.3.3"\n',
        ["1:3 a package of the lock has no name"],
    ),
    "a list for a Pipfile.lock": ("Pipfile.lock", "[]", ["1:1 the lock is no object of JSON"]),
    "packages of conda-lock without a version": (
        "conda-lock.yml",
        "package:\n- name: numpy\n  version: 1.26.4\n- name: keras\n  version: [3]\n",
        ["4:3 a package of the lock has no `version`, or it is no text"],
    ),
    "a manager that conda-lock has not": (
        "conda-lock.yml",
        "package:\n- name: keras\n  version: 3.3.3\n  manager: cargo\n",
        ["2:3 `cargo` is no manager of conda-lock"],
    ),
    "texts for packages of conda-lock": (
        "conda-lock.yml",
        "package:\n- keras\n",
        ["2:3 a package of the lock is a mapping"],
    ),
    "a table of dependencies for conda": (
        "environment.yml",
        "name: x\ndependencies:\n  keras: 3\n",
        ["3:3 `dependencies` is a list"],
    ),
    "a colon for a sign of equality": (
        "environment.yml",
        "dependencies:\n  - python=3.10\n  - keras: 3\n",
        ["3:5 conda knows no installer `keras`: write `- keras=...`"],
    ),
    "a text for pip": (
        "environment.yml",
        "dependencies:\n  - pip:\n      keras==2.5.0\n",
        ["3:7 `pip:` takes a list of requirements"],
    ),
    "dependencies twice": (
        "environment.yml",
        "dependencies:\n  - keras\ndependencies:\n  - numpy\n",
        ["3:1 `dependencies` comes twice"],
    ),
    "an operator without a version": (
        "environment.yml",
        "dependencies:\n  - keras>=\n",
        ["2:5 `keras>=` is no match specification of conda"],
    ),
    "a text for the source of uv": (
        "pyproject.toml",
        '[tool.uv.sources]\nkeras = "git"\n',
        ["2:10 the source of `keras` must be a table"],
    ),
    "a text for the extras of Poetry": (
        "pyproject.toml",
        '[tool.poetry.dependencies]\nkeras = { version = "^3", extras = "gpu" }\n',
        ["2:37 `tool.poetry.dependencies.keras.extras` must be an array, not a string"],
    ),
    "an entry twice": (
        "tox.ini",
        "[testenv]\ndeps = keras\ndeps = numpy\n",
        ["3:1 no valid INI file: `deps` comes twice in `[testenv]`"],
    ),
    "no section": (
        "tox.ini",
        "deps = keras\n",
        ["1:1 no valid INI file: something stands before the first section"],
    ),
    "no sign of equality": (
        "tox.ini",
        "[testenv]\ndeps keras\n",
        ["2:1 no valid INI file: a line is neither a section nor `key = value`"],
    ),
    "a number among requirements": (
        "tox.toml",
        "[env_run_base]\ndeps = ['keras', 3]\n",
        ["2:18 a requirement is a string"],
    ),
    "a number for a list": (
        "tox.toml",
        "[env_run_base]\ndeps = 3\n",
        ["2:8 `deps` is a list of requirements"],
    ),
    "packages that are no table": ("Pipfile", "packages = 3\n", ["1:12 `packages` is a table"]),
    "a number for a Python": (
        "Pipfile",
        "[packages]\nkeras = '*'\n[requires]\npython_version = 3.10\n",
        ["4:18 `python_version` is a string"],
    ),
    "a list of commands in a workflow": (
        ".github/workflows/test.yml",
        "jobs:\n  a:\n    steps:\n      - run: [pip install keras]\n",
        ["4:14 `run` is a text"],
    ),
    "steps that are no list": (
        ".github/workflows/test.yml",
        "jobs:\n  a:\n    steps:\n      run: pip install keras\n      name: x\n",
        ["4:7 `steps` is a list"],
    ),
    "a colon in a script of GitLab": (
        ".gitlab-ci.yml",
        "a:\n  script:\n    - pip install keras\n    - echo done: yes\n",
        ["4:7 a line of a script is a text, and this is a mapping"],
    ),
    "a service that is a text": (
        "docker-compose.yml",
        "services:\n  keras: train\n",
        ["2:10 the service `keras` is no mapping"],
    ),
    "spaces before a recipe": (
        "Makefile",
        "install:\n    pip install keras==2.5.0\n",
        ["2:1 a recipe begins with a tab, and this line with spaces"],
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_it_is_told(what: str) -> None:
    path, text, expected = BROKEN[what]
    assert problems(read(path, text)) == expected
    crlf = read(path, text.replace("\n", "\r\n").encode())
    assert [one.message for one in crlf.problems] == [one.split(" ", 1)[1] for one in expected]


FINE = {
    "a newer Python": ("setup.py", "x = f'{'keras'}'\nclass A[T]: pass\n"),
    "a test in brackets": (
        "Dockerfile",
        'FROM python:3.11\nRUN [ "$A" = "b" ] || pip install keras\nRUN [ -f x ] && pip install h5py\n',
    ),
    "shifts and here-strings": (
        "Dockerfile",
        "FROM python:3.11\nRUN echo $((1<<N)) && cat <<<keras && echo 'a <<EOF b' && pip install keras\n",
    ),
    "an instruction in small letters": ("Dockerfile", "from python:3.11\nrun pip install keras\n"),
    "arithmetic": ("install.sh", "(( n = 1 << 3 ))\npip install keras\n"),
    "an apostrophe in a here-document": (
        "install.sh",
        "cat <<EOF\ndon't\nEOF\npip install 'keras>=3'\n",
    ),
    "an apostrophe in a comment": ("install.sh", "pip install keras  # don't\n"),
    "an apostrophe in prose": ("README.md", "```\npip install keras  don't\n```\n"),
    "a version of older days": (
        "poetry.lock",
        '[[package]]\nname = "pytz"\nversion = "2004d"\n',
    ),
    "a package without a version": (
        "uv.lock",
        'version = 1\n\n[[package]]\nname = "mine"\nsource = { editable = "." }\n',
    ),
    "other files of that name": ("environment.yml", "dependencies: keras\nkind: Chart\n"),
    "nothing yet": ("environment.yml", "name: x\ndependencies:\n"),
    "an installer of another kind": ("environment.yml", "dependencies:\n  - npm:\n    - keras\n"),
    "a matrix that is computed": (
        ".github/workflows/test.yml",
        "jobs:\n  a:\n    strategy:\n      matrix: ${{ fromJson(needs.x.outputs.y) }}\n    steps: []\n",
    ),
    "a job that is elsewhere": (
        ".github/workflows/test.yml",
        "jobs:\n  a:\n    uses: ./.github/workflows/other.yml\n",
    ),
    "an anchor that is set again": (
        "docker-compose.yml",
        "services:\n  a: &x\n    image: keras\n  b: &x\n    image: numpy\n  c: *x\n",
    ),
    "a target that nothing follows": ("Makefile", "a: b\n\nb:\n\tpip install keras\n"),
    "a variable of several lines": (
        "Makefile",
        "a:\n\t@true\nP = \\\n  pip install keras\n",
    ),
    "an entry of several environments": (
        "tox.ini",
        "[testenv]\ndeps =\n    keras\n    a: numpy\n[testenv:a]\ndeps = {[testenv]deps}\n",
    ),
}


@pytest.mark.parametrize("what", FINE)
def test_nothing_is_told_of(what: str) -> None:
    assert problems(read(*FINE[what])) == []


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
