"""The dear half of a check: parse one file, let the rules look at it, hear its suppressions.

A `Work` is all that another process needs; what comes back is an `Outcome`. Both can be pickled.
"""

from __future__ import annotations

import gc

from kerlint.checking.around import known_as, project_of, written_by
from kerlint.checking.scan import api_of as api_of
from kerlint.checking.unread import PARSED_LIMIT, house, not_understood, too_large, unreadable
from kerlint.diagnostics import Diagnostic, Span
from kerlint.project.kinds import MANIFEST, SETTINGS, kind_of
from kerlint.project.modules import Project

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kerlint.project.targets import Target
    from kerlint.source.facts import Module
    from kerlint.source.notebooks.module import VirtualModule
    from kerlint.source.notebooks.scripts import Script
    from kerlint.source.notebooks.translation import OtherFile
    from kerlint.source.notebooks.written import WrittenFile

COLLECTED = 200_000
"""Bytes parsed between two collections of garbage."""

SEEN_FROM_OUTSIDE = frozenset({"KER104", "KER406", "KER409", "KER410"})
"""Rules that find something only when another file is checked too: their suppressions may be
needed although nothing was found now."""

_NO_PYTHON = "this is not Python that can be parsed"


class Work:
    """A file in which some rule may fire, or whose suppressions must be looked at.

    `path`, `data`  of the file; `data` is None where it is to be read from the disk
    `size`          in bytes
    `rules`         codes of the rules that may fire; none: nothing has to be parsed
    `selected`      codes of all rules in force for the file
    `target`        what it is judged by; None if no rule may fire
    `notebook`      the cells as one module, whose text is in `data`; None for ordinary files
    `found`         what was found in it already, by looking at its folder
    """

    __slots__ = ("data", "found", "notebook", "path", "rules", "selected", "size", "target")

    def __init__(
        self,
        path: str,
        data: bytes | None,
        size: int,
        rules: frozenset[str],
        selected: frozenset[str],
        target: Target | None,
        notebook: VirtualModule | Script | WrittenFile | None = None,
    ) -> None:
        self.path = path
        self.data = data
        self.notebook = notebook
        self.size = size
        self.rules = rules
        self.selected = selected
        self.target = target
        self.found: tuple[Diagnostic, ...] = ()

    def ask(self, rule: str, target: Target, size: int) -> None:
        """Let one more rule look at the file, judged by `target`, which has `size` bytes."""
        if rule not in self.rules:
            self.rules |= {rule}
            self.target = target
            self.size = size


class Outcome:
    """What came of one file.

    `diagnostics`  that no comment silences
    `suppressed`   how many a comment silences
    `errors`       rules that crashed, in sentences
    `details`      their tracebacks
    `passed_over`  own modules that the file comes to and that were not read for their number
    `crowded`      roots of projects whose files were not searched for importers for their number
    """

    __slots__ = ("crowded", "details", "diagnostics", "errors", "passed_over", "suppressed")

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.suppressed = 0
        self.errors: list[str] = []
        self.details: list[str] = []
        self.passed_over: frozenset[str] = frozenset()
        self.crowded: frozenset[str] = frozenset()


def do_all(works: Sequence[Work], run: str = "") -> list[Outcome]:
    """Do several works, one after the other, in a process of their own.

    What is read of other files is kept for the next works of the same `run`.
    """
    gc.disable()
    if run not in _projects:
        _projects.clear()
        _projects[run] = Project()
    return list(in_turn(works, _projects[run]))


_projects: dict[str, Project] = {}


def in_turn(works: Sequence[Work], project: Project | None = None) -> Iterator[Outcome]:
    """Do several works, one after the other.

    The garbage collector should be off: it would walk every tree in vain. What the facts of a file
    leave behind is collected here from time to time, with all that was there before left out.
    """
    if any(work.size for work in works):
        from importlib import import_module

        import_module("kerlint.source.names")
    gc.freeze()
    try:
        parsed = 0
        project = project or Project()
        for work in works:
            yield do(work, project)
            parsed += work.size
            if parsed > COLLECTED:
                gc.collect()
                gc.freeze()  # what is left is kept for the next files
                parsed = 0
    finally:
        gc.unfreeze()


