"""KER102 mixed-keras-imports."""

from __future__ import annotations

from kerlint.rules._private import is_private
from kerlint.rules.base import Rule, Trigger
from kerlint.rules.imports._libraries import pairs_spoken_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.knowledge.api import Api
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module, Reference

KERAS = "keras"
TF_KERAS = "tensorflow.keras"

_USES = ("attribute", "call", "base", "decorator")

_NEUTRAL = frozenset({"config", "datasets", "version"})
"""Parts of Keras that make no Keras objects: data sets, settings, the version."""

_OBJECTS = frozenset(
    {
        "Input",
        "Layer",
        "Loss",
        "Metric",
        "Model",
        "Optimizer",
        "Sequential",
        "applications",
        "callbacks",
        "constraints",
        "engine",
        "initializers",
        "layers",
        "losses",
        "metrics",
        "models",
        "optimizers",
        "regularizers",
        "wrappers",
    }
)
"""Parts of Keras whose objects must come from the library that uses them."""


class MixedKerasImports(Rule):
    """`keras` and `tf.keras` are used side by side.

    ## What it does
    Finds a file that uses both `keras` and `tf.keras` (`tensorflow.keras`) in the same scope. At
    a target where the two are one library this is a warning, and only given when the names that
    are used exist under both; where they are two libraries and objects of both are made in one
    scope, it is an error. Either-or imports, imports in separate functions, imports for others to
    import, data sets, settings and `keras.__version__` are left alone. Where KER101 shows objects
    of the two that meet in the file, there is nothing to add.

    ## Why is this bad?
    Whether it works hangs on the versions. From TensorFlow 2.6 and Keras 2.6 on both names mean
    one library, though even then each lacks names that the other has. Before, and with
    `TF_USE_LEGACY_KERAS`, they are two: a layer of the one is no layer to the other.

    ## Example
    ```python
    import keras
    from tensorflow.keras import layers

    model = keras.Sequential([layers.Dense(1)])
    ```

    ## Use instead
    ```python
    import keras
    from keras import layers

    model = keras.Sequential([layers.Dense(1)])
    ```

    ## References
    - [tensorflow/community #305](https://github.com/tensorflow/community/issues/305)
    - [keras #11848](https://github.com/keras-team/keras/issues/11848)
    - [tensorflow #69851](https://github.com/tensorflow/tensorflow/issues/69851)
    """

    code = "KER102"
    name = "mixed-keras-imports"
    severity = "warning"
    by_target = "newest"
    spares_keras = True
    trigger = Trigger(together=(KERAS, TF_KERAS))
    errors = (
        "TypeError: The added layer must be an instance of class Layer.",
        "AttributeError: 'tuple' object has no attribute 'layer'",
        "AttributeError: 'Node' object has no attribute 'output_masks'",
        "ValueError: ('Could not interpret optimizer identifier:', ...)",
        "AttributeError: 'Sequential' object has no attribute '_get_distribution_strategy'",
    )

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """At most one finding for a file."""
        from kerlint.diagnostics import Related
        from kerlint.knowledge.libraries import same_library

        same = same_library(context.target.newest, context.api.legacy)
        uses = [use for use in _uses(module) if same is False or _has_twin(use, context.api)]
        pair = _meeting(uses, objects=True) if same is False else None
        severe = pair is not None
        pair = pair or _meeting(uses, objects=False)
        if pair is None:
            return
        if severe and _libraries(context) in pairs_spoken_of(context):
            return  # KER101 shows where their objects meet
        first, second = sorted(pair, key=lambda use: module.span(*use.place()))
        if severe:
            by_version = same_library(context.target.newest) is False
            where = "at the target" if by_version else "with `TF_USE_LEGACY_KERAS`"
            message = f"`keras` and `tf.keras` are two libraries {where}, and both are used"
            help = "make all objects with one of them"
        else:
            message = "`keras` and `tf.keras` are used side by side"
            help = "choose one of them, best the one that the rest of the project uses"
        yield self.diagnostic(
            module,
            *second.place(),
            message=message,
            label=f"{_spelled(second.root)} here",
            help=help,
            severity="error" if severe else self.severity,
            qualified_name=second.name,
            related=(
                Related(module.path, module.span(*first.place()), f"{_spelled(first.root)} here"),
            ),
        )


