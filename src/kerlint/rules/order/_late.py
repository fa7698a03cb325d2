"""What the rules on variables that are set too late have in common."""

from __future__ import annotations

from kerlint.diagnostics import Related
from kerlint.knowledge.backends import DEFAULT_BACKEND
from kerlint.knowledge.importers import who_imports
from kerlint.knowledge.variables import (
    LEGACY_SWITCH,
    LEGACY_VALUES,
    readings,
    reload_is_vain,
)
from kerlint.rules._conditions import never_runs
from kerlint.rules.order import _dotenv
from kerlint.rules.order._choices import NOT_ABOUT_KERAS
from kerlint.source.order import outcome
from kerlint.source.order_question import Question
from kerlint.source.order_state import COMPUTED, INHERITED, UNTOUCHED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kerlint.diagnostics import Diagnostic
    from kerlint.knowledge.variables import Reading
    from kerlint.project.targets import Versions
    from kerlint.rules.base import Context, Rule
    from kerlint.source.facts import Event, Guard, Module
    from kerlint.source.order_state import Environment, Late, Overruled

_ASKS_BACKEND = frozenset(
    {"keras.backend.backend", "keras.config.backend", "tensorflow.keras.backend.backend"}
)

_DEFAULTED = f"{DEFAULT_BACKEND} is only the default"


def check(
    rule: Rule,
    module: Module,
    context: Context,
    variable: str,
    effect: str,
    advice: str,
    *,
    here: bool | None = None,
) -> Iterator[Diagnostic]:
    """A diagnostic for every write of `variable` after the import that reads it.

    `effect`  what that leads to, for the end of the message
    `advice`  what to do; may hold `{variable}`
    `here`    True: only if this module imports the reader itself; False: only if another module,
              or a package that is known to import the reader, does
    """
    readers = readings(variable, context.target.newest)
    if not readers:
        return
    from kerlint.rules.order import _chain

    faults, _ = _found(module, context, variable, readers)
    for late, through_package in faults:
        own = not through_package and _chain.is_here(late)
        if here is not None and here is not own:
            continue
        what = (
            f"`{variable}` is set after the import of `{_chain.named(late, readers)}` has read it"
            if own
            else _chain.told(late, variable, readers)
        )
        default = _is_default(late)
        if late.write.names:
            what = what.replace(f"`{variable}` is set", f"`{variable}` is set from a file", 1)
        instead = _chain.obeyed(late) if variable == "KERAS_BACKEND" else None
        yield rule.diagnostic(
            module,
            late.write.node,
            late.write.last,
            message=f"{what}: {instead or (_DEFAULTED if default else effect)}",
            label="too late: set here",
            help=advice.format(variable=variable),
            severity="warning" if through_package or default else None,
            related=(*_from_file(late, module, context), *_chain.related(late, readers)),
        )


def _from_file(late: Late, module: Module, context: Context) -> Iterator[Related]:
    """Where the `.env` file that the write loads has the variable."""
    if late.write.names and context.project is not None:
        found = _dotenv.set_by_nearest(module, context.project, late.write.variable)
        if found is not None:
            file, setting = found
            yield Related(file.path, setting.span, "what is loaded too late")


def overruled(module: Module, context: Context, variable: str) -> list[Overruled]:
    """The writes that certainly take the place of others which nobody has seen."""
    readers = readings(variable, context.target.newest)
    return _found(module, context, variable, readers)[1] if readers else []


def _found(
    module: Module, context: Context, variable: str, readers: Mapping[str, Reading]
) -> tuple[list[tuple[Late, bool]], list[Overruled]]:
    """What several rules ask of the writes in a file, looked for once."""

    def look() -> tuple[list[tuple[Late, bool]], list[Overruled]]:
        vain: list[Overruled] = []
        return list(_faults(module, context, variable, readers, vain)), vain

    found: tuple[list[tuple[Late, bool]], list[Overruled]]
    found = context.shared(f"late {variable}", look)
    return found


def _faults(
    module: Module,
    context: Context,
    variable: str,
    readers: Mapping[str, Reading],
    vain: list[Overruled],
) -> Iterator[tuple[Late, bool]]:
    """The late writes, each once, and whether only a known package makes it one.

    `vain` is given the writes that take the place of others.
    """
    versions = context.target.newest
    packages = _packages(readers)
    told: set[int] = set()
    for through in (frozenset[str](), packages):
        if through and not _mentions(module, context, through):
            continue
        question = question_of(variable, readers, versions, through)
        for late in asked(module, context, question, (*readers, *through), vain):
            if id(late.write.node) not in told and late.write.node is not None:
                told.add(id(late.write.node))
                if not _tells_others(late):
                    yield late, bool(through)


