"""What a manifest says, in a short form, with every place checked against the text."""

from __future__ import annotations

from textwrap import dedent

from kerlint.manifests.formats import read
from kerlint.manifests.model import Manifest, Requirement
from kerlint.manifests.secrets import masked


def manifest_of(path: str, text: str | bytes, format: str = "") -> Manifest:
    """The facts of the file; a text may be indented."""
    found = read(path, dedent(text) if isinstance(text, str) else text, format)
    for one in found.requirements:
        check_place(found, one)
    return found


def check_place(manifest: Manifest, one: Requirement) -> None:
    """What stands at the place of a requirement is its text, but for white space."""
    lines = manifest.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start, end = one.span
    taken = lines[start.line - 1 : end.line]
    taken[-1] = taken[-1][: end.column - 1] if end.line > start.line else taken[-1]
    if end.line == start.line:
        taken[0] = taken[0][start.column - 1 : end.column - 1]
    else:
        taken[0] = taken[0][start.column - 1 :]
    there = "".join(" ".join(taken).split()).replace("\\", "")
    if manifest.format == "setup-py" and there[:1] in ("'", '"', "f") and there[-1:] in "'\")":
        return  # a text that is computed: the expression
    assert masked(there) == "".join(one.text.split()).replace("\\", ""), (there, one.text)


def said(path: str, text: str | bytes, format: str = "") -> list[str]:
    """`keras[a]>=1,<2; marker 3:5 (role, origin ...)`: name to marker, place, what is not usual."""
    return [short(one) for one in manifest_of(path, text, format).requirements]


def short(one: Requirement) -> str:
    extras = f"[{','.join(one.extras)}]" if one.extras else ""
    marker = f"; {one.marker}" if one.marker else ""
    more = [
        *([one.role] if one.role != "requirement" else []),
        *([one.origin] if one.origin else []),
        *([one.source] if one.source != "index" else []),
        *([one.ecosystem] if one.ecosystem != "pypi" else []),
        *([] if one.known else ["unknown"]),
        *one.hashes,
    ]
    said = f"{one.name or '?'}{extras}{one.specifier}{marker} {one.line}:{one.column}"
    return f"{said} ({', '.join(more)})" if more else said


def problems(path: str, text: str | bytes, format: str = "") -> list[str]:
    """`3:5 message` of every problem."""
    found = manifest_of(path, text, format).problems
    return [f"{one.span.start.line}:{one.span.start.column} {one.message}" for one in found]
