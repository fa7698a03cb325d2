"""Which backend Keras takes in the examined environment, and why; resolved without importing it.

Keras 3 begins with tensorflow, reads `keras.json`, then `KERAS_BACKEND`. A file that is no JSON is
passed over. https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/config.py
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from kerlint.knowledge.backends import DEFAULT_BACKEND
from kerlint.knowledge.releases import version_key
from kerlint.project.targets import Versions

if TYPE_CHECKING:
    from kerlint.probe.installed import Installed
    from kerlint.probe.observations import Observations

NEEDS = {
    "tensorflow": ("tensorflow",),
    "jax": ("jax", "jaxlib"),
    "torch": ("torch",),
    "numpy": ("jax", "scipy"),
    "openvino": ("openvino", "scipy"),
}
"""Distributions that a backend imports at once; Keras's metadata names none of them.

Read in keras 3.0.5, 3.6.0 and 3.15.1: `src/backend/numpy/nn.py` imports jax, `linalg.py` scipy,
`src/backend/openvino/math.py` scipy.
"""


class Choice(NamedTuple):
    """`backend` as written; `by`: what chose it; `where`: the file or variable, for evidence.

    `overruled`  what else was said, and did not count: (backend, who)
    """

    backend: str
    by: str
    where: str
    overruled: tuple[tuple[str, str], ...] = ()


def entries(seen: Observations) -> dict[str, Any] | None:
    """What `keras.json` says; None where there is none, or Keras cannot read it."""
    text = seen.keras_config.text
    if text is None:
        return None
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def versions(installed: Installed, python: str) -> Versions:
    """The installed versions of the libraries, as rules about targets take them."""
    parts = python.split(".")
    return Versions(
        installed.version("keras") or None,
        installed.version("tensorflow") or None,
        installed.version("tf-keras") or None,
        ".".join(parts[:2]) if python else None,
    )


def is_keras3(installed: Installed) -> bool:
    """Whether the installed Keras is one that has several backends."""
    version = installed.version("keras")
    return bool(version) and version_key(version) >= version_key("3.0.0.dev0")


def choice(seen: Observations) -> Choice:
    """The backend that Keras 3 takes here."""
    said: list[tuple[str, str, str]] = []
    variable = seen.environment.get("KERAS_BACKEND", "")
    if variable:
        said.append((variable, "the variable KERAS_BACKEND", "KERAS_BACKEND"))
    written = (entries(seen) or {}).get("backend")
    if isinstance(written, str) and written:
        file = seen.keras_config.file
        said.append((written, file or "keras.json", file))
    said.append((DEFAULT_BACKEND, "Keras's default, since nothing chooses one", ""))
    backend, by, where = said[0]
    others = tuple((one, who) for one, who, _ in said[1:-1] if one != backend)
    return Choice(backend, by, where, others)
