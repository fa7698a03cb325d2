"""Combinations that install, because no published requirement forbids them, and fail when run.

Each row has conditions over the versions that are installed together, what then happens, and where
it can be seen. Whatever the published requirements do forbid is not here: the solver knows it.
Every row was tried: `fixtures/broken-combinations.tsv` has with which versions, on which Python, and
what came of it; `tools/broken` tries again.
"""

from __future__ import annotations

from kerlint.project.specifiers import admits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import NamedTuple

    class Broken(NamedTuple):
        """One row.

        `id`        names the row in tests
        `when`      (distribution, specifier), all of which must be installed so; a distribution
                    of the tensorflow family stands for each of them
        `asked`     distributions of which one must be asked for in the manifest itself; ():
                    the first in `when`, or a distribution that brings it
        `happens`   a clause: what fails
        `cures`     lines of which one mends it, in the order of preference
        `source`    where it can be seen
        `grave`     it fails at import; else only when something is used, and is a warning
        `uses`      what the project's code must show (a regular expression); "": nothing
        `unless`    distributions with which it does not fail
        `says`      the message, word for word but for `...`; "" where it is not known
        """

        id: str
        when: tuple[tuple[str, str], ...]
        happens: str
        cures: tuple[str, ...]
        source: str
        asked: tuple[str, ...] = ()
        grave: bool = True
        uses: str = ""
        unless: tuple[str, ...] = ()
        says: str = ""

else:
    from collections import namedtuple

    Broken = namedtuple(
        "Broken",
        "id when happens cures source asked grave uses unless says",
        defaults=((), True, "", (), ""),
    )

_TF = "https://github.com/tensorflow/tensorflow/issues"

_PROTOBUF = "TypeError: Descriptors cannot be created directly."
_PKG_RESOURCES = "ModuleNotFoundError: No module named 'pkg_resources'"
_ESTIMATOR = "ImportError: cannot import name 'estimator' from 'tensorflow'"