def do(work: Work, project: Project | None = None) -> Outcome:
    """Check one file. Never raises an ordinary exception: what goes wrong is in the outcome.

    `project` keeps what was read of other files, for several works of one run.
    """
    outcome = Outcome()
    text = None
    found: list[Diagnostic] = []
    written: Mapping[str, OtherFile] = {}
    kind = kind_of(work.path)
    settings = kind in (SETTINGS, MANIFEST)
    try:
        if kind == MANIFEST:
            text = _asking(work)
        elif settings:
            text, found = _settings(work, outcome, project or Project())
        else:
            written = written_by(work)
            text, found = _examined(work, outcome, project_of(work, project, written))
        if work.notebook is not None:
            # The cells that do not parse are known by now.
            text = work.notebook.text
            found = [*found, *not_understood(work.path, work.notebook)]
    except OSError as error:
        found = [unreadable(work.path, error.strerror or str(error))]
    except Exception as error:
        crashed(outcome, f"{work.path} could not be analysed", error)
        return outcome
    found = _distinct([*work.found, *found])
    in_cells: dict[int, Span] = {}
    lines_of = getattr(work.notebook, "lines_of", None)
    if lines_of is not None:
        for one in work.found:
            if one.cell is not None:  # its place is that in the cell
                in_cells[id(one)] = one.span
                one.span = lines_of(one.cell, one.span)
    if text is not None:
        from kerlint import suppressions

        # All that was found is heard, selected or not: after a syntax error or a crash the rules
        # have not spoken, and no suppression can be called unused.
        heard = work.selected - (SEEN_FROM_OUTSIDE - {one.code for one in work.found})
        found, suppressed, unused = suppressions.apply(
            work.path, text, found, heard, python=not settings
        )
        outcome.suppressed = len(suppressed)
        if not outcome.errors:
            found += unused
    outcome.diagnostics = [one for one in found if one.code in work.selected]
    if project is not None and project.passed_over:
        outcome.passed_over = frozenset(project.passed_over)
        project.passed_over.clear()
    if project is not None and project.crowded:
        outcome.crowded = frozenset(project.crowded)
    if work.notebook is not None:
        for one in outcome.diagnostics:
            if id(one) in in_cells:
                one.span = in_cells[id(one)]
            else:
                work.notebook.map_back(one)
    for one in outcome.diagnostics:
        if one.related:
            from kerlint.source.notebooks.written import place_in_cells

            place_in_cells(one, work.path, written)
    return outcome


def _distinct(found: list[Diagnostic]) -> list[Diagnostic]:
    """A file that is broken is so for whoever reads it: said once for each line."""
    if any(one.code == "KER902" for one in found):
        found = [one for one in found if one.code != "KER903"]
    elif any(one.code == "KER901" for one in found):
        found = [one for one in found if one.message != _NO_PYTHON]
    seen: set[tuple[str, int]] = set()
    kept = []
    for one in found:
        key = (one.code, one.span.start.line)
        if one.code != "KER903" or key not in seen:
            kept.append(one)
        seen.add(key)
    return kept


def _asking(work: Work) -> str:
    """The text of a manifest, for its comments."""
    from kerlint.manifests.formats import read
    from kerlint.source.reading import read_bytes

    return read(work.path, read_bytes(work.path) if work.data is None else work.data).text


def _settings(
    work: Work, outcome: Outcome, project: Project
) -> tuple[str | None, list[Diagnostic]]:
    """The text of a file of settings, or None if there is none, and the findings."""
    data, text, problem = _decoded(work)
    if text is None or work.target is None:
        return text, problem
    if len(data) > PARSED_LIMIT:
        return text, [too_large(work.path, len(data))]
    return text, _judged_settings(work, text, work.target, outcome, project)


def _judged_settings(
    work: Work,
    text: str,
    target: Target,
    outcome: Outcome,
    project: Project | None,
    format: str = "",
) -> list[Diagnostic]:
    """What the rules find in what a file sets; `format` names its reader, if its name does not."""
    from kerlint.manifests.environment import read
    from kerlint.rules import entries
    from kerlint.rules.base import Context

    file = read(work.path, text, format)
    context = Context(api_of(target.newest), target, project=project)
    found: list[Diagnostic] = []
    for rule in entries():
        if rule.code in work.rules and "check_settings" in rule.hooks:
            try:
                found.extend(rule.rule().check_settings(file, context))
            except Exception as error:
                crashed(outcome, f"rule {rule.code} ({rule.name}) failed on {work.path}", error)
    return found


