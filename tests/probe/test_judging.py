"""Who explains whom: of what hangs together only the root is left."""

from __future__ import annotations

from typing import Any

import pytest

from kerlint.probe.finding import Finding
from kerlint.probe.judging import ORDER, judge
from kerlint.probe.observations import (
    KerasConfig,
    Observations,
    Overlap,
    Record,
    Shadow,
    Start,
)
from kerlint.probe.trial_observations import Trial
from kerlint.rules import all_rules
from tests.probe.scenes import (
    SITE,
    TENSORFLOW_2_15,
    TENSORFLOW_2_21,
    asked,
    dist,
    failed,
    pin,
    seen,
)

KERAS3 = dist("keras", "3.15.1", "numpy")
NUMPY2 = dist("numpy", "2.2.6")
PROTOBUF6 = dist("protobuf", "6.33.0", top_level=["google"])
H5PY = dist("h5py", "3.14.0")


def judged(what: Observations, **wishes: Any) -> list[Finding]:
    return [one for one in judge(what, asked(what, **wishes)) if one.severity != "info"]


def only(what: Observations, **wishes: Any) -> Finding:
    found = judged(what, **wishes)
    assert len(found) == 1, found
    return found[0]


def says(one: Finding) -> str:
    return "\n".join(f"{line.text} {line.where}" for line in one.evidence)


def test_every_rule_of_the_probe_has_its_place_in_the_order() -> None:
    codes = {rule.code for rule in all_rules() if rule.code[:4] in ("KER6", "KER7")}
    assert codes <= {*ORDER}
    assert len(ORDER) == len({*ORDER})


def test_a_sound_environment_is_silent() -> None:
    tensorflow = dist("tensorflow", "2.21.0", *TENSORFLOW_2_21)
    what = seen(tensorflow, KERAS3, NUMPY2, PROTOBUF6, H5PY)
    what.trials = [Trial(subject="tensorflow", ended="well")]
    assert judged(what) == []


def test_missing_files_and_the_import_that_fails_are_one() -> None:
    record = Record(True, 1200, 1, ["keras/src/layers/__init__.py"])
    what = seen(dist("keras", "3.15.1", record=record), NUMPY2, dist("tensorflow", "2.21.0"))
    error = (
        "ImportError: cannot import name 'layers' from partially initialized module 'keras.src' "
        "(most likely due to a circular import)"
    )
    what.trials = [failed("keras", error, "tensorflow")]
    root = only(what)
    assert (root.code, root.severity) == ("KER612", "error")
    assert "circular import" in says(root)
    assert root.commands == (
        "/env/bin/python -m pip install --force-reinstall --no-deps keras==3.15.1",
    )


def test_a_clash_and_the_run_that_fails_are_one_error() -> None:
    tensorflow = dist("tensorflow", "2.21.0", *TENSORFLOW_2_21)
    what = seen(tensorflow, KERAS3, NUMPY2, H5PY, dist("protobuf", "5.29.5", top_level=["google"]))
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
    tensorflow = dist("tensorflow", "2.15.1", *TENSORFLOW_2_15)
    what = seen(
        tensorflow,
        dist("keras", "2.15.0"),
        dist("numpy", "1.26.4"),
        dist("protobuf", "6.33.0", top_level=["google"]),
    )
    what.trials = [Trial(subject="tensorflow", ended="well")]
    root = only(what)
    assert (root.code, root.severity) == ("KER611", "warning")
    assert "<5.0.0dev" in root.commands[0]


def test_numpy_2_below_an_old_tensorflow_is_the_clash_not_the_message() -> None:
    tensorflow = dist("tensorflow-cpu", "2.15.1", *TENSORFLOW_2_15, top_level=["tensorflow"])
    what = seen(
        tensorflow,
        dist("keras", "2.15.0"),
        NUMPY2,
        dist("protobuf", "4.25.9", top_level=["google"]),
    )
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
    tensorflow = dist("tensorflow", "2.21.0", *TENSORFLOW_2_21)
    what = seen(tensorflow, dist("keras", "2.15.0"), NUMPY2, PROTOBUF6, H5PY)
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
    tensorflow = dist("tensorflow", "2.15.1", *TENSORFLOW_2_15)
    what = seen(
        tensorflow,
        KERAS3,
        dist("numpy", "1.26.4"),
        dist("protobuf", "4.25.9", top_level=["google"]),
    )
    what.trials = [Trial(subject="tensorflow", ended="well"), Trial(subject="keras", ended="well")]
    root = only(what)
    assert (root.code, root.severity) == ("KER611", "warning")
    assert "`tf.keras` of TensorFlow 2.15.1 is Keras 3.15.1" in says(root)
    assert root.commands == ("/env/bin/python -m pip install 'keras>=2.15.0,<2.16'",)


