"""Files that ask for packages: read, put together, judged; findings go to the works of the files.

Imported only when such a file names a package of interest.
"""

from __future__ import annotations

import os

from kerlint.checking.work import Outcome, Work, crashed
from kerlint.manifests.together import Together
from kerlint.project.kinds import NOTEBOOK, PYTHON, kind_of
from kerlint.project.library import Library
from kerlint.project.modules import Project
from kerlint.project.roots import root_of
from kerlint.project.usage import Usage
from kerlint.rules.installing import InstallContext
from kerlint.rules.manifests._places import THIS_PYTHON
from kerlint.suppressions import present

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kerlint.diagnostics import Diagnostic
    from kerlint.engine import Result
    from kerlint.manifests.model import Manifest
    from kerlint.project.discovery import File
    from kerlint.project.targets import Targets
    from kerlint.rules.base import Rule
    from kerlint.settings import SettingsTree
    from kerlint.source.notebooks.module import VirtualModule

HOOKS = frozenset(("check_manifest", "check_installation"))
"""Methods of rules that look at manifests."""


def add_findings_of_manifests(
    asking: Sequence[tuple[File, bytes]],
    settings: SettingsTree,
    works: list[Work],
    result: Result,
    targets: Targets | None,
) -> None:
    """Judge the manifests in `asking`; add what is found to `works`, and faults to `result`.

    `targets`: have read some of them already.
    """
    read = None if targets is None else targets.library
    library = Library({file.path: data for file, data in asking}, read)
    project = Project()
    contexts: dict[str, InstallContext] = {}
    outcome = Outcome()
    found: dict[object, Diagnostic] = {}
    for file, _ in asking:
        rules = _rules_for(settings, file.path)
        manifest = library.manifest(file.path)
        if manifest is None or not rules:
            continue
        folder = governed(file.path)
        if folder not in contexts:
            together = Together(*settings.of_file(file.path).together)
            contexts[folder] = InstallContext(
                library, root_of(folder), Usage(folder, project), together
            )
        for one in _judged(manifest, rules, contexts[folder], outcome):
            places = frozenset(
                (other.path, other.span) for other in one.related if other.message != THIS_PYTHON
            )
            key = (one.code, one.path, one.cell, one.span, places or one.message)
            found.setdefault(key, one)
    result.errors += outcome.errors
    result.details += outcome.details
    _distribute(found.values(), asking, settings, works)


_INNER = frozenset(
    ("requirements", "constraints", "workflows", ".github", "docker", "ci", ".ci", "env", "envs")
)
"""Folders with manifests for the folder above them."""


def governed(path: str) -> str:
    """The folder (absolute) of the code that the manifest at `path` is for."""
    folder = os.path.dirname(os.path.abspath(path))
    while os.path.basename(folder).lower() in _INNER:
        folder = os.path.dirname(folder)
    return folder


def _rules_for(settings: SettingsTree, path: str) -> list[Rule]:
    own = settings.of_file(path)
    ignored = own.ignored(path)
    return [
        entry.rule()
        for entry in own.rules()
        if entry.code not in ignored and not HOOKS.isdisjoint(entry.hooks)
    ]


def _judged(
    manifest: Manifest, rules: Sequence[Rule], context: InstallContext, outcome: Outcome
) -> Iterator[Diagnostic]:
    """What the rules find in one file and in all that it installs."""
    together = context.installations(manifest)
    files = {manifest.path: manifest}
    for one in together:
        files.update((inner.path, inner) for inner in one.manifests)
    for rule in rules:
        try:
            for file in files.values():
                yield from rule.check_manifest(file, context)
            for one in together:
                yield from rule.check_installation(one, context)
        except Exception as error:
            crashed(outcome, f"rule {rule.code} ({rule.name}) failed on {manifest.path}", error)


def _distribute(
    found: Iterable[Diagnostic],
    asking: Sequence[tuple[File, bytes]],
    settings: SettingsTree,
    works: list[Work],
) -> None:
    """Give every finding to the work of its file; files whose comments may suppress get one."""
    by_path = {work.path: work for work in works}
    given = {file.path: (file, data) for file, data in asking}

    def work_of(path: str) -> Work:
        work = by_path.get(path)
        if work is None:
            own = settings.of_file(path)
            selected = own.selected() - own.ignored(path)
            file, content = given.get(path, (None, b""))
            data = None if file is None else file.data
            module = _cells(path, content) if kind_of(path) == NOTEBOOK else None
            data = data if module is None else module.text.encode("utf-8", "replace")
            work = by_path[path] = Work(path, data, 0, frozenset(), selected, None, module)
            works.append(work)
        return work

    for one in found:
        work_of(one.path).found += (one,)
    for file, data in asking:
        code = kind_of(file.path) in (PYTHON, NOTEBOOK)
        if file.path not in by_path and not code and present(data):
            work_of(file.path)


def _cells(path: str, data: bytes) -> VirtualModule | None:
    """The cells of a notebook as one module, for its comments; None if there is none."""
    from kerlint.source.notebooks.cells import NotANotebook
    from kerlint.source.notebooks.opening import Opener

    try:
        return Opener().open(path, data)
    except (NotANotebook, ValueError):
        return None