def _decoded(work: Work) -> tuple[bytes, str | None, list[Diagnostic]]:
    """The bytes of a file, and its text or why there is none."""
    from kerlint.source.reading import Undecodable, decode, read_bytes

    data = read_bytes(work.path) if work.data is None else work.data
    try:
        return data, decode(data) if work.notebook is None else work.notebook.text, []
    except Undecodable as problem:
        message = f"the file cannot be decoded: {problem.message}"
        return data, None, [house("KER902", work.path, message, problem.line)]
    except (UnicodeError, LookupError, ValueError) as error:
        message = f"the file cannot be decoded: {error}"
        return data, None, [house("KER902", work.path, message)]


def _examined(
    work: Work, outcome: Outcome, project: Project | None
) -> tuple[str | None, list[Diagnostic]]:
    """The text, or None if there is none, and the findings."""
    data, text, problem = _decoded(work)
    if text is None:
        return None, problem
    if not work.rules or work.target is None:
        return text, []
    if len(data) > PARSED_LIMIT:
        return text, [too_large(work.path, len(data))]
    from kerlint.source.names import analyse
    from kerlint.source.nesting import LIMIT, too_deep
    from kerlint.source.tree import SyntaxProblem

    deep = too_deep(data)
    if deep is not None:
        message = f"{_NO_PYTHON}: more than {LIMIT} brackets are nested"
        return text, [house("KER901", work.path, message, deep)]
    try:
        module = analyse(known_as(work), text, api_of(work.target.newest).exports)
    except SyntaxProblem as problem:
        if work.notebook is not None and work.notebook.without(problem.line, problem.message):
            return _examined(work, outcome, project)
        message = f"{_NO_PYTHON}: {problem.message}"
        return text, [house("KER901", work.path, message, problem.line, problem.column)]
    found = _judged(module, work.rules, work.target, outcome, project)
    if work.path.endswith("noxfile.py"):
        found += _judged_settings(work, text, work.target, outcome, project, "nox")
    return text, found


def _judged(
    module: Module,
    codes: frozenset[str],
    target: Target,
    outcome: Outcome,
    project: Project | None,
) -> list[Diagnostic]:
    """What the rules find. A rule that crashes is told of; the others are heard all the same."""
    from kerlint.rules._legacy import turns_legacy_on

    legacy = turns_legacy_on(module)
    found = _heard(module, codes, target, outcome, project, legacy)
    if found and not legacy and project is not None and not outcome.errors:
        # Is it another library that `tf.keras` stands for here? Asked only when it may matter.
        from kerlint.rules._legacy_elsewhere import turned_on_before

        if turned_on_before(module, project, target.newest):
            return _heard(module, codes, target, outcome, project, True)
    return found


def _heard(
    module: Module,
    codes: frozenset[str],
    target: Target,
    outcome: Outcome,
    project: Project | None,
    legacy: bool,
) -> list[Diagnostic]:
    """What the rules find, with or without the legacy switch."""
    from kerlint.rules import entries
    from kerlint.rules._private import is_own_source
    from kerlint.rules.base import Context

    floor = target.floor
    oldest = None if floor is None else api_of(floor.versions, legacy)
    context = Context(api_of(target.newest, legacy), target, project, oldest)
    own = is_own_source(module.path)
    found: list[Diagnostic] = []
    for rule in entries():
        if rule.code not in codes or "check" not in rule.hooks or (own and rule.spares_keras):
            continue
        here: list[Diagnostic] = []
        try:
            here.extend(rule.rule().check(module, context))
        except Exception as error:
            crashed(outcome, f"rule {rule.code} ({rule.name}) failed on {module.path}", error)
        if here and target.reasons and rule.rule().by_target:
            from kerlint.rules.because import explain

            for one in here:
                explain(one, target, rule.rule().by_target == "oldest")
        found += here
    context.forget()
    return found


def crashed(outcome: Outcome, what: str, error: Exception) -> None:
    """Note a fault of kerlint, in a sentence and with its traceback."""
    from traceback import format_exception

    reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    outcome.errors.append(f"{what}: {reason.splitlines()[0]}. This is a fault of kerlint.")
    outcome.details.append("".join(format_exception(type(error), error, error.__traceback__)))
