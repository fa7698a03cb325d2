"""The steps of a job or of a composite action: what they set up and install."""

from __future__ import annotations

import posixpath
import re

from kerlint.manifests import pythons, yaml_nodes
from kerlint.manifests.github_expressions import EXPRESSION, filled, holds, value_of
from kerlint.manifests.installs import Installs, may_install
from kerlint.manifests.scripts import Script
from kerlint.manifests.shell_values import HOLE
from kerlint.manifests.yaml_scripts import script_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from kerlint.manifests.drafts import Draft

_OTHER_SHELLS = frozenset({"pwsh", "powershell", "cmd"})
_SHELLS = frozenset({"bash", "sh", "pwsh", "powershell", "cmd", "zsh"})
_CONDA = re.compile(
    r"(?:conda-incubator/setup-miniconda|mamba-org/(?:setup-micromamba|provision-with-micromamba))"
)
_PYTHON = re.compile(
    r"(?:actions/setup-python|astral-sh/setup-uv|MatteoH2O1999/setup-python|deadsnakes/action)@"
)


def asked_for(steps: Any) -> Iterator[str]:
    """The texts of steps on which depends what they install."""
    for step in yaml_nodes.elements(steps):
        run = yaml_nodes.scalar(yaml_nodes.get(step, "run"))
        if run is not None and not may_install(run):
            continue
        nodes = [yaml_nodes.get(step, key) for key in ("run", "if", "working-directory", "shell")]
        nodes += [
            value
            for key in ("env", "with")
            for _, _, value in yaml_nodes.items(yaml_nodes.get(step, key))
        ]
        for node in nodes:
            yield yaml_nodes.scalar(node) or ""


class Steps:
    """Reads the steps of one run.

    `known`      values of expressions, as in `value_of`
    `locate`     from a path in the checked out repository to that in the reports
    `folder`     where commands run, unless a step says otherwise
    `variables`  those of the environment
    `begins`     called before the first requirement is added
    """

    def __init__(
        self,
        draft: Draft,
        origin: str,
        known: dict[str, str],
        locate: Callable[[str], str | None],
    ) -> None:
        self.draft = draft
        self.origin = origin
        self.known = known
        self.folder = ""
        self.platform = ""
        self.variables: dict[str, str] = {}
        self.begins: Callable[[], None] | None = None
        self._outside = locate
        self._checkouts: list[tuple[str, bool]] = []
        self._installs = Installs(draft, origin=origin, locate=self._locate)

    def _locate(self, path: str) -> str | None:
        for folder, own in self._checkouts:
            if path == folder or path.startswith(f"{folder}/"):
                return self._outside(path[len(folder) + 1 :] or ".") if own else None
        return self._outside(path)

    def read(self, node: Any) -> None:
        """Add what the steps of a sequence do, in their order."""
        before = len(self.draft.requirements), len(self.draft.includes), len(self.draft.pythons)
        if self.begins is not None:
            self.begins()
        for step in yaml_nodes.elements(node):
            self._step(step)
        after = len(self.draft.requirements), len(self.draft.includes), len(self.draft.pythons)
        if before != after and self.platform:
            self.draft.platforms[self.origin] = self.platform

    def _step(self, step: Any) -> None:
        condition = yaml_nodes.scalar(yaml_nodes.get(step, "if"))
        runs = True if condition is None else holds(condition, self.known)
        if runs is False:
            return
        maybe = -1 if runs else yaml_nodes.offset_of(step, self.draft.places)
        uses = yaml_nodes.scalar(yaml_nodes.get(step, "uses")) or ""
        with_ = yaml_nodes.get(step, "with")
        if uses.startswith("actions/checkout@"):
            self._checkout(with_)
        elif _PYTHON.match(uses):
            self._python(yaml_nodes.get(with_, "python-version"))
        elif _CONDA.match(uses):
            self._conda(with_)
        run = yaml_nodes.get(step, "run")
        if yaml_nodes.scalar(run) is None:
            return
        shell = (yaml_nodes.scalar(yaml_nodes.get(step, "shell")) or "bash").split() or ["bash"]
        if shell[0].removesuffix(".exe") not in _SHELLS:
            return
        named = yaml_nodes.get(step, "shell") is not None
        self._installs.posix = shell[0] in ("bash", "sh") and (named or self._is_posix())
        # What other shells take for words of their own must not be told as what pip would refuse.
        others = shell[0] in _OTHER_SHELLS or (not named and self.platform == "windows")
        self._installs.strict = not others
        self._run(step, script_of(run, self.draft.places), maybe)

    def _is_posix(self) -> bool:
        """Whether a step without a shell of its own gets one like bash."""
        return self.platform[:5] in ("linux", "macos") and "defaults:" not in self.draft.text

    def _run(self, step: Any, script: Script, maybe: int) -> None:
        own = {
            name: filled(text, self.known)
            for name, _, value in yaml_nodes.items(yaml_nodes.get(step, "env"))
            if (text := yaml_nodes.scalar(value)) is not None
        }
        known = {**self.known, **{f"env.{name}": text for name, text in own.items()}}

        def fill(found: re.Match[str]) -> str:
            value = value_of(found[1], known)
            return HOLE if value is None else value

        folder = yaml_nodes.scalar(yaml_nodes.get(step, "working-directory"))
        given = filled(folder, known) if folder is not None else self.folder
        self._installs.folder = None if HOLE in given else posixpath.normpath(given or ".")
        self._installs.variables = {**self.variables, **own}
        if "${{" in script.text:
            script = script.filled(EXPRESSION, fill)
        self._installs.read(script, maybe)

    def _checkout(self, with_: Any) -> None:
        path = yaml_nodes.scalar(yaml_nodes.get(with_, "path"))
        if path:
            other = yaml_nodes.get(with_, "repository")
            self._checkouts.append((posixpath.normpath(path), other is None))

    def _python(self, node: Any) -> None:
        text = yaml_nodes.scalar(node)
        if text is None or "\n" in text.strip():
            return
        text = " ".join(filled(text, self.known).split())
        specifier = pythons.specifier(text)
        if specifier:
            span = yaml_nodes.span_of(node, self.draft.places)
            self.draft.python(specifier, text, span, self.origin)

    def _conda(self, with_: Any) -> None:
        self._python(yaml_nodes.get(with_, "python-version"))
        file = yaml_nodes.get(with_, "environment-file")
        path = filled(yaml_nodes.scalar(file) or "", self.known)
        where = self._locate(posixpath.normpath(path)) if path and HOLE not in path else None
        if where is not None:
            span = yaml_nodes.span_of(file, self.draft.places)
            self.draft.include("requirements", where, span, self.origin)
        create = yaml_nodes.get(with_, "create-args")
        if yaml_nodes.scalar(create):
            script = script_of(create, self.draft.places)
            one_line = Script(" ".join(script.text.splitlines()), script.pieces)
            whole = one_line.after("conda create ")
            self._installs.variables = {}
            self._installs.read(whole)
