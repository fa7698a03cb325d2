"""The cheap half of a check: which files have to be looked at more closely, and for which rules.

Every file goes through here. What is needed only for a file in which some rule may fire (`work.py`
and all below it) is imported only then.
"""

from __future__ import annotations

from kerlint.project.kinds import MANIFEST, NOTEBOOK, SETTINGS, kind_of
from kerlint.rules._private import is_own_source
from kerlint.source.gates import (
    VARIABLES,
    asks,
    may_be_script,
    mentions,
    names_another,
    names_library,
    sets_variable,
)
from kerlint.source.reading import Undecodable, decode, read_bytes
from kerlint.suppressions import present

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.checking.work import Work
    from kerlint.diagnostics import Diagnostic
    from kerlint.engine import Result
    from kerlint.knowledge.api import Api
    from kerlint.project.discovery import File
    from kerlint.project.targets import Target, Targets, Versions
    from kerlint.settings import Settings, SettingsTree
    from kerlint.source.gates import Gate
    from kerlint.source.notebooks.module import VirtualModule
    from kerlint.source.notebooks.opening import Opener
    from kerlint.source.notebooks.scripts import Script
    from kerlint.source.notebooks.written import WrittenFile

    Cells = VirtualModule | Script | WrittenFile


_apis: dict[tuple[Versions, bool], Api] = {}


def api_of(versions: Versions, legacy: bool = False) -> Api:
    """What exists in these versions, with or without the legacy switch; made once a process."""
    found = _apis.get((versions, legacy))
    if found is None:
        from kerlint.knowledge.api import Api

        found = _apis[versions, legacy] = Api(versions, legacy)
    return found


