"""Versions that do not fit, and the runs that fail because of them, are one."""

from __future__ import annotations

from typing import Any

from kerlint.probe.observations import Distribution, Observations
from kerlint.probe.trial_observations import Trial
from tests.probe.judged import H5PY, KERAS3, NUMPY2, PROTOBUF6, judged, only, says
from tests.probe.scenes import SITE, TENSORFLOW_2_15, TENSORFLOW_2_21, dist, failed, pin, seen


def protobuf(version: str) -> Distribution:
    return dist("protobuf", version, top_level=["google"])


NUMPY1, KERAS2 = dist("numpy", "1.26.4"), dist("keras", "2.15.0")


def on_2_21(*others: Distribution, **more: Any) -> Observations:
    """TensorFlow 2.21 with all that it needs; `others` in the place of what has their name."""
    tensorflow = dist("tensorflow", "2.21.0", *TENSORFLOW_2_21)
    return _with(others, (tensorflow, KERAS3, NUMPY2, PROTOBUF6, H5PY), more)


def on_2_15(*others: Distribution, **more: Any) -> Observations:
    """The same of TensorFlow 2.15."""
    tensorflow = dist("tensorflow", "2.15.1", *TENSORFLOW_2_15)
    return _with(others, (tensorflow, KERAS2, NUMPY1, protobuf("4.25.9")), more)


def _with(
    others: tuple[Distribution, ...], usual: tuple[Distribution, ...], more: dict[str, Any]
) -> Observations:
    chosen = {one.name: one for one in (*usual, *others)}
    return seen(*chosen.values(), **more)


def test_a_clash_and_the_run_that_fails_are_one_error() -> None:
    what = on_2_21(protobuf("5.29.5"))
    what.trials = [
        failed(
            "tensorflow",
            "google.protobuf.runtime_version.VersionError: Detected incompatible Protobuf "
            "Gencode/Runtime versions: gencode 6.31.1 runtime 5.29.5.",
        ),
        failed("keras", "VersionError: Detected incompatible Protobuf versions", "tensorflow"),
    ]
    root = only(what)
    assert (root.code, root.severity, root.seen) == ("KER611", "error", "live")
    assert "VersionError" in says(root)
    assert root.commands == ("/env/bin/python -m pip install 'protobuf>=6.31.1,<8.0.0'",)


def test_a_clash_alone_is_a_warning() -> None:
    what = on_2_15(PROTOBUF6)
    what.trials = [Trial(subject="tensorflow", ended="well")]
    root = only(what)
    assert (root.code, root.severity) == ("KER611", "warning")
    assert "<5.0.0dev" in root.commands[0]


def test_numpy_2_below_an_old_tensorflow_is_the_clash_not_the_message() -> None:
    tensorflow = dist("tensorflow-cpu", "2.15.1", *TENSORFLOW_2_15, top_level=["tensorflow"])
    what = seen(tensorflow, KERAS2, NUMPY2, protobuf("4.25.9"))
    what.trials = [
        failed(
            "tensorflow",
            "ImportError: numpy.core.umath failed to import",
            traceback=f'File "{SITE}/tensorflow/python/__init__.py", line 3',
        )
    ]
    root = only(what)
    assert (root.code, root.severity) == ("KER611", "error")
    assert root.commands == ("/env/bin/python -m pip install 'numpy>=1.23.5,<2.0.0'",)
    assert "KER619" in says(root)


def test_h5py_built_for_another_numpy_has_no_clash_to_hide_behind() -> None:
    tensorflow = dist("tensorflow", "2.21.0", "h5py>=3.9", "numpy>=1.26")
    what = seen(tensorflow, KERAS3, NUMPY2, dist("h5py", "3.9.0", "numpy>=1.17.3"))
    what.trials = [
        failed(
            "keras",
            "ValueError: numpy.dtype size changed, may indicate binary incompatibility. Expected "
            "96 from C header, got 88 from PyObject",
            "tensorflow",
            f'File "{SITE}/keras/src/saving/saving_lib.py"\nFile "{SITE}/h5py/__init__.py"',
        )
    ]
    root = only(what)
    assert root.code == "KER619"
    assert root.message.startswith("h5py 3.9.0 was built for another NumPy")
    assert "'h5py>=3.9,!=3.9.0' numpy==2.2.6" in root.commands[0]


def test_keras_2_beside_tensorflow_2_21() -> None:
    what = on_2_21(KERAS2)
    what.trials = [
        Trial(subject="tensorflow", ended="well"),
        failed(
            "keras",
            "AttributeError: module 'tensorflow._api.v2.compat.v2.__internal__' has no attribute "
            "'register_load_context_function'",
        ),
    ]
    root = only(what)
    assert (root.code, root.severity) == ("KER611", "error")
    assert "KER621" in says(root)
    assert root.commands == ("/env/bin/python -m pip install 'keras>=3.12.0'",)


def test_keras_3_beside_tensorflow_2_15_runs_and_is_a_warning() -> None:
    what = on_2_15(KERAS3)
    what.trials = [Trial(subject="tensorflow", ended="well"), Trial(subject="keras", ended="well")]
    root = only(what)
    assert (root.code, root.severity) == ("KER611", "warning")
    assert "`tf.keras` of TensorFlow 2.15.1 is Keras 3.15.1" in says(root)
    assert root.commands == ("/env/bin/python -m pip install 'keras>=2.15.0,<2.16'",)


def test_the_package_that_was_asked_for_is_kept() -> None:
    what = on_2_15(KERAS3)
    root = only(what, pins=[pin("keras", ">=3")])
    assert root.commands == ("/env/bin/python -m pip install tensorflow keras==3.15.1",)


def test_tf_keras_of_another_minor_is_not_a_clash_of_tensorflow() -> None:
    tensorflow = dist("tensorflow-cpu", "2.21.0", top_level=["tensorflow"])
    legacy = dist("tf-keras", "2.15.1", "tensorflow<2.16,>=2.15")
    what = seen(tensorflow, KERAS3, NUMPY2, legacy)
    what.trials = [failed("tf_keras", "AttributeError: no attribute")]
    root = only(what)
    assert (root.code, root.severity) == ("KER623", "error")
    assert root.commands == ("/env/bin/python -m pip install --no-deps 'tf-keras==2.21.*'",)


def test_a_failure_without_a_name_in_it_is_laid_to_the_clash_within_reach() -> None:
    what = on_2_15(dist("protobuf", "6.33.0"))
    what.trials = [failed("tensorflow", "TypeError: Descriptors cannot be created directly.")]
    assert (only(what).code, only(what).severity) == ("KER611", "error")


def test_another_version_of_keras_is_not_why_tf_keras_is_not_there() -> None:
    what = on_2_21(environment={"TF_USE_LEGACY_KERAS": "1"})
    assert {one.code for one in judged(what, pins=[pin("keras", "==3.14.0")])} == {
        "KER661",
        "KER622",
    }
    assert only(what, pins=[pin("tf-keras", "==2.21.0")]).code == "KER661"
