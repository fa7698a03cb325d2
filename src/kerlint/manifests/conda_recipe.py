"""A recipe of conda (`meta.yaml`, `recipe.yaml`): what the package that it builds requires.

https://docs.conda.io/projects/conda-build/en/stable/resources/define-metadata.html

A recipe is a template before it is YAML. So it is read line by line: the lists under `requirements:`,
`run:`, as far as they are written out.
"""

from __future__ import annotations

import re

from kerlint.manifests.gathering import Gathering
from kerlint.manifests.match_spec import match_spec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.manifests.model import Manifest

_LINE = re.compile(r"^([ \t]*)((?:- +)?)([^\r\n]*)", re.MULTILINE)
_KEY = re.compile(r"(\w+):(?:\s+#.*)?")
_COMMENT = re.compile(r"(?<=[ \t])#[ \t]*(?:\[(?P<selector>[^\]]*)\])?")
_RECIPE = re.compile(r"^(?:package|recipe|outputs):", re.MULTILINE)
_LIST = re.compile(r"run:[ \t]*\[([^\[\]]*)\]")
_ELEMENT = re.compile(r"[ \t]*((?:\"[^\"]*\"|'[^']*'|[^,\"'\s](?:[^,]*[^,\s])?))[ \t]*(?:,|$)")
"""Of such a list; bounds in it stand in quotes, for they have commas between them."""
_UNKNOWN = re.compile(r"[{}$]|^\w+:(?:\s|$)")
"""In an entry that a template fills in, or that depends on something."""
_SYSTEMS = {
    "linux": "sys_platform == 'linux'",
    "win": "sys_platform == 'win32'",
    "osx": "sys_platform == 'darwin'",
    "unix": "sys_platform != 'win32'",
    "not linux": "sys_platform != 'linux'",
    "not win": "sys_platform != 'win32'",
    "not osx": "sys_platform != 'darwin'",
}
"""Selectors of which a marker says the same."""


def read(path: str, text: str) -> Manifest:
    """The facts of a recipe; another file of that name has none."""
    found = Gathering(path, text, "conda-recipe")
    if _RECIPE.search(text):
        for entry, start, origin in _entries(text):
            _entry(found, entry, start, origin)
    return found.manifest()


def _entries(text: str) -> Iterator[tuple[str, int, str]]:
    """The entries of every `run:` under a `requirements:`: offset, and of which output."""
    around: list[tuple[int, str]] = []
    outputs = 0
    for line in _LINE.finditer(text):
        body = line[3].rstrip()
        if not body or body.startswith(("#", "{%")):
            continue
        depth = len(line[1])
        # An entry of a list may stand as far to the left as the key of the list.
        while around and (around[-1][0] > depth or (around[-1][0] == depth and not line[2])):
            around.pop()
        names = [name for _, name in around]
        outputs += names == ["outputs"] and bool(line[2])
        key = _KEY.fullmatch(body)
        if key:
            around.append((depth + len(line[2]), key[1]))
            continue
        origin = f"output {outputs}" if names[:1] == ["outputs"] else ""
        if line[2] and names[-2:] == ["requirements", "run"]:
            yield body, line.start(3), origin
        elif names[-1:] == ["requirements"] and (listed := _LIST.match(body)):
            for one in _ELEMENT.finditer(body, listed.start(1), listed.end(1)):
                yield one[1], line.start(3) + one.start(1), origin


def _entry(found: Gathering, entry: str, start: int, origin: str) -> None:
    comment = _COMMENT.search(entry)
    selector = comment["selector"] if comment else None
    written = entry[: comment.start()].rstrip() if comment else entry
    quoted = len(written) > 1 and written[0] in "'\"" and written[-1] == written[0]
    text = written[1:-1] if quoted else written
    span = found.places.span(start + quoted, start + quoted + len(text))
    marker = "" if selector is None else _SYSTEMS.get(" ".join(selector.split()), "?")
    spec = match_spec(text) if not _UNKNOWN.search(text) else None
    if spec is None or marker == "?":
        found.skip(span)
    elif spec.name == "python":
        if spec.specifier and not marker:
            found.python(spec.specifier, text, span, origin)
    else:
        found.add(
            spec.name,
            spec.specifier or "",
            text,
            span,
            ecosystem="conda",
            marker=marker,
            origin=origin,
            known=spec.specifier is not None,
        )