class Scan:
    """Reads every file and decides what has to be looked at more closely."""

    def __init__(self, settings: SettingsTree, result: Result, gates: bool) -> None:
        self._settings = settings
        self._result = result
        self._gates = gates
        self._targets: Targets | None = None
        self._by_target: dict[tuple[Versions, Versions | None, frozenset[str]], Gate] = {}
        self._opener: Opener | None = None
        self._mentioning: dict[str, tuple[Target, bool]] = {}
        self._asking: list[tuple[File, bytes]] = []
        self._setting: list[str] = []

    def look(self, file: File) -> Work | None:
        """The work that the file makes, or None: it is clean, or it was dealt with here."""
        try:
            data = read_bytes(file.path) if file.data is None else file.data
        except OSError as error:
            self._unreadable(file, error)
            return None
        if not file.path.endswith(".py"):
            kind = kind_of(file.path)
            asked = kind != "" and asks(data, file.path)
            if asked:
                self._asking.append((file, data))
            if kind == MANIFEST:
                self._result.files += asked or file.explicit
                return None
            if kind == SETTINGS:
                return self._settings_file(file, data, asked)
            if kind == NOTEBOOK:
                return self._notebook(file, data)
        elif asks(data, file.path):
            self._asking.append((file, data))
        self._result.files += 1
        if names_library(data) or not self._gates:
            return self._candidate(file, data)
        capitals = b"KER" in data  # of a variable or of a rule's code: one search for both
        if capitals and VARIABLES in data:
            return self._candidate(file, data)
        if (b"environ" in data or b"load_dotenv" in data) and file.data is None:
            self._setting.append(file.path)
        # In a file without Keras a suppression silences nothing, and KER904 would say so.
        if b"kerlint:" in data or (capitals and b"noqa" in data.lower()):
            return self._commented(file, data)
        return None

    def _notebook(self, file: File, data: bytes) -> Work | None:
        """The same for a notebook: its code cells are one module."""
        self._result.files += 1
        from kerlint.source.notebooks.cells import NotANotebook
        from kerlint.source.notebooks.opening import Opener, could_matter

        if self._gates and not could_matter(data, mentions):
            return None
        opener = self._opener = self._opener or Opener()
        try:
            module = opener.open(file.path, data)
        except NotANotebook as problem:
            from kerlint.checking.unread import no_notebook

            self._own(no_notebook(file.path, problem))
            return None
        if module is None:
            return None
        work = None
        code = module.text.encode("utf-8", "replace")
        if opener.matters(file.path, module, mentions) or not self._gates:
            work = self._candidate(file, code, module, data)
        elif b"kerlint:" in code or b"KER" in code:
            work = self._commented(file, code, module)
        if work is None:
            opener.forget(file.path)
        return work

    def _candidate(
        self, file: File, data: bytes, notebook: Cells | None = None, whole: bytes = b""
    ) -> Work | None:
        """`whole`: the bytes of the notebook, where `data` are those of its cells."""
        whole = whole or data
        if notebook is None and may_be_script(data):
            from kerlint.source.notebooks.scripts import script_in

            notebook = script_in(data)
            data = data if notebook is None else notebook.text.encode("utf-8", "replace")
        settings = self._settings.of_file(file.path)
        manifest = bool(self._asking) and self._asking[-1][0] is file
        target, gate = self._gate(file.path, settings, whole if manifest else b"")
        if file.data is None and not is_own_source(file.path):
            self._mentioning[file.path] = target, names_another(data)
        self._result.targets[target] = self._result.targets.get(target, 0) + 1
        rules = (
            gate.candidates(data, file.path)
            if self._gates
            else tuple(rule for rule in settings.rules() if rule.applies(file.path, data))
        )
        if notebook is not None:
            if not rules and not notebook.problems:
                return self._commented(file, data, notebook)
        elif not rules and self._is_text(data):
            if file.explicit:
                from kerlint.source.syntax import parses
            if not file.explicit or parses(data):
                return self._commented(file, data)
            rules = tuple(rule for rule in settings.rules() if rule.code == "KER901")
        from kerlint.checking.work import Work

        ignored = settings.ignored(file.path)
        codes = frozenset(rule.code for rule in rules) - ignored
        selected = settings.selected() - ignored
        source = file.data if notebook is None else data
        return Work(file.path, source, len(data), codes, selected, target, notebook)

    def _settings_file(self, file: File, data: bytes, asks: bool) -> Work | None:
        """The work that a file of settings makes; one that sets nothing of ours, and does not ask
        for packages of ours either, is not counted.
        """
        if not sets_variable(data, file.path):
            self._result.files += file.explicit or asks
            return None
        from kerlint.checking.work import Work

        self._result.files += 1
        settings = self._settings.of_file(file.path)
        target, _ = self._gate(file.path, settings)
        self._result.targets[target] = self._result.targets.get(target, 0) + 1
        selected = settings.selected() - settings.ignored(file.path)
        return Work(file.path, file.data, 0, selected, selected, target)

    def look_around(self, works: list[Work], files: Sequence[File]) -> None:
        """Look around the files that name a library; what is found is added to their works."""
        written: list[Work] = []
        if self._opener is not None and self._opener.written:
            written = self._opener.works(self._candidate)
        self._by_target.clear()  # no gate is asked from here on, and they weigh megabytes
        if self._asking:
            from kerlint.checking.asking import add_findings_of_manifests

            add_findings_of_manifests(
                self._asking, self._settings, works, self._result, self._targets
            )
        if self._mentioning:
            self._look_at_neighbours(works, written, files)
        # Their works have the path of the notebook: whoever looks for that one has done so.
        works += written

    def _look_at_neighbours(
        self, works: list[Work], written: list[Work], files: Sequence[File]
    ) -> None:
        from kerlint.project.import_roots import import_roots

        for root in import_roots(self._mentioning):
            from kerlint.checking.surroundings import add_findings

            add_findings(root, self._settings, self._target, works)
        if self._setting:
            from kerlint.checking.setters import add_works as add_setters

            add_setters(self._setting, self._mentioning, works, self._settings, self._target)
        if self._gates:
            from kerlint.checking.neighbours import Neighbours

            Neighbours(self._mentioning, files).add_works(works, self._settings, self._opener)
            if self._opener is not None and self._opener.written:
                from kerlint.checking.neighbours_written import add_works

                add_works(self._mentioning, works, written, self._settings, self._opener)

    def _is_text(self, data: bytes) -> bool:
        """Whether the file can be decoded; if not, KER902 will say why."""
        try:
            decode(data)
        except (ValueError, LookupError, Undecodable):
            return False
        return True

    def _commented(self, file: File, data: bytes, notebook: Cells | None = None) -> Work | None:
        """No rule can fire; but a comment may suppress in vain."""
        if not present(data):
            return None
        from kerlint.checking.work import Work

        settings = self._settings.of_file(file.path)
        selected = settings.selected() - settings.ignored(file.path)
        source = data if notebook else file.data
        return Work(file.path, source, 0, frozenset(), selected, None, notebook)

    def _target(self, path: str, settings: Settings, data: bytes = b"") -> Target:
        if self._targets is None:
            from kerlint.project.targets import Targets

            self._targets = Targets()
        return self._targets.of(path, settings, data)

    def _gate(self, path: str, settings: Settings, data: bytes = b"") -> tuple[Target, Gate]:
        target = self._target(path, settings, data)
        floor = None if target.floor is None else target.floor.versions
        key = (target.newest, floor, settings.selected())
        gate = self._by_target.get(key)
        if gate is None:
            from kerlint.source.gates import Gate

            oldest = None if floor is None else api_of(floor)
            gate = Gate(api_of(target.newest), settings.rules(), oldest)
            self._by_target[key] = gate
        return target, gate

    def _unreadable(self, file: File, error: OSError) -> None:
        """KER902; but a file that was found may be gone again, or be a link to a folder."""
        if not file.explicit:
            import os

            if isinstance(error, IsADirectoryError) or not os.path.lexists(file.path):
                return
        from kerlint.checking.unread import unreadable

        self._result.files += 1
        self._own(unreadable(file.path, error.strerror or str(error)))

    def _own(self, found: Diagnostic) -> None:
        """A finding of a file that nobody has to look at any more."""
        settings = self._settings.of_file(found.path)
        if found.code in settings.selected() - settings.ignored(found.path):
            self._result.diagnostics.append(found)

    def conclude(self) -> None:
        """Say what was assumed, and keep what the reports need."""
        if self._opener is not None:
            self._result.notes += self._opener.notes()
            with_findings = {found.path for found in self._result.diagnostics}
            opened = self._opener.opened
            self._result.notebooks = {path: opened[path] for path in with_findings & opened.keys()}
        if self._targets is None:
            return
        from kerlint.project.targets import sentences

        self._result.notes += [*self._targets.notes, *sentences(self._result.targets)]
