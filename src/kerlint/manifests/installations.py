"""Which requirements are installed together.

| file | installed together |
| --- | --- |
| requirements and constraints files | the file with all that it includes |
| pyproject, setup.cfg, setup.py, Pipfile | what is always installed; the same with each extra; the same with each group; what the build needs, by itself |
| Dockerfile, workflow, tox, nox, notebook, script | each stage, job, environment, cell, with what it installs by file; each of its commands by itself too |
| lock | what is always installed; the same with each extra; the same with each group; one fork at a time, by its markers |
| conda environment | its packages and those that pip adds |

Nothing is combined that its own tool would not combine: two extras may exclude each other.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kerlint.manifests.model import Include, Manifest, PythonRange, Requirement

    Reader = Callable[[str], Manifest | None]

LOCKS = frozenset(
    {"uv-lock", "poetry-lock", "pdm-lock", "pipfile-lock", "pylock", "conda-lock", "conda-list"}
)
"""Formats that say what was chosen, not what is asked for."""

PROJECTS = frozenset({"pyproject", "setup-cfg", "setup-py"})
"""Formats that describe a project which others may install."""

TOGETHER = ("uv.lock", "pdm.lock", "poetry.lock")
"""Locks of tools that install a project along with its groups."""

RUNTIMES = ("runtime.txt", ".python-version")
"""Files that say with which Python a list in their folder is installed, the stronger first."""

MOST_ABOVE = 2
"""Folders above that of a Dockerfile in which the image may be built."""

MOST_INCLUDED = 50
"""Files that one installation may lead to."""


class Installation:
    """Requirements that one command installs together.

    `label`         for people: `requirements.txt`, `pyproject.toml with extra gpu`
    `kind`          `asked`: in one go; `locked`: the versions are chosen; `steps`: by several
                    commands, of which a later one may replace what an earlier one has installed;
                    `step`: by one of these commands; `pair`: what two files of one project ask
                    for, which nothing installs in one go
    `requirements`  in the order of their files
    `constraints`   bind only what something else requires
    `overrides`     replace what others require
    `pythons`       ranges that all must hold
    `platforms`     as in Manifest; empty: not said
    `manifests`     the files they come from; the first is the one that is judged
    `origin`        the part of the first file, as in Requirement
    `complete`      all that is installed is known: nothing had to be passed over
    """

    __slots__ = (
        "_commands",
        "_followed",
        "complete",
        "constraints",
        "kind",
        "label",
        "manifests",
        "origin",
        "overrides",
        "platforms",
        "pythons",
        "requirements",
    )

    def __init__(self, label: str, manifest: Manifest, origin: str = "", kind: str = "asked"):
        self.label = label
        self.kind = kind
        self.origin = origin
        self.requirements: list[Requirement] = []
        self.constraints: list[Requirement] = []
        self.overrides: list[Requirement] = []
        self.pythons: list[PythonRange] = []
        self.platforms: tuple[str, ...] = ()
        self.manifests: list[Manifest] = [manifest]
        self.complete = True
        self._commands: dict[int, int] = {}
        self._followed: set[tuple[int, bool]] = set()

    def command_of(self, one: Requirement) -> int:
        """The command that asks for it, also where it stands in a file that is included."""
        return self._commands.get(id(one), one.command)

    def asked(self) -> object:
        """What it asks for, without where it says so: alike for two that install the same."""
        return (
            self.kind,
            self.platforms,
            frozenset(one.specifier for one in self.pythons),
            _asked(self.requirements),
            _asked(self.constraints),
            _asked(self.overrides),
        )

    def places(self) -> object:
        """Where it says so."""
        lines = (*self.requirements, *self.constraints, *self.overrides)
        return (
            tuple((one.path, one.span) for one in lines),
            tuple((one.path, one.span) for one in self.pythons),
        )

    def __repr__(self) -> str:
        return f"<Installation {self.label!r} of {len(self.requirements)}>"


def _asked(lines: Sequence[Requirement]) -> tuple[object, ...]:
    return tuple(
        (
            *(one.name, one.specifier, one.extras, one.marker),
            *(one.role, one.source, one.ecosystem, one.options),
        )
        for one in lines
    )


def installations(manifest: Manifest, reader: Reader) -> Iterator[Installation]:
    """What `manifest` installs; `reader(path)` reads the files that it includes, or says None."""
    origins = _origins(manifest)
    kind = "locked" if manifest.format in LOCKS else "asked"
    separate = manifest.format in PROJECTS or manifest.format in ("pipfile", *LOCKS)
    for origin in origins:
        if separate and origin != "" and not _alone(origin):
            parts = ["", *_brought(manifest, origin)]
        else:
            parts = _brought(manifest, origin)
        label = f"{manifest.path} with {origin}" if origin else manifest.path
        found = Installation(label, manifest, origin, kind)
        _fill(found, manifest, parts, reader)
        if found.requirements:
            yield from _steps(found)
    for include in manifest.includes:
        if include.kind == "dockerfile" and include.given:
            yield from _built(manifest, include, reader)


def _built(manifest: Manifest, include: Include, reader: Reader) -> Iterator[Installation]:
    """What an image installs that is built with arguments, where its defaults say otherwise."""
    from kerlint.manifests.dockerfile import read_with

    image = reader(include.path)
    if image is None or image.format != "dockerfile":
        return
    usual = {str(one.asked()) for one in installations(image, reader)}
    for found in installations(read_with(image.path, image.text, include.given), reader):
        if str(found.asked()) not in usual:
            found.label = f"{found.label}, built by {manifest.path}"
            yield found


def _steps(found: Installation) -> Iterator[Installation]:
    """The installation; where several commands make it, each of them as well."""
    commands = {found.command_of(one) for one in found.requirements}
    if len(commands) > 1:
        found.kind = "steps"
        for command in sorted(commands):
            step = Installation(found.label, found.manifests[0], found.origin, "step")
            step.requirements = [
                one for one in found.requirements if found.command_of(one) == command
            ]
            step.constraints = [
                one for one in found.constraints if found.command_of(one) == command
            ]
            step.overrides = found.overrides
            step.pythons = found.pythons
            step.platforms = found.platforms
            step.manifests = found.manifests
            step.complete = found.complete
            yield step
    yield found


def _origins(manifest: Manifest) -> list[str]:
    """The parts of a manifest, what is always installed first."""
    found = {one.origin: None for one in manifest.requirements}
    found.update((one.origin, None) for one in manifest.includes)
    found.update(
        # A branch that only uninstalls something is less than what is around it.
        (origin, None)
        for origin in manifest.brings
        if origin not in manifest.removed
    )
    return sorted(found, key=bool)


def _alone(origin: str) -> bool:
    """Whether the part is installed without the project: what builds it, a hatch or tox one."""
    return origin.split(" ")[0] in ("build", "env", "stage", "job", "cell", "script", "tool")


def may_be_apart(found: Installation, reader: Reader) -> bool:
    """Whether it is a group that may as well be installed without the project, and instead of it:
    no tool is named that always installs both.
    """
    import posixpath

    manifest = found.manifests[0]
    folder = posixpath.dirname(manifest.path)
    return found.origin in manifest.apart and not any(
        reader(posixpath.join(folder, name)) for name in TOGETHER
    )


def _brought(manifest: Manifest, origin: str) -> list[str]:
    """The origin and all that it brings along, cycles or not."""
    found = [origin]
    for one in found:
        found += [other for other in manifest.brings.get(one, ()) if other not in found]
    return found


def _fill(found: Installation, manifest: Manifest, parts: list[str], reader: Reader) -> None:
    """Add what the parts of `manifest` say to `found`, includes followed."""
    seen: set[tuple[str, str]] = set()
    gone: dict[str, set[str]] = {}
    found._followed.add((id(manifest), False))
    for part in parts:
        # What is brought is without what is uninstalled afterwards.
        for other in _brought(manifest, part)[1:]:
            gone.setdefault(other, set()).update(manifest.removed.get(part, ()))
    _add(found, manifest, parts, reader, seen, constraint=False, gone=gone)
    if manifest.format == "requirements" and not found.pythons:
        found.pythons += _beside(manifest.path, reader)
    platforms = {manifest.platforms.get(part, "") for part in parts} - {""}
    found.platforms = tuple(sorted(platforms))


def _beside(path: str, reader: Reader) -> list[PythonRange]:
    """The Python that a list is installed with, where a file beside it says so."""
    import posixpath

    for name in RUNTIMES:
        other = reader(posixpath.join(posixpath.dirname(path), name))
        if other is not None:
            return list(other.pythons)
    return []


def _add(
    found: Installation,
    manifest: Manifest,
    parts: list[str],
    reader: Reader,
    seen: set[tuple[str, str]],
    *,
    constraint: bool,
    command: int = 0,
    without: frozenset[str] = frozenset(),
    gone: dict[str, set[str]] | None = None,
) -> None:
    """`without`: packages that are not installed; `gone`: the same by the part that asks."""
    wanted = frozenset(parts)
    gone = gone or {}
    if manifest not in found.manifests:
        found.manifests.append(manifest)
    for one in manifest.requirements:
        if one.origin not in wanted or one.name in without or one.name in gone.get(one.origin, ()):
            continue
        if command:
            found._commands[id(one)] = command
        if not one.known or not one.name:
            found.complete = False
        elif constraint or one.role == "constraint":
            found.constraints.append(one)
        elif one.role == "override":
            found.overrides.append(one)
        else:
            found.requirements.append(one)
    found.pythons += [one for one in manifest.pythons if one.origin in wanted]
    if manifest.unread:
        found.complete = False
    for include in manifest.includes:
        if include.origin in wanted:
            paths = [include.path]
            if manifest.format == "dockerfile":
                paths += _in_contexts(manifest.path, include.path)
            left = without.union(include.without, gone.get(include.origin, ()))
            number = command or include.command
            _follow(found, include, paths, reader, seen, constraint, number, left)


def _follow(
    found: Installation,
    include: Include,
    paths: Sequence[str],
    reader: Reader,
    seen: set[tuple[str, str]],
    constraint: bool,
    command: int,
    without: frozenset[str],
) -> None:
    """Add what an included file says: the first of `paths` that is there."""
    if include.kind in ("lock", "workspace"):
        return
    constraint = constraint or include.kind == "constraints"
    key = (include.path, "constraint" if constraint else "")
    if key in seen:
        return
    seen.add(key)
    inner = None
    if len(seen) < MOST_INCLUDED:
        look_up = _project if include.kind == "project" else _file
        inner = next(filter(None, (look_up(path, reader) for path in paths)), None)
    if inner is None:
        found.complete = False
        return
    if include.kind != "project":
        if (id(inner), constraint) in found._followed:
            return  # by another path, which links make
        found._followed.add((id(inner), constraint))
    named = (
        *(f"extra {one}" for one in include.extras),
        *(f"group {one}" for one in include.groups),
    )
    parts = [part for one in named for part in _brought(inner, one)]
    _add(
        found,
        inner,
        ["", *parts],
        reader,
        seen,
        constraint=constraint,
        command=command,
        without=without,
    )


def _in_contexts(image: str, path: str) -> Iterator[str]:
    """Where a file that an image is made of may lie besides: in the next folders above, as
    `docker build -f docker/Dockerfile .` has it.
    """
    import posixpath

    folder = posixpath.dirname(image)
    inner = posixpath.relpath(path, folder or ".")
    if not inner.startswith("../"):
        for steps in range(1, MOST_ABOVE + 1):
            yield posixpath.normpath(posixpath.join(folder, "../" * steps, inner))


def _file(path: str, reader: Reader) -> Manifest | None:
    return reader(path)


def _project(path: str, reader: Reader) -> Manifest | None:
    """The manifest of a project folder that is installed: the first of its files that asks."""
    import os

    for name in ("pyproject.toml", "setup.cfg", "setup.py"):
        inner = reader(os.path.join(path, name))
        if inner is not None and any(one.origin == "" for one in inner.requirements):
            return inner
    return None


def joined(first: Installation, second: Installation) -> Installation:
    """What two files of one project ask for, as if it were installed in one step."""
    found = Installation(
        f"{first.label} and {second.label}", first.manifests[0], first.origin, "pair"
    )
    found.manifests = [*first.manifests, *second.manifests]
    for one in (first, second):
        found.requirements += one.requirements
        found.constraints += one.constraints
        found.overrides += one.overrides
        found.pythons += one.pythons
        found.complete = found.complete and one.complete
    found.platforms = first.platforms or second.platforms
    return found
