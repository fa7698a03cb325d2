"""KER208: only what certainly overrules another choice for the very same run."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from kerlint.engine import check
from kerlint.project.discovery import find
from kerlint.settings import SettingsTree

TARGET = ["keras==3.15.1", "tensorflow==2.21.0"]
TORCH = 'import os\n\nos.environ["KERAS_BACKEND"] = "torch"\n\nimport keras\n\nprint(keras)\n'
IMAGE = 'FROM python\nENV KERAS_BACKEND=jax\nCOPY . .\nCMD ["python", "train.py"]\n'
LOADING = (
    "import os\n\nfrom dotenv import load_dotenv\n\n{load}\n"
    'os.environ["KERAS_BACKEND"] = "torch"\n\nimport keras\n\nprint(keras)\n'
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def found(files: dict[str, str], *paths: str, target: list[str] = TARGET) -> list[str]:
    """Place and other place of each finding."""
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(dedent(text), encoding="utf-8")
    settings = SettingsTree({"target": target}, isolated=True)
    result = check(find(paths or ["."], settings, []), settings, jobs=1)
    assert not result.errors, result.details
    return [
        f"{one.path}:{one.span.start.line} {one.related[0].path}:{one.related[0].span.start.line}"
        for one in result.diagnostics
        if one.code == "KER208"
    ]


def test_an_image_whose_script_chooses_itself() -> None:
    assert found({"Dockerfile": IMAGE, "train.py": TORCH}) == ["Dockerfile:2 train.py:3"]


def test_the_image_alone_is_enough() -> None:
    files = {"app/Dockerfile": IMAGE, "app/train.py": TORCH}
    assert found(files, "app/Dockerfile") == ["app/Dockerfile:2 app/train.py:3"]
    assert found({}, "app/train.py") == []


STARTS = {
    "run.sh": "KERAS_BACKEND=jax python train.py",
    "Makefile": "t:\n\tKERAS_BACKEND=jax python train.py",
    "compose.yml": (
        "services: {a: {build: ., command: python train.py, environment: {KERAS_BACKEND: jax}}}"
    ),
    ".github/workflows/a.yml": (
        "jobs: {a: {env: {KERAS_BACKEND: jax}, steps: [{run: python train.py}]}}"
    ),
    "tox.ini": "[testenv]\nsetenv =\n    KERAS_BACKEND = jax\ncommands = python {toxinidir}/train.py\n",
    ".gitlab-ci.yml": (
        "a: {variables: {KERAS_BACKEND: jax}, before_script: [pip install .], "
        "script: [uv run python train.py]}"
    ),
    "noxfile.py": (
        "def a(session):\n    session.run('python', 'train.py', env={'KERAS_BACKEND': 'jax'})\n"
    ),
    "pyproject.toml": (
        "[tool.pdm.scripts]\na = {cmd = 'python train.py', env = {KERAS_BACKEND = 'jax'}}\n"
    ),
    "pixi.toml": "[tasks.a]\ncmd = 'python train.py'\nenv = {KERAS_BACKEND = 'jax'}\n",
    "tox.toml": (
        "[env_run_base]\nset_env = {KERAS_BACKEND = 'jax'}\ncommands = [['python', 'train.py']]\n"
    ),
    "hatch.toml": (
        "[envs.a]\nenv-vars = {KERAS_BACKEND = 'jax'}\nscripts = {b = ['python train.py']}\n"
    ),
    ".vscode/launch.json": (
        '{"configurations": [{"program": "${workspaceFolder}/train.py", '
        '"env": {"KERAS_BACKEND": "jax"}}]}'
    ),
}


@pytest.mark.parametrize("name", STARTS)
def test_whoever_starts_the_script(name: str) -> None:
    (one,) = found({name: STARTS[name], "train.py": TORCH})
    assert one.startswith(name)
    assert one.endswith(" train.py:3")


SCRIPTS = {
    "the same": TORCH.replace("torch", "jax"),
    "a default": TORCH.replace(
        'os.environ["KERAS_BACKEND"] = "torch"', 'os.environ.setdefault("KERAS_BACKEND", "torch")'
    ),
    "asks first": (
        'import os\nif "KERAS_BACKEND" not in os.environ:\n'
        '    os.environ["KERAS_BACKEND"] = "torch"\nimport keras\n'
    ),
    "computed": TORCH.replace('"torch"', "os.environ.get('X', 'torch')"),
    "unknown": TORCH.replace('"torch"', "input()"),
    "after an import that may read it": "import mine\n" + TORCH,
    "after keras": 'import keras\nimport os\nos.environ["KERAS_BACKEND"] = "torch"\n',
    "in a function that may leave": (
        "import os, sys\ndef main():\n    if sys.argv[1:]:\n        return\n"
        '    os.environ["KERAS_BACKEND"] = "torch"\nmain()\nimport keras\n'
    ),
    "in a function that nobody calls": (
        'import os\ndef main():\n    os.environ["KERAS_BACKEND"] = "torch"\nimport keras\n'
    ),
    "a function that nobody is seen to call may choose again": TORCH.replace(
        "import keras",
        'def backend(name):\n    os.environ["KERAS_BACKEND"] = name\n\nimport keras',
    ),
    "read before": TORCH.replace("\n\nos", '\nprint(os.environ.get("KERAS_BACKEND"))\nos', 1),
    "one way goes without": (
        'import os, sys\nif sys.argv[1:]:\n    os.environ["KERAS_BACKEND"] = "torch"\n'
        "    import keras\nelse:\n    import keras\n"
    ),
    "a child that is started before": TORCH.replace(
        "\n\nos", '\nimport subprocess\nsubprocess.run(["python", "a.py"])\nos', 1
    ),
    "for a child": (
        'import os, subprocess\nenv = {"KERAS_BACKEND": "torch"}\nsubprocess.run("x", env=env)\n'
    ),
    "taken from the arguments": (
        "import os, sys\nif len(sys.argv) > 1:\n    import keras\n    sys.exit()\n"
        'os.environ["KERAS_BACKEND"] = "torch"\nimport keras\n'
    ),
}


@pytest.mark.parametrize("case", SCRIPTS)
def test_scripts_that_obey_or_may(case: str) -> None:
    assert found({"Dockerfile": IMAGE, "train.py": SCRIPTS[case]}) == []


CHOOSING = {
    "only as a script": (
        'import os\nif __name__ == "__main__":\n    os.environ["KERAS_BACKEND"] = "torch"\n'
        "    import keras\n"
    ),
    "in a function": (
        'import os\ndef main():\n    os.environ["KERAS_BACKEND"] = "torch"\n    import keras\nmain()\n'
    ),
    "unless it ends": (
        "import os, sys\nif len(sys.argv) > 1:\n    sys.exit()\n"
        'os.environ["KERAS_BACKEND"] = "torch"\nimport keras\n'
    ),
    "on both ways": (
        'import os, sys\nif sys.argv[1:]:\n    os.environ["KERAS_BACKEND"] = "torch"\n'
        'else:\n    os.environ["KERAS_BACKEND"] = "torch"\nimport keras\n'
    ),
    "after libraries that have nothing to do with it": "import numpy as np\nnp.random.seed(1)\n"
    + TORCH,
    "before a library that nobody knows": TORCH.replace("import keras", "import mine"),
    "looked at afterwards": TORCH + 'print(os.environ["KERAS_BACKEND"])\n',
}


@pytest.mark.parametrize("case", CHOOSING)
def test_scripts_that_choose_for_certain(case: str) -> None:
    (one,) = found({"Dockerfile": IMAGE, "train.py": CHOOSING[case]})
    assert one.startswith("Dockerfile:2 train.py:")


HELPERS = {
    "when it is imported": (
        "import settings\nimport keras\n",
        'os.environ["KERAS_BACKEND"] = "torch"',
    ),
    "when it is called": (
        "from settings import choose\n\nchoose()\nimport keras\n",
        'def choose():\n    os.environ["KERAS_BACKEND"] = "torch"',
    ),
    "after another helper": (
        "from logs import start\nfrom settings import choose\n\nstart()\nchoose()\nimport keras\n",
        'def choose():\n    os.environ["KERAS_BACKEND"] = "torch"',
    ),
    "and Keras, too": (
        "import settings\n",
        'os.environ["KERAS_BACKEND"] = "torch"\nimport keras',
    ),
    "in main": (
        "import settings\n\ndef main():\n    settings.choose()\n    import keras\n\n"
        'if __name__ == "__main__":\n    main()\n',
        'def choose():\n    os.environ["KERAS_BACKEND"] = "torch"',
    ),
}
LOGS = "import logging\n\ndef start():\n    logging.basicConfig()\n"


@pytest.mark.parametrize("case", HELPERS)
def test_a_helper_that_chooses(case: str) -> None:
    script, helper = HELPERS[case]
    files = {"train.py": script, "settings.py": f"import os\n{helper}\n", "logs.py": LOGS}
    (one,) = found({"Dockerfile": IMAGE, **files})
    assert one.startswith("Dockerfile:2 settings.py:")
    setting = 'os.environ["KERAS_BACKEND"] = "torch"'
    for other in (
        'os.environ.setdefault("KERAS_BACKEND", "torch")',
        'os.environ["KERAS_BACKEND"] = os.environ.get("B", "torch")',
    ):
        files["settings.py"] = f"import os\n{helper.replace(setting, other)}\n"
        assert found(files) == []


HEAD = "FROM python:3.12\nENV KERAS_BACKEND=jax\n"
STARTING = {
    "absolute": 'WORKDIR /app\nCOPY . /app\nENTRYPOINT ["python", "/app/train.py"]\n',
    "absolute, as a command": "WORKDIR /app\nCOPY . .\nCMD python3 -u /app/train.py\n",
    "with arguments": (
        'WORKDIR /app\nCOPY . .\nENTRYPOINT ["python", "train.py"]\nCMD ["--epochs", "5"]\n'
    ),
    "a part at a time": 'WORKDIR /app\nCOPY . .\nENTRYPOINT ["python"]\nCMD ["train.py"]\n',
    "a folder with a name": (
        "ENV HOME_OF=/srv/model\nWORKDIR $HOME_OF\nCOPY ./ ${HOME_OF}/\nCMD python train.py\n"
    ),
    "one file": 'COPY requirements.txt train.py /srv/\nCMD ["python", "/srv/train.py"]\n',
    "one file, renamed": 'COPY train.py /srv/main.py\nCMD ["python", "/srv/main.py"]\n',
    "a module": "WORKDIR /app\nCOPY . .\nCMD python -m train\n",
    "a shell": 'WORKDIR /app\nCOPY . .\nCMD ["sh", "-c", "exec python train.py"]\n',
    "a shell at login": 'WORKDIR /app\nCOPY . .\nENTRYPOINT ["bash", "-lc", "python train.py"]\n',
    "uv": 'WORKDIR /app\nCOPY . .\nCMD ["uv", "run", "--frozen", "train.py"]\n',
    "a server": 'WORKDIR /app\nCOPY . .\nCMD ["gunicorn", "train:app"]\n',
    "an image of conda": (
        'WORKDIR /app\nCOPY . .\nENTRYPOINT ["conda", "run", "-n", "x"]\nCMD ["python", "train.py"]\n'
    ),
    "a part of the build": "WORKDIR /app\nCOPY train.py .\nRUN python train.py\n",
    "a stage that goes on": "WORKDIR /app\nFROM base\nCOPY --chown=1:1 . .\nCMD python train.py\n",
}


@pytest.mark.parametrize("case", STARTING)
def test_ways_to_start_a_script_in_an_image(case: str) -> None:
    image = HEAD.replace("3.12", "3.12 AS base") + STARTING[case]
    assert found({"Dockerfile": image, "train.py": TORCH}) == ["Dockerfile:2 train.py:3"]


MOUNTED = {
    "absolute": "image: python, volumes: ['.:/app'], command: python /app/train.py",
    "working folder": "build: ., working_dir: /app, volumes: ['./:/app:ro'], command: python train.py",
    "in words": (
        "image: python, command: [python, /app/train.py],"
        " volumes: [{type: bind, source: ., target: /app/}]"
    ),
}


@pytest.mark.parametrize("case", MOUNTED)
def test_a_script_in_a_folder_that_a_service_mounts(case: str) -> None:
    compose = f"services: {{a: {{environment: {{KERAS_BACKEND: jax}}, {MOUNTED[case]}}}}}"
    assert found({"compose.yml": compose, "train.py": TORCH}) == ["compose.yml:1 train.py:3"]
    elsewhere = compose.replace("/app/train.py", "/srv/train.py").replace("dir: /app", "dir: /srv")
    assert found({"compose.yml": elsewhere}) == []


OTHERS = {
    "not where it was copied": 'COPY . /app\nCMD ["python", "/srv/train.py"]\n',
    "in another folder of the image": "COPY . /app\nWORKDIR /srv\nCMD python train.py\n",
    "made in the image": "COPY --from=other /x/train.py /app/\nCMD python /app/train.py\n",
    "another file of the name": "COPY serving/train.py /app/\nCMD python /app/train.py\n",
    "a folder nobody knows": "ARG WHERE\nWORKDIR $WHERE\nCOPY . .\nCMD python train.py\n",
    "overlaid": "COPY . /app\nCOPY serving/ /app/\nCMD python /app/train.py\n",
}


@pytest.mark.parametrize("case", OTHERS)
def test_scripts_that_are_not_the_one_here(case: str) -> None:
    assert found({"Dockerfile": HEAD + OTHERS[case], "train.py": TORCH}) == []


IMAGES = {
    "another script": IMAGE.replace("train.py", "serve.py"),
    "another module": IMAGE.replace('"train.py"', '"-m", "serve"'),
    "another stage": IMAGE.replace("COPY", "FROM python\nCOPY"),
    "nothing of this folder": IMAGE.replace("COPY . .", "RUN git clone x"),
    "unknown": IMAGE.replace("=jax", "=$X"),
}


@pytest.mark.parametrize("case", IMAGES)
def test_images_that_do_not_start_it_so(case: str) -> None:
    assert found({"Dockerfile": IMAGES[case], "train.py": TORCH}) == []


def test_steps_over_jobs_and_matrices_are_by_design() -> None:
    text = """\
        env: {KERAS_BACKEND: tensorflow}
        jobs:
          a:
            env: {KERAS_BACKEND: jax}
            strategy: {matrix: {backend: [jax, torch]}}
            steps:
              - run: pytest
                env: {KERAS_BACKEND: "${{ matrix.backend }}"}
              - run: KERAS_BACKEND=numpy pytest
        """
    files = {".github/workflows/a.yml": text, "conftest.py": "import keras\n"}
    assert found(files) == []
    # Nobody obeys what stands in the step without a matrix.
    files["conftest.py"] = TORCH
    assert found(files) == [".github/workflows/a.yml:9 conftest.py:3"]


def test_a_compose_file_over_its_image_is_by_design() -> None:
    compose = "services: {a: {build: ., environment: {KERAS_BACKEND: torch}}}"
    assert found({"Dockerfile": IMAGE, "compose.yml": compose, "train.py": "import keras\n"}) == []


@pytest.mark.parametrize("name", ["pytest.ini", "tox.ini", "setup.cfg", "pyproject.toml"])
def test_what_pytest_is_given_and_a_conftest(name: str) -> None:
    section = {"setup.cfg": "tool:pytest", "pyproject.toml": "tool.pytest.ini_options"}
    line = "env = ['KERAS_BACKEND=jax']" if "toml" in name else "env =\n    KERAS_BACKEND=jax"
    files = {name: f"[{section.get(name, 'pytest')}]\n{line}\n", "conftest.py": TORCH}
    (one,) = found(files)
    assert one.startswith(name)
    assert one.endswith(" conftest.py:3")
    files[name] = files[name].replace("KERAS_BACKEND=jax", "D:KERAS_BACKEND=jax")
    assert found(files) == []


RUNS = {
    "pytest": "tests",
    "pytest tests": "tests",
    "pytest -x --cov lab tests/unit": "tests",
    "python -m pytest ./tests/unit/test_a.py::test_b -k c": "tests/unit",
    "uv run pytest lab/tests": "lab/tests",
}


@pytest.mark.parametrize("command", RUNS)
def test_the_conftest_with_which_a_run_of_the_tests_begins(command: str) -> None:
    files = {"run.sh": f"KERAS_BACKEND=jax {command}\n", f"{RUNS[command]}/conftest.py": TORCH}
    assert found(files) == [f"run.sh:1 {RUNS[command]}/conftest.py:3"]
    # One above it comes first, and may have Keras imported.
    assert found({**files, "conftest.py": "import keras\n"}) == []


def test_a_conftest_that_may_not_be_the_first() -> None:
    files = {"run.sh": "KERAS_BACKEND=jax pytest unit\n", "tests/conftest.py": TORCH}
    assert found(files) == []
    files["run.sh"] = "KERAS_BACKEND=jax pytest\n"
    assert found({**files, "pytest.ini": "[pytest]\ntestpaths = unit\n"}) == []
    Path("pytest.ini").unlink()
    assert found(files) == ["run.sh:1 tests/conftest.py:3"]


def test_factors_of_tox_are_not_for_every_environment() -> None:
    text = "[testenv]\nsetenv =\n    jax: KERAS_BACKEND = jax\n    KERAS_BACKEND = numpy\n"
    assert found({"tox.ini": f"{text}commands = python train.py\n", "train.py": TORCH}) == []


def test_an_image_that_a_service_starts() -> None:
    compose = "services: {a: {build: app, environment: {KERAS_BACKEND: jax}}}"
    files = {
        "compose.yml": compose,
        "app/Dockerfile": IMAGE.replace("ENV KERAS_BACKEND=jax\n", ""),
        "app/train.py": TORCH,
    }
    assert found(files) == ["compose.yml:1 app/train.py:3"]
    assert found({**files, "app/train.py": "import keras\n"}) == []
    other = compose.replace("build: app", "build: {context: app, target: base}")
    assert found({**files, "compose.yml": other}) == []


def test_a_script_of_the_shell_in_between() -> None:
    files = {
        "Dockerfile": "FROM python\nENV KERAS_BACKEND=jax\nWORKDIR /app\nCOPY . .\nCMD bash run.sh\n",
        "run.sh": "set -e\nexec python train.py\n",
        "train.py": TORCH,
    }
    assert found(files) == ["Dockerfile:2 train.py:3"]
    assert found({**files, "run.sh": "export KERAS_BACKEND=torch\npython train.py\n"}) == []


def test_files_in_a_folder_of_their_own_are_used_from_the_root() -> None:
    files = {"pyproject.toml": "", "docker/Dockerfile": IMAGE, "train.py": TORCH}
    assert found(files) == ["docker/Dockerfile:2 train.py:3"]
    assert found({**files, "docker/train.py": "import keras\n"}) == []


def test_a_package_and_its_main_module() -> None:
    files = {
        "Makefile": "t:\n\tKERAS_BACKEND=jax python -m lab --epochs 1\n",
        "lab/__init__.py": "",
        "lab/__main__.py": "from lab import settings\nimport keras\n",
        "lab/settings.py": 'import os\nos.environ["KERAS_BACKEND"] = "torch"\n',
    }
    assert found(files) == ["Makefile:2 lab/settings.py:2"]
    relative = "from . import settings\nimport keras\n"
    assert found({**files, "lab/__main__.py": relative}) == ["Makefile:2 lab/settings.py:2"]


def test_a_notebook_that_is_executed() -> None:
    import json

    cells = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": one}
        for one in ("%env KERAS_BACKEND=torch", "import keras")
    ]
    book = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    run = "KERAS_BACKEND=jax jupyter nbconvert --to html --execute train.ipynb\n"
    (one,) = found({"run.sh": run, "train.ipynb": book})
    assert one.startswith("run.sh:1 train.ipynb:")


def test_twice_for_the_same_run() -> None:
    twice = "KERAS_BACKEND=jax\nA=1\nKERAS_BACKEND=torch\n"
    assert found({".env": twice}) == [".env:3 .env:1"]
    assert found({".env": twice.replace("torch", "jax")}) == []
    assert found({".env": twice.replace("torch", "$X")}) == []


def test_twice_in_an_image() -> None:
    text = "FROM python\nENV KERAS_BACKEND=jax\n{between}ENV KERAS_BACKEND=torch\n"
    assert found({"Dockerfile": text.format(between="")}) == ["Dockerfile:3 Dockerfile:2"]
    assert found({"Dockerfile": text.format(between="RUN python a.py\n")}) == []
    assert found({"Dockerfile": text.format(between="FROM python\n")}) == []


def test_two_exports_of_a_shell_are_a_sequence() -> None:
    text = "export KERAS_BACKEND=jax\npython a.py\nexport KERAS_BACKEND=torch\npython a.py\n"
    assert found({"run.sh": text}) == []


def test_a_dotenv_file_that_is_loaded_in_vain() -> None:
    files = {"a/train.py": LOADING.format(load="load_dotenv()"), ".env": "KERAS_BACKEND=jax\n"}
    assert found(files) == ["a/train.py:6 .env:1"]


@pytest.mark.parametrize(
    "load", ["load_dotenv('other')", "load_dotenv(override=stubborn)", "", "print(load_dotenv)"]
)
def test_a_dotenv_file_that_is_another_or_not_loaded(load: str) -> None:
    assert found({"train.py": LOADING.format(load=load), ".env": "KERAS_BACKEND=jax\n"}) == []


def test_a_dotenv_file_that_wins_until_the_next_line() -> None:
    code = LOADING.format(load="load_dotenv(override=True)")
    assert found({"train.py": code, ".env": "KERAS_BACKEND=jax\n"}) == ["train.py:6 train.py:5"]


def test_a_dotenv_file_that_agrees_or_is_unknown_or_missing() -> None:
    code = LOADING.format(load="load_dotenv()")
    assert found({"train.py": code}) == []
    for text in ("KERAS_BACKEND=torch\n", "KERAS_BACKEND=$X\n", "A=1\n", "KERAS_BACKEND=\n"):
        assert found({"train.py": code, ".env": text}) == []


def test_a_keras_that_does_not_read_the_variable() -> None:
    files = {"Dockerfile": IMAGE, "train.py": TORCH, ".env": "KERAS_BACKEND=a\nKERAS_BACKEND=b\n"}
    assert found(files, target=["keras==2.15.0", "tensorflow==2.15.1"]) == []
