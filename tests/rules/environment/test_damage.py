"""KER612 to KER619: files, metadata, doubles, remainders, compiled modules."""

from __future__ import annotations

from typing import Any

import pytest

from kerlint.probe.observations import (
    CondaPackage,
    Distribution,
    ModuleFound,
    Overlap,
    Record,
    Site,
)
from kerlint.probe.trial_observations import Trial
from tests.probe.scenes import SITE, dist, failed, seen
from tests.rules.environment.judged import finding, findings, severities


def lacking(name: str, *missing: str, count: int = 0) -> Distribution:
    record = Record(True, 100, missing_count=count or len(missing), missing=list(missing))
    return dist(name, "1.0", record=record)


def changed(name: str, *altered: str, count: int = 0, **more: Any) -> Distribution:
    record = Record(True, 100, altered_count=count or len(altered), altered=list(altered))
    return dist(name, "1.0", record=record, **more)


# KER612


def test_a_file_of_what_keras_needs_is_an_error() -> None:
    what = seen(dist("keras", "3.15.1", "optree"), lacking("optree", "optree/__init__.py"))
    assert severities("KER612", what) == ["error"]


def test_a_file_of_something_else_is_mentioned() -> None:
    assert severities("KER612", seen(lacking("flask", "flask/app.py"))) == ["info"]


def test_what_a_system_has_packaged_anew_differs_from_its_record() -> None:
    folder = "/usr/lib/python3/dist-packages"
    one = lacking("numpy", "numpy/a.py")
    one.metadata, one.location = f"{folder}/numpy-1.24.dist-info", folder
    other = changed("numpy", "numpy/a.so", metadata=f"{folder}/numpy.egg-info", location=folder)
    what = seen(dist("keras", "3", "numpy"), one, other)
    for code in ("KER612", "KER613", "KER615"):
        assert not findings(code, what)


@pytest.mark.parametrize(
    "path", ["../../../bin/keras", "keras/a.pyc", "keras/tests/test_a.py", "tensorflow/include/a.h"]
)
def test_what_no_import_needs_is_information(path: str) -> None:
    assert severities("KER612", seen(lacking("keras", path))) == ["info"]


def test_of_many_only_a_few_are_known_by_name() -> None:
    assert severities("KER612", seen(lacking("keras", "../../../bin/keras", count=589))) == [
        "error"
    ]


def test_no_record_nothing_to_compare() -> None:
    assert not findings("KER612", seen(dist("keras", "3.15.1", record=Record())))


# KER613


def test_a_file_that_was_cut_off() -> None:
    found = finding("KER613", seen(changed("keras", "keras/src/layers/layer.py")))
    assert found.message.startswith("1 file of keras 1.0 has not the size")
    assert found.severity == "error"


@pytest.mark.parametrize("path", ["../../../bin/keras", "keras-1.0.dist-info/INSTALLER"])
def test_what_installers_write_into_may_differ(path: str) -> None:
    assert not findings("KER613", seen(changed("keras", path)))


def test_conda_and_editable_projects_change_their_files() -> None:
    assert not findings("KER613", seen(changed("keras", "keras/a.py", installer="conda")))
    assert not findings("KER613", seen(changed("keras", "keras/a.py", editable="file:///me")))


def test_libraries_count_whatever_their_version() -> None:
    assert findings("KER613", seen(changed("tensorflow", "tensorflow/libtensorflow_cc.so.2")))


# KER614, KER615


def test_metadata_are_deleted_and_made_again() -> None:
    folder = f"{SITE}/keras-3.15.1.dist-info"
    found = finding("KER614", seen(dist("keras", "", problem="no-metadata", metadata=folder)))
    assert found.commands == (
        f"rm -rf -- {folder}",
        "/env/bin/python -m pip install --force-reinstall --no-deps keras==3.15.1",
    )
    assert severities("KER614", seen(dist("flask", "", problem="empty-metadata"))) == ["info"]


@pytest.mark.parametrize(
    "writable",
    [True, False],
)
def test_metadata_that_this_user_may_not_read(writable: bool) -> None:
    keras = dist(
        "keras", "3.15.1", problem="unreadable-metadata", detail="[Errno 13] Permission denied: 'x'"
    )
    what = seen(keras)
    what.site.writable = writable
    found = finding("KER614", what)
    assert found.help.startswith("This user may not read it.")
    if writable:
        assert found.commands == (f"chmod -R u+rwX {SITE}/keras-3.15.1.dist-info",)
    else:
        assert not any("rm " in command for command in found.commands)


def test_the_record_whose_files_are_there_is_the_real_one() -> None:
    old = dist("keras", "3.15.1", record=Record(True, 900, missing_count=300))
    what = seen(old, dist("keras", "2.15.0"))
    assert finding("KER615", what).commands == (
        f"rm -rf -- {SITE}/keras-3.15.1.dist-info",
        "/env/bin/python -m pip install --force-reinstall --no-deps keras==2.15.0",
    )


def test_one_package_in_two_folders_is_not_a_double() -> None:
    other = "/usr/lib/python3/dist-packages"
    away = dist("numpy", "1.26", location=other, metadata=f"{other}/numpy-1.26.dist-info", order=5)
    assert not findings("KER615", seen(dist("numpy", "2.2.6"), away))


# KER616


def overlap(first: str, second: str, files: int, example: str) -> list[Any]:
    what = seen(
        dist(first, "1.0"),
        dist(second, "1.0"),
        overlaps=[Overlap([first, second], files, [example])],
    )
    return findings("KER616", what)


