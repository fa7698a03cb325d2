"""The versions that the code must work with."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple

    class Versions(NamedTuple):
        """One version of each library; None where the library is not wanted or not known."""

        keras: str | None
        tensorflow: str | None
        tf_keras: str | None
        python: str | None

else:
    from collections import namedtuple

    Versions = namedtuple("Versions", "keras tensorflow tf_keras python")


class Target:
    """The newest and the oldest versions that the project admits, and why.

    `newest`  what a fresh install gets; the rules judge by it
    `oldest`  the oldest versions that the requirements admit
    `origin`  one sentence for people: where the versions come from
    """

    __slots__ = ("newest", "oldest", "origin")

    def __init__(self, newest: Versions, oldest: Versions, origin: str) -> None:
        self.newest = newest
        self.oldest = oldest
        self.origin = origin
