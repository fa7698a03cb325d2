"""Files that are none, or that nobody expects: the rest is read all the same, and in time."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kerlint.probe.collector.answering import read_text
from kerlint.probe.observations import Observations
from tests.probe.environments import Environment

posix = pytest.mark.skipif(os.name != "posix", reason="pipes and devices are files of POSIX")


def gaps(seen: Observations) -> str:
    return "\n".join(f"{one.what}: {one.why}" for one in seen.not_checked)


@posix
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (os.mkfifo, "Not a regular file"),
        (lambda path: os.symlink("/dev/zero", path), "Not a regular file"),
        (os.mkdir, "Is a directory"),
        (lambda path: os.symlink(path, path), "symbolic links"),
    ],
)
def test_what_is_no_file_is_not_waited_for(
    tmp_path: Path, make: Callable[[str], None], words: str
) -> None:
    path = str(tmp_path / "file")
    make(path)
    with pytest.raises(OSError, match=words) as raised:
        read_text(path)
    assert raised.value.filename == path


@posix
def test_pipes_everywhere(environment: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    keras, odd = environment.add("keras", "3.15.1"), environment.add("odd")
    for path in (
        odd / "METADATA",
        odd / "RECORD",
        keras / "direct_url.json",
        environment.site / "odd.egg-link",
        environment.site / "__editable___odd_finder.py",
        environment.folder / "keras.json",
    ):
        path.unlink(missing_ok=True)
        os.mkfifo(path)
    monkeypatch.setenv("KERAS_HOME", str(environment.folder))
    seen = environment.seen()
    assert all(start.answered for start in seen.starts)
    found = {one.name: one for one in seen.distributions}
    assert found["keras"].record.checked == 1
    assert found["odd"].problem == "unreadable-metadata"
    assert "the files of odd" in gaps(seen)
    assert "Not a regular file" in seen.keras_config.problem


def test_links_that_lead_back(environment: Environment) -> None:
    environment.add("keras", "3.15.1")
    for name, target in {
        "loop": "loop",
        "whole": ".",
        "numpy": "numpy",
        "x-1.dist-info": "x-1.dist-info",
        "loop.pth": "loop.pth",
    }.items():
        try:
            (environment.site / name).symlink_to(target)
        except OSError:
            pytest.skip("links need a privilege here")
    seen = environment.seen()
    found = {one.name: one for one in seen.distributions}
    assert found["keras"].record.checked == 1
    assert found["x"].problem == "unreadable-metadata"
    assert [one.problem for one in seen.pth] == ["unreadable"]


def test_what_a_record_names_elsewhere_is_not_looked_at(environment: Environment) -> None:
    folder = environment.add("odd")
    outside = [
        "/etc/hosts,sha256=0,1",
        "../../../../../../etc/hosts,sha256=0,1",
        "odd/../../../../../../nowhere,sha256=0,1",
        "C:/nowhere,,3",
        ",,",
        "",
    ]
    with (folder / "RECORD").open("a", encoding="utf-8") as file:
        file.write("\n".join(outside))
    found = environment.seen().distribution("odd")
    assert found is not None
    assert (found.record.checked, found.record.missing) == (1, [])


def test_a_pth_file_of_a_sixty_thousand_lines(environment: Environment) -> None:
    (environment.site / "many.pth").write_text("/nowhere/at/all\n" * 60_000, encoding="ascii")
    seen = environment.seen()
    assert len(seen.pth) == 10


def test_requirements_that_repeat_themselves_are_one(environment: Environment) -> None:
    environment.add("fat", requires=["numpy>=1"] * 100_000)
    found = environment.seen().distribution("fat")
    assert found is not None
    assert found.requires == ["numpy>=1"]


@pytest.mark.parametrize("size", [20_000, 2_000_000])
def test_settings_of_keras_that_are_long(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    text = '{"backend": "jax", "x": "%s"}' % ("y" * size)
    (environment.folder / "keras.json").write_text(text, encoding="ascii")
    monkeypatch.setenv("KERAS_HOME", str(environment.folder))
    seen = environment.seen()
    if size < 1_000_000:
        assert seen.keras_config.text == text
    else:
        assert seen.keras_config.text is None
        assert "the settings in" in gaps(seen)