def asked(
    module: Module,
    context: Context,
    question: Question,
    readers: tuple[str, ...],
    vain: list[Overruled] | None = None,
) -> Iterator[Late]:
    """The late writes of the module in the programs that run it.

    `vain` is given the writes that take the place of others.
    """
    vain = [] if vain is None else vain
    question.stands_for = _dotenv.writes(module, context.project, question.variable)
    if context.project is None:
        alone = outcome(module, question)
        vain += alone.overruled
        yield from alone.late
        return
    from kerlint.project.starts import Starts

    word = question.variable.encode()
    starts = Starts(
        context.project,
        module,
        (word, LEGACY_SWITCH.encode()),
        tuple(reader.encode() for reader in readers),
        unnamed=True,
    )
    for start in starts:
        inherited: Environment = {}
        if start.tests and word in starts.layout.settings:
            inherited = {question.variable: frozenset({INHERITED, COMPUTED})}
        found = outcome(
            module,
            question,
            start.deeds,
            start.modules,
            inherited=inherited,
            uncalled=start.own,
        )
        vain += found.overruled
        for late in found.late:
            # A default of a library is for those who import it first.
            if late.write.how == "setdefault" and starts.packaged and not start.own:
                continue
            # Neither this module nor the program goes another way than its text says.
            if _is_default(late) and not start.own:
                continue
            # In another program the write may be right, and so may not to make it be.
            if start.passing and not late.certain:
                continue
            yield late


def question_of(
    variable: str,
    readers: Mapping[str, Reading],
    versions: Versions,
    packages: frozenset[str] = frozenset(),
) -> Question:
    """What the rules ask of a program.

    `packages`  import names of packages that make `variable` read, besides `readers`
    """

    def reads(event: Event, environment: Environment) -> bool | None:
        return _reads(event, environment, readers, packages)

    def runs(event: Event) -> bool:
        return not never_runs(event.guards, versions) and not (
            event.kind == "write" and any(map(asks_what_is_loaded, event.guards))
        )

    def resets(event: Event) -> bool:
        return not reload_is_vain(event.names, versions)

    return Question(variable, reads, runs, resets, _may_look)


def _may_look(event: Event) -> bool:
    return any(name.partition(".")[0] not in NOT_ABOUT_KERAS for name in event.names)


def _packages(readers: Mapping[str, Reading]) -> frozenset[str]:
    """Import names of packages that import Keras, where Keras is a reader."""
    keras = readers.get("keras")
    if keras is None or keras.reader != "keras":
        return frozenset()
    return who_imports("keras") - {"keras", "tensorflow", "tf_keras"}


def _mentions(module: Module, context: Context, packages: frozenset[str]) -> bool:
    """Whether the packages can play a part at all."""
    return context.project is not None or any(name in module.text for name in packages)


def _reads(
    event: Event,
    environment: Environment,
    readers: Mapping[str, Reading],
    packages: frozenset[str],
) -> bool | None:
    """Whether `event` makes read the variable; None if that is not certain."""
    outcome: bool | None = False
    if event.kind == "import":
        for name in event.names:
            top = name.partition(".")[0]
            reading = readers.get(top)
            if reading is None and top not in packages:
                continue
            legacy = (reading is None or reading.not_legacy) and legacy_switch(environment)
            if legacy is False:
                return True
            if legacy is None or reading is None:
                outcome = None
    return outcome


def legacy_switch(environment: Environment) -> bool | None:
    """Whether the program has turned the legacy switch on by now; None if perhaps.

    Then TensorFlow does not import Keras. A switch that nobody is seen to turn on is off.
    """
    values = environment.get(LEGACY_SWITCH, frozenset())
    if COMPUTED not in values and LEGACY_VALUES.isdisjoint(values):
        return False
    return True if values <= LEGACY_VALUES else None


def _is_default(late: Late) -> bool:
    """Whether the write wants what Keras chooses where nobody has chosen.

    Then the program goes right, but for another reason than its text says, and only until the
    machine, or its `keras.json`, has another backend.
    """
    write = late.write
    return (
        write.variable == "KERAS_BACKEND"
        and write.value == DEFAULT_BACKEND
        and late.seen == UNTOUCHED
    )


def asks_what_is_loaded(guard: Guard) -> bool:
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
