"""What has certainly happened before what, when a module runs.

The events of a module are walked in the order of execution with one abstract state: whether an
environment variable has certainly been read, which values the reader may have found, and which
values the environment may hold now. Where two ways meet, only what is certain on both remains.
Nothing here knows of Keras: who reads which variable is asked of a function.

A write is *late* when the reader has certainly run before it, and it could have mattered:

- a value that was, or may have been, in place in time makes the same write harmless;
- a write that is deleted or restored later, or that is meant for another process or for a module
  that is loaded anew, is no fault;
- what is only possible is no fault.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kerlint.source.facts import Event, Module

    Values = frozenset[str]
    Environment = Mapping[str, Values]
    Reads = Callable[[Event, Environment], bool | None]
    Runs = Callable[[Event], bool]
    Resets = Callable[[Event], bool]

INHERITED = "\0inherited"
"""The value is what the process was started with: perhaps none."""
COMPUTED = "\0computed"
"""The value is known to be set, but not to what."""

UNTOUCHED: Values = frozenset({INHERITED})

_DEEPEST_CALL = 40
_COUNTING = ("assign", "setdefault", "update")


class Late:
    """A write that came too late.

    `write`   the write event
    `read`    the event that read the variable before
    `before`  the event just before the write in its block, or None
    """

    __slots__ = ("before", "read", "write")

    def __init__(self, write: Event, read: Event, before: Event | None) -> None:
        self.write = write
        self.read = read
        self.before = before

    def __repr__(self) -> str:
        return f"<Late {self.write!r} after {self.read!r}>"


class _State:
    """The ways on which a point may be reached, in two heaps.

    `unread`  the possible environment on the ways without the read; None if there is no such way:
              then the read is certain
    `read`    the event that read, on the other ways; None if there is none
    `seen`    the values that the reader may have found
    `environment`  the possible environment on those ways
    `late`    the late writes that were made on some way
    """

    __slots__ = ("environment", "late", "read", "seen", "unread")

    def __init__(
        self,
        unread: Environment | None,
        read: Event | None = None,
        seen: Values = frozenset(),
        environment: Environment | None = None,
        late: frozenset[int] = frozenset(),
    ) -> None:
        self.unread = unread
        self.read = read
        self.seen = seen
        self.environment: Environment = environment or {}
        self.late = late

    def possible(self) -> Environment:
        """The possible environment on any way."""
        if self.unread is None:
            return self.environment
        return self.unread if self.read is None else _merged(self.unread, self.environment)

    def key(self) -> tuple[object, ...]:
        unread = None if self.unread is None else frozenset(self.unread.items())
        return (unread, id(self.read), self.seen, frozenset(self.environment.items()), self.late)


def late_writes(
    module: Module, variable: str, reads: Reads, runs: Runs, resets: Resets
) -> list[Late]:
    """Every write of `variable` in `module` that certainly comes after it was read.

    `reads(event, environment)` says whether an `import` or `use` event makes somebody read the
    variable, None if that is not certain; `environment` maps variables to the values that they may hold by then
    (a variable that the module did not touch is absent). `runs(event)` is False for an event
    that never happens, `resets(event)` for an `unload` that does not bring the reader back.
    """
    walk = _Walk(variable, reads, runs, resets)
    end = walk.block(module.events, _State({}), [])
    for function in _uncalled(module):
        # It may be called at any later time: what the module wrote holds, but an import that
        # the function does not make itself is not held against it.
        walk.block(function, _State(end.possible() if end else {}), [])
    return [late for key, late in walk.found.items() if key not in walk.forgiven]


class _Walk:
    def __init__(self, variable: str, reads: Reads, runs: Runs, resets: Resets) -> None:
        self.variable = variable
        self.reads = reads
        self.runs = runs
        self.resets = resets
        self.found: dict[int, Late] = {}
        self.forgiven: set[int] = set()
        self._calls: dict[tuple[object, ...], _State | None] = {}
        self._active: list[int] = []
        self._trails: list[list[_State | None]] = []
        """For every `try` body being walked, the states in it so far."""

    def block(
        self, events: Sequence[Event], state: _State | None, leaves: list[_State]
    ) -> _State | None:
        """The state after `events`, or None if they never reach their end.

        `leaves` collects the states in which the block was left on the way.
        """
        before: Event | None = None
        for event in events:
            if state is None:
                return None
            if self.runs(event):
                state = self._step(event, before, state, leaves)
                for trail in self._trails:
                    trail.append(state)
            before = event
        return state

    def _step(
        self, event: Event, before: Event | None, state: _State, leaves: list[_State]
    ) -> _State | None:
        kind = event.kind
        if kind in ("import", "use"):
            certain = state.unread is not None and self.reads(event, state.unread)
            if state.unread is not None and certain is not False:
                seen = state.seen | _value(state.unread, self.variable)
                left = None if certain else state.unread
                return _State(left, state.read or event, seen, state.possible(), state.late)
        elif kind == "write":
            return self._write(event, before, state)
        elif kind == "branch":
            return self._branch(event, state, leaves)
        elif kind == "loop":
            return self._loop(event, state, leaves)
        elif kind == "call":
            return self._call(event, state)
        elif kind == "spawn":
            self.forgiven |= state.late
        elif kind == "unload" and self.resets(event):
            self.forgiven |= state.late
            return _State(state.possible(), late=state.late)
        elif kind == "leave":
            leaves.append(state)
            return None
        return state

    def _branch(self, event: Event, state: _State, leaves: list[_State]) -> _State | None:
        first, *others = event.arms
        trail: list[_State | None] = [state]
        self._trails.append(trail)
        ends = [self.block(first, state, leaves)]
        self._trails.pop()
        for arm in others:
            # A handler runs when the body failed at any place.
            start = _join(trail) if _is_handler(arm, event) else state
            ends.append(self.block(arm, start, leaves))
        return _join(ends)

    def _loop(self, event: Event, state: _State, leaves: list[_State]) -> _State | None:
        # What a turn leaves behind is possible at the start of the next: walk until nothing new
        # comes up, and report only then.
        start = state
        while True:
            kept = dict(self.found), set(self.forgiven), dict(self._calls)
            inner: list[_State] = []
            end = _join([start, self.block(event.body, start, inner), *inner])
            if end is None or end.key() == start.key():
                break
            start = end
            self.found, self.forgiven, self._calls = kept
        leaves.extend(inner)
        return end

    def _call(self, event: Event, state: _State) -> _State | None:
        body = id(event.body)
        if body in self._active or len(self._active) >= _DEEPEST_CALL:
            return state
        key = (body, *state.key())
        if key not in self._calls:
            self._active.append(body)
            leaves: list[_State] = []
            end = self.block(event.body, state, leaves)
            self._active.pop()
            self._calls[key] = _join([end, *leaves])
        return self._calls[key]

    def _write(self, event: Event, before: Event | None, state: _State) -> _State:
        late = state.late
        if event.variable == self.variable and event.how in _COUNTING:
            if state.unread is None and state.read is not None and not _harmless(event, state):
                self.found.setdefault(id(event), Late(event, state.read, before))
                late = late | {id(event)}
            else:
                self.forgiven.add(id(event))  # in another call, say, it is in time
        unread = None if state.unread is None else _written(event, state.unread)
        return _State(unread, state.read, state.seen, _written(event, state.environment), late)


def _is_handler(arm: Sequence[Event], branch: Event) -> bool:
    """Whether the arm is an `except` clause of the `try` that `branch` stands for."""
    outside = len(branch.guards)
    return any(guard.kind == "fallback" for event in arm for guard in event.guards[outside:])


def _harmless(write: Event, state: _State) -> bool:
    """Whether what the reader found may be what the late write wants."""
    if write.how == "setdefault" and _value(state.environment, write.variable) != UNTOUCHED:
        return True  # perhaps it is set already, and nothing is written
    if write.value is None:
        return state.seen != UNTOUCHED
    return write.value in state.seen or COMPUTED in state.seen


def _value(environment: Environment, variable: str) -> Values:
    return environment.get(variable, UNTOUCHED)


def _written(write: Event, environment: Environment) -> Environment:
    """The possible environment after `write`."""
    values = _after(write, _value(environment, write.variable))
    return {**environment, write.variable: values}


def _after(write: Event, values: Values) -> Values:
    """What the variable may hold after `write`."""
    if write.how in ("putenv", "shell"):  # goes past os.environ
        return values
    if write.how == "delete":
        return UNTOUCHED
    if write.how == "restore":
        return frozenset({INHERITED, COMPUTED})
    written = frozenset({COMPUTED if write.value is None else write.value})
    if write.how == "setdefault":
        return values | written if INHERITED in values else values
    return written


def _join(states: Sequence[_State | None]) -> _State | None:
    """Where several ways meet: certain is what is certain on all, possible what is on any."""
    met: _State | None = None
    for state in states:
        if state is None or state is met:
            continue
        met = state if met is None else _meet(met, state)
    return met


def _meet(a: _State, b: _State) -> _State:
    unread = a.unread if b.unread is None else b.unread
    if a.unread is not None and b.unread is not None:
        unread = _merged(a.unread, b.unread)
    environment = b.environment if a.read is None else a.environment
    if a.read is not None and b.read is not None:
        environment = _merged(a.environment, b.environment)
    return _State(unread, a.read or b.read, a.seen | b.seen, environment, a.late | b.late)


def _merged(a: Environment, b: Environment) -> Environment:
    if a == b:
        return a
    return {name: _value(a, name) | _value(b, name) for name in {*a, *b}}


def _uncalled(module: Module) -> list[Sequence[Event]]:
    """The functions that no code of the module is seen to call."""
    bodies = [body for body in module.functions.values() if body]
    called: set[int] = set()
    waiting: list[Sequence[Event]] = [module.events, *bodies]
    while waiting:
        for event in waiting.pop():
            if event.kind == "call" and event.body and id(event.body[0]) not in called:
                called.add(id(event.body[0]))
                waiting.append(event.body)
            elif event.kind == "loop":
                waiting.append(event.body)
            waiting.extend(event.arms)
    return [body for body in bodies if id(body[0]) not in called]
