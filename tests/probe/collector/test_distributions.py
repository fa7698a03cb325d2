"""Distributions read from their folders: sound ones, broken ones, and those without a RECORD."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kerlint.probe.collector.answering import Gaps
from kerlint.probe.collector.distributions import Installed
from kerlint.probe.collector.metadata import described, headers, normal_name
from kerlint.probe.exchange import observations
from kerlint.probe.observations import Distribution
from tests.probe.environments import Environment, add_distribution


def installed(*path: Path, user_site: Path | None = None) -> Installed:
    gaps = Gaps()
    found = Installed([str(one) for one in path], str(user_site or ""), gaps)
    assert gaps.all == []
    found.compare_files(60)
    return found


def as_seen(one: dict[str, Any]) -> Distribution:
    """Through the exchange, as the checks get it."""
    return observations({"schema": 1, "distributions": [one]}).distributions[0]


def only(*path: Path) -> Distribution:
    (one,) = installed(*path).all
    return as_seen(one)


def test_a_sound_one(tmp_path: Path) -> None:
    add_distribution(
        tmp_path,
        "Tf_Keras",
        "2.21.0",
        {"tf_keras/__init__.py": "", "tf_keras/src/a.py": "x = 1\n", "_single.py": ""},
        requires=["tensorflow<2.22,>=2.21", 'numpy; extra == "x"'],
        notes={"INSTALLER": "uv", "WHEEL": "Wheel-Version: 1.0\nTag: py3-none-any\n"},
    )
    one = only(tmp_path)
    assert (one.name, one.version, one.installer, one.problem) == ("tf-keras", "2.21.0", "uv", "")
    assert one.requires == ["tensorflow<2.22,>=2.21", 'numpy; extra == "x"']
    assert one.top_level == ["_single", "tf_keras"]
    assert one.build_tags == ["py3-none-any"]
    assert (one.record.present, one.record.checked) == (True, 3)
    assert (one.record.missing_count, one.record.altered_count) == (0, 0)
    assert one.location == str(tmp_path)


def test_files_that_are_gone_and_files_that_changed(tmp_path: Path) -> None:
    files = {f"keras/m{number}.py": "x = 1\n" for number in range(30)}
    add_distribution(tmp_path, "keras", "3.15.1", files)
    for number in range(25):
        (tmp_path / f"keras/m{number}.py").unlink()
    (tmp_path / "keras/m29.py").write_text("", encoding="ascii")
    record = only(tmp_path).record
    assert (record.checked, record.missing_count, record.altered_count) == (30, 25, 1)
    assert record.altered == ["keras/m29.py"]
    assert len(record.missing) == 20
    assert record.missing[0] == "keras/m0.py"


def test_a_whole_folder_that_is_gone_counts_every_file(tmp_path: Path) -> None:
    files = {"keras/__init__.py": "", "keras/a/b/c.py": "", "keras/a/d.py": ""}
    add_distribution(tmp_path, "keras", files=files)
    for file in files:
        (tmp_path / file).unlink()
    (tmp_path / "keras/a/b").rmdir()
    (tmp_path / "keras/a").rmdir()
    assert only(tmp_path).record.missing_count == 3


def test_what_sound_environments_lack_is_not_missed(tmp_path: Path) -> None:
    folder = add_distribution(tmp_path, "certifi", files={"certifi/cacert.pem": "one"})
    (tmp_path / "certifi/cacert.pem").write_text("one and the company's", encoding="ascii")
    with (folder / "RECORD").open("a", encoding="ascii") as record:
        record.write("certifi/__pycache__/__init__.cpython-311.pyc,,\n")
        record.write("certifi/__pycache__,,\n")
        record.write("../../../bin/tool,sha256=0,12\n/etc/tool.conf,,3\nC:/Scripts/x,,1\n")
        record.write(f"{folder.name}/REQUESTED,sha256=0,0\n")
    record_seen = only(tmp_path).record
    assert (record_seen.missing_count, record_seen.altered_count) == (0, 0)
    assert record_seen.checked == 1


def test_a_record_with_quotes_and_commas(tmp_path: Path) -> None:
    folder = add_distribution(tmp_path, "odd", files={"odd/a,b.py": "one"})
    rows = (folder / "RECORD").read_text(encoding="utf-8")
    rows = rows.replace("odd/a,b.py,", '"odd/a,b.py",')
    (folder / "RECORD").write_text(rows, encoding="utf-8")
    record = only(tmp_path).record
    assert (record.checked, record.missing_count, record.altered_count) == (1, 0, 0)


@pytest.mark.parametrize(
    ("metadata", "problem"),
    [
        ("", "empty-metadata"),
        ("\0" * 500, "empty-metadata"),
        ("no headers here", "unreadable-metadata"),
        ("Metadata-Version: 2.1\nVersion: 3\n", "unreadable-metadata"),
    ],
)
def test_metadata_that_cannot_be_read(tmp_path: Path, metadata: str, problem: str) -> None:
    add_distribution(tmp_path, "keras", "3.15.1", metadata=metadata)
    one = only(tmp_path)
    assert (one.name, one.problem) == ("keras", problem)
    assert one.detail
    assert one.record.present


def test_no_metadata(tmp_path: Path) -> None:
    (tmp_path / "numpy-2.1.0.dist-info").mkdir()
    one = only(tmp_path)
    assert (one.name, one.version, one.problem) == ("numpy", "2.1.0", "no-metadata")
    assert not one.record.present


def test_metadata_is_not_read_beyond_its_headers() -> None:
    said = headers("Name: a\r\nSummary: b\r\n  more\r\n\r\nRequires-Dist: not-this\r\n")
    assert said == {"name": ["a"], "summary": ["b more"]}
    assert normal_name("Ruamel.YAML_-x") == "ruamel-yaml-x"


def test_two_of_one_name(tmp_path: Path) -> None:
    add_distribution(tmp_path, "keras", "3.15.1")
    add_distribution(tmp_path, "keras", "2.15.0")
    found = installed(tmp_path)
    assert sorted(one["version"] for one in found.all) == ["2.15.0", "3.15.1"]
    assert found.owners.overlaps() == []


def test_two_that_own_the_same_files(tmp_path: Path) -> None:
    files = {"tensorflow/__init__.py": "", "tensorflow/a.py": ""}
    add_distribution(tmp_path, "tensorflow", "2.21.0", files)
    add_distribution(tmp_path, "tensorflow-cpu", "2.21.0", {**files, "tensorflow/b.py": ""})
    (overlap,) = installed(tmp_path).owners.overlaps()
    assert sorted(overlap["distributions"]) == ["tensorflow", "tensorflow-cpu"]
    assert overlap["files"] == 2
    assert sorted(overlap["examples"]) == ["tensorflow/__init__.py", "tensorflow/a.py"]


def test_the_same_files_in_two_places_do_not_overlap(tmp_path: Path) -> None:
    add_distribution(tmp_path / "one", "keras")
    add_distribution(tmp_path / "two", "keras-nightly", files={"keras/__init__.py": ""})
    assert installed(tmp_path / "one", tmp_path / "two").owners.overlaps() == []


def test_one_folder_under_two_names_is_looked_into_once(tmp_path: Path) -> None:
    add_distribution(tmp_path / "lib", "keras")
    try:
        (tmp_path / "lib64").symlink_to("lib")
    except OSError:
        pytest.skip("links need a right here")
    assert len(installed(tmp_path / "lib", tmp_path / "lib64").all) == 1


def test_the_order_of_the_path(tmp_path: Path) -> None:
    user, site = tmp_path / "user", tmp_path / "site"
    add_distribution(user, "keras", "2")
    add_distribution(site, "keras", "3")
    found = installed(tmp_path / "absent", user, site, user_site=user)
    assert [(one["version"], one["order"], one["user_site"]) for one in found.all] == [
        ("2", 1, True),
        ("3", 2, False),
    ]
    winner = found.named("keras")
    assert winner is not None
    assert winner["version"] == "2"


def test_leftovers(tmp_path: Path) -> None:
    (tmp_path / "~eras").mkdir()
    (tmp_path / "~eras-3.15.1.dist-info").mkdir()
    found = installed(tmp_path)
    assert found.leftovers == [str(tmp_path / "~eras"), str(tmp_path / "~eras-3.15.1.dist-info")]
    assert found.all == []


def test_debian_has_no_record(tmp_path: Path) -> None:
    info = tmp_path / "numpy-1.24.2.egg-info"
    info.mkdir()
    (info / "PKG-INFO").write_text("Name: numpy\nVersion: 1.24.2\n", encoding="ascii")
    (info / "top_level.txt").write_text("numpy\n", encoding="ascii")
    (info / "requires.txt").write_text("a>=1\n\n[x:python_version<'3']\nb\n", encoding="ascii")
    (tmp_path / "old-1.5.egg-info").write_text("Name: old\nVersion: 1.5\n", encoding="ascii")
    numpy, old = sorted(map(as_seen, installed(tmp_path).all), key=lambda one: one.name)
    assert (numpy.version, numpy.top_level, numpy.problem) == ("1.24.2", ["numpy"], "")
    assert numpy.requires == ["a>=1", "b; (python_version<'3') and extra == \"x\""]
    assert (numpy.record.present, numpy.installer) == (False, "")
    assert (old.name, old.version, old.problem) == ("old", "1.5", "")


def test_a_record_that_no_installer_wrote(tmp_path: Path) -> None:
    """Debian's cryptography: libraries are stripped, and scripts moved, after the wheel was made."""
    files = {"cryptography/__init__.py": "", "cryptography/_rust.abi3.so": "long", "scripts/x": ""}
    folder = add_distribution(tmp_path, "cryptography", files=files)
    (folder / "INSTALLER").unlink()
    (tmp_path / "cryptography/_rust.abi3.so").write_text("short")
    (tmp_path / "scripts/x").unlink()
    found = installed(tmp_path)
    one = as_seen(found.all[0])
    assert not one.record.present
    assert one.record.missing_count == one.record.altered_count == 0
    assert one.top_level == ["cryptography"]
    assert found.owners.of(str(tmp_path / "cryptography/__init__.py")) == "cryptography"


