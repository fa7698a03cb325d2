"""What a rule is.

A rule takes facts and knowledge and yields diagnostics. It reads no file, prints nothing, and
touches no tree that another rule touches. Its docstring is its page: the first line says what it
finds; the sections `## What it does`, `## Why is this bad?`, `## Example`, `## Use instead` and
`## References` follow. The first Python block under `## Example` must fire, the one under
`## Use instead` must stay silent: both run as tests, for the target in `example_target`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, ClassVar

    from kerlint.diagnostics import Diagnostic, Fix, Related, Severity
    from kerlint.knowledge.api import Api
    from kerlint.manifests.installations import Installation
    from kerlint.manifests.model import Manifest
    from kerlint.manifests.settings import SettingsFile
    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations
    from kerlint.project.import_roots import ImportRoot
    from kerlint.project.modules import Project
    from kerlint.project.targets import Target
    from kerlint.rules.installing import InstallContext
    from kerlint.source.facts import Module
    from kerlint.source.suspect import Suspect


class Trigger:
    """What a file must show, by its bytes, before the rule can fire. Over-approximates.

    `words`      any of these byte strings occurs in the file
    `variables`  any of these environment variables may be written, and is not only read
    `names`      any of these full names, or a name below it, is imported or used
    `also`       with `names`: any of these byte strings occurs as well, and not only in prose
    `together`   all of these full names, or names below them, are
    `missing`    some name of a known root is not in the target's inventory
    `arguments`  some call of a known callable has a keyword that the target does not accept
    `members`    some attribute is written that a class of an earlier or other Keras had
    `newer`      one of the last three is so at the oldest versions that the requirements bound
    `libraries`  objects of two Keras libraries can be made
    """

    __slots__ = (
        "also",
        "arguments",
        "libraries",
        "members",
        "missing",
        "names",
        "newer",
        "together",
        "variables",
        "words",
    )

    def __init__(
        self,
        *,
        words: tuple[bytes, ...] = (),
        variables: tuple[bytes, ...] = (),
        names: tuple[str, ...] = (),
        also: tuple[bytes, ...] = (),
        together: tuple[str, ...] = (),
        missing: bool = False,
        arguments: bool = False,
        members: bool = False,
        newer: bool = False,
        libraries: bool = False,
    ) -> None:
        self.libraries = libraries
        self.words = words
        self.variables = variables
        self.names = names
        self.also = also
        self.together = together
        self.missing = missing
        self.arguments = arguments
        self.members = members
        self.newer = newer

    def asks_index(self) -> bool:
        """Whether more than words is looked for."""
        if self.names or self.together or self.libraries:
            return True
        return self.missing or self.arguments or self.members or self.newer


class Context:
    """What a rule may ask besides the module's facts.

    `api`      what exists at the newest versions that the target admits
    `oldest`   what exists at the oldest, where the requirements set a lower bound; else None
    `target`   the versions the project must work with
    `project`  the other files of the project, read on demand; None where there are none (code
               from standard input, examples)
    """

    __slots__ = ("_cache", "api", "oldest", "project", "target")

    def __init__(
        self,
        api: Api,
        target: Target,
        project: Project | None = None,
        oldest: Api | None = None,
    ) -> None:
        self.api = api
        self.oldest = oldest
        self.target = target
        self.project = project
        self._cache: dict[str, Any] = {}

    def shared(self, key: str, make: Any) -> Any:
        """A value that several rules of one file share; `make()` is called once."""
        if key not in self._cache:
            self._cache[key] = make()
        return self._cache[key]

    def forget(self) -> None:
        """Let go of what was shared: it may hold the file's whole tree, and itself."""
        for value in self._cache.values():
            if hasattr(value, "forget"):
                value.forget()
        self._cache.clear()


class Rule:
    """One rule. Subclasses set the class variables and write one or more of the `check` methods.

    `errors`  what users see when the fault strikes: messages of Python, Keras or TensorFlow, word
              for word but for `...`; the index of the documentation finds the rule by them
    `since`   the version of kerlint that had the rule first
    `by_target`  what it finds is a fault in some versions only: `newest` or `oldest` of those that
                 the project admits; "" for what is wrong in all
    `spares_keras`  whether the sources of Keras and TensorFlow themselves are left alone
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity] = "error"
    trigger: ClassVar[Trigger]
    example_target: ClassVar[str] = "keras==3.15.1, tensorflow==2.21.0"
    errors: ClassVar[tuple[str, ...]] = ()
    since: ClassVar[str] = "0.1.0"
    by_target: ClassVar[str] = ""
    spares_keras: ClassVar[bool] = False

    def applies(self, path: str, data: bytes) -> bool:
        """Whether the rule has a say in the file at `path` (as the user wrote it) at all.

        Not asked of a file that it spares.
        """
        return True

    def suspects(self, suspect: Suspect) -> bool:
        """Whether the calls of a file, as the gate sees them, may lead to a finding.

        Asked where the trigger's conditions on names hold. May be true too often.
        """
        return True

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """Yield what is wrong in `module`. A new Context is made for every file."""
        yield from ()

    def check_settings(self, file: SettingsFile, context: Context) -> Iterator[Diagnostic]:
        """Yield what is wrong in a file that sets environment variables or configures Keras."""
        yield from ()

    def check_root(self, root: ImportRoot, context: Context) -> Iterator[Diagnostic]:
        """Yield what is wrong with the modules that lie where Python looks first."""
        yield from ()

    def check_manifest(self, manifest: Manifest, context: InstallContext) -> Iterator[Diagnostic]:
        """Yield what is wrong with single lines of a file that asks for packages."""
        yield from ()

    def check_installation(
        self, installation: Installation, context: InstallContext
    ) -> Iterator[Diagnostic]:
        """Yield what is wrong with packages that are installed together."""
        yield from ()

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield what is wrong with an environment that the probe has observed."""
        yield from ()

    def diagnostic(
        self,
        module: Module,
        first: Any,
        last: Any = None,
        *,
        message: str,
        help: str = "",
        label: str = "",
        severity: Severity | None = None,
        qualified_name: str | None = None,
        related: tuple[Related, ...] = (),
        fix: Fix | None = None,
    ) -> Diagnostic:
        """A diagnostic of this rule from the Name node `first` to the Name node `last`."""
        from kerlint.diagnostics import Diagnostic

        return Diagnostic(
            code=self.code,
            name=self.name,
            severity=severity or self.severity,
            message=message,
            path=module.path,
            span=module.span(first, last),
            help=help,
            label=label,
            qualified_name=qualified_name,
            related=related,
            fix=fix,
        )
