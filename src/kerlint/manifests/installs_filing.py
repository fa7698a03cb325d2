"""What one command of an installer asks for, put into the draft of a manifest."""

from __future__ import annotations

import posixpath
import re

from kerlint.manifests.pep508 import normal
from kerlint.manifests.requested import asked
from kerlint.manifests.secrets import masked
from kerlint.manifests.shell_values import HOLE
from kerlint.manifests.specifiers import of_conda, of_poetry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from kerlint.diagnostics import Span
    from kerlint.manifests.drafts import Draft
    from kerlint.manifests.installer_options import Argument
    from kerlint.manifests.installers import Order
    from kerlint.manifests.scripts import Script

MOST = 1000
"""Packages of one command that are looked at."""


class Filing:
    """Puts what one command asks for into a draft.

    `folder`   where the command runs; None if that is not known
    `origin`   as in `Requirement`
    `whole`, `program`  the command and its first word: offsets in the script
    `locate`, `strict`  as in `Installs`
    """

    def __init__(
        self,
        draft: Draft,
        order: Order,
        script: Script,
        *,
        folder: str | None,
        origin: str,
        whole: tuple[int, int],
        program: tuple[int, int],
        locate: Callable[[str], str | None],
        strict: bool,
    ) -> None:
        self.draft = draft
        self.order = order
        self.script = script
        self.folder = folder
        self.origin = origin
        self.whole = whole
        self.program = program
        self.locate = locate
        self.strict = strict
        draft.commands += 1
        self.number = draft.commands

    def add(self) -> None:
        order = self.order
        if order.python is not None:
            self._python(order.python)
        elif order.version:
            span = self._between(*self.program)
            self.draft.python(f"=={order.version}.*", f"python{order.version}", span, self.origin)
        for one in order.packages[:MOST]:
            self._package(one)
        written = self.draft.written.setdefault(self.origin.partition(",")[0], set())
        if order.writes:
            written.update(asked(_of_poetry(one.text)).name for one in order.packages[:MOST])
        for one in order.editables:
            self._package(one)
        for one in order.files:
            self._file("requirements", one)
        for one in order.constraints:
            self._file("constraints", one)
        extras = tuple(one.text for one in order.extras if HOLE not in one.text)
        extras = tuple(part for one in extras for part in re.split(r"[ ,]+", one) if part)
        groups = tuple(
            part for one in order.groups if HOLE not in one.text for part in one.text.split(",")
        )
        if order.project:
            self._project(extras, groups, tuple(sorted(written - {""})))
        elif groups:
            where = self._path("pyproject.toml")
            if where is not None:
                self.draft.include(
                    "groups",
                    posixpath.dirname(where) or ".",
                    self._span(order.groups[0]),
                    self.origin,
                    groups=groups,
                    command=self.number,
                )

    def _project(
        self, extras: tuple[str, ...], groups: tuple[str, ...], without: tuple[str, ...]
    ) -> None:
        where = self._path(".")
        if where is None:
            file = self._path("pyproject.toml")
            where = None if file is None else posixpath.dirname(file) or "."
        if where is not None:
            span = self._between(*self.whole)
            self.draft.include(
                "project",
                where,
                span,
                self.origin,
                extras=extras,
                groups=groups,
                command=self.number,
                without=without,
            )

    def _written(self, one: Argument) -> str:
        """What stands in the file."""
        return self.draft.text[self.script.start(one.start) : self.script.end(one.end)]

    def _text(self, one: Argument) -> str:
        """As written, on one line."""
        raw = self._written(one) if HOLE in one.raw else one.raw
        text = " ".join(raw.replace("\\\n", " ").split())
        return masked(text if len(text) <= 200 else f"{text[:197]}...")

    def _span(self, one: Argument) -> Span:
        return self._between(one.start, one.end)

    def _between(self, start: int, end: int) -> Span:
        return self.draft.places.span(self.script.start(start), self.script.end(end))

    def _path(self, text: str) -> str | None:
        if "://" in text or _UNKNOWN.search(text) or self.folder is None:
            return None
        path = joined(self.folder, text)
        return None if path is None else self.locate(path)

    def _file(self, kind: str, one: Argument) -> None:
        where = self._path(one.text)
        if where is None or "no-deps" in self.order.options:
            self.draft.skip(self._span(one))
        else:
            self.draft.include(kind, where, self._span(one), self.origin, command=self.number)

    def _python(self, one: Argument) -> None:
        found = re.fullmatch(r"(?:python|cpython-?)?(\d+\.\d+)(?:\.\d+)?", one.text)
        if found:
            self.draft.python(f"=={found[1]}.*", one.text, self._span(one), self.origin)

    def _package(self, one: Argument) -> None:
        if self.order.tool == "conda":
            self._conda(one)
            return
        text = _of_poetry(one.text) if self.order.tool == "poetry" else one.text
        found = asked(text)
        span = self._span(one)
        if found.kind == "unread":
            self.draft.skip(span)
        elif found.kind == "invalid":
            if re.search(r"[${]", self._written(one)):
                self.draft.skip(span)  # wrong with the value that is known, which may be another
            elif self.strict:
                self.draft.problem(f"`{self._text(one)}` {masked(found.name)}", span)
        elif found.kind == "path":
            where = self._path(found.name)
            if where is None or "no-deps" in self.order.options:
                self.draft.skip(span)
            else:
                self.draft.include(
                    "project", where, span, self.origin, extras=found.extras, command=self.number
                )
        else:
            self.draft.add(
                found.name,
                found.specifier,
                self._text(one),
                span,
                extras=found.extras,
                marker=found.marker,
                origin=self.origin,
                source=found.source,
                known=found.known,
                command=self.number,
                options=tuple(dict.fromkeys(self.order.options)),
            )

    def _conda(self, one: Argument) -> None:
        """A match specification: `channel::name=version=build`."""
        span = self._span(one)
        found = _MATCH.fullmatch(one.text)
        if found is None or HOLE in found["name"]:
            self.draft.skip(span)
            return
        name = found["name"].lower()
        specifier = _of_match(found["version"] or "")
        if name == "python":
            if specifier:
                self.draft.python(specifier, one.text, span, self.origin)
            return
        self.draft.add(
            normal(name),
            specifier or "",
            self._text(one),
            span,
            origin=self.origin,
            ecosystem="conda",
            known=specifier is not None,
            command=self.number,
            options=tuple(dict.fromkeys(self.order.options)),
        )


