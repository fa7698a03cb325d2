"""Makefiles, the settings of editors, noxfile.py, keras.json."""

from __future__ import annotations

import pytest

from kerlint.manifests.environment import nox
from kerlint.manifests.places import Places
from kerlint.manifests.settings import Found
from tests.manifests.reading import file_of, launches_of, settings_of


def test_makefile() -> None:
    text = (
        "export KERAS_BACKEND = jax\n"
        "export A := $(B)\n"
        "C = theano\n"
        "KERAS_BACKEND ?= torch\n"
        "test: export TF_USE_LEGACY_KERAS = 1\n"
        "test: a b\n"
        "\t@KERAS_BACKEND=numpy python train.py\n"
        "\tKERAS_BACKEND=$(B) pytest\n"
        "\tKERAS_BACKEND=$$B \\\n"
        "\t  pytest\n"
        "define X\n"
        "export KERAS_BACKEND = theano\n"
        "endef\n"
        "D = theano\n"
        "export D E\n"
    )
    assert settings_of("Makefile", text) == [
        "B=numpy 7:17",
        "B=? 8:16",
        "B=? 9:16",
        "B=jax 1:24",
        "A=? 2:13",
        "L=1 5:36",
        "D=theano 14:5",
    ]
    assert launches_of("Makefile", text)[0] == "A=? D=theano B=numpy L=1 train.py"


def test_make_hands_on_what_is_set_once() -> None:
    recipes = "train:\n\tpython train.py\nother:\n\tcd lab && python train.py\n"
    assert launches_of("Makefile", f"export KERAS_BACKEND = jax\n{recipes}") == [
        "B=jax train.py",
        "B=jax lab/train.py",
    ]
    assert launches_of("Makefile", f"train: export KERAS_BACKEND = jax\n{recipes}") == [
        "B=jax train.py",
        "lab/train.py",
    ]
    for head in (
        "export KERAS_BACKEND = jax\nKERAS_BACKEND = torch\n",
        "ifeq ($A, b)\nexport KERAS_BACKEND = jax\nendif\n",
        "include settings.mk\nexport KERAS_BACKEND = jax\n",
    ):
        assert launches_of("Makefile", head + recipes)[0] == "B=? train.py"


def test_make_keeps_quotes_and_the_space_before_a_comment() -> None:
    # GNU make 4: `export X = jax  # y` hands on "jax  ", and quotes as they are.
    text = 'export KERAS_BACKEND = jax  # why\nexport KERAS_BACKEND = "jax"\n'
    values = [one.value for one in file_of("Makefile", text).settings]
    assert values == ["jax  ", '"jax"']


def test_vscode() -> None:
    text = """\
        {
          // what starts
          "configurations": [
            {
              "program": "${workspaceFolder}/a/train.py",
              "env": {"KERAS_BACKEND": "jax", "A": "${env:A}", "B": null,},
            },
            {"program": "${file}", "env": {"KERAS_BACKEND": "torch"}},
          ],
          "terminal.integrated.env.linux": {"TF_USE_LEGACY_KERAS": "1"},
          "other": {"KERAS_BACKEND": "theano"}
        }
        """
    path = ".vscode/launch.json"
    assert settings_of(path, text) == ["B=jax 6:33", "A=? 6:45", "B=torch 8:54", "L=1 10:61"]
    assert launches_of(path, text) == ["A=? B=jax ../a/train.py"]


def test_devcontainer() -> None:
    text = '{"containerEnv": {"KERAS_BACKEND": "jax"}, "remoteEnv": {"A": "${containerEnv:A}"}}'
    assert settings_of(".devcontainer/devcontainer.json", text) == ["B=jax 1:37", "A=? 1:64"]


@pytest.mark.parametrize("text", ["{", '{"env": }', '{"env" "KERAS_BACKEND"}', '{"a', "[1 2]", ""])
def test_what_is_no_json_is_told(text: str) -> None:
    (problem,) = file_of(".vscode/settings.json", text).problems
    assert problem.message.startswith("no valid JSON: ")


def test_noxfile() -> None:
    text = (
        "@nox.session\n"
        "def test(session, backend):\n"
        "    session.env['KERAS_BACKEND'] = 'jax'\n"
        "    session.env['KERAS_BACKEND'] = backend\n"
        "    session.run('pytest', env={'KERAS_BACKEND': 'torch', **other})\n"
        "    session.run('für', env=dict(TF_USE_LEGACY_KERAS='1'))\n"
        "    session.env.update({'A': 'b'})\n"
        "    os.environ['KERAS_BACKEND'] = 'theano'\n"
    )
    found = Found()
    nox.read(text, Places(text), found)
    assert sorted((one.span.start, one.variable, one.value) for one in found.settings) == [
        ((3, 36), "KERAS_BACKEND", "jax"),
        ((4, 36), "KERAS_BACKEND", None),
        ((5, 49), "KERAS_BACKEND", "torch"),
        ((6, 53), "TF_USE_LEGACY_KERAS", "1"),
        ((7, 30), "A", "b"),
    ]


def test_keras_json() -> None:
    file = file_of("keras.json", '{"backend": "jax",\n "epsilon": 1e-7}')
    assert file.entries is not None
    found = [(one.key, one.value, one.span.start) for one in file.entries]
    assert found == [("backend", "jax", (1, 13)), ("epsilon", 1e-7, (2, 13))]


def test_a_model_that_is_called_keras_json_is_no_configuration() -> None:
    for text in ('{"class_name": "Sequential", "backend": "x"}', '{"a": 1}', "[]", "{broken"):
        file = file_of("keras.json", text)
        assert file.entries is None
        assert not file.problems


def test_a_broken_keras_json() -> None:
    (problem,) = file_of("keras.json", '{"backend": "jax",}').problems
    assert problem.place.line == 1
