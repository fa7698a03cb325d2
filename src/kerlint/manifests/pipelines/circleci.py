"""`.circleci/config.yml`: jobs, once for each set of parameters that the workflows give them.

https://circleci.com/docs/configuration-reference/ and https://circleci.com/docs/reusing-config/
"""

from __future__ import annotations

import re

from kerlint.manifests import yaml_nodes
from kerlint.manifests.matrices import runs
from kerlint.manifests.pipelines.circleci_steps import Steps
from kerlint.manifests.pipelines.installing import read_documents
from kerlint.manifests.pipelines.jobs import MOST, Job, given_by, named
from kerlint.manifests.shell_values import HOLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from kerlint.manifests.drafts import Draft
    from kerlint.manifests.model import Manifest

    Values = dict[str, str]

ROOT = ".."
_EXPRESSION = re.compile(r"<<\s*([\w.-]+)\s*>>")
_PIPELINE = "pipeline.parameters."
_FOLDER = re.compile(r"(?:~/project|~|\.)/?")
"""How the folder of the repository is written."""


def read(path: str, text: str) -> Manifest:
    """The facts of a configuration. Raises Malformed."""
    return read_documents(path, text, "circleci", jobs, ROOT)


def jobs(draft: Draft, document: Any) -> Iterator[Job]:
    """Every job of a document."""
    pipeline = {
        f"{_PIPELINE}{name}": text
        for name, text in _defaults(yaml_nodes.get(document, "parameters"), {}).items()
    }
    count = 0
    for name, _, job in yaml_nodes.items(yaml_nodes.get(document, "jobs")):
        defaults = _defaults(yaml_nodes.get(job, "parameters"), pipeline)
        told: list[Values] = []
        for given in _given(document, name, pipeline) or [{}]:
            values = {**defaults, **given}
            count += 1
            if values not in told and count <= MOST:
                told.append(values)
                yield _Run(draft, document, name, job, values, given, pipeline).job()


def filler(values: Values, pipeline: Values) -> Callable[[str], str]:
    """Puts parameters in their places."""

    def one(found: re.Match[str]) -> str:
        name = found[1]
        if name.startswith("parameters."):
            return values.get(name[11:], HOLE)
        return pipeline.get(name, HOLE)

    return lambda text: _EXPRESSION.sub(one, text) if "<<" in text else text


def _defaults(node: Any, pipeline: Values) -> Values:
    """The defaults of declared parameters."""
    found = {}
    for name, _, declared in yaml_nodes.items(node):
        text = yaml_nodes.scalar(yaml_nodes.get(declared, "default"))
        if text is not None:
            found[name] = filler({}, pipeline)(text)
    return found


def _given(document: Any, name: str, pipeline: Values) -> list[Values]:
    """The parameters with which the workflows ask for a job, one set for each run."""
    found: list[Values] = []
    for _, _, workflow in yaml_nodes.items(yaml_nodes.get(document, "workflows")):
        for entry in yaml_nodes.elements(yaml_nodes.get(workflow, "jobs")):
            if yaml_nodes.scalar(entry) == name:
                found.append({})
            asked = yaml_nodes.get(entry, name)
            if asked is None:
                continue
            fill = filler({}, pipeline)
            own = {
                key: fill(text)
                for key, _, value in yaml_nodes.items(asked)
                if (text := yaml_nodes.scalar(value)) is not None
            }
            parameters = yaml_nodes.get(asked, "matrix", "parameters")
            names = [key for key, _, _ in yaml_nodes.items(parameters)]
            excluded = [
                {key: yaml_nodes.scalar(value) or "" for key, _, value in yaml_nodes.items(one)}
                for one in yaml_nodes.elements(yaml_nodes.get(asked, "matrix", "exclude"))
            ]
            for run in runs(parameters, names):
                if not any(one and one.items() <= run.items() for one in excluded):
                    found.append({**own, **{key: fill(text) for key, text in run.items()}})
    return found


class _Run:
    """One run of a job."""

    def __init__(
        self,
        draft: Draft,
        document: Any,
        name: str,
        job: Any,
        values: Values,
        given: Values,
        pipeline: Values,
    ) -> None:
        self.draft = draft
        self.document = document
        self.job_node = job
        self.values = values
        self.pipeline = pipeline
        shown = [text for key, text in given.items() if key not in ("name", "context", "type")]
        self.found = Job(named(name, shown))

    def job(self) -> Job:
        """With its executor, and with all commands that its steps run."""
        fill = filler(self.values, self.pipeline)
        self._executor(fill)
        self._surroundings(self.job_node, fill)
        folder = yaml_nodes.scalar(yaml_nodes.get(self.job_node, "working_directory"))
        steps = Steps(self.draft, self.document, self.found, self.pipeline, filler)
        steps.read(yaml_nodes.get(self.job_node, "steps"), self.values, folder_of(folder, fill))
        return self.found

    def _executor(self, fill: Callable[[str], str]) -> None:
        node = yaml_nodes.get(self.job_node, "executor")
        own = yaml_nodes.get(node, "name") if yaml_nodes.is_mapping(node) else node
        name = fill(yaml_nodes.scalar(own) or "")
        declared = yaml_nodes.get(self.document, "executors", name)
        given = {
            key: fill(text)
            for key, _, value in yaml_nodes.items(node)
            if (text := yaml_nodes.scalar(value)) is not None
        }
        if declared is not None:
            values = _defaults(yaml_nodes.get(declared, "parameters"), self.pipeline)
            self._surroundings(declared, filler({**values, **given}, self.pipeline))
        elif name.startswith("python/") and "tag" in given:
            # https://circleci.com/developer/orbs/orb/circleci/python
            tag = yaml_nodes.get(node, "tag")
            self.found.platform = "linux"
            self.found.take_python(self.draft, tag, fill)

    def _surroundings(self, node: Any, fill: Callable[[str], str]) -> None:
        """What a job or an executor runs in."""
        docker = yaml_nodes.elements(yaml_nodes.get(node, "docker"))
        if docker:
            self.found.platform = "linux"
            self.found.take_image(self.draft, docker[0], fill)
            self.found.given += given_by(self.draft, yaml_nodes.get(docker[0], "environment"), fill)
        elif yaml_nodes.get(node, "machine") is not None:
            image = yaml_nodes.scalar(yaml_nodes.get(node, "machine", "image")) or ""
            self.found.platform = "windows" if "windows" in image else "linux"
        elif yaml_nodes.get(node, "macos") is not None:
            self.found.platform = "macos"
        self.found.given += given_by(self.draft, yaml_nodes.get(node, "environment"), fill)


def folder_of(text: str | None, fill: Callable[[str], str]) -> str | None:
    """A folder, from that of the repository on; None where it is not known."""
    if text is None or _FOLDER.fullmatch(text):
        return ""
    text = fill(text)
    begun = _FOLDER.match(text)
    text = text[begun.end() :] if begun else text
    return None if HOLE in text or text.startswith(("/", "$")) else text
