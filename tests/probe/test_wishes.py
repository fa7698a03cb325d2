"""What a project asks for, read from its files; markers are those of the examined Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerlint.failures import Failure
from kerlint.probe.asked import Asked
from kerlint.probe.judging import judge
from kerlint.probe.observations import Build, Observations
from kerlint.probe.wishes import asked_of_project, gpu_of_environment
from tests.probe.scenes import asked, dist, pin, seen
from tests.rules.environment.judged import finding, findings, severities

PYPROJECT = '[project]\nname = "mine"\nversion = "1"\ndependencies = [\n  {}\n]\n'
LOCK = """\
version = 1
requires-python = ">=3.10"

[[package]]
name = "mine"
version = "1"
source = { editable = "." }
dependencies = [{ name = "keras" }]

[package.optional-dependencies]
jax = [{ name = "jax" }]

[[package]]
name = "keras"
version = "3.10.0"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "jax"
version = "0.4.30"
source = { registry = "https://pypi.org/simple" }
"""


def of(folder: Path, what: Observations | None = None, *, require_gpu: bool = False) -> Asked:
    return asked_of_project(what or seen(), str(folder), require_gpu=require_gpu)


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


# GPUs


@pytest.mark.parametrize(
    ("line", "wants"),
    [
        ("tensorflow[and-cuda]>=2.20", True),
        ("jax[cuda12]", True),
        ("jax[cuda12-local]", True),
        ("nvidia-cudnn-cu12", True),
        ("jax-cuda13-plugin", True),
        ("tensorflow-gpu==2.10", True),
        ("tensorflow", False),
        ("jax[cpu]", False),
        ("nvidia-ml-py", False),
        ('jax[cuda12]; sys_platform == "win32"', False),
        ('jax[cuda12]; sys_platform == "linux"', True),
    ],
)
def test_lines_that_ask_for_a_gpu(tmp_path: Path, line: str, wants: bool) -> None:
    found = of(write(tmp_path, requirements__txt=f"keras\n{line}\n"))
    assert [one.place.endswith("requirements.txt:2") for one in found.gpu] == [True] * wants


def test_an_extra_of_the_project_may_be_left_out(tmp_path: Path) -> None:
    text = PYPROJECT.format('"keras"') + '[project.optional-dependencies]\ngpu = ["jax[cuda12]"]\n'
    assert not of(write(tmp_path, pyproject__toml=text)).gpu


def test_the_setting_and_the_option(tmp_path: Path) -> None:
    write(tmp_path, pyproject__toml="[tool.kerlint]\nrequire-gpu = true\n")
    assert [one.what for one in of(tmp_path).gpu] == ["`require-gpu`"]
    assert of(tmp_path, require_gpu=True).gpu[0].place == "--require-gpu"
    write(tmp_path, pyproject__toml='[tool.kerlint]\nrequire-gpu = "yes"\n')
    with pytest.raises(Failure, match="require-gpu"):
        of(tmp_path)


@pytest.mark.parametrize(
    ("value", "wants"), [("all", True), ("0", True), ("void", False), ("", False)]
)
def test_the_variable_of_containers(value: str, wants: bool) -> None:
    what = seen(environment={"NVIDIA_VISIBLE_DEVICES": value})
    assert bool(gpu_of_environment(what)) is wants


def test_wheels_that_only_an_extra_asks_for() -> None:
    need = 'nvidia-cudnn-cu12>=9.3; extra == "and-cuda"'
    tensorflow = dist("tensorflow", "2.21.0", need, extras=["and-cuda"])
    cudnn = dist("nvidia-cudnn-cu12", "9.10.2")
    assert gpu_of_environment(seen(tensorflow, cudnn))
    torch = dist("torch", "2.8.0", "nvidia-cudnn-cu12==9.10.2")
    assert not gpu_of_environment(seen(tensorflow, cudnn, torch))
    assert not gpu_of_environment(seen(cudnn))
    assert gpu_of_environment(seen(dist("jax-cuda12-plugin", "0.10.2")))


# Backends and packages


def test_the_backend_of_the_code(tmp_path: Path) -> None:
    write(tmp_path, pyproject__toml="[project]\nname = 'mine'\n")
    write(tmp_path, train__py='import os\nos.environ["KERAS_BACKEND"] = "jax"\nimport keras\n')
    found = of(tmp_path).backends
    assert [(one.what, one.place) for one in found] == [("jax", "train.py")]


def test_the_backend_of_the_settings_file(tmp_path: Path) -> None:
    write(tmp_path, requirements__txt="keras\n")
    (tmp_path / ".env").write_text("A=1\nKERAS_BACKEND=torch\n", encoding="utf-8")
    assert [(one.what, one.place) for one in of(tmp_path).backends] == [("torch", ".env:2")]


def test_what_the_code_imports(tmp_path: Path) -> None:
    write(tmp_path, requirements__txt="keras\n", a__py="import tf_keras as keras\n")
    write(tmp_path, b__py="import keras\nkeras.callbacks.TensorBoard('logs')\n")
    assert {one.what: one.place for one in of(tmp_path).packages} == {
        "tf_keras": "a.py",
        "tensorboard": "b.py",
    }


def test_a_folder_that_is_no_project_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, train__py='import os\nos.environ["KERAS_BACKEND"] = "jax"\nimport keras\n')
    assert not of(tmp_path).backends
    assert not asked_of_project(seen(), "", require_gpu=False).pins


# Pins


def test_pins_hold_for_the_examined_python(tmp_path: Path) -> None:
    lines = "\"keras>=3; python_version >= '3.10'\",\n  \"colorama; sys_platform == 'win32'\""
    found = of(write(tmp_path, pyproject__toml=PYPROJECT.format(lines)))
    assert [(one.name, one.specifier, one.line) for one in found.pins] == [("keras", ">=3", 5)]


def test_locks_come_first_and_extras_are_optional(tmp_path: Path) -> None:
    write(tmp_path, uv__lock=LOCK, pyproject__toml=PYPROJECT.format('"keras>=3.5"'))
    found = of(tmp_path).pins
    assert [(one.name, one.kind, one.optional) for one in found] == [
        ("keras", "lock", False),
        ("jax", "lock", True),
        ("keras", "manifest", False),
    ]


def test_a_constraint_binds_what_is_there_and_asks_for_nothing(tmp_path: Path) -> None:
    write(tmp_path, requirements__txt="keras\n-c constraints.txt\n")
    write(tmp_path, constraints__txt="keras==3.14.0\ntorch==2.8\nnvidia-cudnn-cu12==9.3\n")
    what = seen(dist("keras", "3.15.1"), dist("nvidia-cudnn-cu12", "9.3"))
    wanted = of(tmp_path, what)
    assert not wanted.gpu
    found = finding("KER661", what, pins=wanted.pins)
    assert found.message.startswith(f"{tmp_path}/constraints.txt asks for keras==3.14.0, and")
    assert len(found.evidence) == 1


@pytest.mark.parametrize("name", ["pylock__toml", "Pipfile__lock", "conda-lock__yml"])
def test_a_lock_alone_makes_a_project(tmp_path: Path, name: str) -> None:
    locks = {
        "pylock__toml": 'lock-version = "1.0"\n[[packages]]\nname = "keras"\nversion = "3.14.0"\n',
        "Pipfile__lock": '{"default": {"keras": {"version": "==3.14.0"}}, "develop": {}}',
        "conda-lock__yml": "version: 1\nmetadata: {platforms: [linux-64]}\npackage:\n- {name: keras, "
        "version: 3.14.0, manager: conda, platform: linux-64, dependencies: {}, category: main}\n",
    }
    found = of(write(tmp_path, **{name: locks[name]}))
    assert [(one.name, one.specifier, one.kind) for one in found.pins] == [
        ("keras", "==3.14.0", "lock")
    ]


def test_another_version_than_the_lock_has(tmp_path: Path) -> None:
    what = seen(dist("keras", "3.15.1"))
    write(tmp_path, uv__lock=LOCK, pyproject__toml=PYPROJECT.format('"keras>=3.5"'))
    found = finding("KER661", what, pins=of(tmp_path, what).pins)
    assert "uv.lock has keras==3.10.0, and keras 3.15.1 is installed" in found.message
    assert found.commands == ("/env/bin/python -m pip install keras==3.10.0",)
    assert found.span.start.line == 15


def test_what_the_lock_has_is_right(tmp_path: Path) -> None:
    what = seen(dist("keras", "3.10.0"))
    write(tmp_path, uv__lock=LOCK, pyproject__toml=PYPROJECT.format('"keras>=3.5"'))
    assert not findings("KER661", what, pins=of(tmp_path, what).pins)


def test_a_framework_that_the_lock_lacks_is_mentioned() -> None:
    what = seen(dist("keras", "3.10.0"), dist("torch", "2.8.0"), dist("flask", "3"))
    found = finding("KER661", what, pins=[pin("keras", "==3.10.0", "lock")])
    assert (found.severity, found.message) == (
        "info",
        "torch 2.8.0 is installed and is not in uv.lock",
    )


def test_a_framework_that_is_not_installed() -> None:
    pins = [pin("keras", "==3.10.0", "lock"), pin("flask", "==3.0", "lock")]
    found = finding("KER661", seen(), pins=pins)
    assert found.message == "uv.lock has keras==3.10.0, and it is not installed"


def test_what_is_asked_for_with_an_extra_is_installed_with_it() -> None:
    pins = [pin("tensorflow", ">=2.20", "manifest", "and-cuda")]
    found = finding("KER661", seen(), pins=pins)
    assert "asks for tensorflow[and-cuda]>=2.20, and it is not installed" in found.message
    assert found.commands == ("/env/bin/python -m pip install 'tensorflow[and-cuda]>=2.20'",)


def test_other_packages_are_information() -> None:
    what = seen(dist("flask", "2.0"))
    assert severities("KER661", what, pins=[pin("flask", ">=3")]) == ["info"]


@pytest.mark.parametrize(
    ("line", "uses"),
    [
        ("import keras, tf_keras", True),
        ("import os, keras as k, tf_keras as t", True),
        ("    from tf_keras.layers import Dense", True),
        ("import tf_keras_vis", False),
        ("import my.tf_keras", False),
        ("# import tf_keras", False),
    ],
)
def test_how_code_says_that_it_uses_a_package(tmp_path: Path, line: str, uses: bool) -> None:
    write(tmp_path, requirements__txt="keras\n", a__py=f"{line}\n")
    assert [one.what for one in of(tmp_path).packages] == ["tf_keras"] * uses


def test_one_of_several_forks_of_a_lock_may_hold() -> None:
    forks = [pin("numpy", "==1.26.4", "lock"), pin("numpy", "==2.2.6", "lock")]
    assert not findings("KER661", seen(dist("numpy", "2.2.6")), pins=forks)


def test_local_and_editable_versions_are_left_alone() -> None:
    pins = [pin("torch", "==2.8.0"), pin("keras", "==3.10.0")]
    what = seen(dist("torch", "2.8.0+cu128"), dist("keras", "3.16.0", editable="file:///me/keras"))
    assert not findings("KER661", what, pins=pins)


def test_poetry_and_pdm_install_what_they_have_locked() -> None:
    what = seen(dist("keras", "3.15.1", installer="Poetry 1.8.3"), folder="/home/me/mine")
    what.distributions = what.distributions[1:]
    wishes = asked(what, pins=[pin("keras", "==3.10.0", "lock")])
    wishes.owner.locked = frozenset({"keras"})
    found = judge(what, wishes)[0]
    assert (found.code, found.commands) == ("KER661", ("poetry -C /home/me/mine install",))


def test_another_variant() -> None:
    what = seen(dist("tensorflow-cpu", "2.21.0"))
    found = finding("KER662", what, pins=[pin("tensorflow", ">=2.20", "manifest", "and-cuda")])
    assert found.severity == "warning"
    assert found.commands == (
        "/env/bin/python -m pip uninstall -y tensorflow-cpu",
        "/env/bin/python -m pip install 'tensorflow[and-cuda]>=2.20'",
    )


def test_variants_of_a_platform_are_the_same() -> None:
    assert not findings(
        "KER662", seen(dist("tensorflow-intel", "2.16.1")), pins=[pin("tensorflow", "")]
    )
    assert not findings("KER662", seen(dist("tensorflow", "2.21.0")), pins=[pin("tensorflow", "")])
    both = [pin("tensorflow-cpu", ""), pin("tensorflow", "")]
    assert not findings("KER662", seen(dist("tensorflow-cpu", "2.21.0")), pins=both)


def test_a_variant_without_gpus_is_why_none_is_used() -> None:
    what = seen(dist("tensorflow-cpu", "2.21.0"), dist("keras", "3.15.1"))
    what.builds = [Build("tensorflow", "2.21.0", "/build_info.py", False)]
    wishes = asked(what, gpu=["--require-gpu"], pins=[pin("tensorflow", "")])
    assert [(one.code, one.severity) for one in judge(what, wishes)] == [("KER662", "error")]


def test_a_stale_environment_explains_its_clashes() -> None:
    what = seen(dist("tensorflow", "2.15.1", "keras (<2.16,>=2.15.0)"), dist("keras", "3.15.1"))
    wishes = asked(
        what, pins=[pin("keras", "==2.15.0", "lock"), pin("tensorflow", "==2.15.1", "lock")]
    )
    found = judge(what, wishes)
    assert [one.code for one in found] == ["KER661"]
    assert found[0].commands == ("/env/bin/python -m pip install keras==2.15.0",)


# TensorBoard


def test_tensorboard_that_the_code_uses() -> None:
    what = seen(dist("tensorflow", "2.21.0"))
    assert finding("KER410", what, packages=["tensorboard"]).commands == (
        "/env/bin/python -m pip install tensorboard",
    )
    assert not findings("KER410", what)
    old = seen(dist("tensorflow", "2.19.0"))
    assert "tensorboard==2.19.*" in finding("KER410", old, packages=["tensorboard"]).commands[0]
    there = seen(dist("tensorflow", "2.21.0"), dist("tensorboard", "2.20.0"))
    assert not findings("KER410", there, packages=["tensorboard"])


# Whose project it is


@pytest.mark.parametrize(
    ("tool", "lock", "environment", "command"),
    [
        ("uv", "uv.lock", ".venv", "uv add --project"),
        ("uv", "uv.lock", "other", "uv pip install"),
        ("uv", "poetry.lock", ".venv", "uv pip install"),
        ("pdm", "pdm.lock", ".venv", "pdm add -p"),
        ("pdm", "", ".venv", "/env/bin/python -m pip install"),
        ("poetry", "poetry.lock", "other", "poetry -C"),
        ("poetry", "", "other", "/env/bin/python -m pip install"),
    ],
)
def test_a_tool_works_on_the_project_that_has_its_lock(
    tmp_path: Path, tool: str, lock: str, environment: str, command: str
) -> None:
    what = seen(*(dist(name, "1", installer=tool) for name in ("numpy", "keras", "h5py")))
    what.interpreter.prefix = str(tmp_path / environment)
    what.folder = str(tmp_path)
    if lock:
        (tmp_path / lock).write_text("version = 1\n", encoding="utf-8")
    assert of(tmp_path, what).owner.install("scipy").startswith(command)
