"""Files that set environment variables, or configure Keras: one reader a format.

A reader is a module with `read(text, places, found)`. It adds to `found` and raises Malformed if
the text cannot be read on.
"""

from __future__ import annotations

from importlib import import_module

from kerlint.manifests.places import Malformed, Places
from kerlint.manifests.settings import Found, Problem, SettingsFile
from kerlint.project.kinds import PIPELINES, settings_format


def read(path: str, text: str, format: str = "") -> SettingsFile:
    """All facts of the settings file at `path` with the decoded `text`.

    `format`  the name of the reader; "": what the file's name says
    """
    format = format or settings_format(path)
    found = Found()
    places = Places(text)
    try:
        if format in PIPELINES:
            from kerlint.manifests.pipelines import setting

            setting.read(format, text, places, found)
        else:
            module = import_module(f"kerlint.manifests.environment.{format.replace('-', '_')}")
            module.read(text, places, found)
    except Malformed as problem:
        if not _is_template(path, text):
            found.problems.append(Problem(places.position(problem.offset), problem.message))
    return SettingsFile(path, text, format, found)


def _is_template(path: str, text: str) -> bool:
    """Whether the file is to be filled in (by cookiecutter, copier, helm) before it is read."""
    return "{%" in text or "{{" in path or "{{-" in text or "cookiecutter." in text
