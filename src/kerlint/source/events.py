"""What happens when a module runs, in the order in which it happens."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from kerlint.source.facts import Guard, Module

    Node = Any


class Event:
    """Something that happens when the module runs, in the order of execution.

    kinds:
      `import`   `names` are the modules imported, e.g. ("keras", "keras.layers"); all but the
                 first may be other things than modules. Relative ones begin with dots
      `write`    an environment variable is set: `variable`, `value` (a literal or None),
                 `how`: `assign`, `setdefault`, `update`; `putenv` (past `os.environ`), `shell` (in
                 a shell that ends at once), `patch` (for the time of a test), `delete`, `restore`
                 (what was read from the same variable); with no `variable`, nobody knows which:
                 `any`, `clear` (all are deleted), or `dotenv` (what a `.env` file says)
      `read`     an environment variable is read: `variable`
      `call`     a function of this module is called: `body` is its events
      `branch`   one of `arms` happens (a tuple of event tuples); an arm that leaves the block
                 ends with a `leave` event
      `loop`     `body` happens any number of times
      `main`     the first of two `arms` happens if the module is the program, else the second
      `spawn`    another process is started (subprocess, os.system, multiprocessing)
      `unload`   `sys.modules` is changed, or a module is reloaded: `names` (empty: any)
      `use`      an imported callable is called: `names` are its full names
      `leave`    return, raise, continue, break, sys.exit
    `node` and `last` are the first and last Name nodes to point at (None where there is none).
    """

    __slots__ = (
        "arms",
        "body",
        "guards",
        "how",
        "kind",
        "last",
        "names",
        "node",
        "value",
        "variable",
    )

    def __init__(
        self,
        kind: str,
        node: Node | None = None,
        last: Node | None = None,
        *,
        names: tuple[str, ...] = (),
        variable: str = "",
        value: str | None = None,
        how: str = "",
        body: Sequence[Event] = (),
        arms: tuple[Sequence[Event], ...] = (),
        guards: tuple[Guard, ...] = (),
    ) -> None:
        self.kind = kind
        self.node = node
        self.last = last
        self.names = names
        self.variable = variable
        self.value = value
        self.how = how
        self.body = body
        self.arms = arms
        self.guards = guards

    def __repr__(self) -> str:
        return f"<Event {self.kind} {self.variable or ','.join(self.names)}>"


def holds_write(events: Iterable[Event]) -> bool:
    """Whether there is a write among the events, functions that they call left out."""
    return any(
        event.kind == "write"
        or any(map(holds_write, event.arms))
        or (event.kind == "loop" and holds_write(event.body))
        for event in events
    )


def length_with_writes(events: Sequence[Event]) -> int:
    """How many of the events there are up to the last one with a write."""
    length = len(events)
    while length and not holds_write(events[length - 1 : length]):
        length -= 1
    return length


def uncalled_functions(module: Module) -> list[Sequence[Event]]:
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


def is_handler(arm: Sequence[Event], branch: Event) -> bool:
    """Whether the arm is an `except` clause of the `try` that `branch` stands for."""
    outside = len(branch.guards)
    return any(guard.kind == "fallback" for event in arm for guard in event.guards[outside:])
