"""KER641 to KER647: what comes first on the path, and who owns what."""

from __future__ import annotations

import pytest

from kerlint.probe.observations import CondaPackage, PathEntry, Shadow
from tests.probe.scenes import SITE, dist, seen
from tests.rules.environment.judged import finding, findings

KERAS3 = dist("keras", "3.15.1", "numpy")
NUMPY = dist("numpy", "2.2.6")


def shadow(module: str, what: str = "package", kind: str = "folder", file: str = "") -> Shadow:
    folder = "/home/me/mine"
    file = file or f"{folder}/{module}.py"
    return Shadow(module, file, f"{SITE}/{module}/__init__.py", what, folder, kind)


@pytest.mark.parametrize(
    ("module", "fires"), [("keras", True), ("numpy", True), ("docs", False), ("flask", False)]
)
def test_packages_of_the_stack_count(module: str, fires: bool) -> None:
    what = seen(KERAS3, NUMPY, dist("flask", "3"), shadows=[shadow(module)])
    assert bool(findings("KER641", what)) is fires


def test_a_file_is_renamed() -> None:
    found = finding("KER641", seen(KERAS3, NUMPY, shadows=[shadow("keras")]))
    assert found.commands == ("mv /home/me/mine/keras.py /home/me/mine/my_keras.py",)


def test_a_folder_is_renamed_as_a_whole() -> None:
    one = shadow("keras", file="/home/me/mine/keras/__init__.py")
    found = finding("KER641", seen(KERAS3, NUMPY, shadows=[one]))
    assert found.commands == ("mv /home/me/mine/keras /home/me/mine/my_keras",)


def test_a_project_that_is_keras_hides_nothing() -> None:
    own = dist("keras", "3.16.0", editable="file:///home/me/mine")
    assert not findings("KER641", seen(own, shadows=[shadow("keras")]))


@pytest.mark.parametrize(
    ("module", "fires"), [("random", True), ("logging", True), ("test", False), ("code", False)]
)
def test_standard_modules_that_keras_needs(module: str, fires: bool) -> None:
    what = seen(KERAS3, NUMPY, shadows=[shadow(module, "standard-module")])
    assert bool(findings("KER642", what)) is fires
    assert not findings("KER641", what)


def test_without_a_framework_a_standard_module_is_nobodys_business() -> None:
    assert not findings("KER642", seen(NUMPY, shadows=[shadow("random", "standard-module")]))


def test_pythonpath_is_told_once_a_folder() -> None:
    shadows = [shadow("numpy", kind="pythonpath"), shadow("keras", kind="pythonpath")]
    what = seen(KERAS3, NUMPY, shadows=shadows, environment={"PYTHONPATH": "/home/me/mine"})
    found = finding("KER643", what)
    assert "numpy, keras is taken from there" in found.message
    assert found.commands == ("unset PYTHONPATH",)
    assert not findings("KER641", what)


@pytest.mark.parametrize(
    ("entry", "fires"),
    [
        (PathEntry("/opt/lib/python3.9/site-packages", "pythonpath", True, "3.9"), True),
        (PathEntry("/opt/lib/python3.9/site-packages", "pth", True, "3.9"), True),
        (PathEntry("/opt/lib/python3.9/site-packages", "pythonpath", False, "3.9"), False),
        (PathEntry("/usr/lib/python3/dist-packages", "other", True, ""), False),
        (PathEntry("/usr/lib/python3.11", "stdlib", True, "3.11"), False),
        (PathEntry(SITE, "site", True, "3.11"), False),
    ],
)
def test_folders_of_another_python(entry: PathEntry, fires: bool) -> None:
    assert bool(findings("KER644", seen(path=[entry]))) is fires


def test_the_user_site_beside_the_same_package() -> None:
    mine = dist("keras", "2.12.0", user_site=True, order=0, metadata="/home/me/keras.dist-info")
    what = seen(mine, dist("keras", "3.15.1", order=3))
    what.site.virtual_environment = False
    found = finding("KER645", what)
    assert "before those of the environment" in found.message
    assert found.commands == ("export PYTHONNOUSERSITE=1",)


def test_the_user_site_of_a_system_is_for_packages() -> None:
    what = seen(dist("keras", "3.15.1", user_site=True))
    what.site.virtual_environment = False
    assert not findings("KER645", what)
    what = seen(dist("flask", "3.0", user_site=True))
    assert not findings("KER645", what)


@pytest.mark.parametrize(
    ("conda", "name", "venv", "fires"),
    [
        ("/opt/conda/envs/tf", "tf", "/home/me/.venv", True),
        ("/opt/conda", "base", "/home/me/.venv", False),
        ("/opt/conda/envs/tf", "tf", "", False),
        ("/opt/conda/envs/tf", "tf", "/opt/conda/envs/tf/", False),
    ],
)
def test_two_environments(conda: str, name: str, venv: str, fires: bool) -> None:
    variables = {"CONDA_PREFIX": conda, "CONDA_DEFAULT_ENV": name, "VIRTUAL_ENV": venv}
    assert bool(findings("KER646", seen(environment=variables))) is fires


@pytest.mark.parametrize(
    ("installer", "version", "fires"),
    [("pip", "2.2.6", True), ("pip", "1.26.4", False), ("conda", "2.2.6", False)],
)
def test_what_pip_put_over_conda(installer: str, version: str, fires: bool) -> None:
    what = seen(
        KERAS3,
        dist("numpy", version, installer=installer),
        conda=[CondaPackage("numpy", "1.26.4")],
    )
    what.site.conda_prefix = "/opt/conda"
    found = findings("KER647", what)
    assert bool(found) is fires
    if found:
        assert found[0].commands == (
            "conda install -y -p /opt/conda --force-reinstall numpy=1.26.4",
        )
