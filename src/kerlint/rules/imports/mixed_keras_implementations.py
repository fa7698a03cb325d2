"""KER101 mixed-keras-implementations."""

from __future__ import annotations

from kerlint.rules._guards import ANY, silenced
from kerlint.rules.base import Rule, Trigger
from kerlint.rules.imports._libraries import import_of, pairs_spoken_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic, Related
    from kerlint.rules.base import Context
    from kerlint.rules.imports._meetings import Place
    from kerlint.source.facts import Module


class MixedKerasImplementations(Rule):
    """An object of one Keras library is given to another.

    ## What it does
    Finds layers, models, tensors, optimizers, metrics, callbacks and data of one Keras library
    where another takes them: in `Sequential`, `add`, `Model(inputs, outputs)`, `compile` and `fit`,
    in wrappers, in a call `layer(x)`, and kept in `self` by a subclass of the other's `Model` or
    `Layer`. Objects are followed through variables, `self`, and the functions, classes and names of
    own modules; a second place then shows the import in the other file. Which root is which library is told by the target: `tf.keras` is `keras` today, with
    `TF_USE_LEGACY_KERAS` it is tf_keras, and `tensorflow.python.keras` is nobody's.
    `hub.KerasLayer` and `tfp.layers` are layers of tf_keras. What is reported was seen to fail by running it; what
    was seen to work, such as a loss function of the other library, is left alone.

    ## Why is this bad?
    Mostly it raises, with a message that names neither library: `Only instances of keras.Layer can
    be added`, `Could not interpret optimizer identifier`. Where it does not, it is worse: a layer of
    tf_keras in a subclass of `keras.Model` runs and is never trained, and a metric of tf_keras is
    never reset from one epoch to the next.

    ## Example
    ```python
    import keras
    import tf_keras

    model = keras.Sequential([keras.layers.Dense(8)])
    model.add(tf_keras.layers.Dense(1))
    ```

    ## Use instead
    ```python
    import keras

    model = keras.Sequential([keras.layers.Dense(8)])
    model.add(keras.layers.Dense(1))
    ```

    ## References
    - [The three Keras libraries](../three-keras-libraries.md)
    - [tensorflow #63085](https://github.com/tensorflow/tensorflow/issues/63085)
    - [hub #920](https://github.com/tensorflow/hub/issues/920)
    - [keras #11848](https://github.com/keras-team/keras/issues/11848)
    """

    code = "KER101"
    name = "mixed-keras-implementations"
    by_target = "newest"
    spares_keras = True
    trigger = Trigger(libraries=True)
    errors = (
        "ValueError: Only instances of `keras.Layer` can be added to a Sequential model.",
        "TypeError: The added layer must be an instance of class Layer.",
        "ValueError: Could not interpret optimizer identifier: ...",
        "ValueError: All `inputs` values must be KerasTensors.",
        "AttributeError: 'tuple' object has no attribute 'rank'",
        "AttributeError: 'KerasTensor' object has no attribute 'node'",
        "AttributeError: '...' object has no attribute '_implements_train_batch_hooks'",
        "ValueError: Unrecognized data type: x=...",
    )

    def applies(self, path: str, data: bytes) -> bool:
        """Only a file that speaks of Keras itself; not the sources of Keras."""
        return b"keras" in data or b"tensorflow" in data

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """One finding for each object and each place that was seen to fail."""
        from kerlint.knowledge.meetings import FAULTS, meeting
        from kerlint.rules.imports._meetings import places
        from kerlint.source.positions import ends_of

        seen: set[int] = set()
        for place in places(module, context):
            first, last = ends_of(place.node)
            if first is None or id(first) in seen:
                continue
            given, receiver = place.given, place.receiver
            found = meeting(place.name, receiver.library, given.library, context.target.newest)
            if found is None or found.outcome not in FAULTS:
                continue
            if silenced(place.guards, ANY, context, lambda reference: False):
                continue
            if _may_be_switched(place, module, context):
                continue
            seen.add(id(first))
            pairs_spoken_of(context).add(frozenset((receiver.library, given.library)))
            yield self.diagnostic(
                module,
                first,
                last,
                message=_message(place, found.message if found.outcome == "raises" else ""),
                label=f"of {given.library}",
                help=_help(place),
                severity="error",
                qualified_name=given.name,
                related=tuple(_decided_elsewhere(place, module)),
            )