def test_a_family_owns_one_folder() -> None:
    assert overlap("tf-keras", "tf-keras-nightly", 3, "tf_keras/__init__.py")
    assert overlap("opencv-python", "opencv-python-headless", 60, "cv2/__init__.py")


def test_shared_folders_are_no_accident() -> None:
    assert not overlap("nvidia-cublas-cu12", "nvidia-cudnn-cu12", 1, "nvidia/__init__.py")
    assert not overlap("a", "b", 40, "tests/__init__.py")


def test_the_one_that_others_require_is_kept() -> None:
    what = seen(
        dist("tensorflow-cpu", "2.21.0"),
        dist("tensorflow", "2.21.0"),
        dist("tf-keras", "2.21.0", "tensorflow<2.22,>=2.21"),
        overlaps=[Overlap(["tensorflow", "tensorflow-cpu"], 9000, ["tensorflow/__init__.py"])],
    )
    assert finding("KER616", what).commands[1].endswith("install tensorflow==2.21.0")
    assert (
        finding("KER616", what, pins=[])
        .commands[0]
        .endswith("uninstall -y tensorflow tensorflow-cpu")
    )


# KER617, KER618


@pytest.mark.parametrize(
    ("module", "fires"),
    [
        (ModuleFound("keras", "namespace", f"{SITE}/keras"), True),
        (ModuleFound("tensorflow", "package", f"{SITE}/tensorflow/__init__.py"), True),
        (ModuleFound("keras", "package", "/home/me/keras/keras/__init__.py"), False),
        (ModuleFound("mine", "package", f"{SITE}/mine/__init__.py"), False),
        (ModuleFound("keras", "absent"), False),
    ],
)
def test_what_nobody_owns(module: ModuleFound, fires: bool) -> None:
    assert bool(findings("KER617", seen(dist("numpy", "2.2.6"), modules=[module]))) is fires


def test_where_files_are_not_recorded_nobody_can_tell() -> None:
    keras = ModuleFound("keras", "package", f"{SITE}/keras/__init__.py")
    debian = dist("numpy", "1.26", record=Record(), installer="")
    what = seen(debian, modules=[keras])
    what.distributions = [debian]
    assert not findings("KER617", what)
    conda = dist("numpy", "1.26", installer="conda")
    assert not findings("KER617", seen(conda, modules=[keras]))


def test_remainders_are_deleted_together() -> None:
    what = seen(leftovers=[f"{SITE}/~eras", f"{SITE}/~eras-3.15.0.dist-info"])
    found = finding("KER618", what)
    assert found.commands == (f"rm -rf -- {SITE}/'~eras' {SITE}/'~eras-3.15.0.dist-info'",) or (
        found.commands == (f"rm -rf -- '{SITE}/~eras' '{SITE}/~eras-3.15.0.dist-info'",)
    )


# KER619


@pytest.mark.parametrize(
    ("tags", "fires"),
    [
        (["cp310-cp310-manylinux_2_17_x86_64"], True),
        (["cp311-cp311-manylinux_2_17_x86_64"], False),
        (["cp36-abi3-manylinux_2_17_x86_64"], False),
        (["py3-none-any"], False),
        (["cp310-none-any"], False),
        (["cp310-cp310-linux_x86_64", "cp311-cp311-linux_x86_64"], False),
        (["cp313-cp313t-manylinux_2_17_x86_64"], True),
        ([], False),
    ],
)
def test_wheels_of_another_python(tags: list[str], fires: bool) -> None:
    assert bool(findings("KER619", seen(dist("tensorflow", "2.21.0", build_tags=tags)))) is fires


def test_the_module_that_cannot_be_loaded_is_named() -> None:
    what = seen(dist("tensorflow", "2.10.1", "numpy>=1.20"), dist("numpy", "2.2.6"))
    what.trials = [
        failed(
            "tensorflow",
            "TypeError: Unable to convert function return value to a Python type! The signature "
            "was () -> handle",
            traceback=f'File "{SITE}/tensorflow/python/framework/dtypes.py", line 34',
        )
    ]
    found = finding("KER619", what)
    assert found.message.startswith("tensorflow 2.10.1 was built for another NumPy than 2.2.6")
    assert found.commands == ("/env/bin/python -m pip install 'numpy<2'",)


def test_a_library_that_is_not_found_is_reinstalled() -> None:
    what = seen(dist("h5py", "3.14.0"))
    what.trials = [
        failed(
            "keras",
            "ImportError: libhdf5.so: undefined symbol: H5free",
            traceback=f'File "{SITE}/h5py/__init__.py"',
        )
    ]
    assert "--force-reinstall --no-deps h5py==3.14.0" in finding("KER619", what).commands[0]


def test_other_failures_are_not_about_compiled_modules() -> None:
    what = seen(dist("keras", "3.15.1"))
    what.trials = [failed("keras", "ValueError: no"), Trial(subject="jax", ended="well")]
    assert not findings("KER619", what)


def test_files_of_conda_count_where_its_own_record_has_them() -> None:
    record = Record(True, 600, 1, ["keras/src/layers/__init__.py"])
    keras = dist("keras", "3.15.1", installer="conda", record=record)
    what = seen(keras, site=Site(site_packages=[SITE], conda_prefix="/opt/conda"))
    what.conda = [CondaPackage("keras", "3.15.1")]
    assert not findings("KER612", what)
    record.by = "conda"
    found = finding("KER612", what)
    assert found.commands == (
        "conda install -y -p /opt/conda --force-reinstall --no-deps keras=3.15.1",
    )
