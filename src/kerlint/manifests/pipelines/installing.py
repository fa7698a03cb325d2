"""What the jobs of a service install."""

from __future__ import annotations

import posixpath

from kerlint.manifests import pythons, yaml_nodes
from kerlint.manifests.drafts import Draft
from kerlint.manifests.images import read_image
from kerlint.manifests.installs import Installs
from kerlint.manifests.pipelines.jobs import texts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from kerlint.manifests.model import Manifest
    from kerlint.manifests.pipelines.jobs import Job


def read_documents(
    path: str,
    text: str,
    format: str,
    jobs: Callable[[Draft, Any], Iterable[Job]],
    root: str | None = "",
) -> Manifest:
    """The facts of a file in YAML. Raises Malformed.

    `root`  from the folder of the file to that in which commands run; None if it is not known
    """
    draft = Draft(path, text, format)
    for document in yaml_nodes.documents(text, draft.places):
        add(draft, jobs(draft, document), root)
    return draft.manifest()


def add(draft: Draft, jobs: Iterable[Job], root: str | None = "") -> None:
    """Add what jobs install."""

    def locate(named: str) -> str | None:
        if root is None or named.startswith(("/", "..")):
            return None
        return posixpath.normpath(posixpath.join(posixpath.dirname(draft.path), root, named))

    for job in jobs:
        before = _size(draft)
        if job.image is not None:
            image, span, written = job.image
            read_image(draft, image, span, job.origin, written)
        for text, span in job.pythons:
            specifier = pythons.specifier(text)
            if specifier:
                draft.python(specifier, " ".join(text.split()), span, job.origin)
        around = {**job.known, **texts(job.given)}
        installs = Installs(draft, origin=job.origin, locate=locate)
        for step in job.steps:
            installs.folder = step.folder
            installs.posix = step.posix is True
            installs.strict = step.posix is not False
            installs.variables = {**around, **texts(step.given)}
            installs.read(step.script, step.maybe)
        if job.platform and _size(draft) != before:
            draft.platforms[job.origin] = job.platform


def _size(draft: Draft) -> tuple[int, int, int]:
    return len(draft.requirements), len(draft.includes), len(draft.pythons)
