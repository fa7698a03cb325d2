"""What the solved manifests admit for the code that they govern, by the readers of all formats."""

from __future__ import annotations

import json
from pathlib import Path
from typing import ClassVar

import pytest

from kerlint.knowledge.releases import known
from kerlint.project.targets import Target, Targets
from kerlint.settings import Settings

KERAS, TENSORFLOW = known("keras")[-1], known("tensorflow")[-1]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def target(path: str = "a.py", data: bytes = b"") -> Target:
    return Targets().of(path, Settings(), data)


class TestSolved:
    def test_another_line_holds_tensorflow_back(self) -> None:
        write("requirements.txt", "numpy<1.24\ntensorflow\n")
        assert target().newest.tensorflow == "2.17.1"

    def test_the_python_holds_it_back(self) -> None:
        write(
            "pyproject.toml",
            "[project]\nname = 'x'\nversion = '1'\nrequires-python = '>=3.8,<3.9'\n"
            "dependencies = ['tensorflow']\n",
        )
        found = target()
        assert found.newest.tensorflow == "2.13.1"
        assert found.newest.python == "3.8"

    def test_a_pinned_tensorflow_on_an_old_python_brings_an_old_keras(self) -> None:
        write(
            "pyproject.toml",
            "[project]\nname = 'x'\nversion = '1'\nrequires-python = '==3.9.*'\n"
            "dependencies = ['tensorflow==2.18.0']\n",
        )
        assert target().newest.keras == "3.10.0"

    def test_the_oldest_that_fit_everything_else(self) -> None:
        write("requirements.txt", "protobuf>=5\ntensorflow>=2.12\n")
        floor = target().floor
        assert floor is not None
        assert floor.versions.tensorflow == "2.18.0"  # the first that admits protobuf 5

    def test_the_wheels_of_the_oldest_python(self) -> None:
        write(
            "pyproject.toml",
            "[project]\nname = 'x'\nversion = '1'\nrequires-python = '>=3.12'\n"
            "dependencies = ['tensorflow>=2.10']\n",
        )
        floor = target().floor
        assert floor is not None
        assert floor.versions.tensorflow == "2.16.1"

    def test_a_contradiction_leaves_each_library_to_its_own_lines(self) -> None:
        write("requirements.txt", "tensorflow==2.15.1\nkeras==3.6.0\nnumpy>=2\n")
        found = target()
        assert found.newest[:2] == ("3.6.0", "2.15.1")

    def test_packages_of_which_nothing_is_known_bound_nothing_and_are_told(self) -> None:
        write("requirements.txt", "nobody-knows==1.0\ntensorflow>=2.16,<2.18\n")
        found = target()
        assert found.newest.tensorflow == "2.17.1"
        assert any("nobody-knows" in detail for detail in found.details)

    def test_an_overriding_line(self) -> None:
        write(
            "pyproject.toml",
            "[project]\nname = 'x'\nversion = '1'\ndependencies = ['tensorflow==2.15.1']\n"
            "[tool.uv]\noverride-dependencies = ['keras==3.3.3']\n",
        )
        assert target().newest[:2] == ("3.3.3", "2.15.1")


