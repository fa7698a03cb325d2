"""A way in which an environment is broken."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tests.environments.environment import Environment


class Kind(NamedTuple):
    """`base`: "" where it is made from nothing; `codes`: what the first finding may be; `mends`: its commands are expected to mend it (what
    no command can mend has False); `arguments`: further ones for the probe."""

    name: str
    base: str
    codes: tuple[str, ...]
    spoil: Callable[[Environment], None]
    mends: bool = True
    arguments: tuple[str, ...] = ()


KINDS: list[Kind] = []


def kind(
    base: str, *codes: str, mends: bool = True, arguments: tuple[str, ...] = ()
) -> Callable[[Callable[[Environment], None]], Callable[[Environment], None]]:
    """Register a function that spoils an environment; its name is the name of the kind."""

    def register(spoil: Callable[[Environment], None]) -> Callable[[Environment], None]:
        name = spoil.__name__.replace("_", "-")
        KINDS.append(Kind(name, base, codes, spoil, mends, arguments))
        return spoil

    return register
