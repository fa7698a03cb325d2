"""tox, pytest-env, and the tables of pyproject.toml."""

from __future__ import annotations

from tests.manifests.reading import file_of, settings_of


def test_tox_ini() -> None:
    text = """\
        [tox]
        envlist = py, jax
        [testenv]
        setenv =
            KERAS_BACKEND = jax  # why
            # KERAS_BACKEND = theano
            torch: KERAS_BACKEND=torch
            py{310,311}-numpy: KERAS_BACKEND=numpy
            A={env:KERAS_BACKEND:theano}
            file|.env
        commands = pytest
        [testenv:legacy]
        set_env = TF_USE_LEGACY_KERAS=1
        [other]
        setenv = KERAS_BACKEND=theano
        """
    assert settings_of("tox.ini", text) == [
        "B=jax 5:21",
        "B=torch 7:26",
        "B=numpy 8:38",
        "A=? 9:7",
        "L=1 13:31",
    ]
    runs = [one.run for one in file_of("tox.ini", text).settings]
    assert runs == ["[testenv] setenv", "", "", "[testenv] setenv", "[testenv:legacy] set_env"]


def test_pytest_env() -> None:
    text = """\
        [pytest]
        env =
            KERAS_BACKEND=jax
            D:TF_USE_LEGACY_KERAS=1
            R:A={b}
            B2={b}
        [tool:pytest]
        env = KERAS_BACKEND = torch
        """
    expected = ["B=jax 3:19", "L=1 4:27", "A={b} 5:9", "B2=? 6:8", "B=torch 8:23"]
    assert settings_of("pytest.ini", text) == expected
    assert settings_of("setup.cfg", text) == expected


def test_tables_of_pyproject() -> None:
    text = '''\
        [tool.tox]
        legacy_tox_ini = """
        [testenv]
        setenv =
            KERAS_BACKEND = jax
        """
        env_run_base.set_env.KERAS_BACKEND = "torch"
        [tool.tox.env.x]
        set_env = { KERAS_BACKEND = "numpy", A = { replace = "env", name = "B" } }
        [tool.pytest.ini_options]
        env = ["KERAS_BACKEND=jax", 'D:TF_USE_LEGACY_KERAS=1']
        [tool.pytest_env]
        KERAS_BACKEND = { value = "jax", skip_if_set = true }
        [tool.hatch.envs.default.env-vars]
        KERAS_BACKEND = 'torch'
        X = "{env:KERAS_BACKEND:theano}"
        [[tool.x]]
        a = 1
        [[tool.x]]
        KERAS_BACKEND = """jax""" # theano
        '''
    assert settings_of("pyproject.toml", text) == [
        "B=jax 5:21",
        "B=torch 7:39",
        "B=numpy 9:30",
        "B=jax 11:23",
        "L=1 11:52",
        "B=jax 13:28",
        "B=torch 15:18",
        "X=? 16:6",
        "B=jax 20:20",
    ]


def test_strings_that_look_like_tables_are_none() -> None:
    text = """\
        [project]
        description = '''
        [tool.pytest_env]
        KERAS_BACKEND = "theano"
        '''
        keywords = [
            # KERAS_BACKEND = "theano"
            "KERAS_BACKEND = 'theano'", "b",
        ]
        """
    assert settings_of("pyproject.toml", text) == []


def test_what_is_no_toml_is_told_with_its_place() -> None:
    (problem,) = file_of("pyproject.toml", "[a]\nKERAS_BACKEND = jax\n").problems
    assert problem.place.line == 2
    assert problem.message.startswith("no valid TOML: ")
