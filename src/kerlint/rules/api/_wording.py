"""The sentences of the rules on names: what became of a name, and what to write instead."""

from __future__ import annotations

from kerlint.knowledge.releases import version_key, version_on
from kerlint.rules.api._verdicts import TF_KERAS, is_keras

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.knowledge.answers import History
    from kerlint.knowledge.api import Api
    from kerlint.rules.base import Context

_LIBRARIES = {"keras": "Keras", "tensorflow": "TensorFlow", "tf-keras": "tf-keras"}


def spelled(name: str) -> str:
    """A name as people write it: `tf.keras.layers` for `tensorflow.keras.layers`."""
    return name.replace(TF_KERAS, "tf.keras", 1) if name.startswith(TF_KERAS) else name


def target_of(name: str, context: Context) -> str:
    """The library and version that decides about the name, e.g. `Keras 3.15.1`."""
    versions = context.target.newest
    if name.startswith("tf_keras"):
        return f"tf-keras {versions.tf_keras}" if versions.tf_keras else "tf-keras"
    if name.startswith(TF_KERAS) and versions.tensorflow:
        if context.api.legacy:
            return f"tf-keras {versions.tf_keras}"
        if versions.keras is None or version_key(versions.tensorflow) < (2, 16):
            return f"TensorFlow {versions.tensorflow}"
        return f"Keras {versions.keras}"
    if is_keras(name):
        return f"Keras {versions.keras}"
    return f"TensorFlow {versions.tensorflow}"


def fate(history: History | None, now: str | None) -> str:
    """What became of a name, as a clause: `it was removed after Keras 2.15.0`."""
    if history is None or not history.intervals:
        return "no release has it"
    library = _LIBRARIES.get(history.axis, history.axis)
    first, last = history.intervals[0][0], history.intervals[-1][1]
    if now is not None and version_key(first) > version_key(now):
        return f"it comes with {library} {first}"
    in_a_gap = now is not None and version_key(now) < version_key(last)
    if in_a_gap:
        spans = ", ".join(_interval(begin, end) for begin, end in history.intervals)
        return f"{library} had it in {spans}"
    return f"it was last in {library} {last}"


def _interval(begin: str, end: str) -> str:
    return begin if begin == end else f"{begin}-{end}"


def axis_version(history: History | None, context: Context) -> str | None:
    """The target's version on the axis of a history."""
    if history is None:
        return None
    return version_on(history.axis, context.target.newest)


def fate_of(name: str, context: Context) -> str:
    """`fate` of a full name."""
    history = context.api.history(name)
    if history is None:
        from kerlint.knowledge.replacements import replacement

        if replacement(name) is not None:
            return "it is gone"
    return fate(history, axis_version(history, context))


def cure(name: str, context: Context) -> str:
    """What to write instead of a missing name; "" if kerlint knows of nothing."""
    from kerlint.knowledge.replacements import replacement

    row, api = replacement(name), context.api
    if row is not None:
        return row.sentence(context.target.newest, lambda one: api.find(one).exists is True)
    if api.history(name) is None:
        near = api.nearest(name) or _misplaced(name, api)
        return f"did you mean `{spelled(near)}`?" if near else ""
    return moved(name, api)


def cure_of_chain(name: str, missing: str, context: Context) -> str:
    """What to write instead of the whole chain `name`, of which `missing` is not there.

    Of `tf.python_io.TFRecordWriter` the module is missing, and the class has another home.
    """
    from kerlint.knowledge.replacements import replacement

    parts = name.split(".")
    for end in range(len(parts), missing.count(".") + 1, -1):
        longer = ".".join(parts[:end])
        known = replacement(longer) is not None or context.api.history(longer) is not None
        if known and (found := cure(longer, context)):
            return found
    return cure(missing, context)


def _misplaced(name: str, api: Api) -> str:
    """The same name in another module of its root, where no release has it here; "" if none has.

    People write `tf.reduce_variance` as they write `tf.reduce_mean`, and it is in `tf.math`.
    """
    root = TF_KERAS if name.startswith(TF_KERAS) else _view(name)
    places = [place for place in api.elsewhere(name) if place.startswith(root)]
    return next(iter(places), "")


def _view(name: str) -> str:
    """The root of a name with a dot, and of `tensorflow.compat.v2.Print` that view of TensorFlow."""
    parts = name.split(".")
    return ".".join(parts[: 3 if parts[1:2] == ["compat"] else 1]) + "."


def moved(name: str, api: Api) -> str:
    """Where the same name can be found under the same root; "" if nowhere.

    A module of the same name elsewhere is another module, so it is not offered; but what TensorFlow 1
    had is below `compat.v1`.
    """
    history = api.history(name)
    if history is not None and history.kind == "module":
        first = f"tensorflow.compat.v1.{name.partition('.')[2]}"
        there = name.startswith("tensorflow.") and api.find(first).exists
        empty = api.find(f"{first}.any").exists is False and not api.names(first)
        return f"today that module is found at `{first}`" if there and not empty else ""
    root = TF_KERAS if name.startswith(TF_KERAS) else name.partition(".")[0] + "."
    places = [place for place in api.elsewhere(name) if place.startswith(root)]
    return f"today that name is found at `{spelled(places[0])}`" if places else ""


def cure_of_import(names: list[str], missing: str, context: Context) -> str:
    """What to write instead of `from MISSING import ...` for all the names at once."""
    if len(names) > 1:
        homes = {_home(name, context.api) for name in names}
        if len(homes) == 1 and "" not in homes:
            return f"today these names are found in `{spelled(homes.pop())}`"
    return cure(names[0], context) or cure(missing, context)


def _home(name: str, api: Api) -> str:
    """The module that has the last component of a name now; "" if none has."""
    root = TF_KERAS if name.startswith(TF_KERAS) else name.partition(".")[0] + "."
    leaf_of = [place for place in api.elsewhere(name) if place.startswith(root)]
    old = name.split(".")
    for place in leaf_of:
        home = place.rpartition(".")[0]
        if home.rpartition(".")[2] in old:  # keras.layers, for keras.layers.core
            return home
    return leaf_of[0].rpartition(".")[0] if leaf_of else ""
