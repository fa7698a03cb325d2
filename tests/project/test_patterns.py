"""Patterns of `exclude` and `per-file-ignores`."""

from __future__ import annotations

import pytest

from kerlint.project.patterns import matches


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("late.py", "late.py"),
        ("late.py", "deep/below/late.py"),
        ("*.pyi", "deep/stub.pyi"),
        ("*_pb2.py", "proto/a_pb2.py"),
        ("tests", "tests/a.py"),
        ("tests", "deep/tests/a.py"),
        ("tests/", "tests/below/a.py"),
        ("./tests", "tests/a.py"),
        ("tests/*", "tests/below/a.py"),
        ("tests/**", "tests/below/a.py"),
        ("tests/**/*.py", "tests/below/a.py"),
        ("**/data/*.py", "data/a.py"),
        ("**/data/*.py", "deep/data/a.py"),
        ("**/data", "deep/data/a.py"),
        ("tests/data", "tests/data/a.py"),
        ("test_[ab].py", "test_b.py"),
        ("/root/project/src", "src/a.py"),
    ],
)
def test_covers(pattern: str, path: str) -> None:
    assert matches(pattern, "/root/project", f"/root/project/{path}")


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("late.py", "/root/project/later.py"),
        ("ate.py", "/root/project/late.py"),
        ("tests", "/root/project/tests.py"),
        ("tests/data", "/root/project/deep/tests/data/a.py"),
        ("src/*.py", "/root/project/lib/a.py"),
        ("project", "/root/project/a.py"),
        ("root", "/root/project/a.py"),
        ("tests", "/root/tests/a.py"),
    ],
)
def test_does_not_cover(pattern: str, path: str) -> None:
    assert not matches(pattern, "/root/project", path)


def test_outside_of_its_folder_a_pattern_means_a_name() -> None:
    assert matches("*.pyi", "/root/project", "/root/other/a.pyi")
    assert not matches("other", "/root/project", "/root/other/a.pyi")
