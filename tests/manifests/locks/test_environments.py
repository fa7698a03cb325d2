"""Markers as sets of environments, and back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.markers import Marker

from kerlint.manifests.environments import PLATFORMS, Environments, NoMarker, within

MANY = Environments(("3.9", "3.10", "3.11", "3.12"))
MARKERS = [
    "python_version >= '3.10'",
    "python_full_version < '3.11'",
    "python_full_version <= '3.9'",
    "python_full_version == '3.11.*'",
    "sys_platform == 'darwin' and platform_machine == 'arm64'",
    "sys_platform == 'win32' or python_version < '3.10' and os_name == 'posix'",
    "(sys_platform == 'win32' or python_version < '3.10') and os_name == 'posix'",
    'platform_system != "Linux"',
    "'linux' in sys_platform",
    "platform_machine not in 'x86_64 AMD64'",
    "implementation_name == 'cpython' and platform_python_implementation != 'PyPy'",
    "python_version ~= '3.10'",
    "sys_platform == 'emscripten'",
    "((python_version > '3.9'))",
]


@pytest.mark.parametrize("marker", MARKERS)
def test_as_packaging_has_it(marker: str) -> None:
    parsed = Marker(marker)
    for bit, environment in enumerate(MANY._environments()):
        assert bool(MANY.where(marker) >> bit & 1) == parsed.evaluate(environment), environment


@given(st.integers(1, MANY.all))
@settings(max_examples=300, deadline=None)
def test_there_and_back(where: int) -> None:
    text = MANY.text(where)
    assert MANY.where(text) == where
    if text:
        Marker(text)


def test_short_words_for_usual_sets() -> None:
    for marker in (
        'python_version >= "3.11"',
        'python_version < "3.10"',
        'sys_platform == "darwin"',
        'sys_platform != "win32"',
        'python_version >= "3.10" and python_version < "3.12" and sys_platform == "linux"',
    ):
        assert MANY.text(MANY.where(marker)) == marker
    assert MANY.text(MANY.all) == ""


def test_extras_and_groups_are_asked_for() -> None:
    marker = "'GPU_x' in extras or 'dev' in dependency_groups and sys_platform == 'win32'"
    assert MANY.where(marker) == 0
    assert MANY.where(marker, {"extra gpu-x"}) == MANY.all
    assert MANY.where(marker, {"extra dev"}) == 0
    assert MANY.where(marker, {"group dev"}) == MANY.where("sys_platform == 'win32'")
    assert MANY.where("extra != 'a'") == MANY.all
    assert MANY.where("extra != 'a'", {"extra a"}) == 0


@pytest.mark.parametrize(
    "marker",
    [
        "python_version",
        "python_version >=",
        "and",
        "os_name == 'a' and",
        "(os_name == 'a'",
        "os_name == 'a')",
        "os_name == 'a' os_name == 'b'",
        "name == 'a'",
        "os_name == 'a' and or os_name == 'b'",
        "()",
        "(" * 100 + "os_name == 'a'" + ")" * 100,
    ],
)
def test_no_marker(marker: str) -> None:
    with pytest.raises(NoMarker):
        MANY.where(marker)


def test_pythons_of_a_range() -> None:
    assert within(">=3.9,<3.13") == ("3.9", "3.10", "3.11", "3.12")
    assert within("==3.11.*") == ("3.11",)
    assert within(">=3.11.4,<3.12") == ("3.11",)
    assert within("<3") == within("") == within("nonsense")
    assert len(PLATFORMS) == 5
