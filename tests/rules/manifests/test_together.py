"""KER409: which files are compared, by their names or by the settings, and how it is shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kerlint.cli import main

OLD, NEW = "tensorflow==2.15.1\n", "tensorflow==2.16.2\n"
PROJECT = "[project]\nname = 'net'\nversion = '1'\ndependencies = ['keras{}']\n"
LOCK = (
    'version = 1\nrequires-python = ">=3.9"\n\n[[package]]\nname = "tensorflow"\n'
    'version = "2.16.2"\nsource = { registry = "https://pypi.org/simple" }\n'
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def places(capsys: pytest.CaptureFixture[str]) -> list[tuple[str, int]]:
    assert main([".", "--select", "KER409", "--output-format", "json", "--quiet"]) in (0, 1)
    found = json.loads(capsys.readouterr().out)
    return [(one["path"], one["location"]["line"]) for one in found]


README = "# Net\n\n```sh\npip install {}\n```\n\nor\n\n```sh\npip install {}\n```\n"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("tensorflow==2.15.1", "tensorflow-cpu==2.15.1", [("pyproject.toml", 4)]),
        ("tensorflow==2.15.1", "tensorflow==2.16.2", []),
        ("tensorflow", "net", []),
        ("nobody-knows==1", "tensorflow==2.15.1", [("pyproject.toml", 4)]),
    ],
)
def test_a_readme_of_which_no_command_fits(
    capsys: pytest.CaptureFixture[str], first: str, second: str, expected: list[object]
) -> None:
    write("pyproject.toml", PROJECT.format(">=3.5"))
    write("README.md", README.format(first, second))
    assert places(capsys) == expected


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("RUN pip install tensorflow==2.15.1", [("Dockerfile", 2)]),
        ("RUN pip install 'tensorflow>=2.16'", []),
        ("RUN pip install tensorflow", []),
        ("RUN uv sync", []),
    ],
)
def test_an_image_beside_a_lock(
    capsys: pytest.CaptureFixture[str], command: str, expected: list[object]
) -> None:
    write("uv.lock", LOCK)
    write("Dockerfile", f"FROM python:3.11\n{command}\n")
    assert places(capsys) == expected


def test_the_image_of_tensorflow_is_not_held_against_the_lock(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write("uv.lock", LOCK)
    write("Dockerfile", "FROM tensorflow/tensorflow:2.15.0\nRUN pip install tensorflow==2.16.2\n")
    assert places(capsys) == []


class TestSettings:
    def files(self) -> None:
        write("pyproject.toml", PROJECT.format(">=3.5"))
        write("requirements.txt", OLD)
        write("ci/pins.txt", "tensorflow==2.15.1\n")
        write("ci/requirements.txt", OLD)

    def test_by_their_names(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.files()
        assert places(capsys) == [("requirements.txt", 1)]

    def test_none(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.files()
        write("kerlint.toml", "together = []\n")
        assert places(capsys) == []

    def test_only_those_that_are_named(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.files()
        write("kerlint.toml", "together = [['pyproject.toml', 'ci/requirements.txt']]\n")
        assert places(capsys) == [("ci/requirements.txt", 1)]

    def test_these_too(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.files()
        write("kerlint.toml", "together = ['auto', ['pyproject.toml', 'ci/requirements.txt']]\n")
        assert places(capsys) == [("ci/requirements.txt", 1), ("requirements.txt", 1)]

    @pytest.mark.parametrize("value", ["'auto'", "true", "['other']", "[['one.txt']]", "[[1, 2]]"])
    def test_wrong_values(self, capsys: pytest.CaptureFixture[str], value: str) -> None:
        self.files()
        write("kerlint.toml", f"together = {value}\n")
        assert main(["."]) == 2
        assert "`together` must be a list of" in capsys.readouterr().err

    def test_they_are_shown(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.files()
        write("kerlint.toml", "together = ['auto', ['pyproject.toml', 'nowhere.txt']]\n")
        assert main(["target"]) == 0
        told = capsys.readouterr().out.partition("compared with each other (KER409):\n")[2]
        assert told.splitlines() == [
            "  requirements.txt with pyproject.toml",
            "  nothing with nowhere.txt: no such file",
        ]
