"""Azure Pipelines: stages of jobs of steps, a job once for each entry of its matrix.

https://learn.microsoft.com/en-us/azure/devops/pipelines/yaml-schema/
"""

from __future__ import annotations

import posixpath

from kerlint.manifests import yaml_nodes
from kerlint.manifests.pipelines.azure_steps import Steps
from kerlint.manifests.pipelines.azure_values import Values
from kerlint.manifests.pipelines.installing import read_documents
from kerlint.manifests.pipelines.jobs import MOST, Given, Job, given_as, named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kerlint.manifests.drafts import Draft
    from kerlint.manifests.model import Manifest

ROOT = None
_SYSTEMS = (("ubuntu", "linux"), ("macos", "macos"), ("windows", "windows"), ("vs20", "windows"))
_NAMES = {"linux": "Linux", "macos": "Darwin", "windows": "Windows_NT"}
_RUNS = ("runOnce", "rolling", "canary")
_HOOKS = ("preDeploy", "deploy", "routeTraffic", "postRouteTraffic")


def read(path: str, text: str) -> Manifest:
    """The facts of a pipeline, or of a template for one. Raises Malformed."""
    folder = posixpath.basename(posixpath.dirname(path.replace("\\", "/")))
    # A folder such as `.azure-pipelines` lies in the root of the repository.
    return read_documents(path, text, "azure-pipelines", jobs, ".." if folder[:1] == "." else "")


def jobs(draft: Draft, document: Any) -> Iterator[Job]:
    """Every job of a document."""
    values = Values()
    values.parameters(yaml_nodes.get(document, "parameters"))
    extended = yaml_nodes.get(document, "extends", "parameters")
    whole = yaml_nodes.get(document, "stages") or yaml_nodes.get(extended, "stages")
    around = _Level(draft, document, values)
    for stage in _flat(whole, 0):
        inside = around.within(stage)
        name = yaml_nodes.scalar(yaml_nodes.get(stage, "stage")) or ""
        for job in _flat(yaml_nodes.get(stage, "jobs"), 0):
            yield from inside.jobs(job, name)
    for job in _flat(yaml_nodes.get(document, "jobs") or yaml_nodes.get(extended, "jobs"), 0):
        yield from around.jobs(job)
    if yaml_nodes.get(document, "steps") is not None:
        yield from around.jobs(document)


def _flat(node: Any, depth: int) -> Iterator[Any]:
    """The elements of a list, with those below `${{ if ... }}:`."""
    for one in yaml_nodes.elements(node) if depth < 8 else ():
        inserted = False
        for name, _, value in yaml_nodes.items(one):
            if name.lstrip().startswith("${{"):
                inserted = True
                yield from _flat(value, depth + 1)
        if not inserted:
            yield one


class _Level:
    """What holds for all jobs below a node: variables and the pool."""

    def __init__(
        self,
        draft: Draft,
        node: Any,
        values: Values,
        given: list[Given] | None = None,
        outer: _Level | None = None,
    ) -> None:
        self.draft = draft
        self.values = values.copy()
        self.containers: dict[str, Any] = dict(outer.containers) if outer else {}
        for one in yaml_nodes.elements(yaml_nodes.get(node, "resources", "containers")):
            name = yaml_nodes.scalar(yaml_nodes.get(one, "container"))
            if name:
                self.containers[name] = yaml_nodes.get(one, "image")
        self.given = [*(given or []), *self._variables(yaml_nodes.get(node, "variables"))]
        self.pool: Any = yaml_nodes.get(node, "pool") or (outer.pool if outer else None)

    def within(self, node: Any) -> _Level:
        """The level of a stage in this one."""
        return _Level(self.draft, node, self.values, self.given, self)

    def jobs(self, job: Any, stage: str = "") -> Iterator[Job]:
        """The runs of a job; `stage`: the name of the stage that it is in."""
        name = yaml_nodes.scalar(yaml_nodes.get(job, "job"))
        name = name or yaml_nodes.scalar(yaml_nodes.get(job, "deployment")) or stage or "pipeline"
        for label, row in self._rows(yaml_nodes.get(job, "strategy", "matrix")):
            level = _Level(self.draft, job, self.values, self.given, self)
            level.given += level._variables(row)
            yield level._run(job, self.values.filled(name), label)

    def _rows(self, matrix: Any) -> list[tuple[str, Any]]:
        rows = [
            (name, row)
            for name, _, row in yaml_nodes.items(matrix)
            if yaml_nodes.is_mapping(row) and not name.lstrip().startswith("${{")
        ]
        return rows[:MOST] or [("", None)]

    def _variables(self, node: Any) -> list[Given]:
        """Those of a mapping, or of a list of names and values."""
        found = []
        pairs = [(name, key, value) for name, key, value in yaml_nodes.items(node)]
        for one in _flat(node, 0):
            key = yaml_nodes.get(one, "name")
            name = yaml_nodes.scalar(key)
            if name:
                pairs.append((name, key, yaml_nodes.get(one, "value")))
        for name, key, value in pairs:
            text = yaml_nodes.scalar(value)
            if text is None or name.lstrip().startswith("${{"):
                self.values.set(name, None)
                continue
            place = value if text else key
            one = given_as(self.draft, name, place, text, self.values.filled, value)
            self.values.set(name, one.value)
            found.append(Given(Values.in_environment(name), one.value, one.span))
        return found

    def _run(self, job: Any, name: str, label: str) -> Job:
        pool = self.pool
        if yaml_nodes.is_mapping(pool):
            pool = yaml_nodes.get(pool, "vmImage") or yaml_nodes.get(pool, "name")
        system = self.values.filled(yaml_nodes.scalar(pool) or "").lower()
        platform = next((kind for begin, kind in _SYSTEMS if system.startswith(begin)), "")
        self.values.set("Agent.OS", _NAMES.get(platform))
        found = Job(named(name, [label]), platform)
        container = yaml_nodes.get(job, "container")
        known = self.containers.get(self.values.filled(yaml_nodes.scalar(container) or ""))
        found.take_image(self.draft, known or container, self.values.filled)
        found.given = self.given
        steps = Steps(self.draft, found, self.values)
        steps.read(yaml_nodes.get(job, "steps"))
        for kind in _RUNS:
            for hook in _HOOKS:
                steps.read(yaml_nodes.get(job, "strategy", kind, hook, "steps"))
        return found