def test_an_egg(tmp_path: Path) -> None:
    egg = tmp_path / "keras-2.0-py3.11.egg"
    (egg / "EGG-INFO").mkdir(parents=True)
    (egg / "EGG-INFO" / "PKG-INFO").write_text("Name: keras\nVersion: 2.0\n", encoding="ascii")
    one = only(egg)
    assert (one.name, one.version, one.location) == ("keras", "2.0", str(tmp_path))


def test_an_editable_install(tmp_path: Path) -> None:
    source = tmp_path / "my project"
    direct = {"url": source.as_uri(), "dir_info": {"editable": True}}
    add_distribution(
        tmp_path / "site",
        "mine",
        files={"__editable__.mine-1.0.pth": str(source)},
        notes={"direct_url.json": json.dumps(direct)},
    )
    one = only(tmp_path / "site")
    assert Path(one.editable) == source
    assert one.direct_url
    assert one.top_level == []


def test_what_setuptools_leaves_in_the_sources_is_no_second_install(
    environment: Environment, tmp_path: Path
) -> None:
    source = tmp_path / "mine" / "src"
    (source / "mine.egg-info").mkdir(parents=True)
    (source / "mine.egg-info" / "PKG-INFO").write_text(
        "Name: mine\nVersion: 1.0\n", encoding="ascii"
    )
    direct = {"url": (tmp_path / "mine").as_uri(), "dir_info": {"editable": True}}
    environment.add(
        "mine",
        files={"__editable__.mine-1.0.pth": str(source)},
        notes={"direct_url.json": json.dumps(direct)},
    )
    seen = environment.seen()
    assert [one.name for one in seen.distributions] == ["mine"]
    assert str(source) in [entry.path for entry in seen.path]


