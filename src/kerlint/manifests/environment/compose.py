"""`environment:` of the services of a compose file.

https://docs.docker.com/reference/compose-file/services/#environment
"""

from __future__ import annotations

import posixpath

from kerlint.manifests import yaml_nodes
from kerlint.manifests.dockerfile_copies import Copies
from kerlint.manifests.settings import Launch, Setting
from kerlint.manifests.shell_settings import script_of
from kerlint.manifests.shell_words import commands

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.manifests.places import Places
    from kerlint.manifests.settings import Found


def read(text: str, places: Places, found: Found) -> None:
    """Add what the services set, and what is shared through `x-` entries with a name of its own."""
    for document in yaml_nodes.documents(text, places):
        seen: set[int] = set()
        for _, _, service in yaml_nodes.items(yaml_nodes.get(document, "services")):
            own = _environment(yaml_nodes.get(service, "environment"), places, found, seen)
            script = _script(yaml_nodes.get(service, "command")) if own else None
            started = _on_disk(script, service) if script else None
            if started is not None:
                found.launches.append(Launch(*started, own))


def _on_disk(script: str, service: Any) -> tuple[str, str] | None:
    """A script that a service starts and its folder, both as paths from the compose file on.

    It lies where a folder is mounted, or else in the folder that the image is built from; where an
    absolute path leads in an image, only the Dockerfile would tell.
    """
    working = yaml_nodes.scalar(yaml_nodes.get(service, "working_dir")) or ""
    mounted = _mounts(yaml_nodes.get(service, "volumes"))
    path = posixpath.normpath(posixpath.join(working, script))
    if path.startswith("/"):
        source = mounted.source(path)
        return None if source is None else (source, "")
    context = _context(yaml_nodes.get(service, "build"))
    return None if context is None else (script, context)


def _mounts(volumes: Any) -> Copies:
    """The folders beside the compose file that are mounted, by where they are in the container."""
    mounted = Copies()
    for volume in yaml_nodes.elements(volumes):
        source = yaml_nodes.scalar(yaml_nodes.get(volume, "source"))
        target = yaml_nodes.scalar(yaml_nodes.get(volume, "target"))
        if source is None or target is None:
            source, _, rest = (yaml_nodes.scalar(volume) or "").partition(":")
            target = rest.partition(":")[0]
        if source.startswith(".") and ".." not in source and "$" not in f"{source}{target}":
            mounted.add([source], target.rstrip("/"), False)
    return mounted


def _environment(node: Any, places: Places, found: Found, seen: set[int]) -> dict[str, Setting]:
    own: dict[str, Setting] = {}
    if node is None:
        return own
    for name, key, value in yaml_nodes.items(node):
        if id(value) in seen:
            continue
        seen.add(id(value))
        given = known(yaml_nodes.scalar(value))
        if yaml_nodes.is_plain(value) and given in ("", "~", "null"):
            given = None  # taken over from the shell that starts compose
        elif given is not None and yaml_nodes.is_bool(value):
            given = given.lower()
        where = value if yaml_nodes.scalar(value) else key
        own.setdefault(name, found.add(name, given, yaml_nodes.span_of(where, places)))
    for element in yaml_nodes.elements(node):
        written = yaml_nodes.scalar(element) or ""
        name, equals, given = written.partition("=")
        if not equals or id(element) in seen:
            continue
        seen.add(id(element))
        start = yaml_nodes.offset_of(element, places)
        at = places.text.find("=", start) + 1
        span = places.span(at, at + len(given)) if given else places.span(start, at)
        own[name] = found.add(name, known(given), span, f"list at {node.start_mark.index}")
    return own


def known(value: str | None) -> str | None:
    """The value, or None if compose puts something else in place of a part of it."""
    if value is None or "$" in value.replace("$$", ""):
        return None
    return value.replace("$$", "$")


def _script(node: Any) -> str | None:
    words = [yaml_nodes.scalar(one) for one in yaml_nodes.elements(node)]
    if words:
        return script_of(words)
    for command in commands(yaml_nodes.scalar(node) or ""):
        return script_of([word.text for word in command.words])
    return None


def _context(node: Any) -> str | None:
    """The folder that the image is built from, where it is known."""
    context = yaml_nodes.scalar(node) or yaml_nodes.scalar(yaml_nodes.get(node, "context"))
    if context is None or "$" in context or ":" in context:
        return None
    return "" if context == "." else context.removeprefix("./").rstrip("/")
