"""Requirements that are no PEP 508: addresses, version control, paths, archives.

`requirements-parser` takes them apart. What is installed from there has the name and version that
its files say; here only what the text itself says is known.
"""

from __future__ import annotations

import re

from kerlint.manifests.pep508 import Refused, marker_of, normal, normal_extras

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple

    from kerlint.manifests.model import Source
else:
    from collections import namedtuple

_VCS = r"(?:git|hg|svn|bzr)(?:\+[a-z0-9+]+)?"
_URL = re.compile(
    rf"(?:(?:https?|ftp|file):|{_VCS}://|{_VCS}\+|(?:git|hg|svn|bzr):)", re.IGNORECASE
)
_ARCHIVE = re.compile(
    r"\.(?:whl|zip|tar\.gz|tgz|tar|tar\.bz2|tbz|tar\.xz|txz|tlz|tar\.lz|tar\.lzma)(?:\[[^\]]*\])?$",
    re.IGNORECASE,
)
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_EXTRAS = re.compile(r"([^\[\]]+)(?:\[([A-Za-z0-9 ,._-]*)\])$")
_FRAGMENT = re.compile(r"[#&]egg=([^&]*)")
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")

if TYPE_CHECKING:

    class Link(NamedTuple):
        """`name` normalised, "" if unknown; `specifier` if the file's name says the version;
        `address` without marker and extras; `wrong` why pip refuses it, "" if it does not.
        """

        name: str
        specifier: str
        extras: tuple[str, ...]
        marker: str
        source: Source
        address: str
        wrong: str = ""

else:
    Link = namedtuple("Link", "name specifier extras marker source address wrong", defaults=("",))


def is_link(text: str) -> bool:
    """Whether pip takes this for an address or a path rather than for a name."""
    if _URL.match(text) or text.startswith((".", "/", "~", "\\")) or _DRIVE.match(text):
        return True
    before = text.partition(";")[0].strip()
    head, at, _ = before.partition("@")
    if at and "/" not in head and "\\" not in head:
        return False
    if any(one in before for one in '<>|"'):
        return False
    return bool(_ARCHIVE.search(before)) or (
        ("/" in before or bool(re.search(r"\\\w", before)))
        and not re.match(r"[\w.-]+\s*[<>=!~\[(@]", before)
    )


def read_link(text: str, editable: bool = False) -> Link:
    """What the text of a link says. Raises Refused for a marker that is none."""
    is_url = bool(_URL.match(text))
    address, separator, marker = text.partition("; " if is_url else ";")
    marker = marker_of(marker) if separator and marker.strip() else ""
    address = address.strip()
    source = source_of(address)
    bare = address
    extras: tuple[str, ...] = ()
    named = _EXTRAS.match(address)
    if named and not (is_url and source != "path"):
        bare, extras = named[1].strip(), normal_extras(named[2])
    name, more = _egg(bare) if "#" in bare else ("", ())
    specifier = ""
    of_file = of_archive(bare)
    if of_file and not name:
        name, specifier = of_file
    elif of_file and of_file[0] == name:
        specifier = of_file[1]
    wrong = _wrong(bare, source, name, bool(of_file), editable)
    return Link(name, specifier, extras or more, marker, source, bare, wrong)


def _wrong(address: str, source: Source, name: str, is_known_file: bool, editable: bool) -> str:
    """Why pip refuses a link, as the end of a sentence that begins with it."""
    egg = _FRAGMENT.search(address)
    if egg and not _NAME.fullmatch(egg[1]):
        return f"has `{egg[1]}` after `egg=`, where pip wants no more than a name"
    if re.split(r"[#?]", address, maxsplit=1)[0].endswith(".whl") and not is_known_file:
        return "is no name of a wheel"
    if editable and source == "url":
        return "cannot be editable: that is for folders and version control"
    if editable and source == "vcs" and not name:
        return "has no name, which pip wants of what is editable: write `name @ address`"
    return ""


def source_of(address: str) -> Source:
    """Where an address leads."""
    if re.match(rf"{_VCS}:|(?:git|hg|svn|bzr)\+", address, re.IGNORECASE):
        return "vcs"
    if re.match(r"(?:https?|ftp)s?:", address, re.IGNORECASE):
        return "url"
    return "path"


def _egg(address: str) -> tuple[str, tuple[str, ...]]:
    """Name and extras of `#egg=name[extra]`."""
    from requirements.requirement import Requirement

    try:
        parsed = Requirement.parse(address.replace(" ", "%20"))
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, AssertionError):
        return "", ()
    name = parsed.name or ""
    found = _EXTRAS.match(name)
    if found:
        name = found[1]
    if not _NAME.fullmatch(name):
        # `egg=name==1.0`: of old, and refused by pip today.
        old = re.match(r"([A-Za-z0-9][\w.]*(?:-[A-Za-z_][\w.]*)*)(?:==|-\d)", name)
        name = old[1] if old else ""
    return normal(name), normal_extras(",".join(str(one) for one in parsed.extras or ()))


def of_archive(address: str) -> tuple[str, str] | None:
    """Name and `==version` of a wheel or source distribution, by the name of its file."""
    file = re.split(r"[\\/]", re.split(r"[#?]", address, maxsplit=1)[0])[-1]
    file = file.replace("%2B", "+").replace("%2b", "+")
    if file.endswith(".whl"):
        parts = file[:-4].split("-")
        if len(parts) not in (5, 6) or not _NAME.fullmatch(parts[0]):
            return None
        version = _version(parts[1].replace("_", "+", 1) if "+" not in parts[1] else parts[1])
        return (normal(parts[0]), f"=={version}") if version else None
    if not file.endswith((".tar.gz", ".zip")) or "/archive/" in address:
        return None
    stem = file[:-7] if file.endswith(".tar.gz") else file[:-4]
    name, dash, version = stem.rpartition("-")
    version = _version(version)
    if dash and version and _NAME.fullmatch(name):
        return normal(name), f"=={version}"
    return None


def _version(text: str) -> str:
    """A version as PEP 440 spells it; "" for what is none."""
    if re.fullmatch(r"\d+(?:\.\d+)*", text):
        return text
    from packaging.version import InvalidVersion, Version

    try:
        return str(Version(text))
    except InvalidVersion:
        return ""


__all__ = ["Link", "Refused", "is_link", "of_archive", "read_link", "source_of"]
