"""`Pipfile` as Pipenv reads it.

https://pipenv.pypa.io/en/latest/pipfile.html
"""

from __future__ import annotations

from kerlint.manifests.gathering import Gathering
from kerlint.manifests.pep508 import Refused, marker_of, normal, normal_extras
from kerlint.manifests.requirements import beside
from kerlint.manifests.secrets import masked
from kerlint.manifests.specifiers import of_pipfile
from kerlint.manifests.toml_places import scalars

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.diagnostics import Span
    from kerlint.manifests.model import Manifest, Source
    from kerlint.manifests.toml_places import TomlValue

_OTHER_TABLES = frozenset({"source", "requires", "scripts", "pipenv", "build-system"})
_TABLES = frozenset({"packages", "dev-packages", "requires"})
_PUBLIC = ("https://pypi.org/simple", "https://pypi.python.org/simple")
VCS = ("git", "hg", "svn", "bzr")
MARKERS = frozenset(
    {
        "os_name",
        "sys_platform",
        "platform_machine",
        "platform_python_implementation",
        "platform_release",
        "platform_system",
        "platform_version",
        "python_version",
        "python_full_version",
        "implementation_name",
        "implementation_version",
    }
)
"""Keys that are markers: `sys_platform = "== 'win32'"`."""


def read(path: str, text: str) -> Manifest:
    """The facts of a Pipfile. Raises Malformed."""
    found = Gathering(path, text, "pipfile")
    packages: dict[tuple[str, str], dict[str, list[TomlValue]]] = {}
    for one in scalars(text, found.places):
        table = str(one.path[0])
        if table == "source" and one.path[-1] == "url" and isinstance(one.value, str):
            if not one.value.startswith(_PUBLIC):
                found.indexes.append(masked(one.value))
        elif table == "requires" and len(one.path) == 2:
            _python(found, one)
        elif table in _TABLES and len(one.path) == 1:
            found.refuse(f"`{table}` is a table", found.places.span(one.start, one.end))
        elif table not in _OTHER_TABLES and len(one.path) >= 2 and isinstance(one.path[1], str):
            keys = packages.setdefault((table, one.path[1]), {})
            keys.setdefault(str(one.path[2]) if len(one.path) > 2 else "", []).append(one)
    for (table, name), keys in packages.items():
        _package(found, table, name, keys)
    return found.manifest()


def _python(found: Gathering, one: TomlValue) -> None:
    if one.path[1] in ("python_version", "python_full_version"):
        if not isinstance(one.value, str):
            # `3.10` is the number 3.1.
            found.refuse(f"`{one.path[1]}` is a string", found.places.span(one.start, one.end))
            return
        found.runs_on(str(one.value), found.places.span(one.start, one.end))


def _package(found: Gathering, table: str, name: str, keys: dict[str, list[TomlValue]]) -> None:
    origin = {"packages": "", "dev-packages": "group dev"}.get(table, f"group {normal(table)}")
    span = _span(found, name, [one for values in keys.values() for one in values])
    first = {key: values[0].value for key, values in keys.items()}
    version = first.get("", first.get("version", "*"))
    specifier = of_pipfile(version) if isinstance(version, str) else None
    if specifier is None:
        found.refuse(f"`{version}` is no version of `{name}` that Pipenv understands", span)
    extras = ",".join(str(one.value) for one in keys.get("extras", []))
    source: Source = "index"
    if any(key in first for key in VCS):
        source = "vcs"
    elif "path" in first:
        source = "path"
    elif "file" in first:
        source = "path" if "://" not in str(first["file"]) else "url"
    if source == "path" and str(first.get("path", "")) in (".", "./"):
        found.include("project", beside(found.path, "."), span, origin)
        return
    marker = " and ".join(
        [
            *(f"({one})" for one in [str(first.get("markers", ""))] if one),
            *(f"{key} {first[key]}" for key in first if key in MARKERS),
        ]
    )
    known = specifier is not None
    try:
        marker = marker_of(marker) if marker else ""
    except Refused as refused:
        found.refuse(f"`{name}` {refused.why}", span)
        marker, known = "", False
    start, end = (found.places.offset(at.line - 1, at.column - 1) for at in span)
    text = " ".join(found.text[start:end].split())
    found.add(
        normal(name),
        (specifier or "") if source == "index" else "",
        masked(text),
        span,
        extras=normal_extras(extras),
        marker=marker,
        origin=origin,
        source=source,
        known=known,
        options=("other-index",) if "index" in first and found.indexes else (),
    )


def _span(found: Gathering, name: str, values: list[TomlValue]) -> Span:
    """From the name to the end of what is said of it; the name alone, where that is a table."""
    start, end = min(one.start for one in values), max(one.end for one in values)
    place = found.places.position(start)
    if place.column > 2000:
        return found.places.span(start, end)
    line = start - place.column + 1
    before = found.text[line:start]
    at = before.find(name)
    if at >= 0 and "=" in before[at + len(name) :]:
        if before[at - 1 : at] in ("'", '"'):
            at -= 1
        close = found.text.find("}", end) if "{" in before else -1
        last = found.text.find("\n", end)
        if close >= 0 and (last < 0 or close < last):
            end = close + 1
        return found.places.span(line + at, end)
    # A table of its own, `[packages.keras]`, or a key over several lines.
    head = found.text.rfind(name, 0, start)
    if head >= 0:
        return found.places.span(head, head + len(name))
    return found.places.span(start, end)
