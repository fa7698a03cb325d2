"""How tools name a Python, as PEP 440 says it."""

from __future__ import annotations

import re

_MINOR = re.compile(r"(?:pypy|cpython|python)?[-@]?(\d\.\d{1,2})(?:\.\d+|\.x|\.\*)?(?:-?v\d.*)?t?")
_PRE = re.compile(r"(\d\.\d{1,2})(?:\.0)?-?(?:dev|alpha|beta|rc|nightly|a|b)[-.\w ]*")
_RANGE = re.compile(r"(?:[<>=!~^]=?\s*\d+(?:\.\d+)*(?:\.\*)?[\s,]*)+")


def specifier(text: str) -> str:
    """`==3.9.*` for `3.9`, `3.9.7`, `pypy3.9`, `3.13-dev`; a range for `>=3.9 <3.12`; else ""."""
    text = text.strip()
    found = _MINOR.fullmatch(text) or _PRE.fullmatch(text)
    if found:
        return f"=={found[1]}.*"
    if _RANGE.fullmatch(text) and "^" not in text:
        from kerlint.project.specifiers import valid

        parts = re.findall(r"[<>=!~]+\s*[\d.*]+", text)
        joined = ",".join(re.sub(r"\s+", "", part) for part in parts)
        return joined if valid(joined) else ""
    return ""


def of_factor(name: str) -> str:
    """`==3.9.*` for the factor `py39`, `py3.9` or `3.9` of tox; "" for any other."""
    found = re.fullmatch(r"(?:py|pypy|cpython|python)(\d)\.?(\d{1,2})t?", name)
    found = found or re.fullmatch(r"(\d)\.(\d{1,2})", name)
    return f"=={found[1]}.{found[2]}.*" if found else ""
