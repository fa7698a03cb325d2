"""The commands of the tool that owns the environment."""

from __future__ import annotations

from typing import Any

import pytest

from kerlint.probe.observations import CondaPackage, Interpreter, Keeper, Observations, Site
from kerlint.probe.owner import Owner
from kerlint.probe.ownership import owner_of
from tests.probe.scenes import SITE, dist, seen


def installed_by(word: str, *names: str, **more: Any) -> Observations:
    what = seen(*(dist(name, "1.0", installer=word) for name in names or ("keras", "numpy")))
    what.distributions = what.distributions[1:]
    for key, value in more.items():
        setattr(what, key, value)
    return what


@pytest.mark.parametrize(
    ("word", "tool"),
    [
        ("pip", "pip"),
        ("uv", "uv"),
        ("Poetry 1.8.3", "poetry"),
        ("pdm", "pdm"),
        ("", "pip"),
        ("debian", "pip"),
    ],
)
def test_the_installer_of_most(word: str, tool: str) -> None:
    assert owner_of(installed_by(word)).tool == tool


def test_an_environment_of_pipenv() -> None:
    what = installed_by("pip")
    what.interpreter.prefix = "/home/me/.local/share/virtualenvs/mine-AbCd12_-"
    assert owner_of(what).tool == "pipenv"


def test_an_environment_that_pipenv_keeps_in_the_project() -> None:
    what = installed_by("pip", folder="/elsewhere")
    what.site.pipenv_project = "/home/me/mine"
    owner = owner_of(what)
    assert (owner.tool, owner.folder) == ("pipenv", "/home/me/mine")


def test_conda_owns_what_its_records_list() -> None:
    what = installed_by("conda", conda=[CondaPackage("numpy", "1.26.4")])
    what.site.conda_prefix = "/opt/conda"
    owner = owner_of(what)
    assert owner.tool == "conda"
    assert owner.install("numpy>=2") == "conda install -y -p /opt/conda 'numpy>=2'"
    assert owner.install("numpy==1.26.4") == "conda install -y -p /opt/conda numpy=1.26.4"
    assert owner.install("numpy[x]==1.26.4") == "conda install -y -p /opt/conda numpy=1.26.4"
    assert owner.install("numpy", reinstall=True) == (
        "conda install -y -p /opt/conda --force-reinstall --no-deps numpy"
    )
    assert "-m pip install" in owner.install("keras>=3")
    assert owner.uninstall(["numpy"]) == "conda remove -y -p /opt/conda --force numpy"


@pytest.mark.parametrize(
    "site",
    [
        Site([SITE], externally_managed="/usr/lib/python3.11/EXTERNALLY-MANAGED"),
        Site([SITE], writable=False),
    ],
)
def test_where_nothing_can_be_installed_another_environment_is_made(site: Site) -> None:
    what = installed_by("pip", "tensorflow", "keras", site=site)
    what.interpreter = Interpreter(executable="/usr/bin/python3", prefix="/usr", base_prefix="/usr")
    owner = owner_of(what)
    assert owner.tool == "system"
    assert owner.install("keras>=3") == (
        "/usr/bin/python3 -m venv .venv && .venv/bin/python -m pip install 'keras>=3' tensorflow"
    )


def test_a_virtual_environment_of_a_managed_python_is_its_own_master() -> None:
    site = Site([SITE], externally_managed="/usr/lib/EXTERNALLY-MANAGED", virtual_environment=True)
    assert owner_of(installed_by("pip", site=site)).tool == "pip"


def test_pip_and_uv() -> None:
    pip = Owner("pip", "/env/bin/python")
    assert pip.install("numpy<2", "keras") == "/env/bin/python -m pip install 'numpy<2' keras"
    assert pip.uninstall(["a", "b"]) == "/env/bin/python -m pip uninstall -y a b"
    uv = Owner("uv", "/env/bin/python")
    assert uv.install("numpy<2") == "uv pip install --python /env/bin/python 'numpy<2'"
    assert uv.install("keras", reinstall=True) == (
        "uv pip install --python /env/bin/python --reinstall --no-deps keras"
    )
    assert uv.uninstall(["a"]) == "uv pip uninstall --python /env/bin/python a"


