"""What lies around the files that are checked: own modules that hide installed ones."""

from __future__ import annotations

from kerlint.checking.scan import api_of
from kerlint.checking.work import Work
from kerlint.rules import entries
from kerlint.rules.base import Context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from kerlint.project.import_roots import ImportRoot
    from kerlint.project.targets import Target
    from kerlint.settings import Settings, SettingsTree


def add_findings(
    root: ImportRoot,
    tree: SettingsTree,
    target_of: Callable[[str, Settings], Target],
    works: list[Work],
) -> None:
    """Add what the rules find in `root` to the works of the files at fault.

    A file that makes no work, or was not to be checked at all, gets one: its suppressions are to
    be heard.
    """
    for path in root.hiding.values():
        settings = tree.of_file(path)
        selected = settings.selected() - settings.ignored(path)
        rules = [
            entry.rule()
            for entry in entries()
            if entry.code in selected and "check_root" in entry.hooks
        ]
        if not rules:
            continue
        target = target_of(path, settings)
        context = Context(api_of(target.newest), target)
        found = [one for rule in rules for one in rule.check_root(root, context)]
        mine = tuple(one for one in found if one.path == path)
        if mine:
            _work_of(path, selected, works).found += mine


def _work_of(path: str, selected: frozenset[str], works: list[Work]) -> Work:
    for work in works:
        if work.path == path:
            return work
    work = Work(path, None, 0, frozenset(), selected, None)
    works.append(work)
    return work
