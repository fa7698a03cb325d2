"""One match specification of conda: `channel::name=1.2=build`, `name[version='>=1']`, `name >=1,<2`.

https://docs.conda.io/projects/conda-build/en/stable/resources/package-spec.html
"""

from __future__ import annotations

import re

from kerlint.manifests.pep508 import normal
from kerlint.manifests.specifiers import of_conda

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple

    class Match(NamedTuple):
        """`name` normalised; `specifier` as PEP 440 has it, None where it cannot; `channel` as
        written or ""; `is_file` for the address of one file.
        """

        name: str
        specifier: str | None
        channel: str
        is_file: bool

else:
    from collections import namedtuple

    Match = namedtuple("Match", "name specifier channel is_file")

LONGEST = 2000
_SPEC = re.compile(
    r"(?:(?P<channel>[^\s\[\]=<>!~'\"]*?):[^\s\[\]=<>!~:]*:)?"
    r"(?P<name>[A-Za-z0-9_](?:[\w.-]*[A-Za-z0-9_])?)(?P<rest>(?:\s*[\[=<>!~]|\s+[\d*(]).*)?",
    re.DOTALL,
)
_BRACKETS = re.compile(r"\[([^\[\]]*)\]$")
_KEY = re.compile(r"([a-z_0-9]+)\s*=\s*(?:'([^']*)'|\"([^\"]*)\"|([^,\s'\"]+))")
_EXACT = re.compile(r"(={0,2})\s*([^\s=<>!~,|]+)(?:\s*=\s*|\s+)([^\s=<>!~,|]+)")
_BUILD = re.compile(r"(.*[\w*])(?:\s+|=)([A-Za-z*][^\s,|<>=!~]*)", re.DOTALL)
_FILE = re.compile(
    r"(?:\S*/)?([A-Za-z0-9_][\w.-]*)-([^-\s/]+)-[^-\s/]+?\.(?:tar\.bz2|conda)(?:#\S*)?"
)


def match_spec(text: str) -> Match | None:
    """The parts of a match specification; None if it is none."""
    text = text.strip()
    if len(text) > LONGEST:
        return None
    file = _FILE.fullmatch(text)
    if file:
        return Match(normal(file[1]), of_conda(file[2]), "", True)
    spec = _SPEC.fullmatch(text)
    if spec is None:
        return None
    rest = (spec["rest"] or "").strip()
    version, build = "", ""
    brackets = _BRACKETS.search(rest)
    if brackets:
        rest = rest[: brackets.start()].strip()
        for key in _KEY.finditer(brackets[1]):
            value = key[2] or key[3] or key[4] or ""
            if key[1] == "version":
                version = value
    if not version:
        exact = _EXACT.fullmatch(rest)
        built = None if exact else _BUILD.fullmatch(rest)
        if exact and exact[2] != "*":
            version, build = f"{exact[1]}{exact[2]}", exact[3]
        elif built:
            version = built[1]
        else:
            version = rest
    specifier = of_conda(version, build=bool(build)) if version else ""
    return Match(normal(spec["name"]), specifier, spec["channel"] or "", False)
