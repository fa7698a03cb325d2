"""KER309."""

from __future__ import annotations

from kerlint.knowledge.keras_objects import MODEL
from kerlint.knowledge.releases import version_key
from kerlint.knowledge.saving import ORBAX, accepted
from kerlint.rules._guards import ANY, silenced
from kerlint.rules.api._given_models import calls as given
from kerlint.rules.api._models import argument, keras_of, may_be_own, plain_name, texts_of
from kerlint.rules.api._verdicts import judge_of
from kerlint.rules.base import Rule, Trigger
from kerlint.source.facts import Reference

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.knowledge.saving import Accepted
    from kerlint.rules.base import Context
    from kerlint.source.facts import Call, Module
    from kerlint.source.literals import Ending, Texts
    from kerlint.source.suspect import Suspect

PLACES = {
    "Model.save": 0,
    "Model.save_weights": 0,
    "Model.load_weights": 0,
    "models.save_model": 1,
    "models.load_model": 0,
    "callbacks.ModelCheckpoint": 0,
}
"""Calls that are given a file's name, and at which position."""

_ROOTS = ("keras", "tensorflow.keras", "tf_keras")
_PARTS = (
    *("Model", "Sequential", "applications", "callbacks", "models", "saving"),
    *("distillation", "engine", "experimental", "utils", "wrappers"),
)
"""Where below a root the classes and functions stand that make a model, in any release."""
_MAKING = frozenset(f"{root}.{part}" for root in _ROOTS for part in _PARTS)

_WEIGHTS_ONLY = "callbacks.ModelCheckpoint(save_weights_only=True)"
_WEIGHTS_ONLY_PLACE = 4


class SavedFormat(Rule):
    """A file name or format that the target's Keras refuses to save or load.

    ## What it does
    Looks at the names given to `save`, `save_weights`, `load_model`, `load_weights`,
    `save_model` and `ModelCheckpoint`, and at the formats given to `export`. A name counts where
    its ending can be read off the code: a string, a name bound once to one, `os.path.join` and
    `pathlib` with a literal last part, an f-string, `+`, `%` or `.format` with a literal end, or with
    a number there (`f"model_{epoch:02d}"`). The model must evidently be one: made by a Keras class
    or function in the same file, returned by a function of the file, annotated as one, or `self` in
    a subclass; for `save_weights` and `load_weights` it may come out of another module of the
    project. Where the requirements admit Keras 2 as well, names of files to load are left alone:
    they may be there for files that Keras 2 has written.

    ## Why is this bad?
    Keras 3 goes by the ending and raises `ValueError` for all but a few: models are `.keras` (or
    the older `.h5`), weights are `.weights.h5`. Keras 2 took any name, and wrote a folder. The
    error comes where the file is written: after the training.

    ## Example
    ```python
    import keras

    model = keras.Sequential([keras.layers.Dense(1)])
    model.save("saved_model/classifier")
    model.save_weights("classifier.h5")
    ```

    ## Use instead
    ```python
    import keras

    model = keras.Sequential([keras.layers.Dense(1)])
    model.save("classifier.keras")
    model.save_weights("classifier.weights.h5")
    model.export("saved_model/classifier")
    ```

    ## References
    - [Keras: save, serialize, and export models](https://keras.io/guides/serialization_and_saving/)
    - [Migrating Keras 2 code to Keras 3](https://keras.io/guides/migrating_to_keras_3/)
    """

    code = "KER309"
    name = "saved-format"
    by_target = "newest"
    spares_keras = True
    trigger = Trigger(
        names=_ROOTS,
        also=(
            b".save",
            b"save_model",
            b"load_model",
            b"load_weights",
            b"ModelCheckpoint",
            b".export",
        ),
    )
    errors = (
        "ValueError: Invalid filepath extension for saving",
        "ValueError: The filename must end in `.weights.h5`",
        "ValueError: The filepath provided must end in `.keras` (Keras model format)",
        "ValueError: File format not supported: filepath=... Keras 3 only supports V3 `.keras` "
        "files",
    )

    def suspects(self, suspect: Suspect) -> bool:
        """Whether one of the calls may be given what is refused."""
        from kerlint.rules.api._saved_text import OF_WEIGHTS, calls_of_models, may_be_refused

        data = suspect.data
        if suspect.index.prefixes().isdisjoint(_MAKING):
            # A model can only come out of another module.
            if not suspect.models or not any(word in data for word in OF_WEIGHTS):
                return False
            return any(may_be_refused(data, *call) for call in calls_of_models(data, weights=True))
        calls = suspect.calls()
        if calls is None or any(may_be_refused(data, *call) for call in calls):
            return True
        if not suspect.models:
            return False
        makes = suspect.makes(MODEL)
        return any(may_be_refused(data, *call) for call in calls_of_models(data, weights=not makes))

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """One finding for each name or format that is refused."""
        judge = judge_of(module, context)
        known: set[int] = set()
        for call in (*module.calls, *given(module, context)):
            found = None if id(call.node) in known else _refused(call, module, context)
            if found is None or silenced(call.callee.guards, ANY, context, judge.fails):
                continue
            known.add(id(call.node))
            if may_be_own(call, module, context):
                continue
            row, shown = found
            if isinstance(call.callee, Reference):
                if judge.verdict(call.callee) is not None:
                    continue
                first, last = call.callee.parts[-1], call.callee.parts[-1]
            else:
                first = last = call.callee.node
            keras = keras_of(plain_name(call, module, context)[1], context) or ""
            what = "format" if row.call.endswith("(format=)") else "file name"
            yield self.diagnostic(
                module,
                first,
                last,
                message=f"`{row.call.partition('(')[0]}` of Keras {keras} refuses the {what} "
                f"{shown}{_with(row)}{_unless(row, shown, keras)}",
                label="refused",
                help=_cure(row, shown),
                qualified_name=f"keras.{row.call.partition('(')[0]}",
            )


