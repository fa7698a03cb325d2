"""`Pipfile.lock`: pins of Pipenv, with their hashes.

https://pipenv.pypa.io/en/latest/locking.html
"""

from __future__ import annotations

from kerlint.manifests.gathering import Gathering
from kerlint.manifests.json_around import parse_around
from kerlint.manifests.model import Problem
from kerlint.manifests.pep508 import Refused, marker_of, normal, normal_extras
from kerlint.manifests.pipfile import VCS
from kerlint.manifests.secrets import masked
from kerlint.manifests.specifiers import of_pipfile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.json_places import Value
    from kerlint.manifests.model import Manifest, Source


def read(path: str, text: str) -> Manifest:
    """The facts of a Pipfile.lock. Raises Malformed."""
    found = Gathering(path, text, "pipfile-lock")
    whole, fault = parse_around(text)
    if fault is not None:
        found.skip(found.places.span(fault.offset, min(fault.offset + 1, len(text))))
    if whole.kind != "object":
        found.refuse("the lock is no object of JSON", found.places.span(whole.start, whole.end))
    for table, packages in whole.last():
        if table.value == "_meta":
            _meta(found, packages)
            continue
        origin = {"default": "", "develop": "group dev"}.get(
            str(table.value), f"group {normal(str(table.value))}"
        )
        if packages.kind != "object":
            place = found.places.span(table.start, table.end)
            found.refuse(f"`{table.value}` is a table of packages", place)
        for name, package in packages.last():
            if fault is not None and package.get("version") is None:
                continue  # of which table it is, is not certain
            if package.kind == "object":
                _package(found, name, package, origin)
            else:
                place = found.places.span(name.start, name.end)
                found.refuse(f"`{name.value}` is a table with the locked version", place)
    if fault is not None:
        # What is said of the rest may follow from it.
        found.problems = [Problem(fault.message, found.unread[0])]
    return found.manifest()


def _meta(found: Gathering, meta: Value) -> None:
    requires = meta.get("requires")
    for key, value in requires.members() if requires else ():
        if key.value in ("python_version", "python_full_version"):
            found.runs_on(str(value.value), found.places.span(value.start, value.end))
    sources = meta.get("sources")
    for source in sources.elements() if sources else ():
        url = source.get("url")
        if url and isinstance(url.value, str) and "pypi.org/simple" not in url.value:
            found.indexes.append(masked(url.value))


def _package(found: Gathering, name: Value, package: Value, origin: str) -> None:
    def said(key: str) -> str:
        value = package.get(key)
        return value.value if value and isinstance(value.value, str) else ""

    def listed(key: str) -> list[str]:
        value = package.get(key)
        return [str(one.value) for one in value.elements()] if value else []

    version = package.get("version")
    span = found.places.span(name.start + 1, max(name.end - 1, name.start + 2))
    source: Source = "index"
    if any(package.get(key) for key in VCS):
        source = "vcs"
    elif said("path") or said("file"):
        source = "url" if "://" in said("file") else "path"
    specifier = of_pipfile(said("version"))
    if version is not None and not isinstance(version.value, str):
        specifier = None
    if specifier is None and version is not None:
        place = found.places.span(version.start, version.end)
        found.refuse(f"`{said('version') or version.value}` is no version", place)
    marker, known = said("markers"), specifier is not None
    try:
        marker = marker_of(marker) if marker else ""
    except Refused as refused:
        found.refuse(f"`{name.value}` {refused.why}", span)
        marker, known = "", False
    found.add(
        normal(str(name.value)),
        specifier or "",
        str(name.value),
        span,
        extras=normal_extras(",".join(listed("extras"))),
        marker=marker,
        role="locked",
        origin=origin,
        source=source,
        known=known,
        hashes=tuple(listed("hashes")),
    )
