"""Whether another file turns the legacy switch on before a module runs."""

from __future__ import annotations

from kerlint.knowledge.variables import LEGACY_SWITCH, LEGACY_VALUES, readings
from kerlint.rules._conditions import never_runs
from kerlint.source.order import environment_after
from kerlint.source.order_question import Question
from kerlint.source.order_state import GIVEN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.project.modules import Project
    from kerlint.project.starts import Start
    from kerlint.project.targets import Versions
    from kerlint.source.facts import Event, Module
    from kerlint.source.order_state import Environment

_WORD = LEGACY_SWITCH.encode()


def turned_on_before(module: Module, project: Project, versions: Versions) -> bool:
    """Whether some program that runs the module has certainly turned the switch on.

    A settings file of the project does it for what is started there. Its package, its `conftest.py` or an import above does it for the module itself; else the
    programs that import the module are asked. Files are read only in a project that holds the
    switch at all.
    """
    if not readings(LEGACY_SWITCH, versions):
        return False
    path = project.absolute(module.path)
    from kerlint.rules._legacy_settings import started_with_it

    if started_with_it(path, project):
        return True
    if not project.mentions(project.layout(path).root, _WORD):
        return False
    from kerlint.project.starts import Starts

    def runs(event: Event) -> bool:
        return not never_runs(event.guards, versions)

    question = Question(LEGACY_SWITCH, _nobody_reads, runs, _nothing_resets)
    starts = Starts(project, module, (_WORD,), (), adopt=False)
    return any(_turns_on(module, start, question) for start in starts)


def _turns_on(module: Module, start: Start, question: Question) -> bool:
    environment = environment_after(module, question, start.deeds, start.modules)
    values = (environment or {}).get(LEGACY_SWITCH, frozenset()) - {GIVEN}
    return bool(values) and values <= LEGACY_VALUES


def _nobody_reads(_event: Event, _environment: Environment) -> bool:
    return False


def _nothing_resets(_event: Event) -> bool:
    return False