def test_the_package_that_was_asked_for_is_kept() -> None:
    tensorflow = dist("tensorflow", "2.15.1", *TENSORFLOW_2_15)
    what = seen(
        tensorflow,
        KERAS3,
        dist("numpy", "1.26.4"),
        dist("protobuf", "4.25.9", top_level=["google"]),
    )
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


def test_the_legacy_switch_without_tf_keras() -> None:
    what = seen(
        dist("tensorflow", "2.21.0"),
        KERAS3,
        NUMPY2,
        environment={"TF_USE_LEGACY_KERAS": "1"},
        trials=[
            failed(
                "tensorflow", "ImportError: Keras cannot be imported. Check that it is installed."
            )
        ],
    )
    root = only(what)
    assert root.code == "KER622"
    assert "Check that it is installed" in says(root)
    assert root.commands == ("/env/bin/python -m pip install 'tf-keras==2.21.*'",)


def test_an_unknown_backend_is_not_a_missing_one() -> None:
    what = seen(
        dist("tensorflow", "2.21.0"),
        KERAS3,
        NUMPY2,
        environment={"KERAS_BACKEND": "theano"},
        trials=[failed("keras", "ValueError: Unable to import backend : theano", "theano")],
    )
    root = only(what)
    assert (root.code, root.commands) == ("KER206", ("export KERAS_BACKEND=tensorflow",))


def test_a_backend_that_is_not_installed() -> None:
    what = seen(
        dist("tensorflow", "2.21.0"),
        KERAS3,
        NUMPY2,
        environment={"KERAS_BACKEND": "jax"},
        trials=[failed("keras", "ModuleNotFoundError: No module named 'jax'", "jax")],
    )
    root = only(what)
    assert root.code == "KER631"
    assert root.commands == ("/env/bin/python -m pip install jax",)
    assert "No module named 'jax'" in says(root)


def test_a_keras_json_that_is_a_list() -> None:
    what = seen(
        dist("tensorflow", "2.21.0"),
        KERAS3,
        NUMPY2,
        keras_config=KerasConfig(text="[]", file="/home/me/.keras/keras.json"),
        trials=[
            failed("keras", "AttributeError: 'list' object has no attribute 'get'", "tensorflow")
        ],
    )
    assert only(what).code == "KER501"


def test_two_that_own_one_folder_explain_the_files_that_differ() -> None:
    altered = Record(True, 900, altered_count=258, altered=["keras/__init__.py"])
    what = seen(
        dist("tensorflow", "2.21.0"),
        dist("keras", "3.15.1", record=altered),
        dist("keras-nightly", "3.16.0.dev1", top_level=["keras"]),
        NUMPY2,
        overlaps=[Overlap(["keras", "keras-nightly"], 589, ["keras/__init__.py"])],
    )
    root = only(what)
    assert (root.code, root.severity) == ("KER616", "warning")
    assert root.commands == (
        "/env/bin/python -m pip uninstall -y keras keras-nightly",
        "/env/bin/python -m pip install keras==3.15.1",
    )


def test_an_interpreter_that_does_not_run_leaves_nothing_else_to_say() -> None:
    what = Observations(
        argument="/env",
        starts=[Start("without-site", error="No such file or directory")],
        environment={"KERAS_BACKEND": "theano"},
        trials=[failed("keras", "never")],
    )
    assert only(what).code == "KER601"


def test_a_start_that_crashes_explains_every_run_that_fails() -> None:
    what = seen(
        dist("tensorflow", "2.21.0"),
        KERAS3,
        NUMPY2,
        starts=[
            Start("without-site", returncode=0, answered=True),
            Start("isolated", returncode=3, stderr="sitecustomize says no"),
            Start("ordinary", returncode=3),
        ],
        trials=[
            Trial(subject="tensorflow", ended="no-result", returncode=3),
            Trial(subject="keras", backend="tensorflow", ended="no-result", returncode=3),
        ],
    )
    what.site.sitecustomize = f"{SITE}/sitecustomize.py"
    root = only(what)
    assert root.code == "KER602"
    assert "KER654" in says(root)


def test_a_backend_that_crashes_takes_keras_with_it() -> None:
    what = seen(
        dist("tensorflow", "2.21.0"),
        KERAS3,
        NUMPY2,
        trials=[
            Trial(subject="tensorflow", ended="crashed", signal=4),
            Trial(subject="keras", backend="tensorflow", ended="crashed", signal=4),
        ],
    )
    root = only(what)
    assert root.code == "KER652"
    assert "AVX" in root.message


