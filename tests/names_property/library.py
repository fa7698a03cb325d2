"""Stand-ins for keras and tensorflow that lack what the real ones lack."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

ROOTS = ("keras", "tensorflow")
VERSIONS = {"keras": "3.15.1", "tensorflow": "2.21.0"}

_KERAS = {
    "": ("Sequential", "Model", "Input"),
    ".layers": ("Dense", "LSTM", "Layer"),
    ".models": ("Sequential", "Model"),
    ".utils": ("to_categorical",),
    ".backend": ("clear_session", "epsilon"),
    ".optimizers": ("Adam",),
}
_GONE = {
    "": ("SequentialModel",),
    ".layers": ("CuDNNLSTM", "Merge"),
    ".models": ("Graph",),
    ".utils": ("multi_gpu_model", "np_utils"),
    ".backend": ("set_session", "get_session"),
    ".optimizers": ("adam",),
}
_PLACES = ("keras", "tensorflow.keras")

NAMES = {f"{root}{part}": names for root in _PLACES for part, names in _KERAS.items()}
NAMES["tensorflow"] = ("constant", "Variable")
"""What each module has."""

GONE = {f"{root}{part}": names for root in _PLACES for part, names in _GONE.items()}
GONE["tensorflow"] = ("Session", "placeholder")
"""And what it had in some release, or never had."""

GONE_MODULES = ("keras.engine", "keras.layers.core", "keras.legacy.interfaces")

CLASSES = frozenset({"Dense", "LSTM", "Layer", "Sequential", "Model", "Adam"})
METHODS = {"Sequential": ("fit", "predict", "add"), "Model": ("fit", "predict")}
GONE_METHODS = {"Sequential": ("predict_classes", "fit_generator"), "Model": ("fit_generator",)}
REFUSED = {"Dense": "output_dim", "LSTM": "output_dim"}
"""A keyword that the constructor does not take any more."""


class Absent:
    """What a missing thing is taken for once it is known to be missing."""

    def __getattr__(self, name: str) -> Absent:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *_positional: object, **_keywords: object) -> Absent:
        return self

    def __getitem__(self, _key: object) -> Absent:
        return self

    def __iter__(self) -> Iterator[object]:
        return iter(())

    def __mro_entries__(self, _bases: object) -> tuple[type, ...]:
        return (object,)


class Libraries(MetaPathFinder, Loader):
    """The stand-ins for one run of a program.

    `place`     the line of the program that runs now
    `forgiven`  lines whose fault is known: what they ask for is taken to be there
    `fault`     the line at which something was missing last
    """

    def __init__(self, place: Callable[[], int], forgiven: set[int]) -> None:
        self.place = place
        self.forgiven = forgiven
        self.fault = 0

    def missing(self, error: Exception) -> Absent:
        """Raise the error, unless it is forgiven."""
        if self.place() not in self.forgiven:
            self.fault = self.place()
            raise error
        return Absent()

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> Any:
        if fullname.partition(".")[0] not in ROOTS:
            return None
        if fullname not in NAMES and self.place() not in self.forgiven:
            self.fault = self.place()
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return ModuleType(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        full = module.__name__
        names = vars(module)
        if full not in NAMES:
            names["__getattr__"] = lambda _name: Absent()
            return
        if full in VERSIONS:
            names["__version__"] = VERSIONS[full]
        names["__all__"] = list(NAMES[full])
        for name in NAMES[full]:
            names[name] = self._made(name)
        for inner in children(full):
            names[inner.rpartition(".")[2]] = importlib.import_module(inner)

        def absent(name: str) -> Absent:
            if name.startswith("__"):
                raise AttributeError(name)
            return self.missing(AttributeError(f"module {full!r} has no attribute {name!r}"))

        names["__getattr__"] = absent

    def _made(self, name: str) -> Any:
        if name not in CLASSES:
            return lambda *_positional, **_keywords: None
        libraries = self

        class Made:
            def __init__(self, *_positional: object, **keywords: object) -> None:
                if REFUSED.get(name) in keywords:
                    libraries.missing(TypeError("unexpected keyword argument"))

            def __getattr__(self, attribute: str) -> Any:
                if attribute in GONE_METHODS.get(name, ()):
                    return libraries.missing(AttributeError(attribute))
                if attribute in METHODS.get(name, ()):
                    return lambda *_positional, **_keywords: None
                raise AttributeError(attribute)

        return Made

    def forget(self) -> None:
        """Take away modules that are not there: the next import of one is a fault of its own."""
        for full in [name for name in loaded() if name not in NAMES]:
            module = sys.modules.pop(full)
            parent, _, leaf = full.rpartition(".")
            if parent in sys.modules and vars(sys.modules[parent]).get(leaf) is module:
                delattr(sys.modules[parent], leaf)


def children(module: str) -> list[str]:
    """The modules right below one."""
    return [name for name in NAMES if name.rpartition(".")[0] == module]


def loaded() -> list[str]:
    """The modules of the libraries that are loaded."""
    return [name for name in sys.modules if name.partition(".")[0] in ROOTS]
