"""`appveyor.yml`: one job for each entry of `environment: matrix`, mostly on Windows.

https://www.appveyor.com/docs/appveyor-yml/ and https://www.appveyor.com/docs/build-configuration/
"""

from __future__ import annotations

import re

from kerlint.manifests import yaml_nodes
from kerlint.manifests.pipelines.installing import read_documents
from kerlint.manifests.pipelines.jobs import MOST, Job, Step, given_by, named, texts
from kerlint.manifests.pipelines.windows import as_shell
from kerlint.manifests.yaml_scripts import script_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kerlint.manifests.drafts import Draft
    from kerlint.manifests.model import Manifest
    from kerlint.manifests.pipelines.jobs import Given
    from kerlint.manifests.scripts import Script

ROOT = ""
_PHASES = (
    *("init", "install", "before_build", "build_script", "after_build"),
    *("before_test", "test_script", "after_test", "on_success", "on_finish"),
)
_SHELLS = ("cmd", "ps", "pwsh", "sh")
_PART = ("global", "matrix")
_FOLDER = re.compile(r"[A-Za-z]:[\\/]Python(\d)(\d+)(?:-x64)?[\\/]?", re.IGNORECASE)
"""Where the images of AppVeyor have their Pythons."""


def read(path: str, text: str) -> Manifest:
    """The facts of a build. Raises Malformed."""
    return read_documents(path, text, "appveyor", jobs, ROOT)


def jobs(draft: Draft, document: Any) -> Iterator[Job]:
    """Every job of a document."""
    environment = yaml_nodes.get(document, "environment")
    shared = [one for one in given_by(draft, environment) if one.name not in _PART]
    shared += given_by(draft, yaml_nodes.get(environment, "global"))
    rows = [
        given_by(draft, one)
        for one in yaml_nodes.elements(yaml_nodes.get(environment, "matrix"))[:MOST]
    ]
    image = yaml_nodes.get(document, "image")
    for one in yaml_nodes.elements(image)[:MOST] or [image]:
        for own in rows or [[]]:
            yield _job(draft, document, yaml_nodes.scalar(one), shared, own)


def _job(
    draft: Draft, document: Any, image: str | None, shared: list[Given], own: list[Given]
) -> Job:
    chosen = next((one.value for one in own if one.name == "APPVEYOR_BUILD_WORKER_IMAGE"), image)
    several = yaml_nodes.is_sequence(yaml_nodes.get(document, "image"))
    values = [image or "" if several else "", *(one.value or "" for one in own)]
    found = Job(named("build", values), _platform(chosen))
    found.given = [*shared, *own]
    for one in own or shared:
        folder = _FOLDER.fullmatch(one.value or "")
        if folder:
            found.pythons.append((f"{folder[1]}.{folder[2]}", one.span))
            break
    known = {name.lower(): text for name, text in texts(found.given).items()}
    known["appveyor_build_folder"] = "."
    for phase in _PHASES:
        for script, shell in _lines(draft, yaml_nodes.get(document, phase)):
            if shell == "sh" and found.platform == "windows":
                continue
            given = as_shell(script, known) if shell != "sh" else script
            found.steps.append(Step(given, posix=shell == "sh"))
    return found


def _platform(image: str | None) -> str:
    if image is None or image.startswith(("Visual Studio", "Windows")):
        return "windows"
    return "macos" if image.startswith("macos") else "linux"


def _lines(draft: Draft, node: Any) -> Iterator[tuple[Script, str]]:
    """Commands, each with its shell."""
    for one in yaml_nodes.elements(node) or [node]:
        if yaml_nodes.scalar(one):
            yield script_of(one, draft.places), "cmd"
        for name, _, value in yaml_nodes.items(one):
            if name in _SHELLS and yaml_nodes.scalar(value):
                yield script_of(value, draft.places), name
