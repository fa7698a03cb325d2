"""What `Api` answers with: plain, immutable values."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, NamedTuple

    Kind = Literal["module", "class", "function", "constant"]
    ParameterKind = Literal[
        "positional-only", "positional", "keyword", "var-positional", "var-keyword"
    ]

    class Found(NamedTuple):
        """Whether a name is there.

        `exists`          None: not a known root, its version is unknown, or the container may
                          hold names that cannot be seen
        `missing`         the shortest prefix that does not exist, "" if the name exists
        `container`       the last prefix that exists; for a name that exists, what holds it
        `container_kind`  the kind of `container`, "" where it is unknown
        `reachable`       False: the name can be imported, but the attribute chain as written
                          fails for want of an import; then `container` is the last prefix that
                          can be reached
        """

        exists: bool | None
        missing: str
        container: str
        container_kind: str
        reachable: bool

    class Parameter(NamedTuple):
        """One parameter; `required`: it has no default."""

        name: str
        kind: ParameterKind
        required: bool

    class Signature(NamedTuple):
        """The parameters of a callable, without `self`.

        `open`: it takes keywords that are not listed, and is not known to refuse them.
        """

        parameters: tuple[Parameter, ...]
        open: bool

    class History(NamedTuple):
        """When something existed.

        `axis`       the distribution whose releases are meant: keras, tensorflow, tf-keras
        `intervals`  first and last release of each stretch, ascending
        `kind`       what it was last: a `Kind`, or for members method, property, attribute,
                     for parameters "parameter"
        """

        axis: str
        intervals: tuple[tuple[str, str], ...]
        kind: str

else:
    from collections import namedtuple

    Found = namedtuple("Found", "exists missing container container_kind reachable")
    Parameter = namedtuple("Parameter", "name kind required")
    Signature = namedtuple("Signature", "parameters open")
    History = namedtuple("History", "axis intervals kind")
