"""The lists, and unpacking."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

from kerlint.project.roots import root_of
from tools.crater.environments import load_environments
from tools.crater.fetch import fetch, unpack
from tools.crater.packages import Package, halves_of, load_packages


def test_there_are_enough_packages_in_equal_halves():
    packages = load_packages()
    assert len(packages) >= 40
    in_a = sum(package.half == "A" for package in packages)
    assert abs(2 * in_a - len(packages)) <= 1


def test_halves_do_not_depend_on_the_order_of_the_list():
    names = ["b", "a", "d", "c"]
    assert halves_of(names) == halves_of(sorted(names))
    assert sorted(halves_of(names).values()) == ["A", "A", "B", "B"]


def test_environments_are_told_apart_by_what_is_in_them():
    environments = load_environments()
    assert len({environment.folder for environment in environments}) == len(environments) == 3
    changed = environments[0]._replace(requirements=("keras==3.0.0",))
    assert changed.folder != environments[0].folder


def test_only_python_files_are_unpacked_and_only_inside(tmp_path: Path):
    wheel = tmp_path / "a.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("a/__init__.py", "x = 1\n")
        archive.writestr("a/data.bin", "no")
        archive.writestr("../outside.py", "no")
    unpack(wheel, tmp_path / "w")
    assert [p.name for p in (tmp_path / "w").rglob("*") if p.is_file()] == ["__init__.py"]
    assert not (tmp_path / "outside.py").exists()

    source = tmp_path / "a.tar.gz"
    with tarfile.open(source, "w:gz") as archive:
        for name in ("a-1/a.py", "../outside.py"):
            entry = tarfile.TarInfo(name)
            entry.size = 3
            archive.addfile(entry, io.BytesIO(b"x=1"))
    unpack(source, tmp_path / "s")
    assert [p.name for p in (tmp_path / "s").rglob("*") if p.is_file()] == ["a.py"]
    assert not (tmp_path / "outside.py").exists()


def test_every_package_is_a_project_of_its_own(tmp_path: Path):
    package = Package("mine", "1.0", "A")
    inside = tmp_path / "packages" / package.folder / "mine"
    inside.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("")
    found = fetch([package], tmp_path, print)
    assert root_of(str(inside)) == str(found[package])
