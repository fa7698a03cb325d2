"""Lines `Requires-Dist` of all ages: repaired, and taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from packaging.markers import Marker
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from kerlint.knowledge.index.places import EVERYWHERE, PLATFORMS, PYTHONS, bit

_EXTRA = re.compile(r"""extra\s*==\s*["']([^"']+)["']|["']([^"']+)["']\s*==\s*extra""")
_ONE_EXTRA = r'extra == "[^"]+"'
_GLUED = re.compile(r"(?<=[\d*])\s*(?=[<>=!~]=?)")
_MACHINES = {
    "linux-x86_64": ("posix", "linux", "Linux", "x86_64"),
    "linux-aarch64": ("posix", "linux", "Linux", "aarch64"),
    "macos-arm64": ("posix", "darwin", "Darwin", "arm64"),
    "macos-x86_64": ("posix", "darwin", "Darwin", "x86_64"),
    "windows-x86_64": ("nt", "win32", "Windows", "AMD64"),
}


@dataclass(frozen=True)
class Part:
    """A requirement under one extra ("" for none). `where` is the set of its places."""

    name: str
    specifier: str
    extra: str
    extras: tuple[str, ...]
    marker: str
    where: int


def canonical(line: str) -> str:
    """One spelling for all; InvalidRequirement for what cannot be read.

    Old metadata write `h5py (<2.11)`, which is still allowed, and `tensorflow (>=2.1.0<3)`, which
    never was.
    """
    text = line.strip()
    try:
        requirement = Requirement(text)
    except InvalidRequirement:
        head, semicolon, marker = text.partition(";")
        name, bracket, versions = head.partition("(")
        if not bracket:
            raise
        mended = _GLUED.sub(",", versions.replace(" ", ""))
        requirement = Requirement(f"{name}{bracket}{mended}{semicolon}{marker}")
    requirement.name = canonicalize_name(requirement.name)
    requirement.extras = {canonicalize_name(extra) for extra in requirement.extras}
    return str(requirement)


def parts_of(line: str) -> list[Part]:
    """A canonical line under no extra, and under each extra that its marker names.

    What is required anyhow is not listed again under an extra.
    """
    requirement = Requirement(line)
    specifier = ordered(str(requirement.specifier))
    extras = tuple(sorted(requirement.extras))
    marker = requirement.marker
    if marker is None:
        return [Part(requirement.name, specifier, "", extras, "", EVERYWHERE)]
    text = str(marker)
    always = _places(marker, "")
    parts = [Part(requirement.name, specifier, "", extras, _without_extras(text), always)]
    for first, second in _EXTRA.findall(text):
        extra = first or second
        where = _places(marker, extra) & ~always
        name = canonicalize_name(extra)
        parts.append(Part(requirement.name, specifier, name, extras, _without_extras(text), where))
    return [part for part in dict.fromkeys(parts) if part.where]


def ordered(specifier: str) -> str:
    """Clauses as people write them: lower bounds, upper bounds, then what is left out."""
    clauses = [clause for clause in specifier.split(",") if clause]
    rank = {"~": 0, "=": 0, ">": 1, "<": 2, "!": 3}
    return ",".join(sorted(clauses, key=lambda clause: (rank[clause[0]], clause)))


def _places(marker: Marker, extra: str) -> int:
    found = 0
    for python in PYTHONS:
        for platform in PLATFORMS:
            os_name, sys_platform, system, machine = _MACHINES[platform]
            micro = "18" if python == "2.7" else "99"
            holds = marker.evaluate(
                {
                    "extra": extra,
                    "python_version": python,
                    "python_full_version": f"{python}.{micro}",
                    "implementation_version": f"{python}.{micro}",
                    "implementation_name": "cpython",
                    "platform_python_implementation": "CPython",
                    "os_name": os_name,
                    "sys_platform": sys_platform,
                    "platform_system": system,
                    "platform_machine": machine,
                    "platform_release": "",
                    "platform_version": "",
                }
            )
            found |= bit(python, platform) if holds else 0
    return found


def _without_extras(marker: str) -> str:
    """The rest of a marker beside `extra == "x"`; the whole where it is not a plain `and`."""
    rest = re.sub(rf" and {_ONE_EXTRA}$|^{_ONE_EXTRA} and |^{_ONE_EXTRA}$", "", marker)
    if "extra ==" in rest or rest.count("(") != rest.count(")"):
        return marker
    if rest.startswith("(") and rest.endswith(")") and rest.count("(") == 1:
        rest = rest[1:-1]
    return rest
