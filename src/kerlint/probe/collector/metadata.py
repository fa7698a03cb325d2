"""The metadata of one installed distribution, read from its folder.

`importlib.metadata` is not used: it may be shadowed or broken, it skips what it cannot read, and
what it skips is what has to be found.
Sources: https://packaging.python.org/en/latest/specifications/recording-installed-packages/ and,
for `.egg-info`, https://setuptools.pypa.io/en/latest/deprecated/python_eggs.html
"""

from __future__ import annotations

import os
import re

from kerlint.probe.collector.answering import read_bytes, read_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_RUNS = re.compile(r"[-_.]+")
_SECTION = re.compile(r"\[([^\]:]*)(?::([^\]]*))?\]")
_EDITABLE = re.compile(r'"editable"\s*:\s*true')
_URL = re.compile(r'"url"\s*:\s*"([^"]*)"')
_EGG_VERSION = re.compile(r"-(\d[^-]*)")


def normal_name(name: str) -> str:
    """The normal form of a distribution's name (PEP 503)."""
    return _RUNS.sub("-", name).lower()


def headers(text: str) -> dict[str, list[str]]:
    """The headers of METADATA, by lower-case name: everything before the first empty line."""
    found: dict[str, list[str]] = {}
    last: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if not line.strip():
            break
        if line[0] in " \t" and last:
            last[-1] += " " + line.strip()
            continue
        name, colon, value = line.partition(":")
        if colon:
            last = found.setdefault(name.strip().lower(), [])
            last.append(value.strip())
    return found


def described(folder: str) -> dict[str, Any]:
    """A `.dist-info` folder, an `.egg-info` folder or file, as `Distribution` has it."""
    base = os.path.basename(folder)
    egg = base.endswith(".egg-info") or base == "EGG-INFO"
    stem = os.path.basename(os.path.dirname(folder)) if base == "EGG-INFO" else base
    stem = os.path.splitext(stem)[0]
    file = folder
    if os.path.isdir(folder):
        file = os.path.join(folder, "PKG-INFO" if egg else "METADATA")
    seen: dict[str, Any] = {"metadata": folder, "location": os.path.dirname(folder)}
    if base == "EGG-INFO":
        seen["location"] = os.path.dirname(os.path.dirname(folder))
    text, problem, detail = _metadata_text(file)
    said = headers(text)
    if not problem and not said.get("name"):
        problem, detail = "unreadable-metadata", f"{file} has no `Name`"
    name, _, version = stem.partition("-")
    if egg:
        found = _EGG_VERSION.match(stem[len(name) :])
        version = found[1] if found else ""
    seen["name"] = normal_name(said.get("name", [name])[0] or name)
    seen["version"] = said.get("version", [version])[0]
    seen["requires"] = list(dict.fromkeys(said.get("requires-dist", [])))
    seen["extras"] = said.get("provides-extra", [])
    seen["requires_python"] = said.get("requires-python", [""])[0]
    seen["problem"], seen["detail"] = problem, detail
    if os.path.isdir(folder):
        seen["installer"] = (_text_of(folder, "INSTALLER").split() or [""])[0]
        if seen["installer"] in ("pip", "uv"):
            seen["requested"] = os.path.exists(os.path.join(folder, "REQUESTED"))
        seen["top_level"] = _text_of(folder, "top_level.txt").split()
        wheel = headers(_text_of(folder, "WHEEL"))
        seen["build_tags"] = wheel.get("tag", [])
        direct = _text_of(folder, "direct_url.json")
        seen["direct_url"] = bool(direct)
        if _EDITABLE.search(direct):
            url = _URL.search(direct)
            seen["editable"] = _path_of(url[1]) if url else "?"
        if egg and not seen["requires"]:
            seen["requires"] = _egg_requirements(_text_of(folder, "requires.txt"))
    return seen


def _metadata_text(file: str) -> tuple[str, str, str]:
    """Text, problem, detail."""
    try:
        data = read_bytes(file)
    except FileNotFoundError:
        return "", "no-metadata", f"{file} is not there"
    except OSError as error:
        return "", "unreadable-metadata", str(error)
    if not data.strip(b"\0 \r\n\t"):
        return "", "empty-metadata", f"{file} has {len(data)} bytes"
    return data.decode("utf-8", "replace"), "", ""


def _text_of(folder: str, name: str) -> str:
    try:
        return read_text(os.path.join(folder, name))
    except OSError:
        return ""


def _egg_requirements(text: str) -> list[str]:
    """`requires.txt` as Requires-Dist lines: `[extra:marker]` heads a section."""
    lines, condition = [], ""
    for line in text.splitlines():
        section = _SECTION.fullmatch(line.strip())
        if section:
            extra = f'extra == "{section[1]}"' if section[1] else ""
            marker = f"({section[2]})" if section[2] else ""
            condition = " and ".join(filter(None, (marker, extra)))
        elif line.strip() and not line.startswith("#"):
            lines.append(f"{line.strip()}; {condition}" if condition else line.strip())
    return lines


def _path_of(url: str) -> str:
    """The path of a `file:` address."""
    if not url.startswith("file://"):
        return url
    import urllib.parse

    path = urllib.parse.unquote(url[len("file://") :].partition("?")[0])
    return path[1:] if os.name == "nt" and path.startswith("/") else path
