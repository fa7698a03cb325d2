"""Rows of `knowledge.broken` that hold for what an installation gets, and what mends them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import NamedTuple

    from kerlint.knowledge.broken import Broken
    from kerlint.manifests.installations import Installation
    from kerlint.manifests.model import Requirement
    from kerlint.rules.installing import InstallContext
    from kerlint.solving.verdicts import Verdict

    class Breaking(NamedTuple):
        """A row that holds.

        `line`      the requirement that leads there most
        `versions`  (distribution, version) of the row's conditions
        `cure`      the line that mends it; "" if none does without changing a line
        `python`    that it was found for; "" for a lock
        `others`    other requirements on what the row is about
        """

        row: Broken
        line: Requirement
        versions: tuple[tuple[str, str], ...]
        cure: str
        python: str
        others: tuple[Requirement, ...]

else:
    from collections import namedtuple

    Breaking = namedtuple("Breaking", "row line versions cure python others")


def breaking(installation: Installation, context: InstallContext) -> Sequence[Breaking]:
    """What breaks although it installs; each row once."""
    if installation.kind in ("pair", "step"):
        return ()
    found: Sequence[Breaking] = context.shared(
        ("breaking", id(installation)),
        lambda: rows(installation, context.verdict(installation), context),
    )
    return found


def rows(
    installation: Installation, verdict: Verdict, context: InstallContext
) -> Sequence[Breaking]:
    """The same for a verdict that is not the context's."""
    return list(_found(installation, verdict, context))


def _found(
    installation: Installation, verdict: Verdict, context: InstallContext
) -> Iterator[Breaking]:
    from kerlint.knowledge.broken import broken, tensorflow_of, version_in
    from kerlint.rules.manifests._unseen import may_be_held_back

    unknown = {one.name: "" for one in installation.requirements if one.name}
    image = any(is_image(one) for one in installation.requirements)
    told: set[str] = set()
    for pins in verdict.chosen:
        there = {name: "" for name in unknown if name not in pins}
        family = tensorflow_of(pins)
        for row in broken(pins, there):
            line = _line(row, installation, pins)
            if line is None or row.id in told or not _concerns(row, installation, context):
                continue
            if image and not _all_asked(row, installation):
                continue  # what the image brings was put together when it was made
            told.add(row.id)
            versions = tuple((name, version_in(pins, name, family)) for name, _ in row.when)
            cure, after = "", family
            if installation.kind != "locked":
                cure, after = _cure(row, installation, verdict)
            if cure and _newer(after, family):
                continue  # it was only chosen to go with what breaks it; pip may choose otherwise
            if cure and may_be_held_back(named(cure), _names(row), installation, context.index):
                continue
            others = tuple(_others(row, installation, line))
            yield Breaking(row, line, versions, cure, verdict.python, others)


def is_image(one: Requirement) -> bool:
    """Whether an image brings it, with all that it needs: nothing was installed freshly."""
    return "/" in one.text and not any(sign in one.text for sign in "@<>=! ")


def _all_asked(row: Broken, installation: Installation) -> bool:
    """Whether the manifest names all that the row is about."""
    from kerlint.knowledge.families import ALL_TENSORFLOWS

    names = {one.name for one in installation.requirements}
    return all(
        not names.isdisjoint(ALL_TENSORFLOWS) if name == "tensorflow" else name in names
        for name, _ in row.when
    )


def _names(row: Broken) -> list[str]:
    """The distributions that a row is about, every TensorFlow for `tensorflow`."""
    from kerlint.knowledge.families import ALL_TENSORFLOWS

    found: list[str] = []
    for name, _ in row.when:
        found += sorted(ALL_TENSORFLOWS) if name == "tensorflow" else [name]
    return found


def _line(row: Broken, installation: Installation, pins: Mapping[str, str]) -> Requirement | None:
    """The requirement to show: on the first distribution of the row that is asked for.

    None where the manifest asks for none of them, or for none of those that the row wants.
    """
    # A compiled list, with its hashes, names all there is, wanted or not.
    wanted = [one for one in installation.requirements if not one.hashes and one.role != "locked"]
    if row.asked and not any(one.name in row.asked for one in wanted):
        return None
    for name in _names(row):
        for one in installation.requirements:
            if one.name == name and (name in pins or one.source == "index"):
                return one
    return None


def _others(row: Broken, installation: Installation, line: Requirement) -> Iterator[Requirement]:
    names = _names(row)
    for one in (*installation.requirements, *installation.constraints):
        if one is not line and one.name in names:
            yield one


def _concerns(row: Broken, installation: Installation, context: InstallContext) -> bool:
    """Whether the code shows what the row is about."""
    if not row.uses:
        return True
    import re

    return bool(context.usage.first(re.compile(row.uses.encode())))


def _newer(one: str, other: str) -> bool:
    from kerlint.knowledge.releases import version_key

    return bool(one and other) and version_key(one) > version_key(other)


def _cure(row: Broken, installation: Installation, verdict: Verdict) -> tuple[str, str]:
    """The first of the row's lines with which everything can be installed and nothing of the row
    is left, and the TensorFlow that then is installed; "" if there is none.
    """
    from kerlint.knowledge.broken import broken, tensorflow_of
    from kerlint.manifests.model import Requirement as Line

    for text in row.cures:
        name = named(text)
        specifier = text[len(name) :]
        first = installation.requirements[0]
        names = _tensorflows(installation) if name == "tensorflow" else [name]
        lines = [Line(one, specifier, text=text, path=first.path, span=first.span) for one in names]
        pins = verdict.with_lines(lines)
        if pins is not None and all(one.id != row.id for one in broken(pins, {})):
            return f"{names[0]}{specifier}", tensorflow_of(pins)
    return "", ""


def named(text: str) -> str:
    """`numpy` of `numpy<2`."""
    return text.split("<")[0].split(">")[0].split("=")[0]


def _tensorflows(installation: Installation) -> list[str]:
    """The distributions of TensorFlow that are asked for; else the first."""
    from kerlint.knowledge.families import ALL_TENSORFLOWS

    found = [one.name for one in installation.requirements if one.name in ALL_TENSORFLOWS]
    return list(dict.fromkeys(found)) or ["tensorflow"]
