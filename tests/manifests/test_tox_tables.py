"""tox in a pyproject.toml: as a table, and as the INI text of old."""

from __future__ import annotations

from tests.manifests.saying import said


def test_the_ini_text_in_pyproject() -> None:
    text = '''\
        [tool.tox]
        legacy_tox_ini = """
        [tox]
        envlist = py{39,310}
        [testenv]
        deps =
            py39: tensorflow==2.8.0
            py310: tensorflow==2.12.0
        """
        '''
    assert said("pyproject.toml", text) == [
        "tensorflow==2.8.0 7:11 (env py39)",
        "tensorflow==2.12.0 8:12 (env py310)",
    ]


def test_the_table_in_pyproject() -> None:
    text = """\
        [tool.tox]
        env_list = ["3.12"]
        [tool.tox.env_run_base]
        deps = ["keras==3.0"]
        """
    assert said("pyproject.toml", text) == ["keras==3.0 4:10 (env 3.12)"]


def test_setup_cfg() -> None:
    text = """\
        [metadata]
        name = x
        [tox:tox]
        envlist = py39
        [testenv]
        deps = keras==2.9
        """
    assert said("setup.cfg", text) == ["keras==2.9 6:8 (env py39)"]
