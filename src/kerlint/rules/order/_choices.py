"""Which backend a program certainly chooses for itself, whatever it is started with."""

from __future__ import annotations

import sys

from kerlint.knowledge.importers import UNCONCERNED
from kerlint.rules.order import _writes
from kerlint.source.order import environment_after
from kerlint.source.order_question import Question
from kerlint.source.order_state import COMPUTED, GIVEN, INHERITED, value_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import NamedTuple

    from kerlint.project.starts import Start
    from kerlint.rules.base import Context
    from kerlint.source.facts import Event, Module
    from kerlint.source.order_state import Environment

    class Choice(NamedTuple):
        """A write that decides, and the module that makes it."""

        event: Event
        module: Module

else:
    from collections import namedtuple

    Choice = namedtuple("Choice", "event module")

_UNKNOWN = frozenset({COMPUTED, GIVEN, INHERITED})


def chosen(module: Module, context: Context, variable: str, start: Start) -> Choice | None:
    """The write that decides what everybody finds who looks at the variable when the program runs
    that begins with `module`; None if that is not certain, or if the program leaves the choice to
    whoever starts it.
    """
    from kerlint.knowledge.variables import readings

    readers = readings(variable, context.target.newest)
    listener = _Listener(module, context, variable, tuple(readers), start)
    end = environment_after(module, listener.question, start.deeds, start.modules)
    values = listener.values
    if not listener.is_looked_at:
        values = value_of(end or {}, variable)
    if listener.asked or len(values) != 1 or not values.isdisjoint(_UNKNOWN | {""}):
        return None
    writes = [one for one in listener.writes if values == {one.value} and one.node is not None]
    modules = {id(one): one for one in (module, *_met(start, context, variable))}
    if not writes or _may_choose_otherwise(modules.values(), variable, values, listener.writes):
        return None
    last = writes[-1]
    for one in modules.values():
        if any(event is last for event, _ in _writes.events(one)):
            return Choice(last, one)
    return None


class _Listener:
    """Hears what a walk through the program comes to.

    `values`  what the variable may hold where somebody looks at it
    `writes`  of the variable, in their order
    `asked`   whether the program, or one that it starts, looks at it before it sets it
    """

    def __init__(
        self,
        module: Module,
        context: Context,
        variable: str,
        readers: tuple[str, ...],
        start: Start,
    ) -> None:
        from kerlint.knowledge.variables import readings
        from kerlint.rules.order import _dotenv
        from kerlint.rules.order._late import question_of

        self.variable = variable
        self.values: frozenset[str] = frozenset()
        self.is_looked_at = False
        self.writes: list[Event] = []
        self.asked = False
        versions = context.target.newest
        self._inner = question_of(variable, readings(variable, versions), versions)
        self._modules = start.modules
        self.question = Question(
            variable, self._reads, self._runs, self._inner.resets, self._inner.looks
        )
        self.question.stands_for = _dotenv.writes(module, context.project, variable)

    def _reads(self, event: Event, environment: Environment) -> bool | None:
        certain = self._inner.reads(event, environment)
        if certain is not False or self._may_look(event):
            self.is_looked_at = True
            self.values |= value_of(environment, self.variable)
        return certain

    def _may_look(self, event: Event) -> bool:
        return self._inner.looks(event) and not all(map(self._modules.leaves_alone, event.names))

    def _runs(self, event: Event) -> bool:
        if not self._inner.runs(event):
            return False
        if event.kind == "write" and event.variable == self.variable:
            self.writes.append(event)
        elif event.kind == "spawn" or (event.kind == "read" and event.variable == self.variable):
            self.asked = self.asked or not self.writes
        return True


def _met(start: Start, context: Context, variable: str) -> list[Module]:
    """The own modules that the program comes to, as far as they name the variable."""
    project = context.project
    return [
        place.module
        for place in start.modules.met()
        if project is not None
        and project.holds(place.path, variable.encode())
        and place.module is not None
    ]


def _may_choose_otherwise(
    modules: Iterable[Module], variable: str, values: frozenset[str], seen: list[Event]
) -> bool:
    """Whether one of the modules sets it to something else where nobody was seen to come to."""
    known = {id(one) for one in seen}
    return any(
        event.kind == "write"
        and event.variable == variable
        and event.how in _writes.SETTING
        and event.value not in values
        and id(event) not in known
        for module in modules
        for event, _ in _writes.events(module)
    )


NOT_ABOUT_KERAS = frozenset({"dotenv", *UNCONCERNED, *sys.stdlib_module_names})
"""Top names of modules that neither read nor write a variable of ours."""
