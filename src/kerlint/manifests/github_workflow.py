"""What the jobs of a workflow of GitHub Actions install, once for each run of their matrix.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
"""

from __future__ import annotations

import posixpath
import re

from kerlint.manifests import yaml_nodes
from kerlint.manifests.drafts import Draft
from kerlint.manifests.github_expressions import filled, holds, names_of
from kerlint.manifests.github_steps import Steps, asked_for
from kerlint.manifests.images import read_image
from kerlint.manifests.matrices import runs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.manifests.matrices import Run
    from kerlint.manifests.model import Manifest

ROOT = "../.."
"""The root of the repository, seen from `.github/workflows`."""

_SYSTEMS = (("ubuntu", "linux"), ("macos", "macos"), ("windows", "windows"), ("linux", "linux"))
_INTEL = ("macos-10.15", "macos-11", "macos-12", "macos-13")
_APPLE = re.compile(r"macos-(?:latest|1[4-9]|[2-9]\d)(?:-xlarge)?")
_RUNNERS = {"linux": "Linux", "macos": "macOS", "windows": "Windows"}


def read(path: str, text: str) -> Manifest:
    """The facts of a workflow. Raises Malformed."""
    draft = Draft(path, text, "github-workflow")
    for document in yaml_nodes.documents(text, draft.places):
        _shape(draft, document)
        env = _env(yaml_nodes.get(document, "env"), {})
        folder = yaml_nodes.get(document, "defaults", "run", "working-directory")
        for name, _, job in yaml_nodes.items(yaml_nodes.get(document, "jobs")):
            matrix = yaml_nodes.get(job, "strategy", "matrix")
            used = _used(job) if matrix is not None else set()
            for run in runs(matrix, used):
                _run(draft, name, job, run, env, folder, matrix is not None)
    return draft.manifest()


def _shape(draft: Draft, document: Any) -> None:
    """Tell what GitHub would not start: parts that are of another kind than they must be."""

    def refuse(message: str, node: Any) -> None:
        draft.problem(message, yaml_nodes.head_of(node, draft.places))

    jobs = yaml_nodes.get(document, "jobs")
    if not yaml_nodes.is_mapping(document):
        refuse("a workflow is a mapping", document)
    elif jobs is not None and not yaml_nodes.is_mapping(jobs):
        refuse("`jobs` is a mapping of jobs by their names", jobs)
    for name, _, job in yaml_nodes.items(jobs):
        if not yaml_nodes.is_mapping(job):
            refuse(f"the job `{name}` is no mapping", job)
            continue
        steps = yaml_nodes.get(job, "steps")
        if steps is not None and not yaml_nodes.is_sequence(steps):
            refuse("`steps` is a list", steps)
        matrix = yaml_nodes.get(job, "strategy", "matrix")
        computed = "${{" in (yaml_nodes.scalar(matrix) or "")
        if matrix is not None and not computed and not yaml_nodes.is_mapping(matrix):
            refuse("`matrix` is a mapping", matrix)
        for step in yaml_nodes.elements(steps):
            run = yaml_nodes.get(step, "run")
            if not yaml_nodes.is_mapping(step):
                refuse("a step is a mapping", step)
            elif run is not None and yaml_nodes.scalar(run) is None:
                refuse("`run` is a text", run)


def _used(job: Any) -> set[str]:
    """The names of the matrix on which depends what is installed."""
    texts = list(asked_for(yaml_nodes.get(job, "steps")))
    container = yaml_nodes.get(job, "container")
    for node in (
        *(yaml_nodes.get(job, key) for key in ("runs-on", "container", "if")),
        *yaml_nodes.elements(yaml_nodes.get(job, "runs-on")),
        yaml_nodes.get(container, "image"),
        yaml_nodes.get(job, "defaults", "run", "working-directory"),
        *(value for _, _, value in yaml_nodes.items(yaml_nodes.get(job, "env"))),
    ):
        texts.append(yaml_nodes.scalar(node) or "")
    return names_of("\n".join(texts))


def _run(
    draft: Draft, name: str, job: Any, run: Run, env: dict[str, str], folder: Any, varied: bool
) -> None:
    known = {f"matrix.{key}": text for key, text in run.items()}
    if varied and run:
        known["matrix"] = ""
    known.update({f"env.{key}": text for key, text in env.items()})
    values = ", ".join(text for text in run.values() if len(text) <= 60 and "\n" not in text)
    origin = f"job {name} ({values})" if values else f"job {name}"
    platform = _platform(yaml_nodes.get(job, "runs-on"), known)
    container = yaml_nodes.get(job, "container")
    image = (
        container
        if yaml_nodes.scalar(container) is not None
        else yaml_nodes.get(container, "image")
    )
    if platform:
        known["runner.os"] = _RUNNERS[platform.partition("-")[0]]
    steps = Steps(draft, origin, known, _locate(draft.path))
    steps.platform = platform
    written = yaml_nodes.scalar(image)
    if written:
        given = filled(written, known)
        span = yaml_nodes.span_of(image, draft.places)
        steps.begins = lambda: read_image(draft, given, span, origin, " ".join(written.split()))
    own = _env(yaml_nodes.get(job, "env"), known)
    steps.variables = {**{key: filled(text, known) for key, text in env.items()}, **own}
    known.update({f"env.{key}": text for key, text in own.items()})
    condition = yaml_nodes.scalar(yaml_nodes.get(job, "if"))
    if condition is not None and holds(condition, known) is False:
        return
    defaults = yaml_nodes.get(job, "defaults", "run", "working-directory") or folder
    steps.folder = filled(yaml_nodes.scalar(defaults) or "", known)
    steps.read(yaml_nodes.get(job, "steps"))


def _locate(path: str) -> Any:
    def locate(named: str) -> str | None:
        if named.startswith(("/", "..")):
            return None
        return posixpath.normpath(posixpath.join(posixpath.dirname(path), ROOT, named))

    return locate


def _env(node: Any, known: dict[str, str]) -> dict[str, str]:
    return {
        name: filled(yaml_nodes.scalar(value) or "", known)
        for name, _, value in yaml_nodes.items(node)
        if yaml_nodes.scalar(value) is not None
    }


def _platform(node: Any, known: dict[str, str]) -> str:
    """As in Manifest; "" where the labels do not say it."""
    nodes = yaml_nodes.elements(node) or [node]
    for one in nodes:
        label = filled(yaml_nodes.scalar(one) or "", known).lower()
        for begin, system in _SYSTEMS:
            if label.startswith(begin):
                return system + _machine(label, system)
    return ""


def _machine(label: str, system: str) -> str:
    """`-arm64` where the label of a runner tells its processor; "" where it need not be told.

    https://docs.github.com/en/actions/reference/runners/github-hosted-runners and
    https://docs.github.com/en/actions/reference/runners/larger-runners
    """
    if system == "linux":
        return "-aarch64" if label.startswith("ubuntu-") and label.endswith("-arm") else ""
    if system == "windows":
        return ""
    if label in _INTEL or label.endswith(("-large", "-intel")):
        return "-x86_64"
    return "-arm64" if _APPLE.fullmatch(label) else ""
