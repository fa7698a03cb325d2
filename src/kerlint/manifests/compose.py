"""What the services of a compose file are built from, and what their commands install.

https://docs.docker.com/reference/compose-file/services/
"""

from __future__ import annotations

import posixpath
import re

from kerlint.manifests import yaml_nodes
from kerlint.manifests.drafts import Draft
from kerlint.manifests.images import read_image
from kerlint.manifests.installs import Installs
from kerlint.manifests.scripts import Script
from kerlint.manifests.shell_values import HOLE
from kerlint.manifests.yaml_scripts import script_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.manifests.model import Manifest

_VARIABLE = re.compile(r"\$(?:\{(\w+):?-([^{}]*)\}|\{(\w+)[^{}]*\}|(\w+))")


def read(path: str, text: str) -> Manifest:
    """The facts of a compose file. Raises Malformed."""
    draft = Draft(path, text, "compose")
    for document in yaml_nodes.documents(text, draft.places):
        services = yaml_nodes.get(document, "services")
        if not yaml_nodes.is_empty(services) and not yaml_nodes.is_mapping(services):
            span = yaml_nodes.head_of(services, draft.places)
            draft.problem("`services` is a mapping of services by their names", span)
        for name, _, service in yaml_nodes.items(services):
            if not yaml_nodes.is_mapping(service):
                span = yaml_nodes.head_of(service, draft.places)
                draft.problem(f"the service `{name}` is no mapping", span)
            _service(draft, f"service {name}", service)
    return draft.manifest()


def _service(draft: Draft, origin: str, service: Any) -> None:
    build = yaml_nodes.get(service, "build")
    image = yaml_nodes.get(service, "image")
    if build is not None:
        _build(draft, origin, build)
    elif yaml_nodes.scalar(image):
        given = filled(image.value)
        read_image(draft, given, yaml_nodes.span_of(image, draft.places), origin, image.value)
    installs = Installs(draft, origin=origin, folder=None)
    for key in ("entrypoint", "command"):
        node = yaml_nodes.get(service, key)
        words = [one for one in yaml_nodes.elements(node) if yaml_nodes.scalar(one) is not None]
        if words:
            scripts = [script_of(one, draft.places) for one in words]
            if re.fullmatch(r"-[a-z]*c", words[-2].value if len(words) > 1 else ""):
                installs.read(scripts[-1])
                continue
            whole = Script.joined(scripts)
            places, at = [], 0
            for one in scripts:
                places.append((one.text, at, at + len(one.text)))
                at += len(one.text) + 1
            installs.words(places, whole)
        elif yaml_nodes.scalar(node) is not None:
            installs.read(script_of(node, draft.places))


def filled(text: str) -> str:
    """With the defaults of variables; those without one are not known."""

    def one(found: re.Match[str]) -> str:
        return found[2] if found[2] is not None else HOLE

    return _VARIABLE.sub(one, text.replace("$$", ""))


def _build(draft: Draft, origin: str, build: Any) -> None:
    """The Dockerfile is an include of the kind `dockerfile`; its group is the stage to build."""
    context = build if yaml_nodes.scalar(build) is not None else yaml_nodes.get(build, "context")
    folder = filled(yaml_nodes.scalar(context) or ".")
    inline = yaml_nodes.get(build, "dockerfile_inline")
    if inline is not None:
        _inline(draft, origin, inline)
        return
    if HOLE in folder or ":" in folder:
        return
    named = yaml_nodes.get(build, "dockerfile")
    file = filled(yaml_nodes.scalar(named) or "Dockerfile")
    target = filled(yaml_nodes.scalar(yaml_nodes.get(build, "target")) or "")
    where = posixpath.normpath(posixpath.join(posixpath.dirname(draft.path), folder, file))
    if HOLE in where or HOLE in target:
        return
    node = named if named is not None else context if context is not None else build
    span = yaml_nodes.span_of(node, draft.places)
    groups = (target,) if target else ()
    draft.include("dockerfile", where, span, origin, groups=groups, given=_arguments(build))


def _arguments(build: Any) -> tuple[tuple[str, str], ...]:
    """What the build is given: a mapping, or a list of `NAME=value`."""
    args = yaml_nodes.get(build, "args")
    found = {
        name: filled(text)
        for name, _, node in yaml_nodes.items(args)
        if (text := yaml_nodes.scalar(node)) is not None
    }
    for one in yaml_nodes.elements(args):
        name, equals, text = (yaml_nodes.scalar(one) or "").partition("=")
        found[name] = filled(text) if equals else HOLE
    return tuple(found.items())


def _inline(draft: Draft, origin: str, node: Any) -> None:
    """The Dockerfile is read where it stands, with blanks for all that is around it."""
    if getattr(node, "style", None) != "|":
        return
    from kerlint.manifests.dockerfile import read_into

    text = draft.text
    start = text.find("\n", yaml_nodes.offset_of(node, draft.places)) + 1
    end = draft.places.offset(node.end_mark.line, node.end_mark.column)
    blank = re.sub(r"[^\r\n]", " ", text[:start])
    read_into(draft, blank + text[start:end], f"{origin}, ")
