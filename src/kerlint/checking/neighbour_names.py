"""Of which Keras libraries a module may make objects, by its words alone."""

from __future__ import annotations

import re

from kerlint.knowledge.keras_objects import HUB_LAYER, PROBABILITY_LAYERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_PRIVATE = "tensorflow.python.keras"

_ATTRIBUTE = re.compile(rb"(?<![\w.])([A-Za-z_]\w*)(?:\s*\.\s*(?!python\b)\w+)*?\s*\.\s*keras\b")
"""`tf.keras`, `tf.compat.v2.keras`: the first name of the chain; not `tensorflow.python.keras`."""


def _binding(package: bytes) -> re.Pattern[bytes]:
    """Where names are bound to the package or its parts: the one name, or all that are imported."""
    parts = package + rb"(?:\.\w+)*\s+"
    listed = rb"(\([^)]*\)|(?:[^\n#;\\]|\\\r?\n)*)"
    return re.compile(rb"\b" + parts + rb"as\s+(\w+)|\bfrom\s+" + parts + rb"import\s*" + listed)


_TENSORFLOW = _binding(b"tensorflow")
_PROBABILITY = _binding(b"tensorflow_probability")
_LAYERS = re.compile(rb"(?<![\w.])([A-Za-z_]\w*)(?:\s*\.\s*\w+)*?\s*\.\s*layers\b")
"""`tfp.layers`, `tfp.python.layers`: the first name of the chain."""

_ASSIGNED = re.compile(rb"\b(\w+)\s*=\s*(?:\w+\s*\.\s*)*\w+")
_WORD = re.compile(rb"\w+")


def names_made(data: bytes, imports: Collection[str]) -> Iterator[str]:
    """Names, as in `keras_objects.MAKERS`, that the source `data` may use.

    `imports`  what it imports, as it spells it
    """
    if b"KerasLayer" in data:
        yield HUB_LAYER
    if b"tensorflow_probability" in data and _names_layers(data):
        yield PROBABILITY_LAYERS
    if b"keras" not in data:
        return
    tops = {name.partition(".")[0] for name in imports}
    if "tf_keras" in tops:
        yield "tf_keras"
    if "keras" in tops:
        yield "keras"
    if "tensorflow" in tops:
        if _imports_keras(imports) or (b".keras" in data and _reads_keras(data)):
            yield "tensorflow.keras"
        if any(name.startswith(_PRIVATE) for name in imports) or _PRIVATE.encode() in data:
            yield _PRIVATE


def _names_layers(data: bytes) -> bool:
    """Whether the layers of TensorFlow Probability are named; of its parts only they are Keras."""
    if b"layers" not in data:
        return False
    names = _bound(data, b"tensorflow_probability", _PROBABILITY)
    return b"layers" in names or any(match[1] in names for match in _LAYERS.finditer(data))


def _imports_keras(imports: Collection[str]) -> bool:
    return any(
        name.startswith("tensorflow.") and "keras" in name.split(".") and _PRIVATE not in name
        for name in imports
    )


def _reads_keras(data: bytes) -> bool:
    """Whether `.keras` is an attribute of what may be TensorFlow, outside of comments and texts."""
    from kerlint.source.prose import without_prose

    heads = _heads(data)
    if not heads & _bound(data, b"tensorflow", _TENSORFLOW):
        return False
    code = without_prose(data)
    return bool(_heads(code) & _bound(code, b"tensorflow", _TENSORFLOW))


def _heads(data: bytes) -> set[bytes]:
    return {match[1] for match in _ATTRIBUTE.finditer(data)}


def _bound(data: bytes, package: bytes, binding: re.Pattern[bytes]) -> set[bytes]:
    """Names that may stand for the package, or a part of it; in doubt more of them."""
    names = {package}
    for match in binding.finditer(data):
        names.update(_WORD.findall(match[1] or match[2]))
    for match in _ASSIGNED.finditer(data):
        words = _WORD.findall(match[0])
        if not names.isdisjoint(words[1:]):
            names.add(words[0])
    return names
