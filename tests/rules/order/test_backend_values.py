"""KER206 and KER207: values of the two switches that do not do what they say."""

from __future__ import annotations

import pytest

from tests.rules.order.variable_cases import findings, lines

UNKNOWN = {
    "another spelling": (
        """
        import os
        os.environ["KERAS_BACKEND"] = "pytorch"
        import keras
        """,
        [3],
    ),
    "every way": (
        """
        import os
        os.environ.setdefault("KERAS_BACKEND", "TensorFlow")
        os.environ.update({"KERAS_BACKEND": "tf"})
        os.environ.update(KERAS_BACKEND="JAX")
        BACKEND = "Torch"
        os.environ["KERAS_BACKEND"] = BACKEND
        """,
        [3, 4, 5, 7],
    ),
    "of another time": (
        """
        import os
        def main():
            os.environ["KERAS_BACKEND"] = "theano"
        """,
        [4],
    ),
    "by a call": (
        """
        import keras
        keras.config.set_backend("pytorch")
        """,
        [3],
    ),
    "by a call under another name": (
        """
        from keras.config import set_backend
        set_backend("tf")
        """,
        [3],
    ),
}

KNOWN = {
    "a backend": """
        import os, keras
        os.environ["KERAS_BACKEND"] = "torch"
        keras.config.set_backend("jax")
        """,
    "none": """
        import os
        os.environ["KERAS_BACKEND"] = ""
        """,
    "what cannot be known": """
        import os, sys, keras
        os.environ["KERAS_BACKEND"] = sys.argv[1]
        os.environ["KERAS_BACKEND"] = f"{sys.argv[1]}"
        keras.config.set_backend(sys.argv[1])
        """,
    "a test of an error": """
        import os, keras, pytest
        def test_unknown(monkeypatch):
            os.environ["KERAS_BACKEND"] = "nonsense"
            monkeypatch.setenv("KERAS_BACKEND", "nonsense")
            with pytest.raises(ValueError):
                keras.config.set_backend("nonsense")
        """,
    "for an older keras": """
        import os
        import keras
        if keras.__version__ < "2.4":
            os.environ["KERAS_BACKEND"] = "theano"
        """,
    "another variable": """
        import os
        os.environ["MY_KERAS_BACKEND"] = "pytorch"
        """,
}


@pytest.mark.parametrize("case", UNKNOWN)
def test_unknown(case: str) -> None:
    program, expected = UNKNOWN[case]
    assert lines("KER206", program) == expected


@pytest.mark.parametrize("case", KNOWN)
def test_known(case: str) -> None:
    assert lines("KER206", KNOWN[case]) == []


def test_depends_on_the_version() -> None:
    program = 'import os\nos.environ["KERAS_BACKEND"] = "theano"\n'
    assert lines("KER206", program, keras="2.3.1") == []
    assert lines("KER206", program, keras="2.15.0") == []  # nobody reads it: KER205
    assert lines("KER206", program, keras="3.15.1") == [2]


def test_says_what_may_be_meant() -> None:
    (found,) = findings("KER206", UNKNOWN["another spelling"][0])
    assert found.message == "Keras 3.15.1 has no backend `pytorch`"
    assert found.help == "did you mean `torch`?"
    (found,) = findings("KER206", UNKNOWN["of another time"][0])
    assert found.message == "Keras 3.15.1 has no backend `theano`: Keras 2.4 dropped it"
    assert "`openvino`" in found.help


SWITCH = 'import os\nos.environ["TF_USE_LEGACY_KERAS"] = "{}"\nimport tensorflow\n'


@pytest.mark.parametrize("value", ["TRUE", "yes", "on", "2"])
def test_a_switch_that_stays_off(value: str) -> None:
    (found,) = findings("KER207", SWITCH.format(value))
    assert found.span.start.line == 2
    assert found.help == 'write `"1"`'


@pytest.mark.parametrize("value", ["1", "true", "True", "0", "false", "False", "", "no"])
def test_a_switch_that_is_read(value: str) -> None:
    assert lines("KER207", SWITCH.format(value)) == []


def test_an_older_tensorflow_has_no_switch() -> None:
    assert lines("KER207", SWITCH.format("yes"), keras="2.14.0", tensorflow="2.14.1") == []


def test_a_switch_that_is_computed() -> None:
    program = 'import os, sys\nos.environ["TF_USE_LEGACY_KERAS"] = sys.argv[1]\n'
    assert lines("KER207", program) == []