def test_an_environment_without_pip_gets_one_first() -> None:
    owner = Owner("pip", "/env/bin/python", has_pip=False)
    assert owner.install("keras") == (
        "/env/bin/python -m ensurepip && /env/bin/python -m pip install keras"
    )


def test_tools_of_projects_work_in_their_folder() -> None:
    poetry = Owner("poetry", "/env/bin/python", folder="/home/me/mine")
    assert poetry.install("numpy<2") == "poetry -C /home/me/mine add 'numpy<2'"
    assert poetry.install("keras==3.15.1", reinstall=True).startswith("/env/bin/python -m pip")
    pdm = Owner("pdm", "/env/bin/python", folder="/home/me/mine", has_pip=False)
    assert pdm.install("numpy<2") == "pdm add -p /home/me/mine 'numpy<2'"
    assert pdm.install("keras", reinstall=True) == (
        "/env/bin/python -m ensurepip && "
        "/env/bin/python -m pip install --force-reinstall --no-deps keras"
    )
    pipenv = Owner("pipenv", "/env/bin/python", folder="/home/me/mine")
    assert pipenv.install("numpy<2") == "cd /home/me/mine && pipenv install 'numpy<2'"


def test_what_they_have_locked_comes_from_the_lock() -> None:
    poetry = Owner("poetry", "/env/bin/python", folder="/mine", locked=frozenset({"numpy"}))
    assert poetry.install("numpy<2") == "poetry -C /mine install"
    assert poetry.install("numpy<2", "jax") == "poetry -C /mine add 'numpy<2' jax"
    poetry.tool = "pdm"
    assert poetry.install("numpy<2") == "pdm sync -p /mine"
    poetry.tool = "pipenv"
    assert poetry.install("numpy<2") == "cd /mine && pipenv sync"
    poetry.tool = "pip"
    assert poetry.install("numpy<2") == "/env/bin/python -m pip install 'numpy<2'"


def test_what_is_damaged_comes_from_the_lock_again() -> None:
    pdm = Owner("pdm", "/env/bin/python", folder="/mine", locked=frozenset({"keras"}))
    assert pdm.install("keras==3.15.1", reinstall=True) == "pdm sync -p /mine --reinstall"
    uv = Owner("uv", "/env/bin/python", folder="/mine", locked=frozenset({"keras"}))
    assert uv.install("keras==3.15.1", reinstall=True) == (
        "uv sync --project /mine --inexact --reinstall-package keras"
    )
    assert uv.install("keras<3") == "uv sync --project /mine --inexact"
    assert uv.install("jax") == "uv add --project /mine jax"


def test_an_extra_is_added_though_the_package_is_locked() -> None:
    for tool, line in (
        ("uv", "uv add --project /mine 'jax[cuda12]'"),
        ("pdm", "pdm add -p /mine 'jax[cuda12]'"),
        ("poetry", "poetry -C /mine add 'jax[cuda12]'"),
    ):
        owner = Owner(tool, "/env/bin/python", folder="/mine", locked=frozenset({"jax"}))
        assert owner.install("jax[cuda12]") == line


def test_windows_quotes_in_its_own_way() -> None:
    owner = Owner("pip", r"C:\Program Files\env\Scripts\python.exe", windows=True)
    assert owner.install("numpy<2", "keras==3.15.1") == (
        r'"C:\Program Files\env\Scripts\python.exe" -m pip install "numpy<2" keras==3.15.1'
    )
    assert owner.set("KERAS_BACKEND", "jax") == "set KERAS_BACKEND=jax"
    assert owner.unset("PYTHONPATH") == "set PYTHONPATH="
    assert owner.remove(r"C:\env\~eras") == (
        r"""powershell -Command "Remove-Item -Recurse -Force 'C:\env\~eras'" """.strip()
    )
    assert r".venv\Scripts\python.exe" in owner.recreate("keras")


