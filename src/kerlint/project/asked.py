"""The target that the user names: what `--target` and the setting `target` spell."""

from __future__ import annotations

import re

from kerlint.failures import Failure, suggestion
from kerlint.knowledge.index.places import PYTHONS
from kerlint.knowledge.releases import known
from kerlint.project.axes import AXES, RELEASES
from kerlint.project.specifiers import valid
from kerlint.project.targets import Target, Versions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NamedTuple

    class Asked(NamedTuple):
        """A normalised name (`python`, or one of `AXES`), a specifier, and the text."""

        name: str
        specifier: str
        text: str

else:
    from collections import namedtuple

    Asked = namedtuple("Asked", "name specifier text")

NAMES = (*AXES, "python")

_PLAIN = re.compile(r"\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[\w\s,.-]*\])?\s*([<>=!~][^;@()]*)?\s*")
"""`name[extra]>=1,<2`: a requirement without a marker or an address."""


def split(text: str) -> list[str]:
    """The requirements in one string: `keras==3.15.1, tensorflow>=2.15,<2.17` are two."""
    pieces: list[str] = []
    for piece in text.split(","):
        piece = piece.strip()
        if pieces and (not piece or re.match(r"[<>=!~]", piece)):
            pieces[-1] += f",{piece}"
        else:
            pieces.append(piece)
    return pieces


def parse(text: str) -> list[Asked]:
    """The requirements in one string.

    Raises Failure, naming the nearest right name, for what is none.
    """
    found = []
    for piece in split(text):
        match = _PLAIN.fullmatch(piece)
        specifier = (match[2] or "").strip() if match else ""
        if match is None or not valid(specifier):
            raise Failure(
                f"`{piece}` is no target; write it like `keras==3.15.1`, "
                "`tensorflow>=2.15,<2.17` or `python==3.11`"
            )
        name = re.sub(r"[-_.]+", "-", match[1]).lower()
        if name not in NAMES:
            hint = suggestion(name, NAMES) or "; known are keras, tensorflow, tf-keras and python"
            raise Failure(f"unknown target `{match[1]}`{hint}")
        found.append(Asked(name, specifier, piece))
    return found


def given(texts: Sequence[str]) -> Target:
    """The target that the user names; without any library if only Python is named.

    Raises Failure if it is unknown or no release fits.
    """
    asked = [one for text in texts for one in parse(text)]
    origin = f"asked for: {', '.join(one.text for one in asked)}"
    target = _solved(asked)
    pythons = _pythons([one for one in asked if one.name == "python"])
    if target is None:
        newest = Versions(None, None, None, pythons[-1] if pythons else None)
        return Target(newest, newest._replace(python=pythons[0] if pythons else None), origin)
    return Target(target.newest, target.oldest, origin, target.floor, (), target.details)


def _solved(asked: Sequence[Asked]) -> Target | None:
    """What the requirements admit, as if they were a manifest."""
    from kerlint.diagnostics import Position, Span
    from kerlint.manifests.installations import Installation
    from kerlint.manifests.model import Manifest, PythonRange, Requirement
    from kerlint.project.admitted import admitted
    from kerlint.project.governing import of_pairs

    if all(one.name == "python" for one in asked):
        return None
    path, span = "--target", Span(Position(1, 1), Position(1, 1))
    whole = Installation(path, Manifest(path, "", ""))
    for one in asked:
        if one.name == "python":
            whole.pythons.append(PythonRange(one.specifier, one.text, path, span))
        else:
            whole.requirements.append(
                Requirement(one.name, one.specifier, text=one.text, path=path, span=span)
            )
    found = admitted(whole)
    assert found is not None
    if found.unmet:
        axis = AXES[found.unmet[0].name]
        texts = " and ".join(
            dict.fromkeys(f"`{one.text}`" for one in found.unmet if AXES[one.name] == axis)
        )
        raise _nothing(texts, known(RELEASES[axis])[-1])
    return of_pairs([(whole, found)])


def _pythons(asked: Sequence[Asked]) -> list[str]:
    """Those admitted, ascending; [] where nothing is asked. Raises Failure if there is none."""
    from kerlint.solving.verdicts import covers

    if not asked:
        return []
    found = [one for one in PYTHONS if all(covers(each.specifier, one) for each in asked)]
    if not found:
        raise _nothing(" and ".join(f"`{one.text}`" for one in asked), PYTHONS[-1])
    return found


def _nothing(texts: str, newest: str) -> Failure:
    return Failure(f"no known release fits the target {texts}; the newest is {newest}")