def test_a_failure_without_a_name_in_it_is_laid_to_the_clash_within_reach() -> None:
    tensorflow = dist("tensorflow", "2.15.1", *TENSORFLOW_2_15)
    what = seen(
        tensorflow, dist("keras", "2.15.0"), dist("numpy", "1.26.4"), dist("protobuf", "6.33.0")
    )
    what.trials = [failed("tensorflow", "TypeError: Descriptors cannot be created directly.")]
    assert (only(what).code, only(what).severity) == ("KER611", "error")


def test_what_is_not_selected_explains_nothing() -> None:
    record = Record(True, 1200, 1, ["keras/src/layers/__init__.py"])
    what = seen(dist("keras", "3.15.1", record=record))
    what.trials = [failed("keras", "ImportError: cannot import name 'layers'")]
    found = judge(what, asked(what), frozenset({"KER624"}))
    assert [one.code for one in found] == ["KER624"]


def test_the_gravest_comes_first() -> None:
    record = Record(True, 1200, 1, ["keras/src/layers/__init__.py"])
    what = seen(
        dist("keras", "3.15.1", record=record),
        dist("tensorflow", "2.21.0"),
        leftovers=[f"{SITE}/~ensorboard"],
        environment={"KERAS_BACKEND": "torch"},
    )
    codes = [one.code for one in judge(what, asked(what))]
    assert codes[:2] == ["KER612", "KER631"]
    assert codes[2:] == ["KER618", "KER632"]


def test_a_file_of_the_project_explains_no_failed_run() -> None:
    """The children start in an empty folder: the project's `random.py` is not theirs."""
    hidden = Shadow("random", "/home/me/random.py", "/usr/lib/random.py", "standard-module")
    error = "ValueError: Unable to import backend : theano"
    what = seen(
        KERAS3,
        NUMPY2,
        environment={"KERAS_BACKEND": "theano"},
        shadows=[hidden],
        trials=[failed("keras", error, backend="theano")],
    )
    first, second = judged(what)
    assert (first.code, second.code) == ("KER642", "KER206")
    assert not any(error in one.text for one in first.evidence)
    assert any(error in one.text for one in second.evidence)


def test_another_version_of_keras_is_not_why_tf_keras_is_not_there() -> None:
    tensorflow = dist("tensorflow", "2.21.0", *TENSORFLOW_2_21)
    what = seen(
        KERAS3, NUMPY2, PROTOBUF6, H5PY, tensorflow, environment={"TF_USE_LEGACY_KERAS": "1"}
    )
    assert {one.code for one in judged(what, pins=[pin("keras", "==3.14.0")])} == {
        "KER661",
        "KER622",
    }
    assert only(what, pins=[pin("tf-keras", "==2.21.0")]).code == "KER661"


def test_a_library_that_was_cut_off_is_not_built_for_something_else() -> None:
    cut = Record(True, 90, altered_count=1, altered=["h5py/_conv.so"])
    what = seen(dist("keras", "3.15.1", "h5py"), dist("h5py", "3.14.0", record=cut))
    error = "ImportError: .../h5py/_conv.so: invalid ELF header"
    traceback = f'File "{SITE}/h5py/__init__.py"'
    what.trials = [failed("keras", error, "tensorflow", traceback)]
    found = judged(what, backends=["numpy"])
    assert found[0].code == "KER613"
    assert "KER619" in says(found[0])


def test_a_check_that_fails_is_said_not_to_have_been_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: object, what: object, wishes: object) -> object:
        raise ValueError("no")

    rule = next(one for one in all_rules() if one.code == "KER612")
    monkeypatch.setattr(type(rule), "check_environment", fails)
    what = seen(dist("keras", "3.15.1", requires_python=">=3.12"), dist("tensorflow", "2.21.0"))
    assert [one.code for one in judged(what)] == ["KER604"]
    assert [(one.what, one.why) for one in what.not_checked] == [
        ("KER612 files-missing", "the check failed: ValueError: no")
    ]


def test_a_backend_that_is_none_explains_its_run_before_a_damaged_file_does() -> None:
    damaged = dist("keras", "3.15.1", "numpy", record=Record(True, 9, 1, ["keras/a.py"]))
    error = "ValueError: Unable to import backend : jx"
    what = seen(
        damaged,
        NUMPY2,
        environment={"KERAS_BACKEND": "jx"},
        trials=[failed("keras", error, backend="jx")],
    )
    told = {one.code: one for one in judged(what)}
    assert set(told) == {"KER612", "KER206"}
    assert any(error in each.text for each in told["KER206"].evidence)
    assert not any(error in each.text for each in told["KER612"].evidence)
