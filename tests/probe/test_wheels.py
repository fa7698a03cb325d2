"""Which Python has a release that this one has not; silence where that is not known."""

from __future__ import annotations

import pytest

from kerlint.probe.observations import Interpreter
from kerlint.probe.wheels import other_python


def python(version: str, **more: str) -> Interpreter:
    given = {"system": "Linux", "machine": "x86_64", "libc": "glibc 2.35", **more}
    return Interpreter(version=version, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("specifier", "where", "other"),
    [
        ("==2.21.0", python("3.14.0"), "3.13"),
        ("==2.21.0", python("3.13.1"), ""),
        ("==2.15.1", python("3.12.4"), "3.11"),
        ("==2.21.0", python("3.9.1"), "3.13"),
        ("==2.21.0", python("3.12.1", system="Darwin", machine="arm64", libc=""), ""),
        ("==2.17.0", python("3.11.1", system="Darwin", machine="x86_64", libc=""), ""),
        # not known
        ("==2.21.0", python("3.14.0", libc="musl 1.2.5"), ""),
        ("==2.21.0", python("3.14.0", system="FreeBSD"), ""),
        ("==2.21.0", python("4.0.0"), ""),
        ("==99.0", python("3.12.0"), ""),
        ("nonsense", python("3.14.0"), ""),
    ],
)
def test_tensorflow(specifier: str, where: Interpreter, other: str) -> None:
    assert other_python("tensorflow", specifier, where) == other


def test_a_package_that_nobody_knows() -> None:
    assert other_python("my-own-package", "==1.0", python("3.14.0")) == ""
