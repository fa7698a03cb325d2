"""What has certainly happened before what, when a program runs.

The events of a program are walked in the order of execution with one abstract state: whether an
environment variable has certainly been read, which values the reader may have found, and which
values the environment may hold now. Where two ways meet, only what is certain on both remains.
An own module runs when it is first imported, a function when it is called. Nothing here knows of
Keras or of files: who reads which variable, and which modules are own ones, is asked of others.

A write is *late* when the reader has certainly run before it, and it could have mattered:

- a value that was, or may have been, in place in time makes the same write harmless;
- a write that is deleted or restored later, or that is meant for another process or for a module
  that is loaded anew, is no fault;
- what is only possible is no fault.
"""

from __future__ import annotations

from kerlint.source.events import (
    holds_write,
    is_handler,
    length_with_writes,
    uncalled_functions,
)
from kerlint.source.order_question import NoModules
from kerlint.source.order_state import Late, Overruled, Place, State, Step, harmless, join

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kerlint.source.facts import Event, Module
    from kerlint.source.order_question import Modules, Question
    from kerlint.source.order_state import Environment

    Deed = tuple[Place, Sequence[Event] | None]
    """What a start does: runs a module, or the body of a function in it."""

_DEEPEST_CALL = 40
_DEEPEST_IMPORT = 60
MOST_RUNS = 20_000
"""Modules that are run, each time from another state, before a program is given up."""
_COUNTING = ("assign", "setdefault", "update")


def alone(module: Module) -> list[Deed]:
    """The start of a module that runs as the program."""
    return [(Place(module.path, lambda: module, main=True), None)]


class Outcome:
    """What is to be said of the writes in one module.

    `late`       those that certainly come after the variable was read
    `overruled`  those that certainly take the place of another one, before anybody has seen it
    """

    __slots__ = ("late", "overruled")

    def __init__(self, late: list[Late], overruled: list[Overruled]) -> None:
        self.late = late
        self.overruled = overruled


def outcome(
    judged: Module,
    question: Question,
    start: Sequence[Deed] = (),
    modules: Modules | None = None,
    *,
    inherited: Environment | None = None,
    uncalled: bool = True,
) -> Outcome:
    """What is to be said of the writes in `judged`.

    `start`      what the program does; nothing: it runs the module alone
    `inherited`  what is known of the environment in which it is started
    `uncalled`   whether to look at functions too that nobody is seen to call
    """
    start = start or alone(judged)
    walk = _Walk(judged, question, modules or NoModules())
    try:
        return _walked(walk, start, inherited or {}, uncalled)
    except _TooManyRuns:
        walk.modules.give_up(start[-1][0])
        return Outcome([], [])


def _walked(walk: _Walk, start: Sequence[Deed], inherited: Environment, uncalled: bool) -> Outcome:
    judged = walk.judged
    in_functions = any(map(holds_write, judged.functions.values()))
    walk.to_last_write = not in_functions
    end = walk.program(start, State(inherited))
    overruled = list(walk.overruled.values())
    if uncalled and in_functions:
        place = start[-1][0]
        for function in uncalled_functions(judged):
            if id(function) in walk.called:  # by another module
                continue
            # It may be called at any later time: what the module wrote holds, but an import that
            # the function does not make itself is not held against it.
            begin = State(inherited)
            if end is not None:
                begin = State(end.possible(), loaded=end.loaded, maybe=end.maybe)
                begin = begin.with_loaded(place.name)
            walk.inside(place, function, begin, [])
    late = [late for key, late in walk.found.items() if key not in walk.forgiven]
    return Outcome(late, overruled)


def environment_after(
    judged: Module, question: Question, start: Sequence[Deed], modules: Modules
) -> Environment | None:
    """What the environment may hold when the program has run; None if it never ends."""
    try:
        end = _Walk(judged, question, modules).program(start, State({}))
    except _TooManyRuns:
        modules.give_up(start[-1][0])
        return None
    return None if end is None else end.possible()


class _TooManyRuns(Exception):
    """The program goes too many ways through its modules."""


