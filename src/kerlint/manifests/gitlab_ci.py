"""What the jobs of a GitLab pipeline install.

https://docs.gitlab.com/ci/yaml/
"""

from __future__ import annotations

import re
from itertools import product

from kerlint.manifests import yaml_nodes
from kerlint.manifests.drafts import Draft
from kerlint.manifests.images import read_image
from kerlint.manifests.installs import Installs
from kerlint.manifests.scripts import Script
from kerlint.manifests.shell_values import HOLE, value
from kerlint.manifests.yaml_scripts import script_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.manifests.model import Manifest

_WORDS = frozenset(
    {"default", "include", "stages", "variables", "workflow", "image", "services", "cache", "spec"}
    | {"before_script", "after_script", "pages:deploy"}
)
_DEEPEST = 10
_MOST = 200
_LINES = 5000
"""Lines of the scripts of one job, over all runs, that are looked at."""


def read(path: str, text: str) -> Manifest:
    """The facts of a pipeline. Raises Malformed."""
    draft = Draft(path, text, "gitlab-ci")
    for document in yaml_nodes.documents(text, draft.places):
        for name, _, job in yaml_nodes.items(document):
            if name in _WORDS or name.startswith("."):
                continue
            if yaml_nodes.get(job, "script") is None and yaml_nodes.get(job, "extends") is None:
                continue
            _Job(draft, document, name, job).put()
    return draft.manifest()


class _Job:
    def __init__(self, draft: Draft, document: Any, name: str, job: Any) -> None:
        self.draft = draft
        self.document = document
        self.name = name
        self.job = job
        self.looked = 0

    def put(self) -> None:
        variables = self._variables()
        for row in self._rows():
            values = ", ".join(text for text in row.values() if text and len(text) <= 60)
            origin = f"job {self.name} ({values})" if values else f"job {self.name}"
            self._run(origin, {**variables, **row})

    def _run(self, origin: str, variables: dict[str, str]) -> None:
        node = self._get("image")
        image = node if yaml_nodes.scalar(node) is not None else yaml_nodes.get(node, "name")
        written = yaml_nodes.scalar(image)
        if written:
            known = value(written.replace('"', ""), variables)
            span = yaml_nodes.span_of(image, self.draft.places)
            read_image(self.draft, known, span, origin, " ".join(written.split()))
        lines: list[Script] = []
        for key in ("before_script", "script"):
            lines += self._lines(self._get(key), 0)
        if not lines:
            return
        installs = Installs(self.draft, origin=origin, variables=variables)
        installs.read(Script.joined(lines))

    def _get(self, key: str) -> Any:
        """An entry of the job, of what it extends, or the one that is for all jobs."""
        found = self._own(self.job, key, 0)
        if found is None:
            found = yaml_nodes.get(self.document, "default", key)
        if found is None and key != "script":
            found = yaml_nodes.get(self.document, key)
        return found

    def _own(self, job: Any, key: str, depth: int) -> Any:
        found = yaml_nodes.get(job, key)
        if found is not None or depth > _DEEPEST:
            return found
        extended = yaml_nodes.get(job, "extends")
        for one in reversed(yaml_nodes.elements(extended) or [extended]):
            other = yaml_nodes.scalar(one)
            if other is not None:
                found = self._own(yaml_nodes.get(self.document, other), key, depth + 1)
                if found is not None:
                    return found
        return None

    def _lines(self, node: Any, depth: int) -> list[Script]:
        if yaml_nodes.scalar(node) is not None:
            return [script_of(node, self.draft.places)]
        if node is not None and node.tag == "!reference" and depth <= _DEEPEST:
            path = [yaml_nodes.scalar(one) or "" for one in yaml_nodes.elements(node)]
            return self._lines(yaml_nodes.get(self.document, *path), depth + 1) if path else []
        if yaml_nodes.is_mapping(node):
            # `- echo "a: b"` without quotes around the whole.
            self.draft.problem(
                "a line of a script is a text, and this is a mapping",
                yaml_nodes.head_of(node, self.draft.places),
            )
        found: list[Script] = []
        for one in yaml_nodes.elements(node) if depth <= _DEEPEST else ():
            self.looked += 1
            if self.looked > _LINES:
                break
            found += self._lines(one, depth + 1)
        return found

    def _variables(self) -> dict[str, str]:
        found: dict[str, str] = {}
        levels = [yaml_nodes.get(self.document, "variables")]
        levels.append(self._own(self.job, "variables", 0))
        for node in levels:
            for name, _, given in yaml_nodes.items(node):
                text = yaml_nodes.scalar(yaml_nodes.get(given, "value") or given)
                if text is not None:
                    found[name] = _plain(text, found)
        return found

    def _rows(self) -> list[dict[str, str]]:
        """The runs of `parallel: matrix`."""
        found: list[dict[str, str]] = []
        for row in yaml_nodes.elements(yaml_nodes.get(self._get("parallel"), "matrix")):
            names, values = [], []
            for name, _, node in yaml_nodes.items(row):
                texts = [yaml_nodes.scalar(one) for one in yaml_nodes.elements(node) or [node]]
                names.append(name)
                values.append([text for text in texts if text is not None])
            for one in product(*values):
                if len(found) < _MOST:
                    found.append(dict(zip(names, one, strict=True)))
        return found or [{}]


def _plain(text: str, known: dict[str, str]) -> str:
    """The value of a variable; other variables in it are filled in."""

    def one(found: re.Match[str]) -> str:
        return known.get(found[1] or found[2], HOLE)

    return re.sub(r"\$(?:(\w+)|\{(\w+)\})", one, text.replace("$$", HOLE))
