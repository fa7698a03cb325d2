"""Which own files a work sees: those on the disk, and those that a notebook writes for itself."""

from __future__ import annotations

import os

from kerlint.project.modules import Project

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from kerlint.checking.work import Work
    from kerlint.source.notebooks.translation import OtherFile


def is_written(work: Work) -> bool:
    """Whether it is a file that a notebook writes, and not the notebook."""
    return hasattr(work.notebook, "home")


def written_by(work: Work) -> Mapping[str, OtherFile]:
    """The modules that a notebook writes for itself, by their absolute paths."""
    notebook: Any = work.notebook
    if is_written(work):
        files: Mapping[str, OtherFile] = notebook.files
        return files
    if not any(file.name.endswith(".py") for file in getattr(notebook, "files", ())):
        return {}
    from kerlint.source.notebooks.written import importable

    return importable(notebook, work.path)


def project_of(
    work: Work, project: Project | None, written: Mapping[str, OtherFile]
) -> Project | None:
    """The project of the file; None for text that is no file.

    `project` is the one of the run, `written` what `written_by` says.
    """
    if is_written(work) and not written:
        return None
    if work.data is not None and not os.path.exists(work.path):
        return None
    if not written:
        return project or Project()
    from kerlint.source.notebooks.written import sources_of

    return Project(sources_of(written), os.path.abspath(work.path) if is_written(work) else "")


def known_as(work: Work) -> str:
    """The path by which others know the file: that of its own, if a notebook writes it."""
    return getattr(work.notebook, "path", "") or work.path
