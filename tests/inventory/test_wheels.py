"""Which files are read, what is kept of them, and what a second run does."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from packaging.version import Version

from tools.inventory import __main__ as command
from tools.inventory import wheels
from tools.inventory.releases import ReleaseFile, choose, final_versions, version_of
from tools.inventory.wheels import Store, Unavailable, installed_path

from .conftest import keep


def file(name: str, distribution: str = "tensorflow") -> ReleaseFile:
    version = version_of(name, distribution)
    assert version is not None
    return ReleaseFile(distribution, version, name, None)


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("Keras-2.0.6.tar.gz", "2.0.6"),
        ("keras-3.15.1-py3-none-any.whl", "3.15.1"),
        ("Keras-0.2.0-py2.7.egg", None),
        ("keras_nightly-3.0.0-py3-none-any.whl", None),
        ("keras-2.10.0rc0-py2.py3-none-any.whl", "2.10.0rc0"),
    ],
)
def test_versions_in_file_names(name: str, version: str | None) -> None:
    assert version_of(name, "keras") == (Version(version) if version else None)


def test_candidates_are_no_releases() -> None:
    names = ["keras-3.0.0-py3-none-any.whl", "keras-3.1.0rc0-py3-none-any.whl"]
    files = [file(name, "keras") for name in names]
    assert final_versions(files) == [Version("3.0.0")]
    assert final_versions(files, "3.0.1") == []


def test_the_newest_linux_wheel_is_read() -> None:
    names = [
        "tensorflow-2.15.1-cp39-cp39-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        "tensorflow-2.15.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        "tensorflow-2.15.1-cp311-cp311-manylinux_2_17_aarch64.manylinux2014_aarch64.whl",
        "tensorflow-2.15.1-cp311-cp311-win_amd64.whl",
        "tensorflow-2.15.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    ]
    chosen = choose([file(name) for name in names], Version("2.15.1"))
    assert chosen is not None
    assert chosen.filename == names[1]


def test_a_wheel_is_preferred_to_an_sdist() -> None:
    names = ["keras-2.3.1.tar.gz", "keras-2.3.1-py2.py3-none-any.whl"]
    chosen = choose([file(name, "keras") for name in names], Version("2.3.1"))
    assert chosen is not None
    assert chosen.is_wheel


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("keras/layers/core.py", "keras/layers/core.py"),
        ("tensorflow-1.13.2.data/purelib/tensorflow/__init__.py", "tensorflow/__init__.py"),
        ("tensorflow-1.13.2.data/scripts/freeze.py", None),
        ("tensorflow/libtensorflow_framework.so.2", None),
    ],
)
def test_what_of_a_wheel_is_kept(name: str, path: str | None) -> None:
    assert installed_path(name) == path


def fake_index(name: str, data: bytes, digest: str | None = None) -> Any:
    """An index with one file."""
    link = SimpleNamespace(
        hash_name="sha256",
        hash=digest or hashlib.sha256(data).hexdigest(),
        url_without_fragment="the-file",
    )
    version = version_of(name, "keras")
    assert version is not None
    only = ReleaseFile("keras", version, name, link)

    class Response:
        def raise_for_status(self) -> None: ...

        def iter_content(self, size: int) -> list[bytes]:
            return [data[:3], data[3:]]

    session = SimpleNamespace(get=lambda url, headers, stream: Response())
    return SimpleNamespace(session=session, files=lambda distribution: [only])


def wheel(files: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return buffer.getvalue()


def test_only_source_is_kept(tmp_path: Path) -> None:
    data = wheel(
        {"keras/__init__.py": "x = 1", "keras/native.so": "", "keras.dist-info/RECORD": ""}
    )
    store = Store(tmp_path)
    store._index = fake_index("keras-3.0.0-py3-none-any.whl", data)
    sources = store.sources("keras", "3.0.0")
    assert sources.paths == {"keras/__init__.py"}
    assert sources.read("keras/__init__.py") == "x = 1"
    assert Store(tmp_path, offline=True).sources("keras", "3.0.0").paths == sources.paths


def test_an_sdist_is_read_below_its_top_folder(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name in ("Keras-1.0.0/keras/__init__.py", "Keras-1.0.0/README.md"):
            info = tarfile.TarInfo(name)
            info.size = 5
            archive.addfile(info, io.BytesIO(b"x = 1"))
    store = Store(tmp_path)
    store._index = fake_index("Keras-1.0.0.tar.gz", buffer.getvalue())
    assert store.sources("keras", "1.0.0").paths == {"keras/__init__.py"}


def test_a_file_with_the_wrong_hash_is_not_kept(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store._index = fake_index("keras-3.0.0-py3-none-any.whl", wheel({}), "0" * 64)
    with pytest.raises(Unavailable, match="not what the index promised"):
        store.sources("keras", "3.0.0")
    assert not list((tmp_path / "wheels").glob("*.zip"))


def test_offline_nothing_is_asked(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        Store(tmp_path, offline=True).sources("keras", "3.0.0")


def test_the_newest_release_of_a_prefix(tmp_path: Path) -> None:
    for version in ("2.9.0", "2.15.0", "2.15.1", "2.1.4"):
        keep(tmp_path, f"tensorflow-{version}", {})
    keep(tmp_path, "tensorflow-estimator-2.15.9", {})
    store = Store(tmp_path, offline=True)
    assert store.newest("tensorflow", "2.15") == Version("2.15.1")
    assert store.newest("tensorflow", "2.1") == Version("2.1.4")
    with pytest.raises(Unavailable):
        store.newest("tensorflow", "2.7")


def test_single_files_of_a_large_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wheels, "PARTIAL", {"keras": ("keras/one.py",)})
    monkeypatch.setattr(wheels, "_read_ranges", lambda index, file, names: [(names[0], b"x = 1")])
    store = Store(tmp_path)
    store._index = fake_index("keras-3.0.0-py3-none-any.whl", b"")
    assert store.sources("keras", "3.0.0").paths == {"keras/one.py"}


def run(cache: Path, *more: str) -> int:
    return command.main(["--cache", str(cache), "--offline", "--only", "keras", *more])


def test_a_run_writes_one_file_a_release_and_skips_what_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(tmp_path, "keras-2.4.3", {"keras/__init__.py": "x = 1"})
    keep(tmp_path, "keras-2.4.2", {"keras/__init__.py": "y = 1"})
    assert run(tmp_path) == 0
    written = tmp_path / "ir" / "keras-2.4.3.json"
    inventory = json.loads(written.read_text())
    assert inventory["distribution"] == "keras"
    assert inventory["version"] == "2.4.3"
    assert inventory["method"] == "static"
    assert inventory["names"]["keras.x"] == {"kind": "constant"}
    first = capsys.readouterr().out
    assert first.index("2.4.3") < first.index("2.4.2")
    before = written.stat().st_mtime_ns
    assert run(tmp_path) == 0
    assert written.stat().st_mtime_ns == before
    assert capsys.readouterr().out == ""
    assert run(tmp_path, "--again", "--releases", "2.4.2") == 0
    assert "2.4.3" not in capsys.readouterr().out


def test_a_release_that_cannot_be_read_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(tmp_path, "keras-2.12.0", {"keras/__init__.py": ""})
    assert run(tmp_path) == 1
    assert "keras 2.12.0: tensorflow has no release 2.12" in capsys.readouterr().err


def test_an_unknown_distribution_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stop:
        command.main(["--cache", str(tmp_path), "--only", "pytorch"])
    assert stop.value.code == 2
