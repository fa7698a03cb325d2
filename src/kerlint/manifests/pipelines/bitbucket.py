"""`bitbucket-pipelines.yml`: every step is a container of its own.

https://support.atlassian.com/bitbucket-cloud/docs/bitbucket-pipelines-configuration-reference/
"""

from __future__ import annotations

from kerlint.manifests import yaml_nodes
from kerlint.manifests.pipelines.installing import read_documents
from kerlint.manifests.pipelines.jobs import MOST, Job, Step, lines_of, named
from kerlint.manifests.scripts import Script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kerlint.manifests.drafts import Draft
    from kerlint.manifests.model import Manifest

ROOT = ""
_DEEPEST = 8


def read(path: str, text: str) -> Manifest:
    """The facts of a pipeline. Raises Malformed."""
    return read_documents(path, text, "bitbucket", jobs, ROOT)


def jobs(draft: Draft, document: Any) -> Iterator[Job]:
    """Every step of a document."""
    seen: set[int] = set()
    for node in (
        yaml_nodes.get(document, "pipelines"),
        yaml_nodes.get(document, "definitions", "steps"),
    ):
        for number, step in enumerate(_steps(node, 0)):
            if number >= MOST:
                return
            if id(step) not in seen:
                seen.add(id(step))
                yield _job(draft, document, step)


def _steps(node: Any, depth: int) -> Iterator[Any]:
    """The steps below a node: in lists, under `parallel`, `stage`, and the names of branches."""
    if depth > _DEEPEST:
        return
    for one in yaml_nodes.elements(node):
        yield from _steps(one, depth + 1)
    for name, _, value in yaml_nodes.items(node):
        if name == "step":
            yield value
        elif name != "variables":
            yield from _steps(value, depth + 1)


def _job(draft: Draft, document: Any, step: Any) -> Job:
    name = yaml_nodes.scalar(yaml_nodes.get(step, "name"))
    line = draft.places.position(yaml_nodes.offset_of(step, draft.places)).line
    found = Job(named(name or f"in line {line}"), "linux")
    own = yaml_nodes.get(step, "image")
    found.take_image(draft, own if own is not None else yaml_nodes.get(document, "image"))
    lines = [
        line
        for key in ("script", "after-script")
        for line in lines_of(draft, yaml_nodes.get(step, key))
    ]
    if lines:
        found.steps.append(Step(Script.joined(lines)))
    return found
