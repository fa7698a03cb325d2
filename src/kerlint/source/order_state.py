"""The abstract state of a program between two events, and how two ways meet.

Nothing here knows of Keras: `order.py` walks the events, this file says what they leave behind.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import NamedTuple

    from kerlint.source.facts import Event, Module

    Values = frozenset[str]
    Environment = Mapping[str, Values]
    Names = frozenset[str]
else:
    from collections import namedtuple

INHERITED = "\0inherited"
"""The value is what the process was started with: perhaps none."""
GIVEN = "\0given"
"""The value is what the process was started with, and that is something."""
COMPUTED = "\0computed"
"""The value is known to be set, but not to what."""

UNTOUCHED: Values = frozenset({INHERITED})
NOBODY: Names = frozenset()


class Place:
    """A module that runs.

    `name`     its full name, under which another module would import it
    `package`  what its relative imports are relative to; empty where they fail
    `main`     whether it is the program, so that its `__name__` is `__main__`
    `path`     of its file
    """

    __slots__ = ("_facts", "_read", "main", "name", "package", "path")

    def __init__(
        self,
        path: str,
        read: Callable[[], Module | None],
        *,
        name: str = "",
        package: str = "",
        main: bool = False,
    ) -> None:
        self.path = path
        self.name = name
        self.package = package
        self.main = main
        self._read = read
        self._facts: tuple[Module | None] | None = None

    @property
    def module(self) -> Module | None:
        """Its facts, read when they are first asked for; None if they cannot be had."""
        if self._facts is None:
            self._facts = (self._read(),)
        return self._facts[0]

    def __repr__(self) -> str:
        return f"<Place {self.name or self.path}>"


if TYPE_CHECKING:

    class Step(NamedTuple):
        """An event, and where it happens."""

        place: Place
        event: Event

    Trail = tuple[Step, ...]
    """How a program came to an event: imports and calls, then the event itself."""
else:
    Step = namedtuple("Step", "place event")


class Late:
    """A write that came too late.

    `write`   the write event
    `before`  the event just before the write in its block, or None
    `to_read`, `to_write`  how the program came to the event that read, and to the write
    `seen`    the values that the reader may have found
    `certain`  whether the program makes the write for sure, not only if something holds
    `obeyed`  the write whose value the reader certainly found, if it is known
    """

    __slots__ = ("before", "certain", "obeyed", "seen", "to_read", "to_write", "write")

    def __init__(
        self,
        write: Event,
        before: Event | None,
        to_read: Trail,
        to_write: Trail,
        seen: Values,
        certain: bool,
        obeyed: Step | None = None,
    ) -> None:
        self.write = write
        self.before = before
        self.to_read = to_read
        self.to_write = to_write
        self.seen = seen
        self.certain = certain
        self.obeyed = obeyed

    @property
    def read(self) -> Event:
        """The event that read the variable before."""
        return self.to_read[-1].event

    def __repr__(self) -> str:
        return f"<Late {self.write!r} after {self.read!r}>"


if TYPE_CHECKING:

    class Overruled(NamedTuple):
        """A write that is certainly made and never seen, for another one takes its place."""

        first: Step
        last: Step
else:
    Overruled = namedtuple("Overruled", "first last")


class State:
    """The ways on which a point may be reached, in two heaps.

    `unread`  the possible environment on the ways without the read; None if there is no such way:
              then the read is certain
    `read`    how it came to the read, on the other ways; None if there is none
    `seen`    the values that the reader may have found
    `environment`  the possible environment on those ways
    `late`    the late writes that were made on some way
    `loaded`  the own modules that have been imported on every way
    `maybe`   those that have been imported on some
    `choice`  the literal write that every way has made, and that nobody can have looked at since
    `obeyed`  the one whose value the reader found, on every way
    """

    __slots__ = (
        "choice",
        "environment",
        "late",
        "loaded",
        "maybe",
        "obeyed",
        "read",
        "seen",
        "unread",
    )

    def __init__(
        self,
        unread: Environment | None,
        read: Trail | None = None,
        seen: Values = frozenset(),
        environment: Environment | None = None,
        late: frozenset[int] = frozenset(),
        loaded: Names = NOBODY,
        maybe: Names = NOBODY,
        choice: Step | None = None,
        obeyed: Step | None = None,
    ) -> None:
        self.unread = unread
        self.read = read
        self.seen = seen
        self.environment: Environment = environment or {}
        self.late = late
        self.loaded = loaded
        self.maybe = maybe
        self.choice = choice
        self.obeyed = obeyed

    def possible(self) -> Environment:
        """The possible environment on any way."""
        if self.unread is None:
            return self.environment
        return self.unread if self.read is None else merged(self.unread, self.environment)

    def key(self) -> tuple[object, ...]:
        """Equal for states that stand for the same."""
        return (
            None if self.unread is None else frozenset(self.unread.items()),
            None if self.read is None else tuple(id(step.event) for step in self.read),
            self.seen,
            frozenset(self.environment.items()),
            self.late,
            self.loaded,
            self.maybe,
            id(self.choice and self.choice.event),
            id(self.obeyed and self.obeyed.event),
        )

    def after_read(self, trail: Trail, variable: str, certain: bool) -> State:
        """When somebody has read `variable`, or may have."""
        if self.unread is None:
            return self
        return State(
            None if certain else self.unread,
            self.read or trail,
            self.seen | value_of(self.unread, variable),
            self.possible(),
            self.late,
            self.loaded,
            self.maybe,
            obeyed=self.choice if certain and self.read is None else self.obeyed,
        )

    def looked_at(self) -> State:
        """When somebody may have looked at what the variable holds."""
        return self if self.choice is None else self._with_modules(self.loaded, self.maybe)

    def after_write(self, step: Step, late: frozenset[int], chooses: bool) -> State:
        """When the write of `step` has been made.

        `late`     what are now the late writes
        `chooses`  whether it is a write of the variable in question
        """
        write = step.event
        return State(
            None if self.unread is None else _written(write, self.unread),
            self.read,
            self.seen,
            _written(write, self.environment),
            late,
            self.loaded,
            self.maybe,
            _choice(step, self.choice) if chooses else self.choice,
            self.obeyed,
        )

    def unsure(self, variable: str) -> State:
        """When somebody may have set `variable`, nobody knows to what."""
        extra = {variable: frozenset({COMPUTED, INHERITED})}
        return State(
            None if self.unread is None else merged(self.unread, extra),
            self.read,
            self.seen,
            merged(self.environment, extra),
            self.late,
            self.loaded,
            self.maybe,
            obeyed=self.obeyed,
        )

    def with_loaded(self, name: str) -> State:
        """When the own module `name` is being imported."""
        if not name:
            return self
        return self._with_modules(self.loaded | {name}, self.maybe - {name}, self.choice)

    def forgets_modules(self) -> State:
        """When somebody has taken modules away: each may be imported anew."""
        return self._with_modules(NOBODY, self.maybe | self.loaded)

    def unread_again(self) -> State:
        """When the reader was taken away, and will read anew."""
        return State(self.possible(), late=self.late, loaded=self.loaded, maybe=self.maybe)

    def _with_modules(self, loaded: Names, maybe: Names, choice: Step | None = None) -> State:
        return State(
            self.unread,
            self.read,
            self.seen,
            self.environment,
            self.late,
            loaded,
            maybe,
            choice,
            self.obeyed,
        )


def join(states: Sequence[State | None]) -> State | None:
    """Where several ways meet: certain is what is certain on all, possible what is on any."""
    met: State | None = None
    for state in states:
        if state is None or state is met:
            continue
        met = state if met is None else _meet(met, state)
    return met


def _meet(a: State, b: State) -> State:
    unread = a.unread if b.unread is None else b.unread
    if a.unread is not None and b.unread is not None:
        unread = merged(a.unread, b.unread)
    environment = b.environment if a.read is None else a.environment
    if a.read is not None and b.read is not None:
        environment = merged(a.environment, b.environment)
    loaded = a.loaded & b.loaded
    maybe = (a.loaded | b.loaded | a.maybe | b.maybe) - loaded
    return State(
        unread,
        a.read or b.read,
        a.seen | b.seen,
        environment,
        a.late | b.late,
        loaded,
        maybe,
        _same(a.choice, b.choice),
        _same(a.obeyed, b.obeyed),
    )


def _same(a: Step | None, b: Step | None) -> Step | None:
    return a if a and b and a.event is b.event else None


def merged(a: Environment, b: Environment) -> Environment:
    """What the environment may be on one way or the other."""
    if a == b:
        return a
    return {name: value_of(a, name) | value_of(b, name) for name in {*a, *b}}


def value_of(environment: Environment, variable: str) -> Values:
    """What the variable may hold."""
    return environment.get(variable, UNTOUCHED)


def harmless(write: Event, state: State) -> bool:
    """Whether what the reader found may be what the late write wants."""
    if write.how == "setdefault" and value_of(state.environment, write.variable) != UNTOUCHED:
        return True  # perhaps it is set already, and nothing is written
    if write.value is None:
        return state.seen != UNTOUCHED
    return write.value in state.seen or COMPUTED in state.seen


def _choice(step: Step, known: Step | None) -> Step | None:
    """Which write the variable certainly has its value of, after the one of `step`."""
    write = step.event
    if write.how in ("assign", "update"):
        return step if write.value else None
    return known if write.how in ("putenv", "shell", "setdefault") else None


def _written(write: Event, environment: Environment) -> Environment:
    """The possible environment after `write`."""
    values = _after(write, value_of(environment, write.variable))
    return {**environment, write.variable: values}


def _after(write: Event, values: Values) -> Values:
    """What the variable may hold after `write`."""
    if write.how in ("putenv", "shell"):  # these go past os.environ
        return values
    if write.how == "delete":
        return UNTOUCHED
    if write.how == "restore":
        return frozenset({INHERITED, COMPUTED})
    written = frozenset({COMPUTED if write.value is None else write.value})
    if write.how == "setdefault":
        return (values - UNTOUCHED) | {GIVEN} | written if INHERITED in values else values
    return values | written if write.how == "patch" else written
