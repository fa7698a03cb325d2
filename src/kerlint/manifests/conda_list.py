"""What `conda list --export` and `--explicit` write: often committed as requirements.txt.

`name=version=build` on each line, for `conda create --file`; pip cannot read it.
"""

from __future__ import annotations

import re

from kerlint.manifests.model import Manifest, Requirement
from kerlint.manifests.places import Places
from kerlint.manifests.secrets import masked

TYPE_CHECKING = False

_HEAD = re.compile(r"#[^\r\n]*(?:[\r\n]+#[^\r\n]*)*conda (?:create|install)\b", re.IGNORECASE)
_ENTRY = re.compile(r"^([A-Za-z0-9_][\w.-]*)=([^=\s#]+)(?:=([^=\s#]+))?[ \t]*$", re.MULTILINE)
_EXPLICIT = re.compile(r"^@EXPLICIT[ \t]*$", re.MULTILINE)
_ADDRESS = re.compile(
    r"^\S+/([A-Za-z0-9_][\w.-]*)-([^-\s/]+)-([^-\s/]+?)\.(?:tar\.bz2|conda)\S*", re.M
)


def is_conda_list(text: str) -> bool:
    """Whether the text is such a list: it says so, or its first entries look so."""
    if _EXPLICIT.search(text, 0, 4000):
        return True
    head = _HEAD.match(text)
    first = _ENTRY.search(text, head.end() if head else 0, 8000)
    if first is None:
        return False
    if head:
        return True
    seen = [line for line in text[:8000].splitlines() if line.strip() and line[0] != "#"][:10]
    return all(_ENTRY.match(line) for line in seen) and any(line.count("=") == 2 for line in seen)


def read(path: str, text: str) -> Manifest:
    """The facts of a file that is named as such a list."""
    return read_conda_list(path, text)


def read_conda_list(path: str, text: str) -> Manifest:
    """The packages of the list. Those that pip had installed have `pypi_0` for a build."""
    from kerlint.manifests.pep508 import normal

    places = Places(text)
    pattern = _ADDRESS if _EXPLICIT.search(text, 0, 4000) else _ENTRY
    found = [
        Requirement(
            normal(match[1]),
            f"=={match[2]}",
            text=masked(match[0].strip()),
            path=path,
            span=places.span(match.start(), match.end()),
            role="locked",
            ecosystem="pypi" if match[3] == "pypi_0" else "conda",
        )
        for match in pattern.finditer(text)
    ]
    return Manifest(path, text, "conda-list", requirements=found)
