"""What is installed together where a format has its own ways: overrides, contexts, conflicts."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerlint.manifests.formats import read
from kerlint.manifests.installations import Installation, installations
from kerlint.project.library import Library


def of_text(path: str, text: str) -> dict[str, Installation]:
    manifest = read(path, text)
    assert not manifest.problems
    return {one.origin: one for one in installations(manifest, lambda _: None)}


def texts(one: Installation) -> list[str]:
    return [each.text for each in one.requirements]


class TestHatch:
    HEAD = (
        "[project]\nname = 'net'\nversion = '1'\ndependencies = ['numpy']\n"
        "[tool.hatch.envs.test]\ndependencies = ['pytest']\n"
        "[[tool.hatch.envs.test.matrix]]\nkeras = ['old', 'new']\n"
        "[tool.hatch.envs.test.overrides]\n"
    )

    def test_for_a_value_of_the_matrix(self) -> None:
        found = of_text(
            "pyproject.toml",
            self.HEAD + "matrix.keras.dependencies = [\n"
            "  {value = 'keras==2.15.0', if = ['old']},\n"
            "  {value = 'keras==3.6.0', if = ['new']},\n  'rich',\n]\n",
        )
        assert texts(found["env test, keras=old"]) == ["numpy", "pytest", "keras==2.15.0"]
        assert texts(found["env test, keras=new"]) == ["numpy", "pytest", "keras==3.6.0"]
        assert texts(found["env test, keras"]) == ["numpy", "pytest", "rich"]
        assert texts(found["env test"]) == ["numpy", "pytest"]
        assert all(one.complete for one in found.values())

    def test_for_a_platform(self) -> None:
        text = self.HEAD + "platform.macos.extra-dependencies = ['tensorflow-metal']\n"
        found = of_text("pyproject.toml", text)["env test, macos"]
        assert texts(found) == ["numpy", "pytest", "tensorflow-metal"]
        assert found.platforms == ("macos",)

    @pytest.mark.parametrize(
        "line",
        [
            "env.CI.dependencies = ['keras']",
            "matrix.keras.set-dependencies = ['keras']",
            "name.'^old'.dependencies = ['keras']",
            "matrix.keras.dependencies = [{value = 'keras', env = ['CI']}]",
            "matrix.keras.dependencies = ['keras=={matrix:keras}']",
        ],
    )
    def test_what_is_not_known(self, line: str) -> None:
        found = of_text("pyproject.toml", f"{self.HEAD}{line}\n")
        assert not any("keras" in text for one in found.values() for text in texts(one))
        assert not found["env test"].complete

    def test_what_installs_nothing(self) -> None:
        found = of_text("pyproject.toml", f"{self.HEAD}matrix.keras.env-vars = 'KERAS={{x}}'\n")
        assert found["env test"].complete


def test_extras_that_uv_is_told_to_keep_apart_are_never_put_together() -> None:
    found = of_text(
        "pyproject.toml",
        "[project]\nname = 'net'\nversion = '1'\n"
        "[project.optional-dependencies]\nold = ['keras<3']\nnew = ['keras>=3']\n"
        "[tool.uv]\nconflicts = [[{extra = 'old'}, {extra = 'new'}]]\n",
    )
    assert {origin: texts(one) for origin, one in found.items()} == {
        "extra old": ["keras<3"],
        "extra new": ["keras>=3"],
    }


class TestContexts:
    """`docker build -f docker/Dockerfile .`: what is copied lies beside the Dockerfile or above."""

    IMAGE = (
        "FROM python:3.11\nCOPY requirements.txt /app/\nRUN pip install -r /app/requirements.txt\n"
    )

    def installed(self, path: str) -> tuple[list[str], bool]:
        library = Library({})
        manifest = library.manifest(path)
        assert manifest is not None
        (found,) = installations(manifest, library.manifest)
        return [one.text for one in found.requirements if one.name != "python"], found.complete

    @pytest.fixture(autouse=True)
    def here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.chdir(tmp_path)
        return tmp_path

    @pytest.mark.parametrize("folder", ["docker", "ci/docker", "."])
    def test_above(self, folder: str) -> None:
        Path(folder).mkdir(parents=True, exist_ok=True)
        Path(folder, "Dockerfile").write_text(self.IMAGE)
        Path("requirements.txt").write_text("keras==3.6.0\n")
        assert self.installed(f"{folder}/Dockerfile") == (["keras==3.6.0"], True)

    def test_beside_it_comes_first(self) -> None:
        Path("docker").mkdir()
        Path("docker/Dockerfile").write_text(self.IMAGE)
        Path("requirements.txt").write_text("keras==3.6.0\n")
        Path("docker/requirements.txt").write_text("keras==2.15.0\n")
        assert self.installed("docker/Dockerfile") == (["keras==2.15.0"], True)

    def test_seen_from_the_folder_of_the_image(self, monkeypatch: pytest.MonkeyPatch) -> None:
        Path("docker").mkdir()
        Path("docker/Dockerfile").write_text(self.IMAGE)
        Path("requirements.txt").write_text("keras==3.6.0\n")
        monkeypatch.chdir("docker")
        assert self.installed("Dockerfile") == (["keras==3.6.0"], True)

    def test_the_project_itself(self) -> None:
        Path("docker").mkdir()
        Path("docker/Dockerfile").write_text(
            "FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install .\n"
        )
        Path("pyproject.toml").write_text(
            "[project]\nname = 'net'\nversion = '1'\ndependencies = ['keras==3.6.0']\n"
        )
        assert self.installed("docker/Dockerfile") == (["keras==3.6.0"], True)

    def test_nowhere(self) -> None:
        Path("Dockerfile").write_text(self.IMAGE + "RUN pip install numpy\n")
        library = Library({})
        manifest = library.manifest("Dockerfile")
        assert manifest is not None
        assert not any(one.complete for one in installations(manifest, library.manifest))