def _refused(call: Call, module: Module, context: Context) -> tuple[Accepted, str] | None:
    """What the call takes, and, in words, what it is given instead; None if that is fine."""
    name, root = plain_name(call, module, context)
    keras = keras_of(root, context) if name else None
    if keras is None or call.double_star:
        return None
    texts = texts_of(module, context)
    if name == "Model.export":
        return _format(call, texts, keras)
    place = PLACES.get(name)
    if place is None:
        return None
    if "load" in name and _admits_keras_2(context):
        return None  # what Keras 2 has written is read by Keras 2
    keywords = {keyword for keyword, _, _ in call.keywords}
    if keywords & {"zipped", "max_shard_size", "sharded"}:
        return None
    node = argument(call, place, "filepath")
    if node is None:
        return None
    if name == "callbacks.ModelCheckpoint":
        only = argument(call, _WEIGHTS_ONLY_PLACE, "save_weights_only")
        flag = getattr(only, "value", None) if only is not None else "False"
        if flag not in ("True", "False"):
            return None
        name = _WEIGHTS_ONLY if flag == "True" else name
    row = accepted(name, keras)
    ending = texts.ending(node, call.node) if row is not None else None
    if row is None or ending is None or not _misses(ending, row.takes):
        return None
    return row, _shown(ending)


def _admits_keras_2(context: Context) -> bool:
    floor = context.target.floor
    return floor is not None and version_key(floor.versions.keras or "3") < (3,)


def _misses(ending: Ending, takes: tuple[str, ...]) -> bool:
    if not ending.text or "://" in ending.text:
        return False
    return all(ending.cannot_end_in(suffix) for suffix in takes)


def _shown(ending: Ending) -> str:
    return f"`{ending.text}`" if ending.whole else f"`...{ending.text}`"


def _format(call: Call, texts: Texts, keras: str) -> tuple[Accepted, str] | None:
    row = accepted("Model.export(format=)", keras)
    node = argument(call, 1, "format")
    if row is None or node is None:
        return None
    text = texts.ending(node, call.node)
    if text is None or not text.whole or text.text in row.takes:
        return None
    return row, f"`{text.text}`"


def _with(row: Accepted) -> str:
    return " with `save_weights_only=True`" if row.call == _WEIGHTS_ONLY else ""


def _unless(row: Accepted, shown: str, keras: str) -> str:
    last = shown.strip("`").rpartition("/")[2]
    loads = "load" in row.call
    if loads and "." not in last.lstrip(".") and version_key(keras) >= version_key(ORBAX):
        return ", unless it is a checkpoint of Orbax"
    return ""


def _cure(row: Accepted, shown: str) -> str:
    if row.call.endswith("(format=)"):
        return f"it takes {_listed(row.takes)}"
    takes = f"the name must end in {_listed(row.takes)}"
    has_ending = "." in shown.strip("`").rpartition("/")[2].lstrip(".")
    if row.call == "models.load_model":
        return f"{takes}; a SavedModel is loaded by `keras.layers.TFSMLayer`"
    if row.call in ("Model.save", "models.save_model") and not has_ending:
        return f"{takes}; `export` writes a SavedModel"
    return takes


def _listed(values: tuple[str, ...]) -> str:
    words = [f"`{value}`" for value in values]
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
