"""From requirements to versions, and which manifest governs which file."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerlint.failures import Failure
from kerlint.knowledge.releases import known
from kerlint.project.asked import split
from kerlint.project.targets import NOTHING_FOUND, Targets, describe, target_of
from kerlint.settings import Settings

KERAS, TENSORFLOW = known("keras")[-1], known("tensorflow")[-1]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text)


def of(path: str = "a.py") -> tuple[str | None, str | None]:
    """Newest Keras and TensorFlow for a file."""
    target = Targets().of(path, Settings())
    return target.newest.keras, target.newest.tensorflow


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("keras==3.15.1", ["keras==3.15.1"]),
        ("tensorflow>=2.15,<2.17", ["tensorflow>=2.15,<2.17"]),
        (
            "tensorflow>=2.15, !=2.16.1 , python==3.11",
            ["tensorflow>=2.15,!=2.16.1", "python==3.11"],
        ),
    ],
)
def test_split(text: str, pieces: list[str]) -> None:
    assert split(text) == pieces


class TestGiven:
    @pytest.mark.parametrize(
        ("texts", "keras", "tensorflow"),
        [
            (["keras==3.6.0"], "3.6.0", None),
            (["tensorflow==2.15.1"], "2.15.0", "2.15.1"),
            (["tensorflow>=2.15,<2.17"], KERAS, "2.16.2"),
            (["keras==2.12", "tensorflow"], "2.12.0", "2.12.1"),
            (["keras", "tensorflow==2.12.1"], "2.12.0", "2.12.1"),
            (["keras==3.6, tensorflow<2.19"], "3.6.0", "2.18.1"),
            (["tensorflow==2.16.*"], KERAS, "2.16.2"),
            (["tensorflow"], KERAS, TENSORFLOW),
            (["keras==3.99.0"], "3.99.0", None),
        ],
    )
    def test_versions(self, texts: list[str], keras: str, tensorflow: str | None) -> None:
        newest = target_of(*texts).newest
        assert newest.keras == keras
        if tensorflow:
            assert newest.tensorflow == tensorflow

    def test_oldest(self) -> None:
        target = target_of("tensorflow>=2.15.1,<2.17", "python>=3.9,<3.12")
        assert target.oldest.tensorflow == "2.15.1"
        assert target.oldest.keras == "2.15.0"
        assert (target.oldest.python, target.newest.python) == ("3.9", "3.11")

    def test_a_pinned_release_of_which_nothing_is_known(self) -> None:
        target = target_of("keras==2.99.7")
        assert (target.oldest.keras, target.newest.keras) == ("2.99.7", "2.99.7")

    def test_python_with_a_patch_number(self) -> None:
        target = target_of("keras", "python>=3.9.7,<=3.12.1")
        assert (target.oldest.python, target.newest.python) == ("3.9", "3.12")

    def test_what_was_asked_for_is_told(self) -> None:
        assert describe(target_of("keras==3.6.0")).startswith("keras 3.6.0, tensorflow ")
        assert "(asked for: keras==3.6.0)" in describe(target_of("keras==3.6.0"))

    @pytest.mark.parametrize("text", ["keras>=99", "keras<1.0,>2", "tensorflow==2.99.*"])
    def test_what_no_release_meets(self, text: str) -> None:
        with pytest.raises(Failure, match="no known release fits"):
            target_of(text)

    @pytest.mark.parametrize("text", ["numpy==1.0", "keras=3", "", "keras==3;", "tf==2"])
    def test_what_is_no_target(self, text: str) -> None:
        with pytest.raises(Failure):
            target_of(text)


class TestManifests:
    def test_nothing_found(self) -> None:
        assert of() == (KERAS, TENSORFLOW)
        assert Targets().of("a.py", Settings()).origin == NOTHING_FOUND

    def test_requirements_of_the_folder_and_of_the_nearest_one_above(self) -> None:
        write("requirements.txt", "tensorflow==2.15.1\n")
        write("pkg/deep/a.py", "")
        write("other/requirements.txt", "keras==3.6.0\n")
        write("plain/requirements.txt", "numpy\n")
        assert of() == ("2.15.0", "2.15.1")
        assert of("pkg/deep/a.py") == ("2.15.0", "2.15.1")
        assert of("other/a.py")[0] == "3.6.0"
        assert of("plain/a.py") == ("2.15.0", "2.15.1")

    def test_settings_come_before_manifests(self) -> None:
        write("requirements.txt", "tensorflow==2.15.1\n")
        settings = Settings()
        settings.targets = ("keras==3.6.0",)
        assert Targets().of("a.py", settings).newest.keras == "3.6.0"

    def test_python_alone_leaves_the_libraries_to_the_manifests(self) -> None:
        write("pkg/requirements.txt", "tensorflow==2.15.1\n")
        settings = Settings()
        settings.targets = ("python==3.10",)
        targets = Targets()
        assert targets.of("pkg/a.py", settings).newest[:2] == ("2.15.0", "2.15.1")
        assert targets.of("pkg/a.py", settings).newest.python == "3.10"
        assert targets.of("pkg/a.py", settings) is targets.of("pkg/b.py", settings)
        assert targets.of("a.py", settings).newest.tensorflow == TENSORFLOW

    def test_not_above_the_repository(self, here: Path) -> None:
        write("requirements.txt", "tensorflow==2.15.1\n")
        (here / "inner/.git").mkdir(parents=True)
        assert of("inner/a.py") == (KERAS, TENSORFLOW)

    @pytest.mark.parametrize(
        "name",
        [
            *("requirements.txt", "requirements-dev.txt", "requirements_gpu.txt"),
            *("dev-requirements.txt", "requirements/base.txt"),
        ],
    )
    def test_names_of_requirements_files(self, name: str) -> None:
        write(name, "tensorflow==2.15.1\n")
        assert of() == ("2.15.0", "2.15.1")

    def test_includes_without_the_words(self) -> None:
        write("requirements.txt", "-r deps/all.txt\n")
        write("deps/all.txt", "tensorflow==2.15.1\n")
        assert of() == ("2.15.0", "2.15.1")

    def test_pyproject_before_requirements_and_each_library_by_itself(self) -> None:
        write("pyproject.toml", "[project]\ndependencies = ['keras>=3,<3.7']\n")
        write("requirements.txt", "keras==2.2.4\ntensorflow==2.16.2\n")
        assert of() == ("3.6.0", "2.16.2")

    def test_requirements_txt_before_its_variants(self) -> None:
        write("requirements-old.txt", "tensorflow==2.12.1\n")
        write("requirements.txt", "tensorflow==2.15.1\n")
        assert of() == ("2.15.0", "2.15.1")

    def test_a_constraint_holds_only_for_what_is_required(self) -> None:
        write("requirements.txt", "-c pins.txt\ntensorflow\n")
        write("pins.txt", "tensorflow==2.15.1\nkeras==3.6.0\n")
        assert of() == ("2.15.0", "2.15.1")

    def test_extras_are_alternatives(self) -> None:
        write(
            "pyproject.toml",
            "[project]\noptional-dependencies.old = ['tensorflow==2.12.1']\n"
            "optional-dependencies.new = ['tensorflow==2.15.1']\n",
        )
        target = Targets().of("a.py", Settings())
        assert target.newest.tensorflow == "2.15.1"
        assert target.oldest.tensorflow == "2.12.1"

    def test_an_extra_may_stay_away(self) -> None:
        write(
            "pyproject.toml",
            "[project]\ndependencies = ['tensorflow>=2.12']\n"
            "optional-dependencies.pinned = ['tensorflow<2.16']\n",
        )
        target = Targets().of("a.py", Settings())
        assert target.newest.tensorflow == TENSORFLOW
        assert target.floor is not None
        assert target.floor.versions.tensorflow == "2.12.0"

    def test_markers_about_python(self) -> None:
        write(
            "pyproject.toml",
            "[project]\nrequires-python = '>=3.10'\ndependencies = ["
            "'tensorflow==2.12.1; python_version < \"3.10\"', "
            '\'tensorflow==2.15.1; python_version >= "3.10" and sys_platform != "darwin"\', '
            "'tensorflow-macos==2.14.1; sys_platform == \"darwin\"']\n",
        )
        target = Targets().of("a.py", Settings())
        assert target.newest.tensorflow == "2.15.1"
        assert target.oldest.tensorflow == "2.14.1"

    def test_what_no_release_meets_is_told_and_passed_over(self) -> None:
        write("requirements.txt", "tensorflow>=99\n")
        targets = Targets()
        assert targets.of("a.py", Settings()).newest.tensorflow == TENSORFLOW
        assert targets.notes == [
            "No release of tensorflow fits `tensorflow>=99` in requirements.txt:1; "
            "it is passed over."
        ]

    def test_a_manifest_that_cannot_be_read_is_told_of(self) -> None:
        write("pyproject.toml", "[project\ndependencies = ['keras==2.2.4']\n")
        write("requirements.txt", "tensorflow==2.15.1\n")
        targets = Targets()
        assert targets.of("a.py", Settings()).newest.tensorflow == "2.15.1"
        assert targets.notes[0].startswith("pyproject.toml:1: no valid TOML: ")

    def test_where_it_comes_from(self) -> None:
        write("requirements.txt", "numpy\ntensorflow==2.15.1\n")
        target = Targets().of("pkg/a.py", Settings())
        assert target.origin == "from `tensorflow==2.15.1` in requirements.txt:2"

    def test_several_requirements_are_told_each_with_its_line(self) -> None:
        write("requirements.txt", "keras>=3.6\ntensorflow>=2.18\n")
        target = Targets().of("a.py", Settings())
        assert target.origin == (
            "from `tensorflow>=2.18` in requirements.txt:2, `keras>=3.6` in requirements.txt:1"
        )
