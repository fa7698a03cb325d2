"""`variables:` of a GitLab pipeline and of its jobs, and their scripts.

https://docs.gitlab.com/ci/yaml/#variables
"""

from __future__ import annotations

from kerlint.manifests import yaml_nodes
from kerlint.manifests.settings import Setting
from kerlint.manifests.shell_settings import Shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.manifests.places import Places
    from kerlint.manifests.settings import Found

_SCRIPTS = ("before_script", "script", "after_script")


def read(text: str, places: Places, found: Found) -> None:
    """Add what is set for all jobs, and for each, and what these start."""
    reader = _Reader(places, found)
    for document in yaml_nodes.documents(text, places):
        whole = reader.variables(document)
        before = yaml_nodes.get(document, "before_script")
        if before is None:
            before = yaml_nodes.get(document, "default", "before_script")
        reader.scripts(document, _SCRIPTS, Shell(places, found))
        for _, _, job in yaml_nodes.items(document):
            reader.job(job, whole, before)


class _Reader:
    def __init__(self, places: Places, found: Found) -> None:
        self._places = places
        self._found = found
        self._seen: dict[int, Setting] = {}
        self._read: set[int] = set()

    def job(self, job: Any, whole: dict[str, Setting], before: Any) -> None:
        """Add what a job sets and starts.

        `whole`   what holds for all jobs
        `before`  the commands that run first in all jobs that have none of their own
        What a job takes over from another one (`extends`) is not known here.
        """
        around = {**whole, **self.variables(job)}
        known = yaml_nodes.get(job, "extends") is None
        shell = Shell(self._places, self._found, around, "" if known else None)
        if yaml_nodes.get(job, "before_script") is None and yaml_nodes.get(job, "script"):
            self._lines(before, shell)
        self.scripts(job, _SCRIPTS[:2], shell)
        self.scripts(job, _SCRIPTS[2:], Shell(self._places, self._found, around, shell.folder))

    def scripts(self, job: Any, names: tuple[str, ...], shell: Shell) -> None:
        """Add what the commands of a job do, in one shell."""
        for name in names:
            self._lines(yaml_nodes.get(job, name), shell)

    def _lines(self, node: Any, shell: Shell) -> None:
        for line in yaml_nodes.elements(node) or [node]:
            if yaml_nodes.scalar(line) is None:
                continue
            text, start = yaml_nodes.script_of(line, self._places)
            if id(line) in self._read:
                shell.read_again(text, start)
            else:
                self._read.add(id(line))
                shell.read(text, start)

    def variables(self, job: Any) -> dict[str, Setting]:
        """Add what is set for a job; returns it, unknown where it differs from run to run."""
        own = self._mapping(yaml_nodes.get(job, "variables"))
        for rule in yaml_nodes.elements(yaml_nodes.get(job, "rules")):
            for name, one in self._mapping(yaml_nodes.get(rule, "variables")).items():
                own[name] = Setting(name, None, one.span)
        for row in yaml_nodes.elements(yaml_nodes.get(job, "parallel", "matrix")):
            for name, key, value in yaml_nodes.items(row):
                for one in yaml_nodes.elements(value) or [value]:
                    setting = self._variable(name, key, one)
                    if setting is not None:
                        own[name] = Setting(name, None, setting.span)
        return own

    def _mapping(self, node: Any) -> dict[str, Setting]:
        own: dict[str, Setting] = {}
        for name, key, value in yaml_nodes.items(node):
            setting = self._variable(name, key, yaml_nodes.get(value, "value") or value)
            if setting is not None:
                own.setdefault(name, setting)
        return own

    def _variable(self, name: str, key: Any, value: Any) -> Setting | None:
        text = yaml_nodes.scalar(value)
        if text is not None and id(value) not in self._seen:
            unknown = "$" in text or yaml_nodes.is_bool(value)
            span = yaml_nodes.span_of(value if text else key, self._places)
            self._seen[id(value)] = self._found.add(name, None if unknown else text, span)
        return self._seen.get(id(value))