BROKEN: tuple[Broken, ...] = (
    # TensorFlow 2.7 to 2.11 and 2.14.0 were built with NumPy 1 and do not bound it from above:
    # the metadata of their wheels, and "now supports and is compiled with NumPy 2.0" of 2.18.
    *(
        Broken(
            "numpy2-abi",
            (("tensorflow", which), ("numpy", ">=2")),
            "importing TensorFlow fails: it was built with NumPy 1",
            ("numpy<2",),
            f"{_TF}/67291",
            says="AttributeError: _ARRAY_API not found",
        )
        for which in (">=2.7.0,<2.12", "==2.14.0")
    ),
    Broken(
        "numpy124-object",
        (("tensorflow", "<2.7"), ("numpy", ">=1.24,<2")),
        "importing TensorFlow fails: it uses `np.object`, which NumPy 1.24 dropped",
        ("numpy<1.24",),
        "https://numpy.org/doc/stable/release/1.24.0-notes.html#expired-deprecations",
        says="AttributeError: module 'numpy' has no attribute 'object'.",
    ),
    *(
        Broken(
            "protobuf-uncapped",
            (("tensorflow", which), ("protobuf", ">=3.21")),
            "importing TensorFlow fails: its generated code is too old for protobuf 4",
            ("protobuf<3.21",),
            f"{_TF}/56266",
            says=_PROTOBUF,
        )
        for which in ("<=2.6.4", ">=2.7.0,<=2.7.2", ">=2.8.0,<=2.8.1", "==2.9.0")
    ),
    Broken(
        "keras-uncapped",
        (("tensorflow", ">=2.6.0,<=2.6.1"), ("keras", ">=2.7")),
        "importing Keras fails: it needs a newer TensorFlow",
        ("keras<2.7",),
        "https://github.com/spotify/basic-pitch/issues/82",
        says="ImportError: cannot import name 'dtensor' from 'tensorflow.compat.v2.experimental'",
    ),
    *(
        Broken(
            "h5py3-decode",
            (("tensorflow", which), ("h5py", ">=3")),
            "loading models from .h5 files fails: h5py 3 gives text where it gave bytes",
            ("h5py<3",),
            f"{_TF}/44467",
            grave=False,
            uses=rb"load_model|load_weights|\.h5\b|h5py".decode(),
            says="AttributeError: 'str' object has no attribute 'decode'",
        )
        for which in (*(">=1.15.0,<=1.15.4", ">=2.0.0,<=2.0.3", ">=2.1.0,<=2.1.2", "<1.15"),)
    ),
    Broken(
        "hub-pkg-resources",
        (("tensorflow-hub", "<=0.16.1"), ("setuptools", ">=82")),
        "importing tensorflow_hub fails: setuptools 82 dropped `pkg_resources`",
        ("setuptools<82",),
        "https://github.com/tensorflow/hub/issues/934",
        says=_PKG_RESOURCES,
    ),
    Broken(
        "tensorboard-pkg-resources",
        (("tensorboard", "<=2.20"), ("setuptools", ">=82")),
        "the command `tensorboard` fails: setuptools 82 dropped `pkg_resources`",
        ("setuptools<82",),
        "https://github.com/tensorflow/tensorboard/issues/7107",
        asked=("tensorboard",),
        grave=False,
        says=_PKG_RESOURCES,
    ),
    Broken(
        "tf-keras-2.15",
        (("tf-keras", "<2.16"), ("tensorflow", ">=2.16")),
        "importing tf_keras fails: this release is for TensorFlow 2.15, and does not say so",
        ("tf-keras>=2.16", "tensorflow<2.16"),
        "https://github.com/keras-team/tf-keras/issues/676",
    ),
    *(
        Broken(
            "tfp-minimum",
            (("tensorflow-probability", f"=={which}.*"), ("tensorflow", f"<{least}")),
            f"tensorflow_probability fails at its first use: {which} needs TensorFlow {least} or "
            "later",
            (f"tensorflow>={least}", f"tensorflow-probability<{which}"),
            f"https://github.com/tensorflow/probability/releases/tag/v{which}.0",
            says="ImportError: This version of TensorFlow Probability requires TensorFlow "
            "version >= ...",
        )
        for which, least in (
            *(("0.8", "1.15"), ("0.9", "2.1"), ("0.10", "2.2"), ("0.11", "2.3")),
            *(("0.12", "2.4"), ("0.13", "2.5"), ("0.14", "2.6"), ("0.15", "2.7")),
            *(("0.16", "2.8"), ("0.17", "2.9"), ("0.18", "2.10"), ("0.19", "2.11")),
            *(("0.20", "2.12"), ("0.21", "2.13"), ("0.22", "2.14"), ("0.23", "2.15")),
            *(("0.24", "2.16"), ("0.25", "2.18")),
        )
    ),
    Broken(
        "addons-keras3",
        (("tensorflow-addons", ">=0"), ("tensorflow", ">=2.16")),
        "importing tensorflow_addons fails: no release of it knows Keras 3",
        ("tensorflow<2.16",),
        "https://github.com/tensorflow/addons/issues/2865",
        says="ModuleNotFoundError: No module named 'keras.src.engine'",
    ),
    Broken(
        "hub-estimator",
        (("tensorflow-hub", "<0.16"), ("tensorflow", ">=2.16")),
        "importing tensorflow_hub fails: TensorFlow 2.16 dropped the estimators",
        ("tensorflow-hub>=0.16.1", "tensorflow<2.16"),
        "https://github.com/tensorflow/hub/releases/tag/v0.16.0",
        says="ImportError: cannot import name 'estimator' from 'tensorflow.compat.v1'",
    ),
    Broken(
        "keras-nlp-keras2",
        (("keras-nlp", ">=0.13"), ("keras", "<3")),
        "importing keras_nlp fails: it needs Keras 3, and does not say so",
        ("keras>=3", "keras-nlp<0.13"),
        "https://github.com/keras-team/keras-hub/releases/tag/v0.13.0",
        says="ImportError: cannot import name 'ops' from 'keras'",
    ),
    Broken(
        "keras-hub-keras2",
        (("keras-hub", ">=0"), ("keras", "<3")),
        "importing keras_hub fails: it needs Keras 3, and does not say so",
        ("keras>=3",),
        "https://github.com/keras-team/keras-hub#compatibility",
        says="ImportError: cannot import name 'ops' from 'keras'",
    ),
    Broken(
        "scikeras-keras3",
        (("scikeras", "<0.13"), ("keras", ">=3")),
        "training fails: this release of scikeras is for Keras 2",
        ("scikeras>=0.13", "keras<3"),
        "https://github.com/adriangb/scikeras/releases/tag/v0.13.0",
    ),
    Broken(
        "tfmot-keras3",
        (("tensorflow-model-optimization", "<=0.8.0"), ("tensorflow", ">=2.16")),
        "importing tensorflow_model_optimization fails: this release is for Keras 2",
        ("tensorflow-model-optimization>=0.8.1", "tensorflow<2.16"),
        "https://github.com/tensorflow/model-optimization/issues/1138",
        unless=("tf-keras",),
    ),
    Broken(
        "tf2onnx-keras3",
        (("tf2onnx", "<=1.16.1"), ("keras", ">=3")),
        "`tf2onnx.convert.from_keras` fails: this release is for Keras 2",
        ("tf2onnx>=1.17", "keras<3"),
        "https://github.com/onnx/tensorflow-onnx/issues/2319",
        grave=False,
        uses=r"convert\.from_keras",
    ),
    Broken(
        "ranking-estimator",
        (("tensorflow-ranking", ">=0"), ("tensorflow", ">=2.16")),
        "importing tensorflow_ranking fails: TensorFlow 2.16 dropped the estimators",
        ("tensorflow<2.16",),
        "https://github.com/tensorflow/ranking/blob/v0.5.5/tensorflow_ranking/python/data.py",
        says=_ESTIMATOR,
    ),
    Broken(
        "nsl-estimator",
        (("neural-structured-learning", ">=0"), ("tensorflow", ">=2.16")),
        "importing neural_structured_learning fails: TensorFlow 2.16 dropped the estimators",
        ("tensorflow<2.16",),
        "https://github.com/tensorflow/neural-structured-learning/blob/v1.4.0/"
        "neural_structured_learning/estimator/adversarial_regularization.py",
        says=_ESTIMATOR,
    ),
)