class TestParts:
    HEAD = "[project]\nname = 'x'\nversion = '1'\n[project.optional-dependencies]\n"

    def test_what_another_part_names_does_not_come_along(self) -> None:
        text = self.HEAD + "tf = ['tensorflow>=1.0.0']\ntest = ['keras==2.1.5']\n"
        write("pyproject.toml", text)
        found = target()
        assert found.newest[:2] == ("2.1.5", TENSORFLOW)
        reason = found.reason("keras")
        assert reason is not None
        assert reason.text == "keras==2.1.5"

    def test_one_part_without_a_lower_bound_leaves_none(self) -> None:
        text = self.HEAD + "all = ['tensorflow']\nthird-party = ['tensorflow==1.15']\n"
        write("pyproject.toml", text)
        assert target().floor is None
        assert target().newest.tensorflow == TENSORFLOW

    def test_the_oldest_keras_is_that_of_the_part_that_names_it(self) -> None:
        text = self.HEAD + "v3 = ['keras>=3.10']\nold = ['tensorflow>=2.8,<=2.14.1']\n"
        write("pyproject.toml", text)
        floor = target().floor
        assert floor is not None
        assert floor.versions.keras == "3.10.0"

    def test_the_bound_of_the_project_holds_for_its_parts(self) -> None:
        write(
            "pyproject.toml",
            "[project]\nname = 'x'\nversion = '1'\ndependencies = ['keras>=3.3']\n"
            "[dependency-groups]\ntest = ['keras', 'pytest']\n",
        )
        floor = target().floor
        assert floor is not None
        assert floor.versions.keras == "3.3.0"


class TestLocks:
    UV = (
        'version = 1\nrequires-python = ">=3.9"\n\n[[package]]\nname = "{name}"\n'
        'version = "{version}"\nsource = {{ registry = "https://pypi.org/simple" }}\n'
    )
    MEMBER = "[project]\nname = 'net'\nversion = '1'\ndependencies = ['tensorflow>=2.10']\n"

    def test_the_lock_of_the_workspace_governs_its_members_only(self) -> None:
        write("pyproject.toml", "[tool.uv.workspace]\nmembers = ['packages/*']\n")
        write("uv.lock", self.UV.format(name="tensorflow", version="2.17.1"))
        write("packages/net/pyproject.toml", self.MEMBER)
        write("other/pyproject.toml", self.MEMBER)
        assert target("packages/net/src/a.py").newest.tensorflow == "2.17.1"
        assert target("packages/net/src/a.py").oldest.tensorflow == "2.17.1"
        assert target("other/a.py").newest.tensorflow == TENSORFLOW

    def test_a_lock_of_its_own_counts_before_that_of_the_workspace(self) -> None:
        write("pyproject.toml", "[tool.uv.workspace]\nmembers = ['packages/*']\n")
        write("uv.lock", self.UV.format(name="tensorflow", version="2.17.1"))
        write("packages/net/pyproject.toml", self.MEMBER)
        write("packages/net/uv.lock", self.UV.format(name="tensorflow", version="2.15.1"))
        assert target("packages/net/a.py").newest.tensorflow == "2.15.1"

    def test_forks_of_a_lock_are_a_range(self) -> None:
        text = 'version = 1\nrequires-python = ">=3.9"\n'
        for version, marker in (("2.15.1", "< '3.10'"), ("2.18.1", ">= '3.10'")):
            text += (
                f'\n[[package]]\nname = "tensorflow"\nversion = "{version}"\n'
                'source = { registry = "https://pypi.org/simple" }\n'
                f'resolution-markers = ["python_full_version {marker}"]\n'
            )
        write("uv.lock", text)
        found = target()
        assert found.newest.tensorflow == "2.18.1"
        assert found.floor is not None
        assert found.floor.versions.tensorflow == "2.15.1"


