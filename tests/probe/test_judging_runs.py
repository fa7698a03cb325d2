"""Who explains a run that failed: a backend, a setting, a damaged file."""

from __future__ import annotations

from kerlint.probe.observations import KerasConfig, Overlap, Record, Shadow, Start
from kerlint.probe.outcome import Examination
from kerlint.probe.subjects import subjects
from kerlint.probe.trial_observations import Trial
from tests.probe.judged import KERAS3, NUMPY2, judged, only, says
from tests.probe.scenes import SITE, dist, failed, seen


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


def test_a_library_that_was_cut_off_is_not_built_for_something_else() -> None:
    cut = Record(True, 90, altered_count=1, altered=["h5py/_conv.so"])
    what = seen(dist("keras", "3.15.1", "h5py"), dist("h5py", "3.14.0", record=cut))
    error = "ImportError: .../h5py/_conv.so: invalid ELF header"
    traceback = f'File "{SITE}/h5py/__init__.py"'
    what.trials = [failed("keras", error, "tensorflow", traceback)]
    found = judged(what, backends=["numpy"])
    assert found[0].code == "KER613"
    assert "KER619" in says(found[0])


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


def test_the_line_of_a_framework_names_what_explains_it() -> None:
    keras = dist("keras", "3.15.1", record=Record(True, 100, 1, ["keras/src/layers/__init__.py"]))
    run = failed("keras", "ImportError: cannot import name 'layers'", "tensorflow")
    what = seen(keras, dist("tensorflow", "2.21.0"), trials=[run])
    lines = {one.title: one for one in subjects(Examination(what, judged(what)))}
    assert lines["Keras"].sentence == 'on tensorflow failed at the step "found": because of KER612'
    assert lines["Keras"].findings == ()
