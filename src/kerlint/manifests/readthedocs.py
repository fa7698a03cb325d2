"""What Read the Docs installs before it builds the documentation: `.readthedocs.yaml`.

https://docs.readthedocs.com/platform/stable/config-file/v2.html

All goes into one environment, each entry by a command of its own.
"""

from __future__ import annotations

import posixpath

from kerlint.manifests import pythons, yaml_nodes
from kerlint.manifests.drafts import Draft
from kerlint.manifests.installs import Installs
from kerlint.manifests.scripts import Script
from kerlint.manifests.yaml_scripts import script_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.manifests.model import Manifest

ORIGIN = "documentation"
_BEFORE = ("pre_checkout", "post_checkout", "pre_system_dependencies", "post_system_dependencies")
_CREATING = ("pre_create_environment", "create_environment", "post_create_environment")
_AFTER = ("post_install", "pre_build", "build", "post_build")


def read(path: str, text: str) -> Manifest:
    """The facts of a configuration. Raises Malformed."""
    draft = Draft(path, text, "readthedocs")
    for document in yaml_nodes.documents(text, draft.places)[:1]:
        _Reader(draft, document).read()
    return draft.manifest()


class _Reader:
    def __init__(self, draft: Draft, document: Any) -> None:
        self.draft = draft
        self.document = document
        self.installs = Installs(draft, origin=ORIGIN)

    def read(self) -> None:
        for keys in (("build", "tools", "python"), ("python", "version")):
            self.python(yaml_nodes.get(self.document, *keys))
        commands = yaml_nodes.get(self.document, "build", "commands")
        if not yaml_nodes.is_empty(commands):
            self.run(commands)  # nothing else is done then
            return
        jobs = yaml_nodes.get(self.document, "build", "jobs")
        for name in (*_BEFORE, *_CREATING, "pre_install"):
            self.run(yaml_nodes.get(jobs, name))
        self.file(yaml_nodes.get(self.document, "conda", "environment"))
        own = yaml_nodes.get(jobs, "install")
        if yaml_nodes.is_empty(own):
            for one in yaml_nodes.elements(yaml_nodes.get(self.document, "python", "install")):
                self.entry(one)
        self.run(own)
        for name in _AFTER:
            self.run(yaml_nodes.get(jobs, name))

    def python(self, node: Any) -> None:
        text = yaml_nodes.scalar(node)
        specifier = pythons.specifier(text) if text else ""
        if text and specifier:
            self.draft.python(specifier, text, yaml_nodes.span_of(node, self.draft.places), ORIGIN)

    def run(self, node: Any) -> None:
        lines = [
            script_of(one, self.draft.places)
            for one in yaml_nodes.elements(node)
            if yaml_nodes.scalar(one) is not None
        ]
        if lines:
            self.installs.read(Script.joined(lines))

    def entry(self, node: Any) -> None:
        """One of `python.install`: a list, or a folder with a project."""
        self.file(yaml_nodes.get(node, "requirements"))
        folder = yaml_nodes.get(node, "path")
        written = yaml_nodes.scalar(folder)
        if not written:
            return
        extras = yaml_nodes.elements(yaml_nodes.get(node, "extra_requirements"))
        extras += yaml_nodes.elements(yaml_nodes.get(node, "extras"))
        groups = yaml_nodes.elements(yaml_nodes.get(node, "groups"))
        self.draft.commands += 1
        self.draft.include(
            "project",
            self.beside(written),
            yaml_nodes.span_of(folder, self.draft.places),
            ORIGIN,
            extras=tuple(text for one in extras if (text := yaml_nodes.scalar(one))),
            groups=tuple(text for one in groups if (text := yaml_nodes.scalar(one))),
            command=self.draft.commands,
        )

    def file(self, node: Any) -> None:
        written = yaml_nodes.scalar(node)
        if not written:
            return
        self.draft.commands += 1
        self.draft.include(
            "requirements",
            self.beside(written),
            yaml_nodes.span_of(node, self.draft.places),
            ORIGIN,
            command=self.draft.commands,
        )

    def beside(self, path: str) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.draft.path), path))
