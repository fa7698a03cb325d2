"""What a line for a shell says about environment variables, as far as it says nothing else."""

from __future__ import annotations

import re

_EXPORT = re.compile(
    r"""\s*(?:export|setx?)\s+([A-Za-z_]\w*)\s*[= ]\s*("[^"$`]*"|'[^']*'|[^\s"'$`&|;<>()]*)\s*"""
)


def exports_only(command: str) -> list[tuple[str, str]]:
    """The variables that the command sets and their values, if it does nothing besides.

    `export A=1`, `export A=1; export B=2` and `set A=1` do; in `export A=1 && python train.py` the
    variable is there for the program, so nothing is returned.
    """
    found: list[tuple[str, str]] = []
    for part in re.split(r"&&|;|\n", command):
        if not part.strip():
            continue
        match = _EXPORT.fullmatch(part)
        if match is None:
            return []
        found.append((match[1], match[2].strip("\"'")))
    return found
