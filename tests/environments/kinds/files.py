"""Installations that are not whole: files, records, metadata."""

from __future__ import annotations

import shutil

from tests.environments.environment import Environment
from tests.environments.kind import kind


@kind("tf-keras", "KER612")
def file_deleted(here: Environment) -> None:
    here.remove("keras/src/layers/__init__.py")


@kind("tf-keras", "KER612")
def package_deleted(here: Environment) -> None:
    here.remove("keras")


@kind("tf-keras", "KER613")
def file_empty(here: Environment) -> None:
    here.write("keras/src/layers/layer.py", "")


@kind("tf-keras", "KER613")
def library_cut_off(here: Environment) -> None:
    here.write("h5py/_conv.cpython-312-x86_64-linux-gnu.so", "\x7fELF")


@kind("tf-keras", "KER614")
def metadata_empty(here: Environment) -> None:
    path = here.metadata("keras") / "METADATA"
    path.unlink()
    path.write_text("")


@kind("tf-keras", "KER614")
def metadata_gone(here: Environment) -> None:
    (here.metadata("keras") / "METADATA").unlink()


@kind("tf-keras", "KER615")
def metadata_twice(here: Environment) -> None:
    old = here.site / "keras-2.15.0.dist-info"
    old.mkdir()
    (old / "METADATA").write_text("Metadata-Version: 2.1\nName: keras\nVersion: 2.15.0\n")


@kind("tf-keras", "KER617", "KER611")
def metadata_folder_gone(here: Environment) -> None:
    shutil.rmtree(here.metadata("keras"))


@kind("tf-keras", "KER618")
def left_over_of_pip(here: Environment) -> None:
    here.metadata("keras").rename(here.site / "~eras-3.15.1.dist-info")
    here.pip("install", "--no-deps", "keras==3.15.1")


@kind("keras-3", "KER616")
def nightly_beside_keras(here: Environment) -> None:
    here.pip("install", "--no-deps", "keras-nightly")


@kind("keras-3", "KER612")
def nightly_removed_again(here: Environment) -> None:
    here.pip("install", "--no-deps", "keras-nightly")
    here.pip("uninstall", "-y", "keras-nightly")


@kind("keras-3", "KER616")
def second_tensorflow(here: Environment) -> None:
    """As pip leaves it that installed tensorflow beside tensorflow-cpu: both list the files."""
    _second_tensorflow(here)


@kind("keras-3", "KER612")
def second_tensorflow_removed(here: Environment) -> None:
    _second_tensorflow(here)
    here.pip("uninstall", "-y", "tensorflow")


def _second_tensorflow(here: Environment) -> None:
    first = here.metadata("tensorflow_cpu")
    second = here.site / "tensorflow-2.21.0.dist-info"
    shutil.copytree(first, second)
    for name, old, new in (
        ("METADATA", "Name: tensorflow_cpu", "Name: tensorflow"),
        ("METADATA", "Name: tensorflow-cpu", "Name: tensorflow"),
        ("RECORD", "tensorflow_cpu-2.21.0.dist-info", "tensorflow-2.21.0.dist-info"),
    ):
        text = (second / name).read_text(encoding="utf-8").replace(old, new)
        if name == "RECORD":
            text = "\n".join(
                line.partition(",")[0] + ",," if "METADATA" in line else line
                for line in text.splitlines()
            )
        (second / name).write_text(text, encoding="utf-8")
