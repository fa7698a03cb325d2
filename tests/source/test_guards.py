"""Under which conditions a use stands: tests of versions, `try`, `suppress` and their like."""

from __future__ import annotations

import pytest

from tests.source.reading import read

GUARDS = {
    "try import": ("try:\n    import keras\nexcept ImportError:\n    pass", ["import-error"]),
    "try anything": (
        "try:\n    import keras\nexcept Exception:\n    pass",
        ["import-error", "attribute-error", "any-error"],
    ),
    "bare except": (
        "try:\n    import keras\nexcept:\n    pass",
        ["import-error", "attribute-error", "any-error"],
    ),
    "handler that raises again": (
        "try:\n    import keras\nexcept ImportError:\n    raise RuntimeError('install keras')",
        [],
    ),
    "handler": ("try:\n    f()\nexcept ImportError:\n    import keras", ["fallback"]),
    "handler of another error": ("try:\n    f()\nexcept KeyError:\n    import keras", []),
    "type checking": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import keras",
        ["never"],
    ),
    "type checking by module": (
        "import typing\nif typing.TYPE_CHECKING:\n    import keras",
        ["never"],
    ),
    "version test": ("import tf\nif tf.__version__ < '2':\n    import keras", ["condition"]),
    "version in a variable": (
        "import tf\nfrom packaging.version import parse\nv = parse(tf.__version__)\nif v >= parse('2.0'):\n    import keras",
        ["condition"],
    ),
    "after an early return": (
        "import tf\ndef f():\n    if tf.__version__ < '2':\n        return\n    import keras",
        ["condition"],
    ),
    "after an early raise": (
        "import tf\nif int(tf.__version__.split('.')[0]) < 2:\n    raise SystemExit\nimport keras",
        ["condition"],
    ),
    "hasattr": ("import tf\nif hasattr(tf, 'Session'):\n    import keras", ["condition"]),
    "hasattr of a value": (
        "def f(model):\n    if hasattr(model, 'lr'):\n        import keras",
        ["condition"],
    ),
    "hasattr asks for a kind of value": (
        "def f(x):\n    if hasattr(x, '__len__') and len(x) > 1:\n        raise ValueError\n    import keras",
        [],
    ),
    "find_spec": (
        "from importlib.util import find_spec\nif find_spec('keras') is not None:\n    import keras",
        ["condition"],
    ),
    "flag from a try": (
        "try:\n    import tf\n    OK = True\nexcept ImportError:\n    OK = False\nif OK:\n    import keras",
        ["condition"],
    ),
    "function that asks for the version": (
        "import tf\ndef new():\n    return tf.__version__ > '2'\nif new():\n    import keras",
        ["condition"],
    ),
    "telling name": ("from .compat import IS_TF2\nif IS_TF2:\n    import keras", ["condition"]),
    "telling constant": ("from .a import HAVE_GPU\nif HAVE_GPU:\n    import keras", ["condition"]),
    "telling attribute": ("if self._has_tf_addons:\n    import keras", ["condition"]),
    "what a block has": ("if self._has_se or has_mask:\n    import keras", []),
    "backend test": (
        "from .b import backend\nif backend() == 'theano':\n    import keras",
        ["condition"],
    ),
    "signature test": (
        "import inspect\nif 'a' in inspect.signature(f).parameters:\n    import keras",
        ["condition"],
    ),
    "any other test": ("if x:\n    import keras", []),
    "importorskip": ("import pytest\npytest.importorskip('keras')\nimport keras", ["skip"]),
    "skipif on a function": (
        "import pytest\n@pytest.mark.skipif(x, reason='')\ndef test():\n    import keras",
        ["condition"],
    ),
    "pytest.raises": (
        "import pytest\nwith pytest.raises(ImportError):\n    import keras",
        ["import-error", "attribute-error", "any-error"],
    ),
    "suppress": (
        "from contextlib import suppress\nwith suppress(ImportError):\n    import keras",
        ["import-error"],
    ),
    "suppress all": (
        "import contextlib\nwith contextlib.suppress(KeyError, Exception):\n    import keras",
        ["any-error", "attribute-error", "import-error"],
    ),
}


@pytest.mark.parametrize("case", GUARDS)
def test_guards_on_the_import_of_keras(case: str) -> None:
    source, expected = GUARDS[case]
    kinds = [
        [guard.kind for guard in reference.guards]
        for reference in read(source).references
        if reference.name == "keras"
    ]
    assert [sorted(found) for found in kinds] == [sorted(expected)]


CONDITIONS = {
    "tf.__version__ < '2.0'": ("<", (2, 0), "text"),
    "'2.0' > tf.__version__": ("<", (2, 0), "text"),
    "tf.__version__.startswith('2.')": ("startswith", (2,), "text"),
    "int(tf.__version__[0]) >= 2": (">=", (2,), "major"),
    "int(tf.__version__.split('.')[0]) >= 2": (">=", (2,), "major"),
    "int(tf.__version__.split('.')[1]) > 3": (">", (3,), "minor"),
    "tuple(map(int, tf.__version__.split('.')[:2])) >= (2, 4)": (">=", (2, 4), "full"),
    "LooseVersion(tf.__version__) < LooseVersion('1.14')": ("<", (1, 14), "full"),
    "version.parse(tf.__version__).major == 2": ("==", (2,), "major"),
}


@pytest.mark.parametrize("test", CONDITIONS)
def test_version_conditions(test: str) -> None:
    module = read(f"import tensorflow as tf\nif {test}:\n    import keras\n")
    [reference] = [found for found in module.references if found.name == "keras"]
    condition = reference.guards[0].condition
    assert condition is not None
    assert (condition.operator, condition.literal, condition.form) == CONDITIONS[test]
    assert condition.subject == "tensorflow.__version__"


def test_else_has_the_opposite_sense() -> None:
    module = read("import tf\nif tf.__version__ < '2':\n    import a\nelse:\n    import keras\n")
    [reference] = [found for found in module.references if found.name == "keras"]
    assert reference.guards[0].sense is False


@pytest.mark.parametrize(
    "item",
    [
        "contextlib.suppress() if old else contextlib.suppress(AttributeError)",
        "contextlib.suppress() if old else pytest.raises(AttributeError)",
        "(once or contextlib.suppress(AttributeError))",
        "maybe",
    ],
)
def test_what_is_suppressed_or_not(item: str) -> None:
    module = read(
        f"import contextlib, keras, pytest\nmaybe = contextlib.suppress(ImportError)\n"
        f"with {item}:\n    keras.foo\n"
    )
    (use,) = [one for one in module.references if one.name == "keras.foo"]
    assert {guard.kind for guard in use.guards} >= {"attribute-error"}
