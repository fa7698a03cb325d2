"""What is told of a file, and that its line ends change nothing."""

from __future__ import annotations

from kerlint.manifests.formats import read
from tests.manifests.said import problems


def told_in(path: str, text: str) -> list[str]:
    """`2:5 what is wrong` for each problem."""
    return problems(read(path, text))


def told_alike(path: str, text: str) -> bool:
    """Whether the same is told of the file with the line ends of Windows."""
    there = read(path, text.replace("\n", "\r\n").encode()).problems
    return [one.message for one in there] == [one.message for one in read(path, text).problems]
