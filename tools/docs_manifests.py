"""The page of tables behind the rules about manifests, from `kerlint.knowledge`."""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.knowledge.broken import BROKEN
from kerlint.knowledge.companions import COMPANIONS
from kerlint.knowledge.distributions import ENDED
from kerlint.knowledge.families import FAMILIES

INTRO = """\
# What is known of packages

The tables behind the rules about [manifests](manifests.md), besides what the published packages say
of themselves. Each row has a link to where it can be seen.
"""


def page() -> str:
    """The whole page."""
    parts = [INTRO, *_broken(), *_families(), *_ended(), *_companions()]
    return "\n".join(parts) + "\n"


def _broken() -> Iterator[str]:
    yield "## What installs and breaks\n"
    yield "Of KER403 and, where one line mends it, KER407. `tensorflow` stands for each of its"
    yield "distributions.\n"
    yield "| installed | what happens | what mends it |"
    yield "| --- | --- | --- |"
    for row in BROKEN:
        when = " with ".join(f"`{name}{spec}`" for name, spec in row.when)
        cures = " or ".join(f"`{cure}`" for cure in row.cures)
        yield f"| {when} | [{row.happens}]({row.source}) | {cures} |"
    yield ""


def _families() -> Iterator[str]:
    yield "## Distributions that own the same folder\n"
    yield "Of KER404.\n"
    yield "| folder | distributions |"
    yield "| --- | --- |"
    for family in FAMILIES:
        members = ", ".join(f"`{name}`" for name in family.members)
        yield f"| [`{family.folder}`]({family.source}) | {members} |"
    yield ""


def _ended() -> Iterator[str]:
    yield "## Distributions that ended\n"
    yield "Of KER405.\n"
    yield "| distribution | what became of it | instead |"
    yield "| --- | --- | --- |"
    for row in ENDED:
        instead = "; ".join(f"{place}: {text}" if place else text for place, text in row.instead)
        yield f"| `{row.name}` | [{row.fate}]({row.source}) | {instead} |"
    yield ""


def _companions() -> Iterator[str]:
    yield "## What is no longer brought along\n"
    yield "Of KER410.\n"
    yield "| installed | what uses it | missing | what it says |"
    yield "| --- | --- | --- | --- |"
    for row in COMPANIONS:
        when = " and ".join(f"`{name}{spec}`" for name, spec in row.when)
        yield f"| {when} | {row.what} | [`{row.name}`]({row.source}) | `{row.happens}` |"
