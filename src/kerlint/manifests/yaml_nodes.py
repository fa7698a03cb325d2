"""YAML as nodes with places. Scalars are read as text: `3.10` stays `3.10`.

PyYAML is installed along with LibCST: as `yaml`, or, for the Pythons without a GIL, as `yaml_ft`.
"""

from __future__ import annotations

import re
from importlib import import_module

from kerlint.manifests.places import Malformed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kerlint.diagnostics import Span
    from kerlint.manifests.places import Places


def _library() -> Any:
    try:
        return import_module("yaml")
    except ImportError:
        return import_module("yaml_ft")


yaml = _library()
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 100
"""Nesting above which nothing is looked at."""


def documents(text: str, places: Places) -> list[Any]:
    """The root nodes of all documents. Raises Malformed.

    An anchor that is set twice is fine with YAML 1.2, and so are most of the characters that
    PyYAML refuses: they are read as blanks.
    """
    if _is_too_deep(text):
        raise Malformed(f"no valid YAML: more than {_DEEPEST_TEXT} levels are nested", 0)
    text = _UNUSUAL.sub(" ", text)
    found = _composed(text, _LOADER, places)
    if found is None:
        found = _composed(text, _Again, places)
    return found or []


def _composed(text: str, loader: Any, places: Places) -> list[Any] | None:
    """The root nodes; None where an anchor is set twice, which not every loader takes."""
    try:
        return [node for node in yaml.compose_all(text, Loader=loader) if node is not None]
    except yaml.MarkedYAMLError as error:
        if "duplicate anchor" in f"{error.context} {error.problem}":
            return None
        mark = error.problem_mark or error.context_mark
        offset = places.offset(mark.line, mark.column) if mark else 0
        raise Malformed(f"no valid YAML: {error.problem or error.context}", offset) from None
    except (yaml.YAMLError, RecursionError):
        return []


class _Again(yaml.SafeLoader):  # type: ignore[misc,name-defined]
    """Lets an anchor be set again, as YAML 1.2 does."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """As in PyYAML, but for its check."""
        event = self.peek_event()
        if not isinstance(event, yaml.AliasEvent):
            self.anchors.pop(event.anchor, None)
        return super().compose_node(parent, index)


_UNUSUAL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What PyYAML does not take at all."""
_DEEPEST_TEXT = 1000
_NESTING = re.compile(r"[\[\]{}]")
_STEEP = re.compile(r"(?:[-?:] +){300}|^[ ]{300}", re.MULTILINE)


def _is_too_deep(text: str) -> bool:
    """Whether composing the text would need more of C's stack than there may be."""
    if text.count("[") + text.count("{") > _DEEPEST_TEXT:
        depth = deepest = 0
        for one in _NESTING.finditer(text):
            depth = depth + 1 if one[0] in "[{" else max(depth - 1, 0)
            deepest = max(deepest, depth)
        suspicious = deepest > _DEEPEST_TEXT
    else:
        suspicious = False
    if not suspicious and not _STEEP.search(text):
        return False
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > _DEEPEST_TEXT:
                    return True
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError:
        pass  # composing it will tell
    return False


def items(
    node: Any, depth: int = 0, seen: set[int] | None = None
) -> Iterator[tuple[str, Any, Any]]:
    """Key, key node and value node of a mapping; what is merged in (`<<`) comes last, and each
    mapping only once, however often it is merged.

    Nothing for a node of another kind.
    """
    seen = set() if seen is None else seen
    if not isinstance(node, yaml.MappingNode) or depth > DEEPEST or id(node) in seen:
        return
    seen.add(id(node))
    merged = []
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode):
            if key.tag == "tag:yaml.org,2002:merge" or key.value == "<<":
                merged.append(value)
            else:
                yield key.value, key, value
    for value in merged:
        for one in value.value if isinstance(value, yaml.SequenceNode) else (value,):
            yield from items(one, depth + 1, seen)


def get(node: Any, *path: str) -> Any:
    """The node at a path of keys, or None. Of a key that comes twice the last one counts."""
    for name in path:
        own: dict[str, Any] = {}
        for key, _, value in items(node):
            own.setdefault(key, value)
        found = own.get(name)
        if found is None:
            return None
        node = found
    return node


def elements(node: Any) -> list[Any]:
    """The nodes of a sequence; none for a node of another kind."""
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def scalar(node: Any) -> str | None:
    """The text of a scalar; None for another kind of node."""
    return node.value if isinstance(node, yaml.ScalarNode) else None


def is_mapping(node: Any) -> bool:
    """Whether it is a mapping."""
    return isinstance(node, yaml.MappingNode)


def is_sequence(node: Any) -> bool:
    """Whether it is a sequence."""
    return isinstance(node, yaml.SequenceNode)


def is_empty(node: Any) -> bool:
    """Whether nothing is there: no node, or YAML's null."""
    return node is None or (is_plain(node) and node.value in ("", "~", "null", "Null", "NULL"))


def head_of(node: Any, places: Places) -> Span:
    """The first line of a node, at which a problem with all of it is told."""
    span = span_of(node, places)
    if span.start.line == span.end.line:
        return span
    start = offset_of(node, places)
    end = places.offset(span.start.line, 0)
    return places.span(start, max(len(places.text[:end].rstrip("\r\n")), start + 1))


def is_plain(node: Any) -> bool:
    """Whether a scalar is written without quotes, so that its text may mean no text."""
    return isinstance(node, yaml.ScalarNode) and node.style in (None, "")


def is_bool(node: Any) -> bool:
    """Whether YAML 1.2 takes a scalar for a truth value: without quotes, in one of three cases."""
    return is_plain(node) and node.value in _BOOLS


_BOOLS = frozenset({"true", "True", "TRUE", "false", "False", "FALSE"})


def offset_of(node: Any, places: Places) -> int:
    """Where a node begins."""
    return places.offset(node.start_mark.line, node.start_mark.column)


_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*[ \t]+)*")


def span_of(node: Any, places: Places) -> Span:
    """Where a node stands, without its anchor and tag; of a quoted scalar what is between the
    quotes.
    """
    start = offset_of(node, places)
    if places.text[start : start + 1] in ("&", "!"):
        properties = _PROPERTIES.match(places.text, start)
        start = properties.end() if properties else start
    end = places.offset(node.end_mark.line, node.end_mark.column)
    if isinstance(node, yaml.ScalarNode) and node.style in ("'", '"') and end - start > 2:
        start, end = start + 1, end - 1
    elif isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        end = start + 1
    return places.span(start, end)


def script_of(node: Any, places: Places) -> tuple[str, int]:
    """The text of a scalar that holds a script, as it stands in the file, and its offset.

    So places in the text are places in the file. Of a folded or quoted one that is not possible:
    then the text is the value, and its places are off by a few characters.
    """
    start = offset_of(node, places)
    if node.style in ("|", ">"):
        line = places.text.find("\n", start) + 1
        end = places.offset(node.end_mark.line, node.end_mark.column)
        return (places.text[line:end], line) if line else (node.value, start)
    if node.style in ("'", '"'):
        return node.value, start + 1
    return node.value, start
