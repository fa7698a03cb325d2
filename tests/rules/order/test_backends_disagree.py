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
    "only as a script": (
        'import os\nif __name__ == "__main__":\n    os.environ["KERAS_BACKEND"] = "torch"\n'
    ),
    "after an import that may read it": "import mine\n" + TORCH,
    "after keras": 'import keras\nimport os\nos.environ["KERAS_BACKEND"] = "torch"\n',
    "in a function": (
        'import os\ndef main():\n    os.environ["KERAS_BACKEND"] = "torch"\n    import keras\nmain()\n'
    ),
    "for a child": (
        'import os, subprocess\nenv = {"KERAS_BACKEND": "torch"}\nsubprocess.run("x", env=env)\n'
    ),
    "taken from the arguments": (
        "import os, sys\nif len(sys.argv) > 1:\n    sys.exit()\n"
        'os.environ["KERAS_BACKEND"] = "torch"\nimport keras\n'
    ),
}


@pytest.mark.parametrize("case", SCRIPTS)
def test_scripts_that_obey_or_may(case: str) -> None:
    assert found({"Dockerfile": IMAGE, "train.py": SCRIPTS[case]}) == []


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
    "a module": IMAGE.replace('"train.py"', '"-m", "train"'),
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
    assert found({".github/workflows/a.yml": text, "conftest.py": TORCH}) == []


def test_a_compose_file_over_its_image_is_by_design() -> None:
    compose = "services: {a: {build: ., environment: {KERAS_BACKEND: torch}}}"
    assert found({"Dockerfile": IMAGE, "compose.yml": compose, "train.py": "import keras\n"}) == []


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
