"""Whether a variable is set after the moment at which it is read, whatever that moment is."""

from __future__ import annotations

from kerlint.knowledge.backends import DEFAULT_BACKEND
from kerlint.knowledge.variable_table import STARTS
from kerlint.knowledge.variables import readings, reload_is_vain
from kerlint.rules._conditions import never_runs
from kerlint.rules.order import _chain, _late
from kerlint.rules.order._writes import about_keras
from kerlint.source.order_question import Question
from kerlint.source.order_state import GIVEN, INHERITED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic, Related
    from kerlint.knowledge.variable_table import Variable
    from kerlint.knowledge.variables import Reading
    from kerlint.project.targets import Versions
    from kerlint.rules.base import Context, Rule
    from kerlint.source.facts import Event, Module
    from kerlint.source.order_state import Environment, Late


class _Moment:
    """Which events make somebody read `variable` at these versions."""

    def __init__(self, variable: Variable, versions: Versions, imported: frozenset[str]) -> None:
        self.variable = variable
        self.readers = readings(variable.name, versions)
        self.imported = imported
        self.starts = frozenset().union(
            *(STARTS.get(name, frozenset({name})) for name in variable.starts)
        )

    def reads(self, event: Event, environment: Environment) -> bool | None:
        """Whether `event` makes the variable read; None if that is not certain."""
        if event.kind == "use":
            return len(event.names) == 1 and event.names[0] in self.starts
        outcome: bool | None = False
        for name in event.names:
            reading = self.reading(name)
            if reading is not None:
                holds = _holds(reading, environment, self.imported)
                if holds:
                    return True
                outcome = None if holds is None else outcome
        return outcome

    def reading(self, module: str) -> Reading | None:
        """Who reads it when `module` is imported."""
        while module:
            if module in self.readers:
                return self.readers[module]
            module = module.rpartition(".")[0]
        return None

    def told(self, event: Event) -> tuple[str, str]:
        """Words for the event that read it: a clause, and a phrase to put beside it."""
        if event.kind == "use":
            return f"after `{event.names[0]}()`", "it is read here at the latest"
        for name in event.names:
            reading = self.reading(name)
            if reading is not None:
                who = reading.module
                if reading.reader == who:
                    return f"after the import of `{who}`", f"{who} is imported here, and reads it"
                return (
                    f"after the import of `{who}`",
                    f"{who} is imported here; it imports {reading.reader}, which reads it",
                )
        return "too late", "it is read here"


def late(rule: Rule, module: Module, context: Context, variable: Variable) -> Iterator[Diagnostic]:
    """A diagnostic for every write of `variable` that certainly comes too late."""
    versions = context.target.newest
    moment = _Moment(variable, versions, module.imported())

    def runs(event: Event) -> bool:
        return not never_runs(event.guards, versions) and not (
            event.kind == "write" and any(map(_late.asks_what_is_loaded, event.guards))
        )

    def resets(event: Event) -> bool:
        return not reload_is_vain(event.names, versions)

    question = Question(variable.name, moment.reads, runs, resets)
    libraries = (*moment.readers, *variable.starts)
    told: set[int] = set()
    for found in _late.asked(module, context, question, libraries):
        if found.write.node is None or id(found.write) in told:
            continue
        reading = found.to_read[-1].place.module
        if reading is None or not about_keras(reading):
            continue  # a program that has nothing to do with Keras is not read
        if _chain.is_here(found) or found.read.kind == "import":
            told.add(id(found.write))
            yield _told(rule, module, moment, found)


def _told(rule: Rule, module: Module, moment: _Moment, found: Late) -> Diagnostic:
    variable = moment.variable
    if _chain.is_here(found):
        clause, phrase = moment.told(found.read)
        what = f"`{variable.name}` is set {clause}"
        related = _related(module, found.read, phrase)
    else:
        what = _chain.told(found, variable.name, moment.readers)
        related = _chain.related(found, moment.readers)
    return rule.diagnostic(
        module,
        found.write.node,
        found.write.last,
        message=f"{what}: {variable.late}",
        label="too late: set here",
        help=_advice(variable),
        related=related,
    )


def _advice(variable: Variable) -> str:
    before = "anything starts the devices" if variable.moment == "use" else "that import"
    return f"set `{variable.name}` before {before}, or in the shell that starts Python"


def _related(module: Module, event: Event, phrase: str) -> tuple[Related, ...]:
    if event.node is None:
        return ()
    from kerlint.diagnostics import Related

    return (Related(module.path, module.span(event.node, event.last), phrase),)


def _holds(reading: Reading, environment: Environment, imported: frozenset[str]) -> bool | None:
    """Whether the import makes it read, as the switches stand by now; None if perhaps."""
    outcome: bool | None = True
    if reading.not_legacy:
        legacy = _late.legacy_switch(environment)
        outcome = None if legacy is None else not legacy
    if reading.beside in imported:
        return outcome
    if reading.beside and not reading.backends:
        return False
    if reading.backends and outcome is not False:
        values = environment.get("KERAS_BACKEND", frozenset({INHERITED}))
        fitting = {*reading.backends}
        if DEFAULT_BACKEND in fitting:
            fitting |= {INHERITED, GIVEN, ""}
        if values.isdisjoint(fitting):
            return False
        if not values <= fitting:
            outcome = None
    return outcome
