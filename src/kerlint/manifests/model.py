"""What manifests say: requirements with their places. Nothing here knows of Keras."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from kerlint.diagnostics import Span

    Role = Literal["requirement", "constraint", "override", "locked"]
    Source = Literal["index", "url", "vcs", "path"]


class Requirement:
    """One distribution that a manifest asks for, and where it says so.

    `name`       normalised (PEP 503); "" where it is not known (a path, an address)
    `specifier`  PEP 440 text; "" for any version. Poetry's and conda's own forms are translated
    `extras`     normalised, sorted
    `marker`     PEP 508 environment marker; "" for always. Poetry's `python`, tox's factors and the
                 like become markers where they can
    `role`       `requirement`; `constraint` (binds only what something else requires); `override`
                 (replaces what others require); `locked` (a pin of a lock file)
    `origin`     the part of the manifest it belongs to: "" for what is always installed,
                 `extra gpu`, `group dev`, `build`, `stage final`, `job test`, `cell 3`, `env py311`
    `source`     `index`, or where else the distribution comes from: then its version is only known
                 if `specifier` says so
    `ecosystem`  `pypi` or `conda`
    `known`      False: there is a requirement, but not all of it can be known without running code
    `text`       as written, on one line, secrets masked
    `path`, `span`  of the requirement in its file
    `hashes`     it is installed only as the very file with one of these hashes
    `command`    0 for what is installed in one go. Else the number of the command that asks for it:
                 commands of one origin run one after the other in one environment, each solves
                 what it is told, and a later one may replace what an earlier one has installed
    `options`    how that command looks at it: `no-deps` (what it requires is not installed, or
                 the project says what it requires), `pre`
                 (pre-releases count), `other-index` (releases may come from another place than
                 the public index, so that any version may exist)
    """

    __slots__ = (
        "command",
        "ecosystem",
        "extras",
        "hashes",
        "known",
        "marker",
        "name",
        "options",
        "origin",
        "path",
        "role",
        "source",
        "span",
        "specifier",
        "text",
    )

    def __init__(
        self,
        name: str,
        specifier: str,
        *,
        text: str,
        path: str,
        span: Span,
        extras: tuple[str, ...] = (),
        marker: str = "",
        role: Role = "requirement",
        origin: str = "",
        source: Source = "index",
        ecosystem: str = "pypi",
        known: bool = True,
        hashes: tuple[str, ...] = (),
        command: int = 0,
        options: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.specifier = specifier
        self.text = text
        self.path = path
        self.span = span
        self.extras = extras
        self.marker = marker
        self.role: Role = role
        self.origin = origin
        self.source: Source = source
        self.ecosystem = ecosystem
        self.known = known
        self.hashes = hashes
        self.command = command
        self.options = options

    @property
    def line(self) -> int:
        """1-based."""
        return self.span.start.line

    @property
    def column(self) -> int:
        """1-based, in Unicode characters."""
        return self.span.start.column

    @property
    def cell(self) -> int | None:
        """The 0-based index of the notebook cell that it stands in, or None."""
        if not self.path.endswith(".ipynb") or not self.origin.startswith("cell "):
            return None
        number = self.origin.split()[1].rstrip(",")
        return int(number) if number.isdigit() else None

    def __repr__(self) -> str:
        return f"<Requirement {self.text!r} {self.path}:{self.line}:{self.column}>"


class PythonRange:
    """Which Pythons a manifest speaks of.

    `specifier`  PEP 440 text, e.g. `>=3.9,<3.13`, or `==3.11.*` for an image or a CI job
    `origin`     as in `Requirement`
    `text`       as written
    """

    __slots__ = ("origin", "path", "span", "specifier", "text")

    def __init__(self, specifier: str, text: str, path: str, span: Span, origin: str = "") -> None:
        self.specifier = specifier
        self.text = text
        self.path = path
        self.span = span
        self.origin = origin


class Include:
    """Another file that belongs to this one: `-r base.txt`, `-c pins.txt`, `-e .`.

    `kind`  `requirements`, `constraints`, `project` (a folder that is installed), `lock`,
            `dockerfile` (an image that is built, `groups` with the stage), `workspace` (members of a workspace, by a pattern; nothing is installed by that)
    `path`  of the file or folder, as the reports print it
    `extras`, `groups`  those of a project that are asked for, as written: `.[gpu]`, `--group dev`
    `command`  as in `Requirement`
    `given`  arguments of the build of an image, by name
    `without`  packages that are not installed as it says: `poetry add keras@3` writes another
               version into the project, or they were uninstalled afterwards
    """

    __slots__ = (
        *("command", "extras", "given", "groups", "kind", "origin", "path", "span", "without"),
    )

    def __init__(
        self,
        kind: str,
        path: str,
        span: Span,
        origin: str = "",
        extras: tuple[str, ...] = (),
        groups: tuple[str, ...] = (),
        command: int = 0,
        without: tuple[str, ...] = (),
        given: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self.given = given
        self.kind = kind
        self.path = path
        self.span = span
        self.origin = origin
        self.extras = extras
        self.groups = groups
        self.command = command
        self.without = without


class Problem:
    """Something that the manifest's own tool would refuse, or that cannot be read."""

    __slots__ = ("message", "span")

    def __init__(self, message: str, span: Span) -> None:
        self.message = message
        self.span = span


class Manifest:
    """All facts of one file.

    `format`        name of the reader, e.g. `requirements`, `pyproject`, `uv-lock`
    `name`          normalised name of the project that the manifest describes, or ""
    `requirements`  in the order of the text
    `pythons`       Pythons that it admits or runs on, by origin
    `platforms`     `linux`, `macos`, `windows` by origin, where the manifest says so; else empty.
                    With the processor where it says that, too: `macos-arm64`, `macos-x86_64`,
                    `linux-aarch64`
    `includes`      other files
    `brings`        origins that bring others along (PEP 735 `include-group`,
                    `all = ["mine[gpu]"]`): by the origin that brings, those that it brings
    `apart`         groups that may be installed without the project, unless a lock says that its
                    tool installs both together
    `removed`       by origin, packages that its commands uninstall: what it brings is without them
    `unread`        places that may hold requirements that cannot be known without running code
    `indexes`       places besides PyPI where its packages are looked for (`--extra-index-url`,
                    `--find-links`, conda channels ...), secrets masked
    """

    __slots__ = (
        "apart",
        "brings",
        "format",
        "includes",
        "indexes",
        "name",
        "path",
        "platforms",
        "problems",
        "pythons",
        "removed",
        "requirements",
        "text",
        "unread",
    )

    def __init__(
        self,
        path: str,
        text: str,
        format: str,
        *,
        name: str = "",
        requirements: Sequence[Requirement] = (),
        pythons: Sequence[PythonRange] = (),
        platforms: dict[str, str] | None = None,
        includes: Sequence[Include] = (),
        brings: dict[str, tuple[str, ...]] | None = None,
        problems: Sequence[Problem] = (),
        unread: Sequence[Span] = (),
        indexes: Sequence[str] = (),
        apart: frozenset[str] = frozenset(),
        removed: dict[str, set[str]] | None = None,
    ) -> None:
        self.path = path
        self.text = text
        self.format = format
        self.name = name
        self.requirements = requirements
        self.pythons = pythons
        self.platforms = platforms or {}
        self.includes = includes
        self.brings = brings or {}
        self.problems = problems
        self.unread = unread
        self.indexes = indexes
        self.apart = apart
        self.removed = removed or {}