def test_an_old_editable_install(tmp_path: Path) -> None:
    source, site = tmp_path / "source", tmp_path / "site"
    (source / "My_Lib.egg-info").mkdir(parents=True)
    (source / "My_Lib.egg-info" / "PKG-INFO").write_text("Name: My-Lib\nVersion: 3\n")
    site.mkdir()
    (site / "my-lib.egg-link").write_text(f"{source}\n.", encoding="utf-8")
    one = only(site)
    assert (one.name, one.version, one.editable) == ("my-lib", "3", str(source))


def test_an_egg_link_that_points_nowhere(tmp_path: Path) -> None:
    (tmp_path / "my-lib.egg-link").write_text("/nowhere\n.", encoding="ascii")
    gaps = Gaps()
    assert Installed([str(tmp_path)], "", gaps).all == []
    assert "my-lib.egg-link" in gaps.all[0]["what"]


def test_sizes_of_what_conda_installed(tmp_path: Path) -> None:
    add_distribution(tmp_path, "keras", notes={"INSTALLER": "conda"})
    (tmp_path / "keras/__init__.py").write_text("prefix = '/opt/conda'", encoding="ascii")
    assert only(tmp_path).record.altered_count == 0


def test_what_conda_itself_put_there_is_missed(tmp_path: Path) -> None:
    site = tmp_path / "lib" / "python3.11" / "site-packages"
    files = {"keras/__init__.py": "", "keras/layers.py": "", "keras/tests.py": ""}
    add_distribution(site, "keras", "3.15.1", files, notes={"INSTALLER": "conda"})
    (tmp_path / "conda-meta").mkdir()
    put = [f"lib/python3.11/site-packages/{name}" for name in files if "tests" not in name]
    record = tmp_path / "conda-meta" / "keras-3.15.1-pyhd8ed1ab_0.json"
    record.write_text(json.dumps({"name": "keras", "files": put}), encoding="ascii")
    for name in ("layers.py", "tests.py"):
        (site / "keras" / name).unlink()
    found = Installed([str(site)], "", Gaps(), str(tmp_path))
    found.compare_files(60)
    seen = found.all[0]["record"]
    assert (seen["missing"], seen["by"]) == (["keras/layers.py"], "conda")


