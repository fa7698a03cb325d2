"""The writes of environment variables in a file, wherever they stand, and what is started."""

from __future__ import annotations

from kerlint.rules._conditions import never_runs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kerlint.project.targets import Versions
    from kerlint.source.facts import Event, Guard, Module

SETTING = ("assign", "setdefault", "update")
"""How a program sets a variable for itself and its children."""

_MEANT_TO_FAIL = frozenset({"any-error", "fallback"})


def events(module: Module) -> Iterator[tuple[Event, str]]:
    """Every event of the file, once, with the name of the function it is in ("" for none)."""
    waiting: list[tuple[Sequence[Event], str]] = [(module.events, "")]
    waiting.extend((body, name) for name, body in module.functions.items())
    while waiting:
        body, name = waiting.pop()
        for event in body:
            yield event, name
            waiting.extend((arm, name) for arm in event.arms)
            if event.kind == "loop":
                waiting.append((event.body, name))


def values(module: Module, variable: str, versions: Versions) -> Iterator[tuple[Event, str]]:
    """Writes of `variable` whose value is a literal that the program means, with the value.

    Left out: what never runs at these versions, what stands under a test of something unknown,
    what expects an error, and values in tests that only have to be wrong.
    """
    for event, function in events(module):
        if (
            event.kind == "write"
            and event.variable == variable
            and event.value is not None
            and event.node is not None
            and event.how in (*SETTING, "shell", "putenv")
            and not never_runs(event.guards, versions)
            and not any(map(_excuses, event.guards))
            and not is_test(function)
        ):
            yield event, event.value


def about_keras(module: Module) -> bool:
    """Whether the file names a library or variable that lets it through the first gate."""
    from kerlint.source.gates import WORDS

    return any(word.decode() in module.text for word in WORDS)


def is_test(function: str) -> bool:
    """Whether the function is a test, whose values may be wrong on purpose."""
    return any(part.startswith(("test", "Test")) for part in function.split("."))


def _excuses(guard: Guard) -> bool:
    if guard.kind in _MEANT_TO_FAIL:
        return True
    return (
        guard.kind == "condition"
        and guard.condition is not None
        and guard.condition.kind == "unknown"
    )
