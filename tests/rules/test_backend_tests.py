"""Names under a test of the backend: those of Keras 3 are the same on all of them."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.rules.api.api_cases import names

KERAS_3 = ("keras==3.15.1", "tensorflow==2.21.0")
START = "import keras\nfrom keras import backend as K\n\n"

FIRE = {
    "one that Keras has": "if K.backend() == 'jax':\n    keras.layers.CuDNNLSTM(1)\n",
    "the other way round": "if 'torch' == K.backend():\n    keras.layers.CuDNNLSTM(1)\n",
    "by its other name": "if keras.config.backend() == 'jax':\n    keras.layers.CuDNNLSTM(1)\n",
    "all but one": "if K.backend() != 'tensorflow':\n    keras.layers.CuDNNLSTM(1)\n",
    "where one is over": """
        if K.backend() == 'theano':
            pass
        else:
            keras.layers.CuDNNLSTM(1)
        """,
    "after a return": """
        def f():
            if K.backend() != 'tensorflow':
                return None
            return keras.layers.CuDNNLSTM(1)
        """,
    "and a version that fits": """
        if K.backend() == 'jax' and keras.__version__ >= '3.0':
            keras.layers.CuDNNLSTM(1)
        """,
}

SILENT = {
    "one that is over": "if K.backend() == 'theano':\n    keras.layers.CuDNNLSTM(1)\n",
    "not one that is over": """
        if K.backend() != 'cntk':
            pass
        else:
            keras.layers.CuDNNLSTM(1)
        """,
    "and another version": """
        if K.backend() == 'tensorflow' and keras.__version__ < '3.0':
            keras.layers.CuDNNLSTM(1)
        """,
    "and what nobody can tell": """
        if K.backend() == 'tensorflow' and has_old_keras:
            keras.layers.CuDNNLSTM(1)
        """,
    "one of several": "if K.backend() in ('jax', 'torch'):\n    keras.layers.CuDNNLSTM(1)\n",
    "by a name": "if backend == 'jax':\n    keras.layers.CuDNNLSTM(1)\n",
}


@pytest.mark.parametrize("case", FIRE)
def test_what_may_run(case: str) -> None:
    found = names("KER302", START + dedent(FIRE[case]), *KERAS_3)
    assert found == ["keras.layers.CuDNNLSTM"]


@pytest.mark.parametrize("case", SILENT)
def test_what_never_runs_or_cannot_be_told(case: str) -> None:
    assert names("KER302", START + dedent(SILENT[case]), *KERAS_3) == []


@pytest.mark.parametrize("case", [*FIRE, *SILENT])
def test_with_keras_2_names_depend_on_the_backend(case: str) -> None:
    program = START + dedent({**FIRE, **SILENT}[case])
    program = program.replace("keras.layers.CuDNNLSTM(1)", "K.pattern_broadcast(1)")
    assert names("KER302", program, "keras==2.2.4", "tensorflow==1.15.5") == []
