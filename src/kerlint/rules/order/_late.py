"""What the rules on variables that are set too late have in common."""

from __future__ import annotations

from kerlint.knowledge.variables import (
    LEGACY_SWITCH,
    LEGACY_VALUES,
    readings,
    reload_is_vain,
)
from kerlint.rules._conditions import never_runs
from kerlint.source.order import COMPUTED, late_writes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kerlint.diagnostics import Diagnostic, Related
    from kerlint.knowledge.variables import Reading
    from kerlint.rules.base import Context, Rule
    from kerlint.source.facts import Event, Guard, Module
    from kerlint.source.order import Environment, Late

_ASKS_BACKEND = frozenset(
    {"keras.backend.backend", "keras.config.backend", "tensorflow.keras.backend.backend"}
)


def check(
    rule: Rule, module: Module, context: Context, variable: str, message: str, advice: str
) -> Iterator[Diagnostic]:
    """A diagnostic for every write of `variable` after the import that reads it.

    `message` may hold `{variable}` and `{module}` (whose import reads it).
    """
    versions = context.target.newest
    readers = readings(variable, versions)
    if not readers:
        return

    def reads(event: Event, environment: Environment) -> bool | None:
        return _reads(event, environment, readers)

    def runs(event: Event) -> bool:
        return not never_runs(event.guards, versions) and not (
            event.kind == "write" and any(map(_asks_what_is_loaded, event.guards))
        )

    def resets(event: Event) -> bool:
        return not reload_is_vain(event.names, versions)

    for late in late_writes(module, variable, reads, runs, resets):
        if late.write.node is None or _tells_others(late):
            continue
        reading = _named(late.read, readers)
        yield rule.diagnostic(
            module,
            late.write.node,
            late.write.last,
            message=message.format(variable=variable, module=reading.module),
            label="too late: set here",
            help=advice.format(variable=variable),
            related=_where_read(module, late.read, reading),
        )


def _reads(event: Event, environment: Environment, readers: Mapping[str, Reading]) -> bool | None:
    """Whether `event` makes read the variable; None if that is not certain."""
    outcome: bool | None = False
    if event.kind == "import":
        for name in event.names:
            reading = readers.get(name.partition(".")[0])
            if reading is None:
                continue
            legacy = reading.not_legacy and _legacy(environment)
            if legacy is False:
                return True
            if legacy is None:
                outcome = None
    return outcome


def _legacy(environment: Environment) -> bool | None:
    """Whether the module has turned the legacy switch on by now; None if perhaps.

    Then TensorFlow does not import Keras. A switch that nobody is seen to turn on is off.
    """
    values = environment.get(LEGACY_SWITCH, frozenset())
    if COMPUTED not in values and LEGACY_VALUES.isdisjoint(values):
        return False
    return True if values <= LEGACY_VALUES else None


def _named(event: Event, readers: Mapping[str, Reading]) -> Reading:
    return next(
        readers[name.partition(".")[0]] for name in event.names if name.partition(".")[0] in readers
    )


def _where_read(module: Module, event: Event, reading: Reading) -> tuple[Related, ...]:
    if event.node is None:
        return ()
    from kerlint.diagnostics import Related

    if reading.reader == reading.module:
        phrase = f"{reading.module} is imported here, and reads it"
    else:
        phrase = f"{reading.module} is imported here; it imports {reading.reader}, which reads it"
    return (Related(module.path, module.span(event.node, event.last), phrase),)


def _asks_what_is_loaded(guard: Guard) -> bool:
    """`if "keras" not in sys.modules:` the code looks itself whether it is too late."""
    waiting = [guard.condition]
    while waiting:
        condition = waiting.pop()
        if condition is not None:
            if condition.kind == "loaded":
                return True
            waiting.extend(condition.parts)
    return False


def _tells_others(late: Late) -> bool:
    """Whether the backend in use is written for others to see, as Keras itself tells it."""
    before = late.before
    return (
        late.write.value is None
        and before is not None
        and before.kind == "use"
        and not _ASKS_BACKEND.isdisjoint(before.names)
    )
