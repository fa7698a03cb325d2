"""What `import name` would find, told from the files: nothing is imported."""

from __future__ import annotations

import ast
import os
import sys

from kerlint.probe.collector.answering import names_in, read_text
from kerlint.probe.collector.claims import Claims
from kerlint.probe.collector.interpreter import extension_suffixes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

IMPORTED_NAMES = (
    "keras",
    "tensorflow",
    "tf_keras",
    "jax",
    "jaxlib",
    "torch",
    "numpy",
    "h5py",
    "ml_dtypes",
    "google.protobuf",
    "scipy",
    "tensorboard",
    "openvino",
    "keras_hub",
    "keras_cv",
    "transformers",
)
"""The names that the checks ask for."""


class Finder:
    """Looks for modules in the folders of a path as Python's own finder does."""

    def __init__(self, path: list[str]) -> None:
        self._path = path
        self._suffixes = [
            *((suffix, "extension") for suffix in extension_suffixes()),
            (".py", "module"),
            (".pyc", "module"),
        ]
        self._names: dict[str, frozenset[str]] = {}
        self._editable = editable_places(path)

    def places(self, name: str) -> list[tuple[str, str]]:
        """All places of a module in order: kind (see `ModuleFound`) and file or folder.

        Namespace folders come last, since any real module wins over them.
        """
        folders = self._path
        parent, dot, last = name.rpartition(".")
        if dot:
            folders = [
                os.path.dirname(place) if kind == "package" else place
                for kind, place in self.places(parent)
                if kind in ("package", "namespace")
            ]
        found = []
        spread = []
        for folder in folders:
            kind, place = self._in_folder(folder, last)
            if kind == "namespace":
                spread.append((kind, place))
            elif kind:
                found.append((kind, place))
        mapped = self._editable.get(name, "")
        if mapped:
            found.append(_mapped(mapped))
        return found + spread

    def _in_folder(self, folder: str, name: str) -> tuple[str, str]:
        names = self._listed(folder)
        if name in names:
            inner = os.path.join(folder, name)
            if os.path.isdir(inner):
                inside = self._listed(inner)
                for suffix, _ in self._suffixes:
                    if "__init__" + suffix in inside:
                        return "package", os.path.join(inner, "__init__" + suffix)
        for suffix, kind in self._suffixes:
            if name + suffix in names:
                return kind, os.path.join(folder, name + suffix)
        if name in names and os.path.isdir(os.path.join(folder, name)):
            return "namespace", os.path.join(folder, name)
        return "", ""

    def _listed(self, folder: str) -> frozenset[str]:
        known = self._names.get(folder)
        if known is None:
            known = self._names[folder] = frozenset(names_in(folder))
        return known


def modules_found(finder: Finder, claims: Claims) -> list[dict[str, Any]]:
    """`ModuleFound` for each of the names that the checks ask for."""
    found = []
    for name in IMPORTED_NAMES:
        places = finder.places(name)
        one: dict[str, Any] = {"name": name, "kind": "absent"}
        if name in sys.builtin_module_names:
            one["kind"] = "builtin"
        elif places:
            kind, origin = places[0]
            owner = claims.owner(name, origin)
            others = [place for _, place in places[1:]]
            one.update(kind=kind, origin=origin, owner=owner, others=others)
        found.append(one)
    return found


def editable_places(path: list[str]) -> dict[str, str]:
    """Where setuptools' import hooks of editable installs find modules: name to path.

    `__editable___NAME_finder.py` holds `MAPPING: dict[str, str] = {...}`.
    """
    places: dict[str, str] = {}
    for folder in path:
        for name in names_in(folder):
            if name.startswith("__editable___") and name.endswith("_finder.py"):
                try:
                    tree = ast.parse(read_text(os.path.join(folder, name)))
                except (OSError, SyntaxError, ValueError, MemoryError, RecursionError):
                    continue
                for node in tree.body:
                    target = getattr(node, "target", None) or (getattr(node, "targets", [None]))[0]
                    if isinstance(target, ast.Name) and target.id == "MAPPING":
                        places.update(_literal(getattr(node, "value", None)))
    return places


def _literal(node: Any) -> dict[str, str]:
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return {}
    if not isinstance(value, dict):
        return {}
    return {str(key): one for key, one in value.items() if isinstance(one, str)}


def _mapped(place: str) -> tuple[str, str]:
    if os.path.isfile(os.path.join(place, "__init__.py")):
        return "package", os.path.join(place, "__init__.py")
    if os.path.isfile(place + ".py"):
        return "module", place + ".py"
    return ("namespace" if os.path.isdir(place) else "module"), place
