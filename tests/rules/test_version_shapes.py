"""Shapes of tests of versions, of what exists, and of what a program puts in place itself."""

from __future__ import annotations

import pytest

from tests.rules.api.api_cases import names

NOW = ("keras==3.15.1", "tensorflow==2.21.0")
BEGIN = "import sys\nimport keras\nimport tensorflow as tf\n"


@pytest.mark.parametrize(
    "test",
    [
        'tuple(int(x) for x in keras.__version__.split(".")[:2]) < (3, 0)',
        'tuple(map(int, keras.__version__.split(".")[:2])) < (3, 0)',
        '[int(part) for part in keras.__version__.split(".")] < [3]',
        'tuple([int(p) for p in keras.__version__.split(".") if p.isdigit()]) < (3,)',
        'list(map(int, keras.__version__.split(".")))[0] < 3',
        '"CuDNNLSTM" in dir(keras.layers)',
        '"CuDNNLSTM" in vars(keras.layers)',
        '"CuDNNLSTM" in keras.layers.__dict__',
        'not ("CuDNNLSTM" not in dir(keras.layers))',
    ],
)
def test_judged_by_the_target(test: str) -> None:
    used = f"if {test}:\n    keras.layers.CuDNNLSTM(1)\n"
    assert names("KER302", BEGIN + used, *NOW) == []
    other = used + "else:\n    keras.layers.CuDNNGRU(1)\n"
    assert names("KER302", BEGIN + other, *NOW) == ["keras.layers.CuDNNGRU"]


@pytest.mark.parametrize(
    ("unpacked", "test"),
    [
        ('major, minor = map(int, tf.__version__.split(".")[:2])', "major == 1"),
        ('major, minor = map(int, tf.__version__.split(".")[:2])', "(major, minor) < (2, 0)"),
        ('major, minor = map(int, tf.__version__.split(".")[:2])', "major < 2 and minor > 3"),
        ('major, *rest = tf.__version__.split(".")', "int(major) < 2"),
        ('major, minor, patch = tf.__version__.split(".")', 'major == "1"'),
        ('major, minor, _ = (int(p) for p in tf.__version__.split("."))', "major < 2"),
    ],
)
def test_unpacked_versions(unpacked: str, test: str) -> None:
    code = f"{BEGIN}{unpacked}\nif {test}:\n    tf.get_variable('x')\n"
    assert names("KER310", code, *NOW) == []
    assert len(names("KER310", code.replace("if ", "if not "), *NOW)) == 1


def test_a_match_of_a_version() -> None:
    code = (
        'match int(keras.__version__.split(".")[0]):\n    case 2:\n'
        "        keras.layers.CuDNNGRU(1)\n    case _ if not keras.__version__:\n"
        "        keras.layers.CuDNNGRU(1)\n"
    )
    assert names("KER302", BEGIN + code, *NOW) == []
    assert names("KER302", BEGIN + code.replace("match int(k", "match own(k"), *NOW) == []
    other = BEGIN + "match own:\n    case 2:\n        keras.layers.CuDNNGRU(1)\n"
    assert names("KER302", other, *NOW) == ["keras.layers.CuDNNGRU"]


@pytest.mark.parametrize(
    "put",
    [
        'setattr(keras.backend, "learning_phase", lambda: 0)',
        "keras.backend.learning_phase = lambda: 0",
        'sys.modules["keras.backend.learning_phase"] = own',
    ],
)
def test_what_a_program_puts_there_itself(put: str) -> None:
    use = "keras.backend.learning_phase()\n"
    assert names("KER302", f"{BEGIN}{put}\n{use}", *NOW) == []
    assert names("KER302", f"{BEGIN}{use}", *NOW) == ["keras.backend.learning_phase"]


def test_modules_that_a_program_puts_there_itself() -> None:
    use = "from keras.engine.topology import Layer\nimport keras.engine\n"
    assert len(names("KER301", BEGIN + use, *NOW)) == 2
    assert names("KER301", f'{BEGIN}sys.modules["keras.engine"] = keras\n{use}', *NOW) == []
    assert len(names("KER301", f'{BEGIN}sys.modules["keras.other"] = keras\n{use}', *NOW)) == 2
    # One Keras in the place of another: where that is not done, the names are missing.
    assert len(names("KER301", f'{BEGIN}sys.modules["keras"] = tf.keras\n{use}', *NOW)) == 2


def test_a_module_that_a_function_replaces() -> None:
    code = (
        "def replace():\n    global tf\n    tf = own()\nreplace()\n"
        "tf.placeholder(1)\ndef use():\n    tf.placeholder(1)\n"
    )
    assert names("KER310", BEGIN + code, *NOW) == []
    assert len(names("KER310", BEGIN + code.replace("own()", "None"), *NOW)) == 2
    assert len(names("KER310", BEGIN + code.replace("global tf", "tf = 1"), *NOW)) == 2


def test_a_model_that_a_function_replaces() -> None:
    code = (
        "model = keras.Sequential()\ndef replace():\n    global model\n    model = own()\n"
        "replace()\nmodel.predict_classes(1)\n"
    )
    assert names("KER306", BEGIN + code, *NOW) == []
    kept = code.replace("own()", "keras.Sequential()")
    assert names("KER306", BEGIN + kept, *NOW) == ["keras.Sequential.predict_classes"]


@pytest.mark.parametrize(
    "line",
    [
        "self.assertRaises(AttributeError, lambda: keras.backend.get_session())",
        "self.assertRaisesRegex(AttributeError, 'x', getattr(keras.backend, 'get_session'))",
        "pytest.raises(AttributeError, lambda: keras.backend.get_session())",
        'with mock.patch("keras.backend.get_session", create=True):\n'
        "            keras.backend.get_session()",
        "from unittest.mock import patch\n"
        '        with patch("keras.backend.get_session", create=True):\n'
        "            keras.backend.get_session()",
        'with mock.patch.object(keras.backend, "get_session", own, create=True):\n'
        "            keras.backend.get_session()",
        'monkeypatch.setattr(keras.backend, "get_session", own, raising=False)\n'
        "        keras.backend.get_session()",
        'monkeypatch.setattr("keras.backend.get_session", own, raising=False)\n'
        "        keras.backend.get_session()",
        'if keras.__version__ >= "3":\n            self.skipTest("old")\n'
        "        keras.backend.get_session()",
        'if keras.__version__.startswith("3"):\n            pytest.skip("old")\n'
        "        keras.backend.get_session()",
    ],
)
def test_tests_that_want_it_so(line: str) -> None:
    head = (
        "import pytest\nfrom unittest import mock\nclass Test:\n    def test(self, monkeypatch):\n"
    )
    assert names("KER302", f"{BEGIN}{head}        {line}\n", *NOW) == []
    # The same without what makes it right.
    for right in (", create=True", ", raising=False", "skip", "Raises", "raises"):
        line = line.replace(right, "" if right[0] == "," else "own")
    assert names("KER302", f"{BEGIN}{head}        {line}\n", *NOW) == ["keras.backend.get_session"]
