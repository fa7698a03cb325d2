"""Telling how a program came to a read and to a write: which file imports which."""

from __future__ import annotations

from itertools import pairwise

from kerlint.source.notebooks.running import RUNS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kerlint.diagnostics import Related
    from kerlint.knowledge.variables import Reading
    from kerlint.source.facts import Event
    from kerlint.source.order_state import Late, Step, Trail


def is_here(late: Late) -> bool:
    """Whether the module that writes imports the reader itself."""
    return late.to_read[-1].place.module is late.to_write[-1].place.module


def named(late: Late, readers: Mapping[str, Reading]) -> str:
    """The library whose import makes the variable read."""
    return _library(late.read, readers)


def told(late: Late, variable: str, readers: Mapping[str, Reading]) -> str:
    """Both ways in one sentence.

    "`train.py:1` imports `models/net.py`, which imports keras at line 3; `KERAS_BACKEND` is set
    at `train.py:4`"
    """
    what = _library(late.read, readers)
    read = _way(late.to_read, f"imports {what}")
    if len(_steps(late.to_write)) > 1:
        return f"{read}; {_way(late.to_write, f'sets `{variable}`')}"
    if _in_notebook(late.to_write[-1]):
        return f"{read}; `{variable}` is set after that"
    return f"{read}; `{variable}` is set at {_place(late.to_write[-1])}"


def obeyed(late: Late) -> str | None:
    """The end of the message where another write has chosen in time; None if none has."""
    step = late.obeyed
    return None if step is None else f"Keras keeps `{step.event.value}`, set {place(step)}"


def place(step: Step) -> str:
    """Where a step is, as far as its line says anything: "at `config.py:3`"."""
    return f"{'in' if _in_notebook(step) else 'at'} {_place(step)}"


def related(late: Late, readers: Mapping[str, Reading]) -> tuple[Related, ...]:
    """Each step on the way to the read, and on the way to the write."""
    chosen = () if late.obeyed is None else of_step(late.obeyed, "set in time here")
    return (*chosen, *_read(late, readers), *_written(late))


def _read(late: Late, readers: Mapping[str, Reading]) -> Iterator[Related]:
    for step, reached in _pairs(late.to_read):
        yield from of_step(step, f"{_does(step.event, reached)} here")
    what = _library(late.read, readers)
    reading = readers.get(what)
    if reading is None:
        phrase = f"{what} is imported here; it imports keras"
    elif reading.reader == reading.module:
        phrase = f"{what} is imported here, and reads it"
    else:
        phrase = f"{what} is imported here; it imports {reading.reader}, which reads it"
    yield from of_step(late.to_read[-1], phrase)


def _written(late: Late) -> Iterator[Related]:
    for step, reached in _pairs(late.to_write):
        yield from of_step(step, f"then {_does(step.event, reached)} here")


def of_step(step: Step, phrase: str) -> Iterator[Related]:
    """The place of a step, with a phrase."""
    from kerlint.diagnostics import Related

    module, event = step.place.module, step.event
    if module is not None and event.node is not None:
        yield Related(module.path, module.span(event.node, event.last), phrase)


def _steps(trail: Trail) -> list[Step]:
    """The last step in each module on the way: calls within one module need no telling."""
    return [
        step
        for step, follower in zip(trail, (*trail[1:], None), strict=True)
        if follower is None or follower.place is not step.place
    ]


def _pairs(trail: Trail) -> list[tuple[Step, str]]:
    """Each step that leads into another module, and the path of that module."""
    steps = _steps(trail)
    return [(step, _path(after)) for step, after in pairwise(steps)]


def _way(trail: Trail, end: str) -> str:
    steps = _steps(trail)
    words = ""
    for step, reached in [*_pairs(trail), (steps[-1], "")]:
        does = end if not reached else _does(step.event, reached, active=True)
        if not words:
            words = f"{_place(step)} {does}"
        else:
            words += (
                f", which {does}" if _in_notebook(step) else f", which {does} at line {_line(step)}"
            )
    return words


def _does(event: Event, reached: str, *, active: bool = False) -> str:
    name = event.names[0].rpartition(".")[2] if event.names else "a function"
    if name.startswith(RUNS):
        return f"runs `{reached}`" if active else f"{reached} is run"
    if active:
        return f"calls `{name}` of `{reached}`" if event.kind == "use" else f"imports `{reached}`"
    if event.kind == "use":
        return f"`{name}` of {reached} is called"
    return f"{reached} is imported"


def _place(step: Step) -> str:
    return f"`{_path(step)}`" if _in_notebook(step) else f"`{_path(step)}:{_line(step)}`"


def _in_notebook(step: Step) -> bool:
    """Whether the line of a step is one of a notebook, where cells count their own."""
    return step.place.path.endswith(".ipynb")


def _path(step: Step) -> str:
    module = step.place.module
    return (module.path if module else step.place.path).replace("\\", "/")


def _line(step: Step) -> int:
    module, event = step.place.module, step.event
    if module is None or event.node is None:
        return 1
    return module.span(event.node, event.last).start.line


def _library(event: Event, readers: Mapping[str, Reading]) -> str:
    tops = [name.partition(".")[0] for name in event.names]
    return next((top for top in tops if top in readers), tops[0])