class TestCommands:
    """Where nothing declares what is installed, commands do."""

    FILES: ClassVar = {
        "Dockerfile": "FROM python:3.10\nRUN pip install tensorflow==2.11.1\n",
        "docker/Dockerfile.gpu": "FROM tensorflow/tensorflow:2.11.1-gpu\n",
        "tox.ini": "[testenv]\ndeps = tensorflow==2.11.1\n",
        "noxfile.py": "import nox\n\n\n@nox.session\ndef tests(session):\n"
        "    session.install('tensorflow==2.11.1')\n",
        "install.sh": "pip install 'tensorflow==2.11.1'\n",
        "Makefile": "setup:\n\tpip install tensorflow==2.11.1\n",
        ".github/workflows/test.yml": "jobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n"
        "      - run: pip install tensorflow==2.11.1\n",
        ".gitlab-ci.yml": "test:\n  script:\n    - pip install tensorflow==2.11.1\n",
        "README.md": "# Net\n\n```sh\npip install tensorflow==2.11.1\n```\n",
    }

    @pytest.mark.parametrize("name", FILES)
    def test_a_version_in_a_command(self, name: str) -> None:
        write(name, self.FILES[name])
        found = target("src/a.py")
        assert found.newest[:2] == ("2.11.0", "2.11.1"), found.origin
        assert name in found.origin

    def test_a_matrix_is_a_range(self) -> None:
        write(
            ".github/workflows/test.yml",
            "jobs:\n  test:\n    strategy:\n      matrix:\n        tf: ['2.11.1', '2.15.1']\n"
            "    runs-on: ubuntu-latest\n    steps:\n"
            "      - run: pip install tensorflow==${{ matrix.tf }}\n",
        )
        found = target()
        assert found.newest.tensorflow == "2.15.1"
        assert found.floor is not None
        assert found.floor.versions.tensorflow == "2.11.1"

    def test_what_declares_counts_before(self) -> None:
        write("Dockerfile", "FROM python:3.10\nRUN pip install tensorflow==2.11.1\n")
        write("requirements.txt", "tensorflow==2.15.1\n")
        assert target().newest.tensorflow == "2.15.1"

    @pytest.mark.parametrize(
        "line", ["pip install tensorflow", "pip install keras-tuner==1.0", "keras 2.2.4 is fine"]
    )
    def test_without_a_version_of_ours_it_says_nothing(self, line: str) -> None:
        write("README.md", f"# Net\n\n```sh\n{line}\n```\n")
        assert target().reasons == ()

    @pytest.mark.parametrize(
        "lines",
        [
            "pip install -U tensorflow\n```\n\nBefore 2.0:\n\n```sh\npip install 'tensorflow<2'",
            "pip install tensorflow-gpu\n# or\npip install tensorflow==1.15",
        ],
    )
    def test_a_readme_that_leaves_the_choice_to_its_readers(self, lines: str) -> None:
        write("README.md", f"# Net\n\n```sh\n{lines}\n```\n")
        assert target().reasons == ()

    def test_a_readme_that_leaves_another_library_open(self) -> None:
        write("README.md", "```sh\npip install h5py keras\npip install tensorflow==2.11.1\n```\n")
        assert target().newest.tensorflow == "2.11.1"

    def test_two_that_contradict_each_other(self) -> None:
        write("setup.sh", "pip install tensorflow==2.11.1 tensorflow==2.15.1\n")
        assert target().reasons == ()


class TestTheFileItself:
    HEADER = b"# /// script\n# dependencies = ['keras==3.3.3']\n# ///\nimport keras\n"

    def test_the_header_of_a_script(self) -> None:
        write("requirements.txt", "tensorflow==2.15.1\n")
        found = target("run.py", self.HEADER)
        assert found.newest.keras == "3.3.3"
        assert found.origin == "from `keras==3.3.3` in run.py:2"

    @pytest.mark.parametrize(
        ("cells", "tensorflow"),
        [
            (["!pip install tensorflow==2.15.1"], "2.15.1"),
            (["%pip install -q 'tensorflow<2.16'", "import keras"], "2.15.1"),
            (["!pip install tensorflow"], "2.12.1"),
            (["import keras"], "2.12.1"),
            (["if colab:\n    !pip install tensorflow==1.15"], "2.12.1"),
        ],
    )
    def test_the_commands_of_a_notebook(self, cells: list[str], tensorflow: str) -> None:
        write("requirements.txt", "tensorflow==2.12.1\n")
        whole = {
            "cells": [
                {"cell_type": "code", "source": one, "metadata": {}, "outputs": []} for one in cells
            ],
            "metadata": {"kernelspec": {"name": "python3", "language": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
        assert target("a.ipynb", json.dumps(whole).encode()).newest.tensorflow == tensorflow
