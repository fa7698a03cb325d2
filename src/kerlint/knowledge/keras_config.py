"""What each Keras makes of the entries of a `keras.json`.

Read from the published packages, and seen by running seven releases from 2.2.5 to 3.15.1
(`tests/knowledge/keras-json.tsv`, written by `tools/keras_json.py`). The file is read when Keras is
imported; what it does not say keeps its default; `KERAS_BACKEND` overrules `"backend"`.

- [Keras 3](https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/config.py)
- [Keras 2.7](https://github.com/keras-team/keras/blob/v2.7.0/keras/backend.py)
- [Keras 2.0 to 2.3](https://github.com/keras-team/keras/blob/2.3.1/keras/backend/load_backend.py)
- [Keras 1](https://github.com/keras-team/keras/blob/1.2.2/keras/backend/__init__.py)
"""

from __future__ import annotations

from kerlint.knowledge.backends import backends, judge_backend, nearest
from kerlint.knowledge.releases import version_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from kerlint.project.targets import Versions

FLOATS = ("float16", "float32", "float64")
LAYOUTS = ("channels_last", "channels_first")
_OF_OLD = {"tf": "channels_last", "th": "channels_first"}


class Fault:
    """What is wrong with an entry.

    `kind`     `refused`: importing keras fails; `ignored`: the entry changes nothing
    `why`      what Keras does with it, in words
    `instead`  the text (as JSON) that may have been meant, or ""
    """

    __slots__ = ("instead", "kind", "why")

    def __init__(self, kind: str, why: str, instead: str = "") -> None:
        self.kind = kind
        self.why = why
        self.instead = instead

    def __repr__(self) -> str:
        return f"<Fault {self.kind}: {self.why}>"


def fault_of(key: str, entries: Mapping[str, Any], versions: Versions) -> Fault | None:
    """What is wrong with the entry `key` of `entries`; None if nothing is, or nobody knows."""
    if versions.keras is None:
        return None
    value = entries[key]
    first = version_key(versions.keras) < version_key("2")
    if key == "backend":
        return _backend(value, versions)
    if key == "floatx":
        if value in FLOATS:
            return None
        meant = "float16" if value == "mixed_float16" else "float32"
        return Fault("refused", f"it takes {_listed(FLOATS)} only", f'"{meant}"')
    if key == "epsilon":
        if isinstance(value, float):
            return None
        return Fault(
            "refused", "it takes a number with a point or an exponent only", _number(value)
        )
    if key == "image_data_format" and not first:
        if value in LAYOUTS:
            return None
        meant = _OF_OLD.get(value, "") if isinstance(value, str) else ""
        return Fault("refused", f"it takes {_listed(LAYOUTS)} only", f'"{meant}"' if meant else "")
    if key == "image_dim_ordering" and not first:
        # "tf" is what Keras does anyway, and a file may speak to both.
        if value != "th" or "image_data_format" in entries:
            return None
        why = "Keras reads `image_data_format` instead since 2.0"
        return Fault("ignored", why, '"image_data_format": "channels_first"')
    return None


def broken_is_ignored(versions: Versions) -> bool:
    """Whether a file that is no JSON is passed over without a word; Keras 1 says so."""
    return versions.keras is not None and version_key(versions.keras) >= version_key("2")


def _backend(value: Any, versions: Versions) -> Fault | None:
    assert versions.keras is not None
    names = backends(versions.keras)
    if not isinstance(value, str) or not value:
        verdict = judge_backend("tensorflow", versions)
        if verdict.kind == "unread":
            return None
        return Fault("refused", f"it has the backends {_listed(names)}")
    verdict = judge_backend(value, versions)
    if verdict.kind != "unknown":
        return None
    why = f"it has the backends {_listed(names)}"
    if verdict.ended:
        why = f"Keras {verdict.ended} dropped that backend"
    meant = nearest(value, names)
    return Fault("refused", why, f'"{meant}"' if meant else "")


def _listed(names: tuple[str, ...]) -> str:
    quoted = [f"`{name}`" for name in names] or ["none"]
    return " and ".join((", ".join(quoted[:-1]), quoted[-1])) if len(quoted) > 1 else quoted[0]


def _number(value: Any) -> str:
    """A number as JSON that is a float."""
    try:
        return repr(float(value))
    except (TypeError, ValueError):
        return "1e-07"
