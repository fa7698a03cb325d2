"""`environment:` of the services of a compose file.

https://docs.docker.com/reference/compose-file/services/#environment
"""

from __future__ import annotations

import posixpath

from kerlint.manifests import yaml_nodes
from kerlint.manifests.dockerfile_copies import Copies
from kerlint.manifests.programs import Program
from kerlint.manifests.settings import Found, Launch, Setting
from kerlint.manifests.shell_settings import Shell
from kerlint.manifests.shell_words import Word, commands

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kerlint.manifests.places import Places


def read(text: str, places: Places, found: Found) -> None:
    """Add what the services set, and what is shared through `x-` entries with a name of its own."""
    for document in yaml_nodes.documents(text, places):
        seen: set[int] = set()
        for _, _, service in yaml_nodes.items(yaml_nodes.get(document, "services")):
            own = _environment(yaml_nodes.get(service, "environment"), places, found, seen)
            found.launches.extend(_launched(service, own, places, found))


def _launched(
    service: Any, own: dict[str, Setting], places: Places, found: Found
) -> Iterator[Launch]:
    """What a service starts, by paths from the compose file on.

    It lies where a folder is mounted, or else in the folder that the image is built from; where an
    absolute path leads in an image, only the Dockerfile would tell.
    """
    entry = _words(yaml_nodes.get(service, "entrypoint"), places)
    command = _words(yaml_nodes.get(service, "command"), places)
    context = _context(yaml_nodes.get(service, "build"))
    if not command:
        if not entry and context is not None:
            dockerfile = _dockerfile(yaml_nodes.get(service, "build"))
            if dockerfile is not None:
                yield Launch(Program("image", dockerfile), context, own)
        return
    working = yaml_nodes.scalar(yaml_nodes.get(service, "working_dir")) or ""
    mounted = _mounts(yaml_nodes.get(service, "volumes"))
    inside = Found()
    Shell(places, inside, own, working).starts([*entry, *command])
    if not inside.launches:
        Shell(places, inside, own, working).starts(command)
    found.settings.extend(inside.settings)
    for one in inside.launches:
        here = _on_disk(one, mounted, context)
        if here is not None:
            yield Launch(*here, one.settings)


def _on_disk(one: Launch, mounted: Copies, context: str | None) -> tuple[Program, str] | None:
    """A program that a service starts, and its folder, as they are on the disk."""
    program = one.program
    if program.kind in ("script", "shell"):
        path = posixpath.normpath(posixpath.join(one.folder, program.name))
        if path.startswith("/"):
            source = mounted.source(path)
            return None if source is None else (program._replace(name=source), "")
        return None if context is None else (program._replace(name=path), context)
    if one.folder.startswith("/"):
        source = mounted.source(posixpath.join(one.folder, "conftest.py"))
        return None if source is None else (program, posixpath.dirname(source))
    return None if context is None else (program, posixpath.join(context, one.folder))


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


def _words(node: Any, places: Places) -> list[Word]:
    """The words of `command:` or `entrypoint:`, in either form."""
    written = yaml_nodes.scalar(node)
    if written is not None:
        text, start = yaml_nodes.script_of(node, places)
        return [word for command in commands(text, start) for word in command.words]
    words = []
    for one in yaml_nodes.elements(node):
        text = yaml_nodes.scalar(one) or ""
        words.append(Word(text, known(text), yaml_nodes.script_of(one, places)[1]))
    return words


def _dockerfile(build: Any) -> str | None:
    """The file from which the image is built whole, from the build context on; None if unknown."""
    if yaml_nodes.get(build, "target") is not None:
        return None
    name = yaml_nodes.scalar(yaml_nodes.get(build, "dockerfile")) or "Dockerfile"
    return None if "$" in name else name


def _context(node: Any) -> str | None:
    """The folder that the image is built from, where it is known."""
    context = yaml_nodes.scalar(node) or yaml_nodes.scalar(yaml_nodes.get(node, "context"))
    if context is None or "$" in context or ":" in context:
        return None
    return "" if context == "." else context.removeprefix("./").rstrip("/")
