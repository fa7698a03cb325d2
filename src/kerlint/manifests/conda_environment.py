"""A conda environment (`environment.yml`): its packages, and those that pip installs after them.

https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html
"""

from __future__ import annotations

import re

from kerlint.manifests.gathering import Gathering
from kerlint.manifests.match_spec import match_spec
from kerlint.manifests.places import Malformed
from kerlint.manifests.requirement_lines import lines
from kerlint.manifests.requirements import LineReader
from kerlint.manifests.secrets import masked
from kerlint.manifests.yaml_nodes import (
    documents,
    elements,
    get,
    head_of,
    is_empty,
    is_sequence,
    items,
    scalar,
    span_of,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.manifests.model import Manifest

_KNOWN_CHANNELS = frozenset({"defaults", "conda-forge", "nodefaults", "anaconda", "main", "r"})
_NAME = re.compile(r"[\w.-]+")
_OPEN_END = re.compile(r"[<>!~]=?$|[<>!=~]=$")
_PLATFORMS = {"linux": "linux", "osx": "macos", "win": "windows"}


def read(path: str, text: str) -> Manifest:
    """The facts of an environment. Raises Malformed; another YAML file has no facts."""
    found = Gathering(path, text, "conda-environment")
    try:
        roots = documents(text, found.places)
    except Malformed:
        if "dependencies:" in text and "{{" not in text and "{%" not in text:
            raise
        return found.manifest()
    if not roots:
        return found.manifest()
    root = roots[0]
    for channel in elements(get(root, "channels")):
        name = scalar(channel)
        if name and name not in _KNOWN_CHANNELS:
            found.indexes.append(masked(name))
    platforms = {
        _PLATFORMS.get((scalar(one) or "").partition("-")[0], "")
        for one in elements(get(root, "platforms"))
    }
    if len(platforms) == 1 and "" not in platforms:
        found.platforms[""] = platforms.pop()
    keys = [node for key, node, _ in items(root) if key == "dependencies"]
    for again in keys[1:]:
        found.refuse("`dependencies` comes twice", span_of(again, found.places))
    dependencies = get(root, "dependencies")
    if not is_empty(dependencies) and not is_sequence(dependencies) and _is_environment(root):
        found.refuse("`dependencies` is a list", head_of(dependencies, found.places))
    for one in elements(dependencies):
        if scalar(one) is not None:
            _package(found, one)
            continue
        if elements(one):
            found.refuse(
                "a list among the dependencies is no match specification of conda",
                span_of(one, found.places),
            )
        for name, _, value in items(one):
            if name == "pip":
                _of_pip(found, value)
            elif scalar(value) is not None and _NAME.fullmatch(name):
                place = head_of(one, found.places)
                found.refuse(f"conda knows no installer `{name}`: write `- {name}=...`", place)
            else:
                found.skip(span_of(value, found.places))
    return found.manifest()


def _is_environment(root: Any) -> bool:
    """Whether it is one of conda, and not some other file of that name."""
    return get(root, "channels") is not None or get(root, "name") is not None


def _package(found: Gathering, node: Any) -> None:
    text = (scalar(node) or "").strip()
    span = span_of(node, found.places)
    if not text:
        return
    if "{{" in text or "${" in text:
        found.skip(span)
        return
    spec = match_spec(text)
    if spec is None or _OPEN_END.search(text):
        found.refuse(f"`{text[:80]}` is no match specification of conda", span)
        return
    if spec.name == "python":
        if spec.specifier:
            found.python(spec.specifier, text, span)
        elif spec.specifier is None:
            found.skip(span)
        return
    found.add(
        spec.name,
        spec.specifier or "",
        masked(" ".join(text.split())),
        span,
        ecosystem="conda",
        source="url" if spec.is_file else "index",
        known=spec.specifier is not None,
    )


def _of_pip(found: Gathering, node: Any) -> None:
    """The `pip:` part: lines of a requirements file, which pip installs in one go at the end."""
    if not is_empty(node) and not is_sequence(node):
        found.refuse("`pip:` takes a list of requirements", head_of(node, found.places))
    reader = LineReader(found)
    for one in elements(node):
        text = scalar(one)
        if text is None:
            found.refuse("a requirement is a text", head_of(one, found.places))
        if not text:
            continue
        span = span_of(one, found.places)
        start = found.places.offset(span.start.line - 1, span.start.column - 1)
        end = found.places.offset(span.end.line - 1, span.end.column - 1)
        # As it stands in the file, so that places are right; a text with escapes has none.
        verbatim = found.text[start:end] == text
        for line in lines(text):
            reader.read(line.moved(start) if verbatim else line.within(start, end))
    reader.finish()
