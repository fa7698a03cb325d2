"""The data file as it is shipped, and the dump that it is made of."""

from __future__ import annotations

import subprocess
import sys
import zlib
from functools import cache
from pathlib import Path

import pytest

from kerlint.knowledge import index as knowledge
from kerlint.knowledge.index import PLATFORMS
from kerlint.knowledge.index.index import FILE, Index
from tools.index import pack, record
from tools.index.packages import listed, overrides
from tools.index.record import Record, Release
from tools.index.requirements import parts_of
from tools.index.tags import places_of

_parts_of = cache(parts_of)
RECORDS = [record.record_of(path.read_text("utf-8")) for path in sorted(record.DUMP.glob("*.txt"))]


def test_it_is_small() -> None:
    assert Path(FILE).stat().st_size <= 120_000


def test_it_is_what_the_dump_says() -> None:
    """`python -m tools.index --pack` writes it anew."""
    text = zlib.decompress(Path(FILE).read_bytes()).decode()
    assert text == pack.text_of_index(RECORDS)


def test_packing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    sizes = [pack.pack(target=tmp_path / name) for name in ("one", "two")]
    assert sizes[0] == sizes[1]
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("found", RECORDS, ids=lambda found: found.name)
def test_a_dump_reads_as_it_was_written(found: Record) -> None:
    path = record.DUMP / f"{found.name}.txt"
    assert record.text_of(found) == path.read_text("utf-8")
    assert found.name in listed()


@pytest.mark.parametrize("found", RECORDS, ids=lambda found: found.name)
def test_everything_that_was_published_is_found_again(found: Record) -> None:
    package = knowledge.load().package(found.name)
    assert package is not None
    assert package.versions == tuple(release.version for release in found.releases)
    for number, release in enumerate(found.releases):
        bit = 2 << number
        assert package.requires_python(number) == release.python
        assert bool(package.sdists & bit) == release.sdist
        assert bool(package.unknown & bit) == (release.requires is None)
        assert bool(package.yanked & bit) == (release.yanked is not None)
        assert package.yanked_reason(number) == (release.yanked or "")
        for place, platform in enumerate(PLATFORMS):
            lines: tuple[str, ...] = ()
            for platforms, those in (release.requires or {}).items():
                if not platforms or platform in platforms.split(","):
                    lines = those
            expected = [
                (part.name, part.specifier, part.extra, part.extras, part.marker, part.where)
                for part in dict.fromkeys(part for line in lines for part in _parts_of(line))
                if part.where >> place & int("00001" * 13, 2)
            ]
            assert expected == [
                (d.name, d.specifier, d.extra, d.extras, d.marker, d.where)
                for d in package.requirements(number, platform)
            ]


def test_every_release_can_be_installed_somewhere() -> None:
    for found in RECORDS:
        for release in found.releases:
            assert release.wheels or release.sdist, (found.name, release.version)


def test_loading_does_not_need_packaging() -> None:
    program = (
        "import sys; from kerlint.knowledge.index import load; index = load();"
        "index.package('tensorflow').carriers('linux-x86_64')[0][0].mask;"
        "index.package('keras').mask('>=3.1,<4');"
        "sys.exit('packaging' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_package_is_parsed_when_it_is_asked_for() -> None:
    index = Index(zlib.decompress(Path(FILE).read_bytes()).decode())
    assert not index._packages
    keras = index.package("keras")
    assert index.package("keras") is keras
    assert list(index._packages) == ["keras"]
    assert index.package("no-such-package") is None
    assert index.names == tuple(sorted(found.name for found in RECORDS))


def test_the_day_is_that_of_the_oldest_page() -> None:
    days = [Record("b", "2026-11-21", [Release("1.0")]), Record("a", "2026-10-02")]
    index = Index(pack.text_of_index(days))
    assert index.snapshot == "2026-10-02"
    assert knowledge.load().snapshot == min(found.snapshot for found in RECORDS)


def test_what_is_written_by_hand_is_in_the_dump() -> None:
    by_name = {found.name: found for found in RECORDS}
    for (name, version), lines in overrides().items():
        if name in by_name:
            releases = {release.version: release for release in by_name[name].releases}
            assert releases[version].requires == {"": lines}


def test_nothing_shipped_names_an_address_of_an_index() -> None:
    for path in sorted(Path(pack.__file__).parent.rglob("*")):
        if path.suffix in (".py", ".tsv", ".txt") and path.parent != record.DUMP:
            assert "http" not in path.read_text("utf-8").replace("OverHTTP", "").replace(
                "HTTPRange", ""
            ), path


@pytest.mark.parametrize(
    ("wheel", "python", "platform", "expected"),
    [
        ("a-1-cp310-none-manylinux1_x86_64.whl", "3.10", "linux-x86_64", True),
        ("a-1-cp310-none-manylinux1_x86_64.whl", "3.11", "linux-x86_64", False),
        ("a-1-cp37-abi3-win_amd64.whl", "3.12", "windows-x86_64", True),
        ("a-1-cp37-abi3-win_amd64.whl", "3.6", "windows-x86_64", False),
        ("a-1-py3-none-any.whl", "3.4", "macos-arm64", True),
        ("a-1-py3-none-any.whl", "2.7", "macos-arm64", False),
        ("a-1-py2.py3-none-any.whl", "2.7", "windows-x86_64", True),
        ("a-1-py39-none-any.whl", "3.8", "linux-x86_64", False),
        ("a-1-py39-none-any.whl", "3.11", "linux-x86_64", True),
        ("a-1-cp36-cp36m-manylinux2010_x86_64.whl", "3.6", "linux-x86_64", True),
        ("a-1-cp27-cp27mu-linux_x86_64.whl", "2.7", "linux-x86_64", True),
        ("a-1-cp313-cp313t-manylinux_2_28_x86_64.whl", "3.13", "linux-x86_64", False),
        ("a-1-cp312-cp312-manylinux_2_17_aarch64.whl", "3.12", "linux-aarch64", True),
        ("a-1-cp312-cp312-manylinux_2_17_aarch64.whl", "3.12", "linux-x86_64", False),
        ("a-1-cp312-cp312-manylinux_2_17_ppc64le.whl", "3.12", "linux-x86_64", False),
        ("a-1-cp312-cp312-musllinux_1_1_x86_64.whl", "3.12", "linux-x86_64", False),
        ("a-1-cp311-cp311-macosx_12_0_universal2.whl", "3.11", "macos-arm64", True),
        ("a-1-cp311-cp311-macosx_12_0_universal2.whl", "3.11", "macos-x86_64", True),
        ("a-1-cp311-cp311-macosx_12_0_arm64.whl", "3.11", "macos-x86_64", False),
        ("a-1-cp34-cp34m-macosx_10_6_intel.whl", "3.4", "macos-x86_64", True),
        ("a-1-cp311-cp311-win32.whl", "3.11", "windows-x86_64", False),
        ("a-1-pp39-pypy39_pp73-win_amd64.whl", "3.9", "windows-x86_64", False),
    ],
)
def test_where_a_wheel_fits(wheel: str, python: str, platform: str, expected: bool) -> None:
    from kerlint.knowledge.index.places import bit

    assert bool(places_of(wheel) & bit(python, platform)) is expected