def broken(pins: Mapping[str, str], there: Mapping[str, str]) -> list[Broken]:
    """The rows that hold for these versions.

    `there`  distributions that are installed in a version that is not known: "" for each
    """
    family = tensorflow_of(pins)
    return [row for row in BROKEN if _holds(row, pins, there, family)]


def tensorflow_of(pins: Mapping[str, str]) -> str:
    """The version of TensorFlow among the pins, whatever its distribution; "" if none is."""
    from kerlint.knowledge.families import ALL_TENSORFLOWS

    found = [pins[name] for name in pins if name in ALL_TENSORFLOWS and "nightly" not in name]
    return found[0] if len(set(found)) == 1 else ""


def version_in(pins: Mapping[str, str], name: str, tensorflow: str) -> str:
    """The version of a distribution among the pins; of any TensorFlow for `tensorflow`."""
    return tensorflow if name == "tensorflow" else pins.get(name, "")


def _holds(row: Broken, pins: Mapping[str, str], there: Mapping[str, str], tensorflow: str) -> bool:
    if any(name in pins or name in there for name in row.unless):
        return False
    for name, specifier in row.when:
        version = version_in(pins, name, tensorflow)
        if not version and specifier == ">=0" and name in there:
            continue
        if not version or not admits(specifier, version):
            return False
    return True
