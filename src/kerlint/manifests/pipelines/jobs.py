"""A job of any service: what it runs on, which commands it runs, which variables it sets."""

from __future__ import annotations

from kerlint.manifests import yaml_nodes
from kerlint.manifests.shell_values import HOLE
from kerlint.manifests.yaml_scripts import script_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from kerlint.diagnostics import Span
    from kerlint.manifests.drafts import Draft
    from kerlint.manifests.scripts import Script

    Fill = Callable[[str], str]
    """Puts values in the place of a service's own expressions, and a `HOLE` for unknown ones."""

MOST = 256
"""Runs of one job that are looked at."""


class Given:
    """An environment variable that is set by an entry of the file, not by a command.

    `value`  None if it is not known
    """

    __slots__ = ("name", "span", "value")

    def __init__(self, name: str, value: str | None, span: Span) -> None:
        self.name = name
        self.value = value
        self.span = span


class Step:
    """Commands that one shell runs.

    `script`   with the values of this run filled in
    `folder`   where they run, from the root of the repository on; None if that is not known
    `maybe`    where in the file it stands under what condition they run; -1: they run
    `posix`    whether a shell like bash reads them; None if that is not known
    `given`    variables that are set for them alone
    """

    __slots__ = ("folder", "given", "maybe", "posix", "script")

    def __init__(
        self,
        script: Script,
        *,
        folder: str | None = "",
        maybe: int = -1,
        posix: bool | None = True,
        given: Sequence[Given] = (),
    ) -> None:
        self.script = script
        self.folder = folder
        self.maybe = maybe
        self.posix = posix
        self.given = given


class Job:
    """One run of a job: its steps share an environment.

    `origin`    as in `Requirement`
    `platform`  as in `Manifest`; "" where it is not said
    `image`     name of a container image, its place, and how it is written; None without one
    `pythons`   Pythons that it sets up, as written, with their places
    `given`     variables that hold for all steps, in the order in which they are set
    `known`     further variables whose value is known, such as the service's own
    """

    __slots__ = ("given", "image", "known", "origin", "platform", "pythons", "steps")

    def __init__(self, origin: str, platform: str = "") -> None:
        self.origin = origin
        self.platform = platform
        self.image: tuple[str, Span, str] | None = None
        self.pythons: list[tuple[str, Span]] = []
        self.given: list[Given] = []
        self.known: dict[str, str] = {}
        self.steps: list[Step] = []

    def take_image(self, draft: Draft, node: Any, fill: Fill | None = None) -> None:
        """The image that a scalar names, or a mapping with a `name` or an `image`."""
        for key in ("name", "image"):
            if yaml_nodes.is_mapping(node):
                node = yaml_nodes.get(node, key) or node
        text = yaml_nodes.scalar(node)
        if text:
            written = " ".join(text.split())
            given = fill(written) if fill else written
            self.image = given, yaml_nodes.span_of(node, draft.places), written

    def take_python(self, draft: Draft, node: Any, fill: Fill | None = None) -> None:
        """The Python that a scalar names."""
        text = yaml_nodes.scalar(node)
        if text and "\n" not in text.strip():
            given = fill(text) if fill else text
            self.pythons.append((given, yaml_nodes.span_of(node, draft.places)))


def named(name: str, values: Sequence[str] = ()) -> str:
    """The origin of one run: `job test (3.9, jax)`."""
    shown = ", ".join(text for text in values if text and len(text) <= 60 and "\n" not in text)
    return f"job {name} ({shown})" if shown else f"job {name}"


def given_by(draft: Draft, node: Any, fill: Fill | None = None) -> list[Given]:
    """The variables of a mapping of names and values."""
    found = []
    for name, key, value in yaml_nodes.items(node):
        text = yaml_nodes.scalar(value)
        if text is not None:
            found.append(given_as(draft, name, value if text else key, text, fill, value))
    return found


def given_as(
    draft: Draft, name: str, place: Any, text: str, fill: Fill | None = None, node: Any = None
) -> Given:
    """A variable whose value stands at the node `place`.

    `node`  of the value, where it may be one of YAML's truth values: how a service writes these
            as text is not asked
    """
    text = fill(text) if fill else text
    unknown = HOLE in text or "$" in text or (node is not None and yaml_nodes.is_bool(node))
    return Given(name, None if unknown else text, yaml_nodes.span_of(place, draft.places))


def texts(given: Sequence[Given]) -> dict[str, str]:
    """By name, the last value of each variable; a `HOLE` for unknown ones."""
    return {one.name: HOLE if one.value is None else one.value for one in given}


def lines_of(draft: Draft, node: Any) -> Iterator[Script]:
    """The commands of a scalar or of a list of scalars, lists in lists included."""
    if yaml_nodes.scalar(node) is not None:
        yield script_of(node, draft.places)
    for one in yaml_nodes.elements(node):
        yield from lines_of(draft, one)
