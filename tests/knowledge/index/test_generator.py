"""The command that asks the package index, with an index of this file."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from packaging.requirements import InvalidRequirement
from packaging.version import Version

from tools.index import fetching, record
from tools.index.fetching import Reader
from tools.index.packages import Listed
from tools.index.record import Record
from tools.index.requirements import canonical, parts_of
from tools.index.tags import pythons_of
from tools.inventory.releases import ReleaseFile

PLAIN, LEAF = Listed("a", "plain"), Listed("a", "leaf")


class Pages:
    """Stands for the index: files with their METADATA; counts what is asked."""

    def __init__(self, files: dict[str, str]) -> None:
        self.metadata = files
        self.asked: list[str] = []
        self.broken: set[str] = set()
        self.yanked: dict[str, str] = {}
        self.session = SimpleNamespace(get=self._get)

    def files(self, name: str) -> list[ReleaseFile]:
        return [
            ReleaseFile(
                name, Version(file.split("-")[1].removesuffix(".tar.gz")), file, self._link(file)
            )
            for file in self.metadata
        ]

    def _link(self, file: str) -> Any:
        return SimpleNamespace(
            requires_python=">=3.8",
            is_yanked=file in self.yanked,
            yanked_reason=self.yanked.get(file),
            metadata_link=lambda: SimpleNamespace(url_without_fragment=file),
        )

    def _get(self, file: str) -> Any:
        self.asked.append(file)
        if file in self.broken:
            raise ConnectionError(file)
        text = "Metadata-Version: 2.1\n" + self.metadata[file] + "\n\nrequires-dist: not this\n"
        return SimpleNamespace(content=text.encode(), raise_for_status=lambda: None)


def wheel(version: str, tags: str = "py3-none-any") -> str:
    return f"a-{version}-{tags}.whl"


def reader(tmp_path: Path, pages: Pages) -> Reader:
    return Reader(tmp_path, pages)  # type: ignore[arg-type]


def lines(found: Record) -> dict[str, Any]:
    return {release.version: release.requires for release in found.releases}


def test_a_package(tmp_path: Path) -> None:
    pages = Pages(
        {
            wheel("1.0"): "Requires-Dist: b (<2.11)\nRequires-Dist: pytz (>=2011k)",
            wheel("1.0", "cp39-cp39-win_amd64"): "Requires-Dist: not-asked",
            wheel("1.1rc1"): "Requires-Dist: b",
            "a-1.1.tar.gz": "",
            wheel("0.9"): "",
            wheel("2.0+cpu"): "",
        }
    )
    pages.yanked[wheel("0.9")] = "broken\n  wheel"
    found = reader(tmp_path, pages).record(PLAIN, None, "2026-11-21")
    assert record.text_of(found) == (
        "a as of 2026-11-21\n\n"
        "0.9\npython >=3.8\nwheels * 3.4-3.15\nyanked broken wheel\n\n"
        "1.0\npython >=3.8\nwheels * 3.4-3.15\nrequires b<2.11\ndropped pytz (>=2011k)\n\n"
        "1.1rc1\npython >=3.8\nwheels * 3.4-3.15\nunread\n\n"
        "1.1\npython >=3.8\nsdist\nunread\n"
    )
    assert sorted(pages.asked) == [wheel("0.9"), wheel("1.0")]


def test_stopped_and_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "CONNECTIONS", 1)
    pages = Pages({wheel(f"{n}.0"): f"Requires-Dist: b=={n}" for n in range(1, 6)})
    pages.broken = {wheel("4.0")}
    with pytest.raises(ConnectionError):
        reader(tmp_path, pages).record(PLAIN, None, "2026-11-21")
    pages.broken, pages.asked = set(), []
    found = reader(tmp_path, pages).record(PLAIN, None, "2026-11-21")
    assert wheel("1.0") not in pages.asked
    assert wheel("4.0") in pages.asked
    assert lines(found) == {f"{n}.0": {"": (f"b=={n}",)} for n in range(1, 6)}
    assert not list(tmp_path.rglob("*.part"))


def test_what_the_dump_knows_is_not_read_again(tmp_path: Path) -> None:
    pages = Pages({wheel("1.0"): "Requires-Dist: b"})
    first = reader(tmp_path / "one", pages).record(PLAIN, None, "2026-11-21")
    pages.metadata[wheel("1.1")] = "Requires-Dist: c"
    pages.asked = []
    earlier = record.record_of(record.text_of(first))
    second = reader(tmp_path / "two", pages).record(PLAIN, earlier, "2026-12-21")
    assert pages.asked == [wheel("1.1")]
    assert lines(second) == {"1.0": {"": ("b",)}, "1.1": {"": ("c",)}}


def test_what_is_gone_from_the_index_is_gone_from_the_dump(tmp_path: Path) -> None:
    pages = Pages({wheel("1.0"): "", wheel("1.1"): ""})
    first = reader(tmp_path, pages).record(PLAIN, None, "2026-11-21")
    del pages.metadata[wheel("1.0")]
    assert lines(reader(tmp_path, pages).record(PLAIN, first, "2026-12-21")) == {"1.1": {}}


def test_of_a_leaf_only_the_page_is_read(tmp_path: Path) -> None:
    pages = Pages({wheel("1.0"): "Requires-Dist: b"})
    assert lines(reader(tmp_path, pages).record(LEAF, None, "2026-11-21")) == {"1.0": {}}
    assert pages.asked == []


def test_wheels_of_one_release_that_differ(tmp_path: Path) -> None:
    linux, windows = "cp311-cp311-manylinux_2_17_x86_64", "cp311-cp311-win_amd64"
    pages = Pages(
        {
            wheel("1.0", linux): "Requires-Dist: b",
            wheel("1.0", linux.replace("311", "310")): "Requires-Dist: old",
            wheel("1.0", windows): 'Requires-Dist: a-intel==1.0; platform_system == "Windows"',
            wheel("1.1", linux): "Requires-Dist: b",
            wheel("1.1", windows): "Requires-Dist: b",
            wheel("1.2", linux): "",
            wheel("1.2", windows): "Requires-Dist: b",
        }
    )
    found = reader(tmp_path, pages).record(Listed("a", "platforms"), None, "2026-11-21")
    assert lines(found) == {
        "1.0": {
            "": ("b",),
            "windows-x86_64": ('a-intel==1.0; platform_system == "Windows"',),
        },
        "1.1": {"": ("b",)},
        "1.2": {"": (), "windows-x86_64": ("b",)},
    }
    assert record.record_of(record.text_of(found)) == found


def test_an_index_without_ranges(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the whole wheel is read."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("a/vendored/b-1.dist-info/METADATA", "Requires-Dist: wrong\n")
        archive.writestr("a-1.0.dist-info/METADATA", "Requires-Dist: b\n")
    pages = Pages({wheel("1.0"): ""})
    pages.session = SimpleNamespace(
        get=lambda _: SimpleNamespace(content=whole.getvalue(), raise_for_status=lambda: None)
    )

    class Unsupported(Exception):
        pass

    def refuse(*_: object) -> None:
        raise Unsupported

    lazy = SimpleNamespace(HTTPRangeRequestUnsupported=Unsupported, LazyZipOverHTTP=refuse)
    monkeypatch.setattr(fetching.importlib, "import_module", lambda _: lazy)
    link = SimpleNamespace(url_without_fragment="somewhere")
    file = ReleaseFile("a", Version("1.0"), wheel("1.0"), link)
    assert fetching.requirements_of(reader(tmp_path, pages).metadata(file)) == (("b",), ())


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("h5py (<2.11)", "h5py<2.11"),
        ("tensorflow-cpu (>=2.1.0<3)", "tensorflow-cpu<3,>=2.1.0"),
        ("Keras_Applications (>=1.0.6)", "keras-applications>=1.0.6"),
        ("a[b,C_d]>=1 ; python_version<'3'", 'a[b,c-d]>=1; python_version < "3"'),
        ("protobuf (!=4.21.0,<5.0.0dev,>=3.20.3)", "protobuf!=4.21.0,<5.0.0dev,>=3.20.3"),
    ],
)
def test_lines_of_all_ages(published: str, expected: str) -> None:
    assert canonical(published) == expected


@pytest.mark.parametrize("published", ["pytz (>=2011k)", "a b c", ""])
def test_lines_that_no_tool_can_read(published: str) -> None:
    with pytest.raises(InvalidRequirement):
        canonical(published)


def test_a_marker_with_an_extra() -> None:
    (part,) = parts_of('a>=1; python_version < "3.9" and extra == "Some_Thing"')
    assert (part.extra, part.marker, part.specifier) == (
        "some-thing",
        'python_version < "3.9"',
        ">=1",
    )


def test_a_marker_with_two_extras() -> None:
    parts = parts_of('a; extra == "x" or extra == "y"')
    assert [part.extra for part in parts] == ["x", "y"]


def test_what_is_required_anyhow_is_not_required_by_the_extra() -> None:
    always, more = parts_of('a; python_version < "3.9" or extra == "x"')
    assert (always.extra, more.extra) == ("", "x")
    assert always.where & more.where == 0


def test_a_marker_that_never_holds() -> None:
    assert parts_of('a; platform_system == "Java"') == []


def test_clauses_in_the_order_in_which_people_write_them() -> None:
    (part,) = parts_of("protobuf!=4.21.0,<5.0.0dev,>=3.20.3")
    assert part.specifier == ">=3.20.3,<5.0.0dev,!=4.21.0"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "2.7 3.4 3.5 3.6 3.7 3.8 3.9 3.10 3.11 3.12 3.13 3.14 3.15"),
        (">=3.9,<3.12", "3.9 3.10 3.11"),
        (">=3.10.4", "3.10 3.11 3.12 3.13 3.14 3.15"),
        (">=2.7.*, !=3.4.*, !=3.5.*, <3.8", "2.7 3.6 3.7"),
        ("nonsense", "2.7 3.4 3.5 3.6 3.7 3.8 3.9 3.10 3.11 3.12 3.13 3.14 3.15"),
        ("~=3.6", "3.6 3.7 3.8 3.9 3.10 3.11 3.12 3.13 3.14 3.15"),
    ],
)
def test_requires_python(text: str, expected: str) -> None:
    from kerlint.knowledge.index.places import PYTHONS

    found = pythons_of(text)
    assert " ".join(p for i, p in enumerate(PYTHONS) if found >> i & 1) == expected


def test_a_line_of_a_dump_that_is_not_understood() -> None:
    with pytest.raises(ValueError, match="colour"):
        record.record_of("a as of 2026-11-21\n\n1.0\ncolour blue\n")
