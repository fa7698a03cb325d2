"""Distributions that ended, and what follows them on which platform.

`packages` holds what code imports; here is what manifests ask for. Each row has a link to where
its makers say so.
"""

from __future__ import annotations


class Ended:
    """A distribution that ended.

    `name`       normalised
    `fate`       what became of it, a clause
    `instead`    (platform or "" for all, what to write instead), platforms as `linux`, `macos`,
                 `windows`
    `refuses`    specifier of the releases that refuse to be installed; "" if none does
    `source`     where its makers say so
    """

    __slots__ = ("fate", "instead", "name", "refuses", "source")

    def __init__(
        self,
        name: str,
        fate: str,
        instead: tuple[tuple[str, str], ...],
        source: str,
        *,
        refuses: str = "",
    ) -> None:
        self.name = name
        self.fate = fate
        self.instead = instead
        self.source = source
        self.refuses = refuses


_GPU = (
    ("linux", "`tensorflow[and-cuda]`"),
    ("windows", "`tensorflow` in WSL, or `tensorflow<2.11`, the last with native GPU support"),
    ("macos", "`tensorflow` with `tensorflow-metal`"),
)
_BACKENDS = "`keras` with tensorflow, jax or torch as backend"

ENDED = (
    Ended(
        "tensorflow-gpu",
        "was removed: its 2.12.0 only says so and refuses to be installed",
        _GPU,
        "https://github.com/tensorflow/tensorflow/issues/60074",
        refuses=">=2.12",
    ),
    Ended(
        "tf-nightly-gpu",
        "was removed: its 2.12.0 only says so and refuses to be installed",
        (("", "`tf-nightly[and-cuda]`"),),
        "https://www.tensorflow.org/install/pip",
        refuses=">=2.12",
    ),
    Ended(
        "keras-nlp",
        "became keras-hub; since 0.16 it only installs that",
        (("", "`keras-hub`"),),
        "https://github.com/keras-team/keras-hub/issues/1831",
    ),
    Ended(
        "keras-cv",
        "ended with 0.9; its models went on in keras-hub",
        (("", "`keras-hub`"),),
        "https://github.com/keras-team/keras-cv",
    ),
    Ended(
        "keras-core",
        "became Keras 3 and is no longer in use",
        (("", "`keras>=3`"),),
        "https://github.com/keras-team/keras-core",
    ),
    Ended(
        "keras-applications",
        "is archived; its models are in Keras",
        (("", "`keras`, and import `keras.applications`"),),
        "https://github.com/keras-team/keras-applications",
    ),
    Ended(
        "keras-preprocessing",
        "is archived; its functions are in Keras and TensorFlow",
        (("", "`keras`, and import from `keras.utils`"),),
        "https://github.com/keras-team/keras-preprocessing",
    ),
    Ended(
        "keras-rl",
        "is not maintained and needs Keras 2",
        (("", "a library that is maintained, or keep Keras 2 for it"),),
        "https://github.com/keras-rl/keras-rl",
    ),
    Ended(
        "keras-rl2",
        "is archived and needs Keras 2",
        (("", "a library that is maintained, or keep Keras 2 for it"),),
        "https://github.com/taylormcnally/keras-rl2",
    ),
    Ended(
        "tensorflow-addons",
        "ended in May 2024",
        (("", "what `keras` has of it today (`keras.optimizers.AdamW`, ...)"),),
        "https://github.com/tensorflow/addons/issues/2807",
    ),
    Ended(
        "theano",
        "ended with 1.0 in 2017, and no Keras since 2.4 runs on it",
        (("", _BACKENDS),),
        "https://groups.google.com/g/theano-users/c/7Poq8BZutbY",
    ),
    Ended(
        "cntk",
        "has had no release since 2.7 of 2019, and no Keras since 2.4 runs on it",
        (("", _BACKENDS),),
        "https://github.com/microsoft/CNTK/releases/tag/v2.7",
    ),
    Ended(
        "plaidml-keras",
        "has had no release since 0.7 of 2020, and no Keras since 2.4 runs on it",
        (("", _BACKENDS),),
        "https://github.com/plaidml/plaidml/releases",
    ),
    Ended(
        "tensorflow-macos",
        "ended with 2.16.2; since 2.16 `tensorflow` itself has wheels for Apple silicon",
        (("", "`tensorflow`"),),
        "https://developer.apple.com/metal/tensorflow-plugin/",
    ),
)
_by_name = {row.name: row for row in ENDED}


def ended(name: str) -> Ended | None:
    """The row of the distribution with that normalised name, or None."""
    return _by_name.get(name)