def test_words_with_blanks_and_quotes_stay_words() -> None:
    owner = Owner("pip", "/home/me/my env/bin/python")
    assert owner.install("keras").startswith("'/home/me/my env/bin/python' -m pip")
    assert owner.remove("/a b/~x") == "rm -rf -- '/a b/~x'"
    assert owner.set("X", "a;b") == "export X='a;b'"


def kept(tool: str, name: str = "", project: str = "", **more: Any) -> Owner:
    what = installed_by(more.pop("installer", "pip"), "keras", "numpy", **more)
    what.site.keeper = Keeper(tool, name, project, "its-book")
    return owner_of(what)


def test_pipx_is_told_what_is_new_and_asked_for_the_rest() -> None:
    for installer in ("pip", "uv"):
        pipx = kept("pipx", "mine", installer=installer)
        assert (pipx.tool, pipx.reason) == ("pipx", "its-book")
        assert pipx.install("numpy<2") == "pipx runpip mine install 'numpy<2'"
        assert pipx.install("keras==3.15.1", reinstall=True) == (
            "pipx runpip mine install --force-reinstall --no-deps keras==3.15.1"
        )
        assert pipx.install("scipy") == "pipx inject mine scipy"
        assert pipx.uninstall(["keras"]) == "pipx runpip mine uninstall -y keras"
        assert pipx.recreate() == "pipx reinstall mine"
        assert pipx.with_python("3.12", "jax") == (
            "pipx reinstall --python python3.12 mine && pipx inject mine jax"
        )


def test_a_tool_of_uv() -> None:
    tool = kept("uv tool", "mine", installer="uv")
    assert tool.install("numpy<2").startswith("uv pip install --python ")
    assert tool.recreate() == "uv tool upgrade --reinstall mine"
    assert tool.with_python("3.12") == "uv tool upgrade --reinstall --python 3.12 mine"


def test_hatch_makes_its_environment_anew() -> None:
    hatch = kept("hatch", "default", folder="/home/me/mine")
    assert hatch.tool == "hatch"
    assert hatch.install("numpy<2").endswith("-m pip install 'numpy<2'")
    assert hatch.recreate() == (
        "cd /home/me/mine && hatch env remove default && hatch env create default"
    )
    assert hatch.with_python("3.12") == (
        "cd /home/me/mine && hatch env remove default && "
        "HATCH_PYTHON=python3.12 hatch env create default"
    )


def test_pixi_writes_into_its_manifest() -> None:
    conda = [CondaPackage("numpy", "1.26.4")]
    pixi = kept("pixi", "default", "/mine/pixi.toml", conda=conda)
    assert pixi.tool == "pixi"
    assert pixi.install("numpy<2") == "pixi add --manifest-path /mine/pixi.toml 'numpy<2'"
    assert pixi.install("keras>=3") == "pixi add --manifest-path /mine/pixi.toml --pypi 'keras>=3'"
    assert pixi.install("numpy==1.26.4", reinstall=True) == (
        "pixi reinstall --manifest-path /mine/pixi.toml numpy"
    )
    gpu = kept("pixi", "gpu", "/mine/pixi.toml", conda=conda)
    assert gpu.uninstall(["keras"]) == (
        "pixi remove --manifest-path /mine/pixi.toml --feature gpu --pypi keras"
    )


@pytest.mark.parametrize(
    ("tool", "program"),
    [("conda", "conda"), ("mamba", "mamba"), ("micromamba", "micromamba"), ("", "conda")],
)
def test_who_has_made_an_environment_of_conda(tool: str, program: str) -> None:
    what = installed_by("conda", conda=[CondaPackage("numpy", "1.26.4")])
    what.site.conda_prefix = "/opt/conda"
    what.site.keeper = Keeper(tool)
    owner = owner_of(what)
    assert owner.install("numpy>=2") == f"{program} install -y -p /opt/conda 'numpy>=2'"
    assert owner.uninstall(["numpy"]) == f"{program} remove -y -p /opt/conda --force numpy"