_UNKNOWN = re.compile(r"[\0{}<>*?]|^~")
"""What is not known in a path."""

_MATCH = re.compile(
    r"(?:[\w./:-]+::)?(?P<name>[A-Za-z0-9_][\w.\0-]*?)\s*(?P<version>(?:[=<>!~]|\s+\d).*)?"
)


def _of_match(text: str) -> str | None:
    """The version of a match specification (`=2.4`, `==2.4=build`, `>=2,<3`) as PEP 440 has it."""
    if HOLE in text:
        return None
    version, equals, build = text.strip().rpartition("=")
    if equals and re.fullmatch(r"=?=\s*\d[\w.*]*", version):
        return of_conda(version, build=build != "*")
    return of_conda(text)


def _of_poetry(text: str) -> str:
    """`keras@^2.15` as PEP 508 has it."""
    found = re.fullmatch(r"([\w.-]+)(\[[^\]]*\])?@([~^<>=!\d*][^\s]*|latest)", text)
    if found is None:
        return text
    specifier = "" if found[3] == "latest" else of_poetry(found[3])
    return f"{found[1]}{found[2] or ''}{f'=={HOLE}' if specifier is None else specifier}"


def joined(folder: str | None, path: str) -> str | None:
    """The path of what a command names that runs in `folder`; None if it is not known."""
    if folder is None or HOLE in path or path.startswith("~") or path == "-":
        return None
    return posixpath.normpath(posixpath.join(folder, path.replace("\\", "/")))
