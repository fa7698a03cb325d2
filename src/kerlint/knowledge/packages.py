"""Packages around Keras: which have ended, and what follows them.

Every row has a link to where its makers say so; what fails at which version was seen by running.
"""

from __future__ import annotations

from kerlint.knowledge.releases import version_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.project.targets import Versions


class Retired:
    """A package that has ended.

    `module`        the full name that code imports: a package, or for a package with an everyday
                    name a module of it that nobody else has
    `title`         how people call it
    `fate`          what became of it, a clause
    `instead`       what to use today, an imperative without a full stop
    `broken_from`   the first release of keras with which importing it fails, or ""
    `breaks`        what the import then says
    `source`        where its makers say so
    """

    __slots__ = ("breaks", "broken_from", "fate", "instead", "module", "source", "title")

    def __init__(
        self,
        module: str,
        title: str,
        fate: str,
        instead: str,
        source: str,
        broken_from: str = "",
        breaks: str = "",
    ) -> None:
        self.module = module
        self.title = title
        self.fate = fate
        self.instead = instead
        self.source = source
        self.broken_from = broken_from
        self.breaks = breaks

    def broken(self, versions: Versions) -> bool:
        """Whether importing it certainly fails at these versions."""
        return (
            bool(self.broken_from)
            and versions.keras is not None
            and version_key(versions.keras) >= version_key(self.broken_from)
        )


_CONTRIB = "https://github.com/keras-team/keras-contrib/issues/519"
_RL = "https://github.com/keras-rl/keras-rl/pull/394"
_RL_INSTEAD = "use a library that is maintained, or keep Keras 2 for it"
_RL_BREAKS = "ModuleNotFoundError: No module named 'keras.utils.generic_utils'"
# Keras 2.4 became a part of TensorFlow and dropped its other backends:
# https://github.com/keras-team/keras/releases/tag/2.4.0

RETIRED: tuple[Retired, ...] = (
    Retired(
        "cntk",
        "CNTK",
        "has had no release since 2.7 of 2019, and no Keras since 2.4 runs on it",
        "choose tensorflow, jax or torch as backend",
        "https://github.com/microsoft/CNTK/releases/tag/v2.7",
    ),
    Retired(
        "keras_applications",
        "keras-applications",
        "is archived; its models are in Keras",
        "import its models from `keras.applications`",
        "https://github.com/keras-team/keras-applications",
    ),
    Retired(
        "keras_contrib",
        "keras-contrib",
        "is deprecated and was never on PyPI",
        "look for the layer in Keras or KerasHub, or keep a copy of it",
        _CONTRIB,
        "2.13",
        "ModuleNotFoundError: No module named 'keras.engine'",
    ),
    Retired(
        "keras_core",
        "Keras Core",
        "became Keras 3 and is no longer in use",
        "import `keras` with `keras>=3`",
        "https://github.com/keras-team/keras-core",
    ),
    Retired(
        "keras_nlp",
        "KerasNLP",
        "became KerasHub; what is left of it only imports that",
        "import `keras_hub`",
        "https://github.com/keras-team/keras-hub/issues/1831",
    ),
    Retired(
        "keras_preprocessing",
        "keras-preprocessing",
        "is archived; its functions are in Keras and TensorFlow",
        "import from `keras.utils`, or from `tf.keras.preprocessing` for what only that has",
        "https://github.com/keras-team/keras-preprocessing",
    ),
    Retired(
        "plaidml.keras",
        "PlaidML",
        "has had no release since 0.7 of 2020, and no Keras since 2.4 runs on it",
        "choose tensorflow, jax or torch as backend",
        "https://github.com/plaidml/plaidml/releases",
    ),
    *(
        Retired(
            module,
            "keras-rl",
            "is not maintained and needs Keras 2",
            _RL_INSTEAD,
            _RL,
            "3",
            _RL_BREAKS,
        )
        for module in (
            "rl.agents.cem",
            "rl.agents.CEMAgent",
            "rl.agents.ddpg",
            "rl.agents.DDPGAgent",
            "rl.agents.dqn",
            "rl.agents.DQNAgent",
            "rl.agents.NAFAgent",
            "rl.agents.sarsa",
            "rl.agents.SARSAAgent",
        )
    ),
    Retired(
        "tensorflow_addons",
        "TensorFlow Addons",
        "ended in May 2024",
        "most of it is in Keras today (`keras.optimizers.AdamW`, "
        "`keras.layers.GroupNormalization`); keep a copy of the rest",
        "https://github.com/tensorflow/addons/issues/2807",
        "3",
        "ModuleNotFoundError: No module named 'keras.src.engine'",
    ),
    Retired(
        "theano",
        "Theano",
        "ended with 1.0 in 2017, and no Keras since 2.4 runs on it",
        "choose tensorflow, jax or torch as backend; for its language, see PyTensor",
        "https://groups.google.com/g/theano-users/c/7Poq8BZutbY",
    ),
)


def retired(name: str) -> Retired | None:
    """The retired package that the imported `name` belongs to, or None."""
    if not _by_module:
        _by_module.update((row.module, row) for row in RETIRED)
    while name:
        row = _by_module.get(name)
        if row is not None:
            return row
        name = name.rpartition(".")[0]
    return None


_by_module: dict[str, Retired] = {}


def has_tensorflow_core(tensorflow: str | None) -> bool | None:
    """Whether that TensorFlow has the package `tensorflow_core`; None if it is unknown.

    The wheels of 1.15, 2.0 and 2.1 do, those of 2.2 and later do not.
    """
    if tensorflow is None:
        return None
    return version_key("1.15") <= version_key(tensorflow) < version_key("2.2")
