"""Whether a name exists: the walk along its components.

The state of a component decides what may follow it; see `codes` for the letters.
"""

from __future__ import annotations

from kerlint.knowledge.answers import Found
from kerlint.knowledge.codes import ATTRIBUTE, IMPORTABLE, KINDS, MODULE, OPEN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.knowledge.api import Api

MODULE_ATTRIBUTES = frozenset(
    {
        "__builtins__",
        "__cached__",
        "__class__",
        "__dict__",
        "__doc__",
        "__file__",
        "__getattribute__",
        "__loader__",
        "__name__",
        "__package__",
        "__path__",
        "__setattr__",
        "__spec__",
    }
)
"""What every module has (`__path__`: every package)."""

UNCERTAIN = frozenset(
    [f"keras.src.backend.{name}" for name in ("jax", "numpy", "openvino", "tensorflow", "torch")]
    + [f"tensorflow.{name}" for name in ("compiler", "core", "dtensor", "python", "security")]
    + [f"tensorflow.{name}" for name in ("tools", "tsl", "lite.experimental.microfrontend")]
    + [f"tensorflow.lite.{name}" for name in ("python", "testing", "toco", "tools")]
)
"""Inner packages of which a plain import loads parts: more or fewer with backend and platform."""

TWOFOLD = frozenset(
    {
        "tensorflow.compat.v1.app",
        "tensorflow.compat.v1.layers",
        "tensorflow.compat.v2.summary",
        "tensorflow.distribute",
        "tensorflow.lite",
    }
)
"""As attributes these are parts of the public API; an import finds another module of that name."""

UNKNOWN = Found(None, "", "", "", True)


def find(api: Api, name: str, how: str, imported: frozenset[str]) -> Found:
    """The answer of `Api.find`, which remembers it."""
    views = api.views
    parts = name.split(".")
    prefix = parts[0]
    if prefix not in views.mounts:
        return UNKNOWN
    state = "D"
    holder = prefix
    reached = ""  # the last prefix that can be reached, if a later one cannot
    last = len(parts) - 1
    for number in range(1, len(parts)):
        if state not in MODULE:
            return _below(api, prefix, state, parts[number:], how, reached)
        full = f"{prefix}.{parts[number]}"
        imports = how == "import" or (how == "from" and number < last)
        if full == "tensorflow.keras" and full not in views.mounts:
            return UNKNOWN  # the library that it is has no known version
        child = _child(api, prefix, parts[number], imports)
        if not child:
            return _absent(api, name, prefix, state, parts[number:], how)
        if imports and child not in IMPORTABLE:
            return Found(False, full, prefix, "module", True)
        if child in MODULE and (imports or how == "attribute"):
            if full in (TWOFOLD if imports else UNCERTAIN) and (number < last or not imports):
                return Found(None, "", prefix, "module", True)
            if not (imports or reached or child in ATTRIBUTE or views.loaded(full, imported)):
                if any(not api.find(module).reachable for module in imported):
                    return Found(None, "", prefix, "module", True)  # they may have loaded it
                reached = prefix
        holder, prefix, state = prefix, full, child
    if reached:
        return Found(True, "", reached, "module", False)
    return Found(True, "", holder, "module", True)


def _child(api: Api, prefix: str, part: str, imports: bool) -> str:
    """The state of a module's child, "" if there is none."""
    views = api.views
    child = views.children(prefix).get(part, "")
    full = f"{prefix}.{part}"
    mount = views.mounts.get(full)
    if mount is None:
        return child
    # Another part of the data says what is below, and so whether it is there.
    if imports and not mount.importable:
        return ""
    if views.children(full):
        return child if child and child not in OPEN else "D"
    return child if child in OPEN else ""


def _absent(api: Api, name: str, prefix: str, state: str, rest: list[str], how: str) -> Found:
    """The answer for a child that the module `prefix` is not known to have."""
    part = rest[0]
    if part in MODULE_ATTRIBUTES and how != "import":
        return Found(True, "", prefix, "module", True) if len(rest) == 1 else UNKNOWN
    if state in OPEN and not (api.views.children(prefix) and api.views.aliased(prefix)):
        return _starred(api, name, prefix, how)
    if part.startswith("_") and not api.views.ever(prefix, part):
        return Found(None, "", prefix, "module", True)
    return Found(False, f"{prefix}.{part}", prefix, "module", True)


def _starred(api: Api, name: str, prefix: str, how: str) -> Found:
    """The answer for what an open module would hold.

    The modules of Keras 2.4 take what they have from the tf.keras module of the same name.
    """
    unknown = Found(None, "", prefix, "module", True)
    if not (prefix.startswith("keras") and (api.versions.keras or "").startswith("2.4.")):
        return unknown
    if not api.views.children(f"tensorflow.{prefix}"):
        return unknown
    found = api.find(f"tensorflow.{name}", how)
    if found.exists is None:
        return unknown
    return Found(found.exists, found.missing[len("tensorflow.") :], prefix, "module", True)


def _below(api: Api, prefix: str, state: str, rest: list[str], how: str, reached: str) -> Found:
    """The answer for what lies below `prefix`, which is no module."""
    kind = KINDS[state]
    if how != "attribute":
        return Found(False, prefix, prefix.rpartition(".")[0], "module", True)
    members = api.members(prefix) if state == "c" else None
    if members is None or rest[0].startswith("__"):
        return Found(None, "", prefix, kind, True)
    full = f"{prefix}.{rest[0]}"
    if rest[0] not in members:
        if rest[0].startswith("_"):
            return Found(None, "", prefix, kind, True)  # not every private member can be seen
        return Found(False, full, prefix, kind, not reached)
    if len(rest) > 1:
        return Found(None, "", full, "", True)
    return Found(True, "", reached or prefix, kind, not reached)
