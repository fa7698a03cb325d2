"""Files in which two Keras libraries can meet although their own words name only one.

The other comes by an own import. That takes a project that names two libraries at all, and few do:
it is asked with a few words, of each file once, before anybody looks who imports whom.
"""

from __future__ import annotations

import os

from kerlint.checking.neighbour_names import names_made
from kerlint.knowledge.keras_objects import maker_library
from kerlint.knowledge.libraries import TF_KERAS
from kerlint.project.finder import FOREIGN
from kerlint.project.modules import Project
from kerlint.rules._private import is_own_source
from kerlint.source.gates import LEGACY_SWITCH, names_another

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kerlint.checking.work import Work
    from kerlint.project.discovery import File
    from kerlint.project.targets import Target, Versions
    from kerlint.settings import SettingsTree
    from kerlint.source.notebooks.opening import Opener

RULE = "KER101"
MOST_STEPS = 1
"""Imports, one after the other, by which the object of another library may come to a file."""


class Neighbours:
    """The own modules around the files of one run, by their words.

    `mentioning`  the files of the run that name a library: what each is judged by, and whether it
                  names a Keras beside `keras` and `tf.keras`
    `looked_at`   all files of the run
    `project`     what is read of them; None: what lies on the disk
    """

    def __init__(
        self,
        mentioning: Mapping[str, tuple[Target, bool]],
        looked_at: Sequence[File],
        project: Project | None = None,
    ) -> None:
        self._project = project or Project()
        self._targets = {path: target for path, (target, _) in mentioning.items()}
        self._others = [os.path.abspath(path) for path, (_, other) in mentioning.items() if other]
        self._looked_at = looked_at
        self._known: frozenset[str] | None = None
        self._roots: dict[str, str] = {}
        self._projects: dict[str, str] = {}
        self._loose: set[str] = set()
        self._libraries: dict[tuple[str, Versions], frozenset[str]] = {}
        self._of_root: dict[str, list[str]] = {}

    def add_works(self, works: list[Work], tree: SettingsTree, opener: Opener | None) -> None:
        """Add the rule to the works of the files where two may meet, or give them one."""
        known: dict[str, Work] | None = None
        asking = [path for path in self._targets if RULE in tree.of_file(path).selected()]
        for path in self.meeting(asking):
            settings = tree.of_file(path)
            selected = settings.selected() - settings.ignored(path)
            if RULE not in selected:
                continue
            known = known or {work.path: work for work in works}
            work = known.get(path)
            if work is None:
                work = self._work(path, selected, opener)
                if work is not None:
                    works.append(work)
            if work is not None:
                size = len(self._project.data(os.path.abspath(path)))
                work.ask(RULE, self._targets[path], size)

    def _work(self, path: str, selected: frozenset[str], opener: Opener | None) -> Work | None:
        from kerlint.checking.work import Work
        from kerlint.source.reading import read_bytes

        target = self._targets[path]
        if not path.endswith(".ipynb"):
            return Work(path, None, 0, frozenset(), selected, target)
        notebook = opener.open(path, read_bytes(path)) if opener is not None else None
        if notebook is None:
            return None
        data = notebook.text.encode("utf-8", "replace")
        return Work(path, data, 0, frozenset(), selected, target, notebook)

    def meeting(self, asking: Sequence[str]) -> Iterator[str]:
        """Those of the files in which two may meet."""
        roots: dict[tuple[str, Versions], list[str]] = {}
        for path in asking:
            if not is_own_source(path):
                root = self._root(os.path.dirname(os.path.abspath(path)))
                roots.setdefault((root, self._targets[path].newest), []).append(path)
        for (root, versions), paths in roots.items():
            if not self._names_several(root, versions, paths):
                continue
            reached = self.reached([os.path.abspath(path) for path in paths], versions)
            yield from (path for path in paths if len(reached[os.path.abspath(path)]) > 1)

    def _root(self, folder: str) -> str:
        """Where the project of a folder begins; without one the topmost package, or the folder."""
        known = self._roots.get(folder)
        if known is None:
            from kerlint.project.roots import marked

            known = marked(folder, self._projects)
            if not known:
                from kerlint.project.names import module_name

                base, name = module_name(self._project, os.path.join(folder, "__init__.py"))
                known = os.path.join(base, name.partition(".")[0]) if name else base
                self._loose.add(known)
            self._roots[folder] = known
        return known

    def _names_several(self, root: str, versions: Versions, paths: list[str]) -> bool:
        """Whether objects of two libraries may be made in the project, or in the files at hand."""
        usual = {maker_library(name, versions, False) for name in ("keras", "tensorflow.keras")}
        if len(usual - {None}) > 1:
            found: set[str] = set()
            for path in paths:
                found |= self._named(os.path.abspath(path), versions)
                if len(found) > 1:
                    return True
            usual = {*found}
        return any(self._named(path, versions) - usual for path in self._others_of(root))

    def _others_of(self, root: str) -> list[str]:
        """The files of the project that name another Keras."""
        found = self._of_root.get(root)
        if found is None:
            inside = os.path.join(root, "")
            loose = root in self._loose
            found = [path for path in self._others if loose or path.startswith(inside)]
            found += self._others_outside(root)
            self._of_root[root] = found
        return found

    def _others_outside(self, root: str) -> Iterator[str]:
        """The same among the files that are not part of this run."""
        from kerlint.source.reading import read_bytes

        if self._known is None:
            self._known = frozenset(os.path.abspath(file.path) for file in self._looked_at)
        for path in self._project.files(root) or ():
            if path in self._known or not path.endswith(".py") or not os.path.isfile(path):
                continue  # a pipe would wait for ever
            try:
                named = names_another(read_bytes(path))
            except OSError:
                continue
            if named:
                yield path

    def _named(self, path: str, versions: Versions) -> frozenset[str]:
        """The libraries of which the module at `path` may make objects."""
        found = self._libraries.get((path, versions))
        if found is None:
            data = self._project.data(path)
            imports = self._project.imports(path) if b"keras" in data else ()
            made = {maker_library(name, versions, False) for name in names_made(data, imports)}
            if LEGACY_SWITCH in data:
                made.add(TF_KERAS)
            found = frozenset(library for library in made if library is not None)
            self._libraries[path, versions] = found
        return found

    def reached(self, paths: list[str], versions: Versions) -> dict[str, set[str]]:
        """The libraries that each file and the own modules near it name, by absolute paths.

        Every file is read once: from those that name a library it spreads to their importers.
        """
        importers: dict[str, list[str]] = {path: [] for path in paths}
        waiting = list(paths)
        while waiting:
            asking = waiting.pop()
            for found in self._imported(asking):
                if found not in importers:
                    importers[found] = []
                    waiting.append(found)
                importers[found].append(asking)
        return self._spread(importers, versions)

    def _spread(
        self, importers: Mapping[str, list[str]], versions: Versions
    ) -> dict[str, set[str]]:
        """The libraries of each file and of what it imports, a few steps away."""
        steps: dict[tuple[str, str], int] = {}
        spreading = [(path, one, 0) for path in importers for one in self._named(path, versions)]
        while spreading:
            path, library, step = spreading.pop()
            if step <= MOST_STEPS and step < steps.get((path, library), MOST_STEPS + 1):
                steps[path, library] = step
                # What a package hands on is as near as what it got it from.
                further = step + (not path.endswith("__init__.py"))
                spreading += ((importer, library, further) for importer in importers[path])
        reached: dict[str, set[str]] = {path: set() for path in importers}
        for path, library in steps:
            reached[path].add(library)
        return reached

    def _imported(self, path: str) -> set[str]:
        """The own modules that the file may import."""
        found = set()
        for name in self._project.imports(path):
            if name.partition(".")[0] not in FOREIGN:
                resolved = self._project.resolve(path, name)
                if resolved is not None:
                    found.add(resolved[0])
        return found