def test_what_was_not_compared_is_said(tmp_path: Path) -> None:
    add_distribution(tmp_path, "keras", notes={"INSTALLER": "conda"})
    for number in range(8):
        add_distribution(tmp_path, f"lib{number}", record=False)
    gaps = Gaps()
    Installed([str(tmp_path)], "", gaps).compare_files(60)
    files, sizes = [gap["what"] for gap in gaps.all]
    assert files.startswith("the files of lib")
    assert files.endswith(" and 2 more")
    assert "conda" in sizes


def test_a_slow_disk(tmp_path: Path) -> None:
    add_distribution(tmp_path, "keras")
    gaps = Gaps()
    found = Installed([str(tmp_path)], "", gaps)
    found.compare_files(-1)
    assert not as_seen(found.all[0]).record.present
    assert [gap["what"] for gap in gaps.all] == ["the files of keras"]
    assert "slow" in gaps.all[0]["why"]
    assert found.owners.of(str(tmp_path / "keras/__init__.py")) == "keras"


def test_who_owns_a_file(tmp_path: Path) -> None:
    add_distribution(tmp_path, "keras")
    owners = installed(tmp_path).owners
    assert owners.of(str(tmp_path / "keras" / "__init__.py")) == "keras"
    assert owners.of(str(tmp_path / "keras" / "other.py")) == ""


def test_a_folder_described_without_a_version_in_its_name(tmp_path: Path) -> None:
    (tmp_path / "odd.dist-info").mkdir()
    assert described(str(tmp_path / "odd.dist-info"))["name"] == "odd"


@pytest.mark.parametrize(
    ("installer", "there", "requested"),
    [("pip", True, True), ("uv", False, False), ("conda", True, None), ("", True, None)],
)
def test_who_was_asked_for_by_name(
    tmp_path: Path, installer: str, there: bool, requested: bool | None
) -> None:
    notes = {"INSTALLER": installer} | ({"REQUESTED": ""} if there else {})
    add_distribution(tmp_path, "keras", notes=notes)
    assert only(tmp_path).requested is requested