class _Walk:
    def __init__(self, judged: Module, question: Question, modules: Modules) -> None:
        self.judged = judged
        self.question = question
        self.modules = modules
        self.found: dict[int, Late] = {}
        self.overruled: dict[int, Overruled] = {}
        self.forgiven: set[int] = set()
        self.called: set[int] = set()
        self.place = Place("", lambda: None)
        self._stack: list[Step] = []
        self._imports = 0
        self._calls: dict[tuple[object, ...], State | None] = {}
        self._runs: dict[tuple[object, ...], State | None] = {}
        self._number = 0
        self._active: list[int] = []
        self._doubt = False
        """Whether the program may as well not come to where the walk is."""
        self._trails: list[list[State | None]] = []
        """For every `try` body being walked, the states in it so far."""
        self.to_last_write = False
        """Whether the program may be left after its last write, if nothing was late till then."""

    def program(self, start: Iterable[Deed], state: State | None) -> State | None:
        """The state after a start, or None if it never reaches its end."""
        for place, body in start:
            if state is None:
                return None
            if body is not None:
                leaves: list[State] = []
                self._active.append(id(body))
                end = self.inside(place, body, state, leaves)
                self._active.pop()
                state = join([end, *leaves])
            elif place.main:
                state = self._run(place, state)
            else:
                state = self._load(place, True, state)
        return state

    def inside(
        self, place: Place, events: Sequence[Event], state: State, leaves: list[State]
    ) -> State | None:
        """Like `block`, in another module."""
        outer, self.place = self.place, place
        end = self.block(events, state, leaves)
        self.place = outer
        return end

    def block(
        self, events: Sequence[Event], state: State | None, leaves: list[State]
    ) -> State | None:
        """The state after `events`, or None if they never reach their end.

        `leaves` collects the states in which the block was left on the way.
        """
        before: Event | None = None
        for event in events:
            if state is None:
                return None
            if self.question.runs(event):
                state = self._step(event, before, state, leaves)
                for trail in self._trails:
                    trail.append(state)
            before = event
        return state

    def _step(
        self, event: Event, before: Event | None, state: State, leaves: list[State]
    ) -> State | None:
        kind = event.kind
        if kind == "import":
            return self._import(event, state)
        if kind == "use":
            return self._use(event, state)
        if kind == "write":
            return self._write(event, before, state)
        if kind == "branch":
            return self._branch(event, state, leaves)
        if kind == "main":
            return self.block(event.arms[0 if self.place.main else 1], state, leaves)
        if kind == "loop":
            return self._loop(event, state, leaves)
        if kind == "call":
            return self._call(event, self.place, event.body, state)
        if kind == "spawn":
            self.forgiven |= state.late
            return state.looked_at()
        if kind == "read":
            return state.looked_at() if event.variable == self.question.variable else state
        if kind == "unload":
            return self._unload(event, state)
        if kind == "leave":
            leaves.append(state)
            return None
        return state

    def _import(self, event: Event, state: State) -> State | None:
        loads = self.modules.loads(self.place, event)
        if not loads:
            return self._read(event, state)
        self._stack.append(Step(self.place, event))
        after: State | None = state
        for place, certain in loads:
            if after is not None:
                after = self._load(place, certain, after)
        self._stack.pop()
        return after

    def _load(self, place: Place, certain: bool, state: State) -> State | None:
        """Import a module: it runs if it has not been imported yet."""
        name = place.name
        if name in state.loaded or self._imports >= _DEEPEST_IMPORT:
            return state
        if not self.modules.matters(place, state.unread is not None):
            return state
        if name in state.maybe and not self.modules.writes(place, state.loaded):
            return state.with_loaded(name)  # what it reads may have been read by now as it is
        outer = self._doubt
        self._doubt = outer or not certain or name in state.maybe
        after = self._run(place, state.with_loaded(name))
        self._doubt = outer
        if name in state.maybe:
            return join([state.with_loaded(name), after])
        return after if certain else join([state, after])

    def _run(self, place: Place, state: State) -> State | None:
        """Run a module from its first line to its last."""
        if place.module is self.judged:
            return self._run_anew(place, state)
        key = (place.path, place.name, self._doubt, *state.key())
        if key not in self._runs:
            self._runs[key] = self._run_anew(place, state)
        return self._runs[key]

    def _run_anew(self, place: Place, state: State) -> State | None:
        module = place.module
        if module is None:
            return state.unsure(self.question.variable)
        self._number += 1
        if self._number > MOST_RUNS:
            raise _TooManyRuns
        events = module.events
        if self.to_last_write and module is self.judged and not self._stack:
            # What follows says only what becomes of those that were late.
            length = length_with_writes(events)
            after = self.inside(place, events[:length], state, [])
            if after is None or not self.found:
                return None
            state, events = after, events[length:]
        self._imports += 1
        state_after = self.inside(place, events, state, [])
        self._imports -= 1
        return state_after

    def _use(self, event: Event, state: State) -> State | None:
        called = self.modules.called(self.place, event)
        if called is None:
            return self._read(event, state)
        return self._call(event, *called, state)

    def _read(self, event: Event, state: State) -> State:
        if state.unread is None:
            return state
        certain = self.question.reads(event, state.unread)
        if certain is False:
            return state.looked_at() if self.question.looks(event) else state
        trail = (*self._stack, Step(self.place, event))
        return state.after_read(trail, self.question.variable, certain is True)

    def _branch(self, event: Event, state: State, leaves: list[State]) -> State | None:
        first, *others = event.arms
        outer, left = self._doubt, len(leaves)
        self._doubt = True
        trail: list[State | None] = [state]
        self._trails.append(trail)
        ends = [self.block(first, state, leaves)]
        self._trails.pop()
        for arm in others:
            # A handler runs when the body failed at any place.
            start = join(trail) if is_handler(arm, event) else state
            ends.append(self.block(arm, start, leaves))
        # A function that may have returned by now may not come to the rest of it. Where a module
        # ends, the program ends.
        self._doubt = outer or (bool(self._active) and len(leaves) > left)
        return join(ends)

    def _loop(self, event: Event, state: State, leaves: list[State]) -> State | None:
        # What a turn leaves behind is possible at the start of the next: walk until nothing new
        # comes up, and report only then.
        start = state
        outer, self._doubt = self._doubt, True
        while True:
            kept = dict(self.found), set(self.forgiven), dict(self._calls), dict(self._runs)
            inner: list[State] = []
            end = join([start, self.block(event.body, start, inner), *inner])
            if end is None or end.key() == start.key():
                break
            start = end
            self.found, self.forgiven, self._calls, self._runs = kept
        leaves.extend(inner)
        self._doubt = outer or (bool(self._active) and bool(inner))
        return end

    def _call(
        self, event: Event, place: Place, body: Sequence[Event], state: State
    ) -> State | None:
        """Run a function's body in the module that defines it."""
        if id(body) in self._active or len(self._active) >= _DEEPEST_CALL:
            return state
        self.called.add(id(body))
        key = (id(body), self._doubt, *state.key())
        if key not in self._calls:
            self._active.append(id(body))
            self._stack.append(Step(self.place, event))
            leaves: list[State] = []
            outer = self._doubt
            end = self.inside(place, body, state, leaves)
            self._doubt = outer
            self._stack.pop()
            self._active.pop()
            self._calls[key] = join([end, *leaves])
        return self._calls[key]

    def _write(self, event: Event, before: Event | None, state: State) -> State:
        if not event.variable:  # some variables, nobody knows which
            if event.how == "clear":
                self.forgiven |= state.late
            meant = self.question.stands_for(event) if self.place.module is self.judged else None
            if meant is None:
                return state.unsure(self.question.variable)
            event = meant
        late, step = state.late, Step(self.place, event)
        if event.variable == self.question.variable and event.how in ("delete", "restore"):
            self.forgiven |= late  # it was for a while, and for somebody else
        if (
            event.variable == self.question.variable
            and event.how in _COUNTING
            and self.place.module is self.judged
        ):
            if state.unread is None and state.read is not None and not harmless(event, state):
                trail = (*self._stack, step)
                known = self.found.get(id(event))
                if known is None or not (self._doubt or known.certain):
                    certain = not self._doubt
                    self.found[id(event)] = Late(
                        event, before, state.read, trail, state.seen, certain, state.obeyed
                    )
                late = late | {id(event)}
            else:
                self.forgiven.add(id(event))  # in another call, say, it is in time
                self._compare(step, state)
        return state.after_write(step, late, event.variable == self.question.variable)

    def _compare(self, step: Step, state: State) -> None:
        """Note that a write certainly takes the place of another one that wants something else."""
        choice, event = state.choice, step.event
        if (
            choice is not None
            and event.value
            and event.value != choice.event.value
            and event.how != "setdefault"
            and state.read is None
            and not self._doubt
        ):
            self.overruled.setdefault(id(event), Overruled(choice, step))

    def _unload(self, event: Event, state: State) -> State:
        state = state.forgets_modules()
        if not self.question.resets(event):
            return state
        self.forgiven |= state.late
        return state.unread_again()
