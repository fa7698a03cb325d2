"""Environment markers put together."""

from __future__ import annotations

import re

_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")


def both(*markers: str) -> str:
    """Holds where all do; "" always holds."""
    some = list(dict.fromkeys(one for one in markers if one))
    if len(some) < 2:
        return "".join(some)
    return " and ".join(f"({one})" if _loose(one) else one for one in some)


def either(*markers: str) -> str:
    """Holds where one does; "" always holds."""
    return "" if "" in markers else " or ".join(dict.fromkeys(markers))


def _loose(marker: str) -> bool:
    return " or " in _STRING.sub("", marker)


def python(alternatives: list[str]) -> str:
    """The marker for one of the given PEP 440 specifiers of Python."""
    if "" in alternatives:
        return ""
    return either(*(both(*map(_clause, one.split(","))) for one in alternatives))


def _clause(text: str) -> str:
    operator, version = re.findall(r"^([<>=!~]+)\s*(.*)$", text)[0]
    parts = version.removesuffix(".*").split(".")
    if version.endswith(".*") and len(parts) == 2:
        version = version[:-2]
    # `<=3.8` and `>3.8` of a whole minor version speak of it as `python_version` does.
    axis = "python_version" if len(parts) <= 2 else "python_full_version"
    return f'{axis} {operator} "{version}"'


def platform(text: str) -> str:
    """Poetry's `platform`: `linux`, `!=win32`, `linux || darwin`. Raises ValueError."""
    found = []
    for part in re.split(r"\s*\|\|?\s*", text.strip()):
        pieces = [re.fullmatch(r"(==|!=)?\s*([\w.-]+)", one) for one in re.split(r"\s*,\s*", part)]
        known = [one for one in pieces if one]
        if len(known) < len(pieces):
            raise ValueError(text)
        found.append(both(*(f'sys_platform {one[1] or "=="} "{one[2]}"' for one in known)))
    return either(*found)
