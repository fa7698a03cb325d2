"""What is asked of a program, and of the modules that it sees."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Protocol

    from kerlint.source.facts import Event
    from kerlint.source.order_state import Environment, Place

    Reads = Callable[[Event, Environment], bool | None]
    Runs = Callable[[Event], bool]

    class Modules(Protocol):
        """Which modules are the project's own."""

        def loads(self, place: Place, event: Event) -> Sequence[tuple[Place, bool]]:
            """What an `import` event in `place` imports, in order, parents first; whether each
            is certain.
            """

        def called(self, place: Place, event: Event) -> tuple[Place, Sequence[Event]] | None:
            """The body of an own function that a `use` event in `place` certainly runs."""

        def matters(self, place: Place, reads: bool) -> bool:
            """Whether importing a module can write the variable or, if `reads`, read it."""

        def writes(self, place: Place, loaded: frozenset[str]) -> bool:
            """Whether importing a module can write the variable, where these are `loaded`."""

        def give_up(self, place: Place) -> None:
            """The modules that `place` imports run in too many ways to be followed."""


def _anybody(_event: Event) -> bool:
    return True


def _nobody_knows(_event: Event) -> None:
    return None


class Question:
    """What is asked of a program.

    `variable`  the environment variable in question
    `reads(event, environment)`  whether an `import` or `use` event makes somebody read it, None
                if that is not certain; `environment` maps variables to the values that they may
                hold by then (a variable that nobody touched is absent)
    `runs(event)`   False for an event that never happens
    `resets(event)` whether an `unload` brings the reader back
    `looks(event)`  whether an `import` or `use` event, though it does not make the reader read,
                may make somebody else look at the variable
    `stands_for(event)`  the write of the variable that a write of nobody knows which, in the module
                that is judged, certainly is; None if that is not known
    """

    __slots__ = ("looks", "reads", "resets", "runs", "stands_for", "variable")

    def __init__(
        self, variable: str, reads: Reads, runs: Runs, resets: Runs, looks: Runs = _anybody
    ) -> None:
        self.variable = variable
        self.reads = reads
        self.runs = runs
        self.resets = resets
        self.looks = looks
        self.stands_for: Callable[[Event], Event | None] = _nobody_knows


class NoModules:
    """The project of a single file."""

    def loads(self, place: Place, event: Event) -> Sequence[tuple[Place, bool]]:
        return ()

    def called(self, place: Place, event: Event) -> None:
        return None

    def matters(self, place: Place, reads: bool) -> bool:
        return True

    def writes(self, place: Place, loaded: frozenset[str]) -> bool:
        return True

    def give_up(self, place: Place) -> None:
        pass
