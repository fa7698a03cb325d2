"""What the running process has already imported, and what is therefore too late to change.

Looks at `sys.modules` only; imports nothing and calls nothing of what it finds there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerlint.knowledge.variables import READINGS, readings
from kerlint.project.targets import Versions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kerlint.knowledge.variables import Reading

MODULES = ("tensorflow", "keras", "tf_keras", "jax", "torch", "transformers")


def already(modules: Mapping[str, Any], environ: Mapping[str, str]) -> Iterator[str]:
    """Sentences about what is loaded in this process and which variables have been read by it."""
    there = [name for name in MODULES if modules.get(name) is not None]
    if not there:
        return
    named = " and ".join(
        filter(
            None,
            [", ".join(_named(modules, one) for one in there[:-1]), _named(modules, there[-1])],
        )
    )
    yield f"Already imported in this process: {named}."
    read = sorted(_read(modules, there))
    if read:
        yield (
            f"Read by then, so that setting them now changes nothing: {', '.join(read)}. "
            "Restart the kernel and set them in its first cell."
        )
    backend, wanted = backend_in_force(modules), environ.get("KERAS_BACKEND", "")
    if backend and wanted and backend != wanted:
        yield (
            f"KERAS_BACKEND is {wanted}, and Keras runs on {backend}: it was set too late, or "
            "changed since."
        )


def backend_in_force(modules: Mapping[str, Any]) -> str:
    """The backend of the Keras 3 that is loaded; "" where there is none."""
    value = getattr(modules.get("keras.src.backend.config"), "_BACKEND", "")
    return value if isinstance(value, str) else ""


def _named(modules: Mapping[str, Any], name: str) -> str:
    version = _version(modules, name)
    backend = backend_in_force(modules) if name == "keras" else ""
    on = f" (on {backend})" if backend else ""
    return f"{name} {version}{on}" if version else f"{name}{on}"


def _version(modules: Mapping[str, Any], name: str) -> str:
    version = getattr(modules.get(name), "__version__", "")
    return version if isinstance(version, str) else ""


def _read(modules: Mapping[str, Any], there: list[str]) -> Iterator[str]:
    versions = Versions(
        _version(modules, "keras") or None,
        _version(modules, "tensorflow") or None,
        None,
        None,
    )
    for variable in dict.fromkeys(one.variable for one in READINGS):
        for module, reading in readings(variable, versions).items():
            if module in there and _holds(reading, modules):
                yield variable
                break


def _holds(reading: Reading, modules: Mapping[str, Any]) -> bool:
    """Whether the import of the module made the variable read, with what is loaded by now."""
    if reading.beside in modules:
        return True
    if reading.backends:
        return backend_in_force(modules) in reading.backends
    return not reading.beside