def _may_be_switched(place: Place, module: Module, context: Context) -> bool:
    """Whether `tf.keras` is told from another file, and some file turns the legacy switch on."""
    from kerlint.knowledge.libraries import root_of
    from kerlint.knowledge.variables import LEGACY_SWITCH

    objects = (place.given, place.receiver)
    if (
        context.project is None
        or context.api.legacy
        or all(made.home is module for made in objects)
        or not any(root_of(made.name) == "tensorflow.keras" for made in objects)
    ):
        return False
    root = context.project.layout(module.path).root
    return context.project.mentions(root, LEGACY_SWITCH.encode())


def _decided_elsewhere(place: Place, module: Module) -> Iterator[Related]:
    """The imports in other files that decide of which library the objects are."""
    from kerlint.diagnostics import Related

    for made in dict.fromkeys((place.given, place.receiver)):
        nodes = None if made.home is module else import_of(made.name, made.home)
        if nodes is not None:
            span = made.home.span(nodes[0], nodes[-1])
            yield Related(made.home.path, span, f"{made.library} is imported here")


_RECEIVERS = {
    "in Sequential([...])": "a `Sequential` of {}",
    "in Sequential.add": "a `Sequential` of {}",
    "into a layer": "a layer of {}",
    "into a model": "a model of {}",
    "into a function of layers": "a function of {}",
    "into Model": "`Model` of {}",
    "in compile": "`compile` of {}",
    "in fit": "`fit` of {}",
    "in a layer": "a layer of {}",
    "in custom_objects": "`custom_objects` of {}",
    "in TimeDistributed": "`TimeDistributed` of {}",
    "in Bidirectional": "`Bidirectional` of {}",
    "in RNN": "`RNN` of {}",
    "in an optimizer": "an optimizer of {}",
    "in a subclass of Model": "a subclass of `Model` of {}",
    "in a subclass of Layer": "a subclass of `Layer` of {}",
    "into clone_model": "`clone_model` of {}",
    "into save_model": "`save_model` of {}",
}
"""The end of a place's name: what is given the object."""

_SILENT = {
    "metric": "it is never reset, so its values are those of all batches so far",
    "tensor": "the weights of what is called are not part of the model",
}


def _message(place: Place, error: str) -> str:
    given, receiver = place.given, place.receiver
    if place.name == "two bases":
        return f"a class derives from layers of both {receiver.library} and {given.library}: {_raises(error)}"
    what = f"{_article(given.kind)} {given.kind} of {given.library}"
    to = next(text for end, text in _RECEIVERS.items() if place.name.endswith(end))
    verb = "is kept in" if "subclass" in place.name else "is given to"
    consequence = (
        _raises(error)
        if error
        else _SILENT.get(given.kind, "it runs, but its weights are neither trained nor saved")
    )
    return f"{what} {verb} {to.format(receiver.library)}: {consequence}"


def _raises(error: str) -> str:
    return f"this raises {error.partition(':')[0]}"


def _article(kind: str) -> str:
    return "an" if kind[0] in "aeio" else "a"


def _help(place: Place) -> str:
    from kerlint.knowledge.keras_objects import HUB_LAYER, PROBABILITY_LAYERS
    from kerlint.knowledge.libraries import PRIVATE, TF_KERAS

    libraries = (place.receiver.library, place.given.library)
    if HUB_LAYER in (place.given.name, place.receiver.name):
        return (
            "build the model with `tf_keras`, as `hub.KerasLayer` is; "
            "or load the SavedModel with `keras.layers.TFSMLayer`"
        )
    if place.given.name.startswith(PROBABILITY_LAYERS):
        return "build the model with `tf_keras`, as the layers of TensorFlow Probability are"
    if PRIVATE in libraries:
        return "import from `keras` or `tensorflow.keras` instead"
    if TF_KERAS in libraries:
        return "make all objects with one of them; `import tf_keras as keras` keeps Keras 2 for all"
    return "make all objects with one of them"
