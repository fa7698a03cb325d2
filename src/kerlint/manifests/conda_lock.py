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
from kerlint.manifests.yaml_nodes import (
    documents,
    elements,
    get,
    head_of,
    is_empty,
    is_mapping,
    is_sequence,
    items,
    scalar,
    span_of,
)

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
    packages = list(_by_lines(found))
    if not packages or any(not _is_whole(package) for package, _ in packages):
        packages = list(_by_nodes(found))
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


def _is_whole(package: dict[str, str]) -> bool:
    """Whether it has what every package of a lock has."""
    manager = package.get("manager", "conda")
    return bool(package.get("name") and package.get("version")) and manager in ("conda", "pip")


def _by_nodes(found: Gathering) -> Iterator[Package]:
    """The same of any YAML, with what conda-lock would refuse."""
    for root in documents(found.text, found.places)[:1]:
        packages = get(root, "package")
        if not is_mapping(root):
            found.refuse("a lock is a mapping", head_of(root, found.places))
        if not is_empty(packages) and not is_sequence(packages):
            found.refuse("`package` is a list of packages", head_of(packages, found.places))
        for node in elements(packages):
            package = {key: scalar(value) or "" for key, _, value in items(node) if key in _KEYS}
            place = head_of(node, found.places)
            if not is_mapping(node):
                found.refuse("a package of the lock is a mapping", place)
                continue
            for key in ("name", "version"):
                if not package.get(key):
                    found.refuse(f"a package of the lock has no `{key}`, or it is no text", place)
            if package.get("manager", "conda") not in ("conda", "pip"):
                found.refuse(f"`{package['manager']}` is no manager of conda-lock", place)
            if package.get("name"):
                yield package, span_of(get(node, "name"), found.places)


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
