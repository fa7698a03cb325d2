"""What the jobs of a service set in the environment."""

from __future__ import annotations

import posixpath
from importlib import import_module

from kerlint.manifests import yaml_nodes
from kerlint.manifests.drafts import Draft
from kerlint.manifests.settings import Setting
from kerlint.manifests.shell_settings import read_shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from kerlint.diagnostics import Span
    from kerlint.manifests.pipelines.jobs import Given, Job
    from kerlint.manifests.places import Places
    from kerlint.manifests.scripts import Script
    from kerlint.manifests.settings import Found


def read(format: str, text: str, places: Places, found: Found) -> None:
    """Add what every job of the file sets. Raises Malformed."""
    from kerlint.manifests.formats import READERS

    reader = import_module(f"kerlint.manifests.{READERS[format]}")
    draft = Draft("", text, format)
    noted = _Noted(found, reader.ROOT)
    if hasattr(reader, "jobs_of_text"):
        noted.add(reader.jobs_of_text(draft), places)
        return
    for document in yaml_nodes.documents(text, places):
        noted.add(reader.jobs(draft, document), places)


class _Noted:
    """Notes each setting once, however many jobs have it.

    `root`  from the folder of the file to that of the repository; None if it is not known
    """

    def __init__(self, found: Found, root: str | None) -> None:
        self._found = found
        self._root = root
        self._seen: dict[tuple[str, str | None, Span], Setting] = {}

    def add(self, jobs: Iterable[Job], places: Places) -> None:
        """Add what jobs set by entries and by commands."""
        for job in jobs:
            around = self._given(job.given)
            for step in job.steps:
                inside = {**around, **self._given(step.given)}
                if step.posix is not False:
                    folder = self._seen_from_the_file(step.folder)
                    self._commands(step.script, places, inside, folder)

    def _seen_from_the_file(self, folder: str | None) -> str | None:
        if folder is None or self._root is None:
            return None
        return posixpath.join(self._root, folder).rstrip("/")

    def _given(self, given: Sequence[Given]) -> dict[str, Setting]:
        own = {}
        for one in given:
            key = one.name, one.value, one.span
            if key not in self._seen:
                self._seen[key] = self._found.add(*key)
            own[one.name] = self._seen[key]
        return own

    def _commands(
        self, script: Script, places: Places, around: dict[str, Setting], folder: str | None
    ) -> None:
        first = len(self._found.settings)
        laid: Any = _Laid(script, places)
        read_shell(script.text, 0, laid, self._found, around, folder)
        kept = []
        for one in self._found.settings[first:]:
            key = one.variable, one.value, one.span
            if key not in self._seen:
                self._seen[key] = one
                kept.append(one)
        self._found.settings[first:] = kept


class _Laid:
    """Places of a script's characters in its file."""

    def __init__(self, script: Script, places: Places) -> None:
        self._script = script
        self._places = places

    def span(self, start: int, end: int) -> Span:
        """As `Places.span`."""
        return self._places.span(self._script.start(start), self._script.end(end))
