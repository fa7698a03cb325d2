"""`conda-lock.yml`: pins of conda and pip, for each platform.

https://conda.github.io/conda-lock/

The file is written by a program, one key on a line, so that its lines tell; a file of another shape
is read as any YAML.
"""

from __future__ import annotations

import re

from kerlint.manifests.gathering import Gathering
from kerlint.manifests.match_spec import match_spec
from kerlint.manifests.pep508 import normal
from kerlint.manifests.yaml_nodes import documents, elements, get, items, scalar, span_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Span
    from kerlint.manifests.model import Manifest

    Package = tuple[dict[str, str], Span]

_LINE = re.compile(
    r"^( *)(- )?([A-Za-z_]+):[ ]*(?:'([^'\r\n]*)'|\"([^\"\\\r\n]*)\"|([^\s#'\"&*!|>{\[][^\r\n#]*?))?[ ]*\r?$",
    re.MULTILINE,
)
_KEYS = frozenset({"name", "version", "manager", "platform", "category", "optional"})
_SYSTEMS = {"linux": "linux", "osx": "macos", "win": "windows"}


def read(path: str, text: str) -> Manifest:
    """The facts of a lock. Raises Malformed. Each platform is an origin of its own."""
    found = Gathering(path, text, "conda-lock")
    packages = list(_by_lines(found)) or list(_by_nodes(found))
    for package, span in packages:
        _package(found, package, span)
    return found.manifest()


def _by_lines(found: Gathering) -> Iterator[Package]:
    """Packages as conda-lock writes them; nothing if a line in between looks different."""
    text = found.text
    head = re.search(r"^package:[ ]*\r?\n", text, re.MULTILINE)
    if head is None or not text.startswith(("- name:", "  - name:", "-   name:"), head.end()):
        return
    package: dict[str, str] = {}
    place = (0, 0)
    indent = -1
    for line in _LINE.finditer(text, head.end()):
        depth = len(line[1]) + len(line[2] or "")
        if line[2] and line[3] == "name" and (indent < 0 or depth == indent):
            if package:
                yield package, found.places.span(*place)
            package, indent = {}, depth
        elif depth < indent:
            break
        if depth == indent and line[3] in _KEYS:
            value = next((one for one in (line[4], line[5], line[6]) if one is not None), "")
            package[line[3]] = value
            if line[3] == "name":
                place = _value_place(line)
    if package:
        yield package, found.places.span(*place)


def _value_place(line: re.Match[str]) -> tuple[int, int]:
    group = next((one for one in (4, 5, 6) if line[one] is not None), 3)
    return line.start(group), line.end(group)


def _by_nodes(found: Gathering) -> Iterator[Package]:
    for root in documents(found.text, found.places)[:1]:
        for node in elements(get(root, "package")):
            package = {key: scalar(value) or "" for key, _, value in items(node) if key in _KEYS}
            name = get(node, "name")
            if name is not None:
                yield package, span_of(name, found.places)


def _package(found: Gathering, package: dict[str, str], span: Span) -> None:
    name, version = package.get("name", ""), package.get("version", "")
    platform = package.get("platform", "")
    category = package.get("category", "main") or "main"
    base = f"platform {platform}" if platform else ""
    origin = base
    if category != "main":
        origin = f"group {normal(category)} {base}".strip()
        if base:
            found.bring(origin, base)
    system = _SYSTEMS.get(platform.partition("-")[0])
    if system:
        found.platforms[base] = system
        found.platforms[origin] = system
    is_conda = package.get("manager") != "pip"
    if name == "python" and is_conda:
        found.runs_on(version, span, origin)
        return
    spec = match_spec(f"{name}=={version}") if version else None
    found.add(
        normal(name),
        (spec.specifier if spec else None) or "",
        name,
        span,
        role="locked",
        origin=origin,
        ecosystem="conda" if is_conda else "pypi",
        known=bool(name and spec and spec.specifier),
    )
