"""`env:` of a workflow of GitHub Actions, of its jobs, containers and steps, and its commands.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
"""

from __future__ import annotations

import re

from kerlint.manifests import yaml_nodes
from kerlint.manifests.settings import Setting
from kerlint.manifests.shell_settings import read_shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.manifests.places import Places
    from kerlint.manifests.settings import Found

_MATRIX = re.compile(r"\$\{\{\s*matrix\.([\w-]+)\s*\}\}")
_SHELLS = (None, "bash", "sh")
ROOT = "../.."
"""Where commands run: the root of the repository, seen from `.github/workflows`."""


def read(text: str, places: Places, found: Found) -> None:
    """Add what is set on every level."""
    reader = Reader(places, found)
    for document in yaml_nodes.documents(text, places):
        whole = reader.env(yaml_nodes.get(document, "env"))
        folder = yaml_nodes.get(document, "defaults", "run", "working-directory")
        for _, _, job in yaml_nodes.items(yaml_nodes.get(document, "jobs")):
            matrix = yaml_nodes.get(job, "strategy", "matrix")
            around = {
                **whole,
                **reader.env(yaml_nodes.get(job, "container", "env"), matrix),
                **reader.env(yaml_nodes.get(job, "env"), matrix),
            }
            own = yaml_nodes.get(job, "defaults", "run", "working-directory") or folder
            reader.steps(yaml_nodes.get(job, "steps"), around, matrix, own)


class Reader:
    """Reads the parts that workflows and actions have in common."""

    def __init__(self, places: Places, found: Found) -> None:
        self._places = places
        self._found = found
        self._seen: dict[tuple[str, int], Setting] = {}

    def steps(
        self, node: Any, around: dict[str, Setting], matrix: Any = None, folder: Any = None
    ) -> None:
        """Add what steps and their commands set and start; `around` holds for all of them."""
        for step in yaml_nodes.elements(node):
            inside = {**around, **self.env(yaml_nodes.get(step, "env"), matrix)}
            run = yaml_nodes.get(step, "run")
            shell = yaml_nodes.scalar(yaml_nodes.get(step, "shell"))
            if yaml_nodes.scalar(run) is None or (shell or "bash").split()[0] not in _SHELLS:
                continue
            own = yaml_nodes.get(step, "working-directory") or folder
            text, base = yaml_nodes.script_of(run, self._places)
            ran = read_shell(text, base, self._places, self._found, inside, _folder(own))
            perhaps = yaml_nodes.get(step, "if") is not None
            for name, one in ran.later.items():
                around = {**around, name: Setting(name, None, one.span) if perhaps else one}

    def env(self, node: Any, matrix: Any = None) -> dict[str, Setting]:
        """Add the variables of a mapping; returns those whose value is known or unknown for
        sure, that is, without those that differ from one run of the matrix to the next.
        """
        own: dict[str, Setting] = {}
        for name, key, value in yaml_nodes.items(node):
            text = yaml_nodes.scalar(value)
            if text is None:
                continue
            varying = _MATRIX.fullmatch(text.strip())
            if varying:
                for one in _of_matrix(matrix, varying[1]):
                    self._add(name, one, one)
                own[name] = Setting(name, None, yaml_nodes.span_of(value, self._places))
                continue
            own.setdefault(name, self._add(name, value, key))
        return own

    def _add(self, name: str, node: Any, key: Any) -> Setting:
        at = (name, id(node))
        if at not in self._seen:
            text = yaml_nodes.scalar(node)
            if text is not None and "${{" in text:
                text = None
            elif text is not None and yaml_nodes.is_bool(node):
                text = text.lower()
            where = node if yaml_nodes.scalar(node) else key
            self._seen[at] = self._found.add(name, text, yaml_nodes.span_of(where, self._places))
        return self._seen[at]


def _folder(node: Any) -> str | None:
    """Where a step's commands run, relative to the workflow; None if that is not written out."""
    given = yaml_nodes.scalar(node)
    if given is None:
        return ROOT
    return None if "$" in given else f"{ROOT}/{given.removeprefix('./')}"


def _of_matrix(matrix: Any, name: str) -> list[Any]:
    """The nodes of the values that a name of the matrix has."""
    values = yaml_nodes.elements(yaml_nodes.get(matrix, name))
    for included in yaml_nodes.elements(yaml_nodes.get(matrix, "include")):
        value = yaml_nodes.get(included, name)
        if value is not None:
            values.append(value)
    return [value for value in values if yaml_nodes.scalar(value) is not None]
