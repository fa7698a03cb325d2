"""Manifests that cannot be read, or lead to what is not there, on the command line."""

from __future__ import annotations

import sys

import pytest

from tests.cli.support import Kerlint


def test_an_included_file_that_is_not_there(kerlint: Kerlint) -> None:
    kerlint.write(
        "requirements/all.txt", "tensorflow==2.15.1\n-r base.txt\n--constraint=gone.txt\n"
    )
    kerlint.write(
        "requirements/base.txt", "-r https://example.org/r.txt\n-c ${HOME}/c.txt\nkeras\n"
    )
    lines, code = kerlint.concise("--select", "KER903", ".")
    assert (lines, code) == (["requirements/all.txt:3:14 KER903"], 1)
    assert "there is no file `requirements/gone.txt`" in kerlint(".").stdout


def test_a_program_that_does_not_parse_is_told_of_once(kerlint: Kerlint) -> None:
    kerlint.write("setup.py", "import keras.engine\nsetup(install_requires=['keras==2.5.0'\n")
    for named in (".", "setup.py"):
        lines, code = kerlint.concise(named)
        assert ([line.split()[-1] for line in lines], code) == (["KER901"], 1)
    kerlint.write("setup.py", "setup(install_requires=['keras==2.5.0'\n")
    lines, code = kerlint.concise(".")
    assert ([line.split()[-1] for line in lines], code) == (["KER903"], 1)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_folder_and_a_link_named_like_a_manifest(kerlint: Kerlint) -> None:
    (kerlint.folder / "requirements.txt").mkdir()
    kerlint.write("requirements.txt/a.txt", "keras\n")
    (kerlint.folder / "pyproject.toml").symlink_to("nowhere.toml")
    lines, code = kerlint.concise(".")
    assert (lines, code) == (["pyproject.toml:1:1 KER902"], 1)
