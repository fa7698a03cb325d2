"""What the starts of a real interpreter tell: its path, `site`, `.pth` files, markers."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from packaging.markers import default_environment

from kerlint.probe.collector.pth import pth_raised
from kerlint.probe.observations import Observations
from tests.probe.environments import Environment, add_distribution


def kinds(seen: Observations) -> dict[str, str]:
    return {entry.path: entry.kind for entry in seen.path}


def test_a_sound_environment(environment: Environment) -> None:
    environment.add("keras", "3.15.1")
    seen = environment.seen()
    assert [(one.mode, one.answered, one.returncode) for one in seen.starts] == [
        ("ordinary", True, 0),
        ("isolated", True, 0),
        ("without-site", True, 0),
    ]
    assert seen.not_checked[:-1] == []
    interpreter = seen.interpreter
    assert interpreter.executable == str(environment.python)
    assert interpreter.prefix == str(environment.folder)
    assert interpreter.base_prefix == sys.base_prefix
    assert interpreter.markers == default_environment()
    assert kinds(seen)[str(environment.site)] == "site"
    assert set(kinds(seen).values()) == {"stdlib", "site"}
    assert seen.site.site_packages == [str(environment.site)]
    assert seen.site.virtual_environment
    assert seen.site.system_site_packages is False
    assert seen.site.writable
    assert (seen.pth, seen.overlaps, seen.leftovers, seen.shadows) == ([], [], [], [])
    keras = seen.module("keras")
    assert keras is not None
    assert (keras.kind, keras.owner) == ("package", "keras")


def test_the_interpreter_itself() -> None:
    from kerlint.probe.collecting import collect

    seen = collect("", "", seconds=30, gpu=False)
    assert seen.interpreter.executable == sys.executable
    assert seen.interpreter.prefix == sys.prefix
    assert seen.distribution("pytest") is not None


def test_system_site_packages(no_variables: None, tmp_path: Path) -> None:
    seen = Environment(tmp_path / "env", system_site_packages=True).seen()
    assert seen.site.system_site_packages is True
    assert len(seen.site.site_packages) > 1


def test_faults_of_pth_files(environment: Environment) -> None:
    site = environment.site
    (site / "there.pth").write_text(f"# a comment\n\n{site.parent}\n", encoding="utf-8")
    (site / "gone.pth").write_text("/nowhere/at/all\n", encoding="utf-8")
    lines = "import sys; sys.stray = 1\nimport not_there_at_all\n"
    (site / "raises.pth").write_text(lines, encoding="utf-8")
    seen = environment.seen()
    faults = {(Path(one.file).name, one.line, one.problem): one for one in seen.pth}
    assert faults[("gone.pth", 1, "points-nowhere")].text == "/nowhere/at/all"
    raised = faults[("raises.pth", 2, "raises")]
    assert raised.text == "import not_there_at_all"
    assert raised.detail == "ModuleNotFoundError: No module named 'not_there_at_all'"
    assert {name for name, _, _ in faults} == {"gone.pth", "raises.pth"}
    assert kinds(seen)[str(site.parent)] in ("pth", "stdlib")


def test_a_pth_file_that_cannot_be_decoded(environment: Environment) -> None:
    """Python before 3.13 does not start at all with it."""
    environment.add("keras", "3.15.1")
    (environment.site / "bad.pth").write_bytes(b"\xff\xfe\x00")
    seen = environment.seen()
    assert [(Path(one.file).name, one.problem) for one in seen.pth] == [("bad.pth", "unreadable")]
    assert seen.distribution("keras")
    if sys.version_info < (3, 13):
        assert not seen.starts[0].answered
        assert "bad.pth" in seen.starts[0].stderr or "decode" in seen.starts[0].stderr


def test_what_site_says_of_a_line_that_raises() -> None:
    said = (
        "Error processing line 1 of /env/a.pth:\n\n"
        "  Traceback (most recent call last):\n"
        '    File "<string>", line 1, in <module>\n'
        "  ImportError: no a\n\nRemainder of file ignored\n"
        "Error processing line 7 of /env/b.pth:\n\n  Traceback (most recent call last):\n"
        "  ValueError\n\nRemainder of file ignored\n"
    )
    found = [(one["file"], one["line"], one["detail"]) for one in pth_raised(said)]
    assert found == [("/env/a.pth", 1, "ImportError: no a"), ("/env/b.pth", 7, "ValueError")]


def test_pythonpath(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other, project = tmp_path / "other", tmp_path / "project"
    add_distribution(other, "keras", "2.15.0")
    (project / "lib").mkdir(parents=True)
    environment.add("keras", "3.15.1")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(other), "lib"]))
    seen = environment.seen(project)
    assert [entry.path for entry in seen.path[:2]] == [str(other), str(project / "lib")]
    assert [entry.kind for entry in seen.path[:2]] == ["pythonpath", "pythonpath"]
    winner = seen.distribution("keras")
    assert winner is not None
    assert winner.version == "2.15.0"
    (shadow,) = seen.shadows
    assert (shadow.module, shadow.kind, shadow.entry) == ("keras", "pythonpath", str(other))
    assert seen.environment["PYTHONPATH"].endswith("lib")


def test_a_project_that_hides_a_package(environment: Environment, tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    environment.add("keras", "3.15.1")
    (project / "keras.py").write_text("raise SystemExit(9)", encoding="ascii")
    (project / "random.py").write_text("raise SystemExit(9)", encoding="ascii")
    seen = environment.seen(project)
    assert [one.answered for one in seen.starts] == [True] * 3
    assert {one.module for one in seen.shadows} == {"keras", "random"}


@pytest.mark.skipif(sys.version_info < (3, 11), reason="safe paths came with Python 3.11")
def test_a_safe_path(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "random.py").write_text("", encoding="ascii")
    monkeypatch.setenv("PYTHONSAFEPATH", "1")
    assert environment.seen(tmp_path / "project").shadows == []


@pytest.mark.skipif(os.name != "posix", reason="the layout of POSIX")
def test_a_user_site(no_variables: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    base = Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
    if not base.exists():
        pytest.skip(f"no {base}")
    monkeypatch.setenv("PYTHONUSERBASE", str(tmp_path))
    user = tmp_path / "lib" / base.name / "site-packages"
    add_distribution(user, "keras", "2.15.0")
    from kerlint.probe.collecting import collect

    seen = collect(str(base), "", seconds=30, gpu=False)
    if not seen.site.user_site_enabled:
        pytest.skip("this user may not have a user site")
    assert kinds(seen)[str(user)] == "user-site"
    (keras,) = [one for one in seen.distributions if one.name == "keras" and one.user_site]
    assert keras.version == "2.15.0"


def test_a_conda_prefix(environment: Environment) -> None:
    meta = environment.folder / "conda-meta"
    meta.mkdir()
    (meta / "history").write_text("", encoding="ascii")
    (meta / "ml-dtypes-0.5.1-py311_0.json").write_text('{"channel": "conda-forge"}')
    seen = environment.seen()
    assert seen.site.conda_prefix == str(environment.folder)
    (package,) = seen.conda
    assert (package.name, package.version, package.build, package.channel) == (
        "ml-dtypes",
        "0.5.1",
        "py311_0",
        "conda-forge",
    )


def test_secrets_stay_where_they_are(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = {"TF_API_TOKEN": "t1", "CUDA_SECRET": "t2", "KERAS_KEY": "t3", "HOME_NET": "t4"}
    hidden["TF_VAR_database"] = "t5"
    for name, value in {**hidden, "KERAS_BACKEND": "jax", "OMP_NUM_THREADS": "2"}.items():
        monkeypatch.setenv(name, value)
    seen = environment.seen()
    assert seen.environment["KERAS_BACKEND"] == "jax"
    assert seen.environment["OMP_NUM_THREADS"] == "2"
    assert not hidden.keys() & seen.environment.keys()


def test_keras_home(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = tmp_path / "settings"
    home.mkdir()
    (home / "keras.json").write_text('{"backend": "jax"', encoding="ascii")
    monkeypatch.setenv("KERAS_HOME", str(home))
    config = environment.seen().keras_config
    assert (config.home, config.home_source) == (str(home), "KERAS_HOME")
    assert (config.home_exists, config.writable) == (True, True)
    assert config.text == '{"backend": "jax"'
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "absent" / "deep"))
    config = environment.seen().keras_config
    assert (config.home_exists, config.writable, config.text) == (False, True, None)
