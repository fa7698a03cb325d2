"""Asking the rules on imports about a program, with a small inventory of their own."""

from __future__ import annotations

import textwrap
from typing import Any

from kerlint.knowledge.answers import Found
from kerlint.project.targets import Target, Versions
from kerlint.rules._private import is_own_source
from kerlint.rules.base import Context, Rule
from kerlint.rules.imports.mixed_keras_imports import MixedKerasImports
from kerlint.rules.imports.private_keras_import import PrivateKerasImport
from kerlint.rules.imports.retired_package import RetiredPackage
from kerlint.source.names import analyse

RULES: dict[str, Rule] = {
    rule.code: rule for rule in (MixedKerasImports(), PrivateKerasImport(), RetiredPackage())
}

COMMON = (
    "Model",
    "Sequential",
    "callbacks.EarlyStopping",
    "datasets.mnist.load_data",
    "layers.Conv2D",
    "layers.Dense",
    "layers.Layer",
    "models.Model",
    "models.Sequential",
    "optimizers.Adam",
    "utils.get_file",
    "utils.to_categorical",
)
NAMES = (
    *(f"keras.{name}" for name in COMMON),
    *(f"tensorflow.keras.{name}" for name in COMMON),
    "tensorflow.keras.preprocessing.text.Tokenizer",
    "tensorflow.python.keras.layers.Dense",
    "tensorflow.python.keras.layers.Conv2D",
    "tensorflow.python.keras.backend.get_graph",
    "tensorflow.constant",
    "keras.src.layers.Dense",
    "keras.src.layers.Conv2D",
    "keras.src.layers.core.dense.Dense",
    "keras.src.backend.common.name_scope.name_scope",
    "keras.src.backend.cast",
    "keras.src.backend.floatx",
    "keras.src.backend.shape",
    "keras.backend.floatx",
    "keras.src.losses.Loss",
    "keras.src.losses.loss.Loss",
    "keras.losses.Loss",
    "keras._tf_keras.keras.layers.Dense",
    "tf_keras.src.layers.Dense",
    "tf_keras.layers.Dense",
)
HELD = frozenset(
    name.rsplit(".", cut)[0] if cut else name
    for name in NAMES
    for cut in range(name.count(".") + 1)
)


class Shelf:
    """An inventory of `NAMES` and of the modules that hold them."""

    def __init__(self, versions: Versions, legacy: bool) -> None:
        self.versions = versions
        self.legacy = legacy

    def find(
        self, name: str, how: str = "attribute", imported: frozenset[str] = frozenset()
    ) -> Found:
        parts = name.split(".")
        if parts[0] not in HELD:
            return Found(None, "", "", "", True)
        for end in range(1, len(parts) + 1):
            prefix = ".".join(parts[:end])
            if prefix not in HELD:
                return Found(False, prefix, ".".join(parts[: end - 1]), "module", True)
        return Found(True, "", ".".join(parts[:-1]), "module", True)

    def kind(self, name: str) -> str | None:
        if name not in HELD:
            return None
        return "class" if name in NAMES else "module"

    def names(self, container: str) -> frozenset[str]:
        below = [name.removeprefix(f"{container}.") for name in HELD if f"{container}." in name]
        return frozenset(name for name in below if "." not in name)

    def elsewhere(self, name: str) -> tuple[str, ...]:
        leaf = name.rpartition(".")[2]
        public = (
            "src" not in other and "python" not in other and "._" not in other for other in NAMES
        )
        return tuple(
            other
            for other, free in zip(NAMES, public, strict=True)
            if free and other.rpartition(".")[2] == leaf
        )


def findings(
    code: str,
    program: str,
    *,
    path: str = "program.py",
    keras: str | None = "3.15.1",
    tensorflow: str | None = "2.21.0",
    legacy: bool = False,
) -> list[Any]:
    """What the rule `code` finds in `program`."""
    versions = Versions(keras, tensorflow, "2.21.0", "3.11")
    api: Any = Shelf(versions, legacy)
    rule = RULES[code]
    if (rule.spares_keras and is_own_source(path)) or not rule.applies(path, program.encode()):
        return []
    module = analyse(path, textwrap.dedent(program))
    found = list(rule.check(module, Context(api, Target(versions, versions, ""))))
    return sorted(found, key=lambda diagnostic: diagnostic.sort_key())


def lines(code: str, program: str, **options: Any) -> list[int]:
    """The lines of what it finds."""
    return [found.span.start.line for found in findings(code, program, **options)]