def _libraries(context: Context) -> frozenset[str | None]:
    """The libraries that the two roots are at the target."""
    from kerlint.knowledge.libraries import library_of

    versions, legacy = context.target.newest, context.api.legacy
    return frozenset(library_of(root, versions, legacy) for root in (KERAS, TF_KERAS))


class _Use:
    """A use of a public name of one of the two.

    `binding`  the import that bound the root, None if the use spells it out (`tf.keras.layers`)
    """

    __slots__ = ("binding", "name", "reference", "root")

    def __init__(
        self, reference: Reference, name: str, root: str, binding: Reference | None
    ) -> None:
        self.reference = reference
        self.name = name
        self.root = root
        self.binding = binding

    @property
    def part(self) -> str:
        """The component below the root, e.g. `layers`."""
        return self.name[len(self.root) + 1 :].partition(".")[0]

    @property
    def home(self) -> str:
        """The scope in which the root is at hand."""
        return (self.binding or self.reference).scope

    def place(self) -> tuple[object, object]:
        """Where the root is written: in the import that bound it, else in the use."""
        if self.binding is not None:
            return self.binding.parts[0], self.binding.parts[-1]
        parts = self.reference.parts
        last = len(parts) - 1 - (self.name.count(".") - self.root.count("."))
        return parts[0], parts[max(last, 0)]


def _uses(module: Module) -> list[_Use]:
    """What is certainly used of either, unguarded, imports themselves left out."""
    found = []
    for reference in module.references:
        if reference.kind not in _USES or not reference.complete or reference.guards:
            continue
        name = reference.name
        root = _root(name)
        if root is None or any(_root(other.name) != root for other in reference.candidates):
            continue
        use = _Use(reference, name, root, _binding(reference, root, module))
        part = use.part
        if part and not part.startswith("_") and part not in _NEUTRAL and not is_private(name):
            found.append(use)
    return found


def _binding(reference: Reference, root: str, module: Module) -> Reference | None:
    """The import that bound the root for this use."""
    if reference.candidates[0].bound <= root.count("."):
        return None
    for earlier in module.references:
        if (
            earlier.kind in ("import", "from")
            and f"{reference.name}.".startswith(f"{earlier.name}.")
            and f"{earlier.name}.".startswith(f"{root}.")
            and _encloses(earlier.scope, reference.scope)
        ):
            return earlier
    return None


def _root(name: str) -> str | None:
    for root in (KERAS, TF_KERAS):
        if name.startswith(f"{root}."):
            return root
    return None


def _has_twin(use: _Use, api: Api) -> bool:
    """Whether the other root has the name too: else there is a reason to use this one."""
    other = TF_KERAS if use.root == KERAS else KERAS
    return api.find(other + use.name[len(use.root) :]).exists is not False


def _meeting(uses: list[_Use], *, objects: bool) -> tuple[_Use, _Use] | None:
    """The first use of `keras` and of `tf.keras` that meet.

    They meet when both roots are at hand in one scope. With `objects` only what makes Keras
    objects counts, and the uses themselves must lie in one scope.
    """
    chosen = [use for use in uses if not objects or use.part in _OBJECTS]
    for ours in chosen:
        if ours.root != KERAS:
            continue
        for theirs in chosen:
            if theirs.root == TF_KERAS and (
                _meet(ours.reference.scope, theirs.reference.scope)
                if objects
                else _meet(ours.home, theirs.home)
            ):
                return ours, theirs
    return None


def _meet(one: str, other: str) -> bool:
    return _encloses(one, other) or _encloses(other, one)


def _encloses(outer: str, inner: str) -> bool:
    return not outer or f"{inner}.".startswith(f"{outer}.")


def _spelled(root: str) -> str:
    return "keras" if root == KERAS else "tf.keras"
