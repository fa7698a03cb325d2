"""The steps of a job of CircleCI, with the commands of the file that they call."""

from __future__ import annotations

import posixpath
import re

from kerlint.manifests import yaml_nodes
from kerlint.manifests.pipelines.jobs import Step, given_by
from kerlint.manifests.shell_values import HOLE
from kerlint.manifests.yaml_scripts import script_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from kerlint.manifests.drafts import Draft
    from kerlint.manifests.pipelines.jobs import Job

    Values = dict[str, str]
    Filler = Callable[[Values, Values], Callable[[str], str]]

_EXPRESSION = re.compile(r"<<\s*[\w.-]+\s*>>")
_SHELLS = ("bash", "sh", "/bin/bash", "/bin/sh", "/usr/bin/bash")
_DEEPEST = 6


class Steps:
    """Adds to a job the commands of its steps.

    `pipeline`  parameters of the pipeline, by their names in expressions
    `filler`    makes of parameters what puts them in their places
    """

    def __init__(
        self, draft: Draft, document: Any, job: Job, pipeline: Values, filler: Filler
    ) -> None:
        self.draft = draft
        self.document = document
        self.job = job
        self.pipeline = pipeline
        self.filler = filler

    def read(
        self, node: Any, values: Values, folder: str | None, maybe: int = -1, depth: int = 0
    ) -> None:
        """Add the steps of a list.

        `maybe`  as in `Step`
        """
        if depth > _DEEPEST:
            return
        for step in yaml_nodes.elements(node):
            name = yaml_nodes.scalar(step)
            if name is not None:
                self._call(name, None, values, folder, maybe, depth)
            for name, _, value in yaml_nodes.items(step):
                if name == "run":
                    self._run(value, values, folder, maybe)
                elif name in ("when", "unless"):
                    inner = yaml_nodes.offset_of(step, self.draft.places)
                    steps = yaml_nodes.get(value, "steps")
                    self.read(steps, values, folder, inner, depth + 1)
                else:
                    self._call(name, value, values, folder, maybe, depth)

    def _run(self, node: Any, values: Values, folder: str | None, maybe: int) -> None:
        fill = self.filler(values, self.pipeline)
        command = node if yaml_nodes.scalar(node) is not None else yaml_nodes.get(node, "command")
        if not yaml_nodes.scalar(command):
            return
        shell = (yaml_nodes.scalar(yaml_nodes.get(node, "shell")) or "bash").split() or ["bash"]
        script = script_of(command, self.draft.places)
        script = script.filled(_EXPRESSION, lambda found: fill(found[0]))
        own = fill(yaml_nodes.scalar(yaml_nodes.get(node, "working_directory")) or "")
        self.job.steps.append(
            Step(
                script,
                folder=_joined(folder, own),
                maybe=maybe,
                posix=shell[0] in _SHELLS and self.job.platform != "windows",
                given=given_by(self.draft, yaml_nodes.get(node, "environment"), fill),
            )
        )

    def _call(
        self, name: str, node: Any, values: Values, folder: str | None, maybe: int, depth: int
    ) -> None:
        """A command of the file, or one of the orb for Python."""
        fill = self.filler(values, self.pipeline)
        command = yaml_nodes.get(self.document, "commands", name)
        if command is not None:
            own = {}
            for key, _, declared in yaml_nodes.items(yaml_nodes.get(command, "parameters")):
                default = yaml_nodes.scalar(yaml_nodes.get(declared, "default"))
                if default is not None:
                    own[key] = self.filler({}, self.pipeline)(default)
            for key, _, value in yaml_nodes.items(node):
                text = yaml_nodes.scalar(value)
                if text is not None:
                    own[key] = fill(text)
            self.read(yaml_nodes.get(command, "steps"), own, folder, maybe, depth + 1)
        elif name == "python/install-packages":
            self._orb(node, fill, folder, maybe)

    def _orb(self, node: Any, fill: Callable[[str], str], folder: str | None, maybe: int) -> None:
        """https://circleci.com/developer/orbs/orb/circleci/python#commands-install-packages"""
        manager = yaml_nodes.scalar(yaml_nodes.get(node, "pkg-manager")) or "auto"
        file = yaml_nodes.get(node, "pip-dependency-file")
        if manager not in ("pip", "auto") or not yaml_nodes.scalar(file):
            return
        script = script_of(file, self.draft.places).after("pip install -r ")
        where = _joined(folder, fill(yaml_nodes.scalar(yaml_nodes.get(node, "app-dir")) or ""))
        self.job.steps.append(Step(script, folder=where, maybe=maybe))


def _joined(folder: str | None, own: str) -> str | None:
    own = re.sub(r"^~/project/?", "", own)
    if folder is None or HOLE in own or own.startswith(("/", "~", "$")):
        return None
    return posixpath.normpath(posixpath.join(folder, own)) if own else folder
