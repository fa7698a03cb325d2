"""The sessions that one function of a noxfile stands for: one for each Python and parameter."""

from __future__ import annotations

import ast
import posixpath
from itertools import product

from kerlint.manifests import pythons
from kerlint.manifests.installer_options import Argument
from kerlint.manifests.installers import order_of
from kerlint.manifests.installs import Installs
from kerlint.manifests.nox_values import constants, elements, offsets, text_of
from kerlint.manifests.scripts import Script
from kerlint.manifests.shell_values import HOLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kerlint.manifests.drafts import Draft

    Function = ast.FunctionDef | ast.AsyncFunctionDef

MOST = 200
"""Sessions of one function that are looked at."""


class Session:
    """One session: `origin` as nox names it, the values of its parameters, its statements."""

    def __init__(
        self,
        draft: Draft,
        origin: str,
        own: Mapping[str, str],
        known: Mapping[str, ast.expr],
        function: Function,
        python: str | None,
    ) -> None:
        self.python = python
        self.draft = draft
        self.own = own
        self.known = known
        self.function = function
        first = function.args.args[0].arg if function.args.args else "session"
        self.session = first
        self.installs = Installs(draft, origin=origin, locate=self._locate)
        self.script = Script.of(draft.text)

    def _locate(self, path: str) -> str | None:
        if path.startswith("/"):
            return None
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.draft.path), path))

    def put(self) -> None:
        """Add what it installs."""
        self._block(self.function.body, ())

    def _block(self, body: list[ast.stmt], branches: tuple[int, ...]) -> None:
        for node in body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                continue
            if isinstance(node, ast.If):
                holds = self._holds(node.test)
                for block, wanted in ((node.body, True), (node.orelse, False)):
                    if holds is None:
                        self._branch(block, branches)
                    elif holds is wanted:
                        self._block(block, branches)
            elif isinstance(node, (ast.With, ast.AsyncWith)):
                self._block(node.body, branches)
            elif isinstance(node, ast.Try):
                self._block(node.body, branches)
                for handler in node.handlers:
                    self._branch(handler.body, branches)
                self._branch(node.orelse, branches)
                self._block(node.finalbody, branches)
            elif isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
                self._branch(node.body, branches)
                self._branch(node.orelse, branches)
            else:
                for call in ast.walk(node):
                    if isinstance(call, ast.Call):
                        self._call(call, branches)

    def _branch(self, body: list[ast.stmt], branches: tuple[int, ...]) -> None:
        if body:
            first = body[0]
            start = self.draft.places.offset(first.lineno - 1, first.col_offset)
            self._block(body, (*branches, start))

    def _holds(self, test: ast.expr) -> bool | None:
        """Whether a test holds that compares the Python or a parameter with a text."""
        if not isinstance(test, ast.Compare) or len(test.ops) != 1:
            return None
        left, right = self._known(test.left), self._known(test.comparators[0])
        if isinstance(test.ops[0], (ast.In, ast.NotIn)):
            several = elements(test.comparators[0], self.known)
            texts = [text_of(one, self.known, self.own) for one in several or ()]
            if left is None or not texts or None in texts:
                return None
            return (left in texts) == isinstance(test.ops[0], ast.In)
        if left is None or right is None or HOLE in left + right:
            return None
        if isinstance(test.ops[0], (ast.Eq, ast.NotEq)):
            return (left == right) == isinstance(test.ops[0], ast.Eq)
        return None

    def _known(self, node: ast.expr) -> str | None:
        if isinstance(node, ast.Attribute) and node.attr == "python":
            return self.python
        return text_of(node, self.known, self.own)

    def _call(self, call: ast.Call, branches: tuple[int, ...]) -> None:
        function = call.func
        if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
            return
        if function.value.id != self.session:
            return
        name = function.attr
        arguments = self._arguments(call)
        before = {
            "install": ("pip", "install"),
            "conda_install": ("conda", "install"),
            "run": (),
            "run_always": (),
            "run_install": (),
        }.get(name)
        if before is None or not arguments:
            return
        at = arguments[0].start
        words = [*(Argument(word, word, at, at) for word in before), *arguments]
        if name not in ("install", "conda_install") and order_of(words) is None:
            return
        self.installs.arguments(words, self.script, branches)

    def _arguments(self, call: ast.Call) -> list[Argument]:
        found = []
        for node in call.args:
            if isinstance(node, ast.Starred):
                several = elements(node.value, self.known)
                if several is None:
                    start, end = offsets(node, self.draft)
                    found.append(Argument(HOLE, self.draft.text[start:end], start, end))
                    continue
                found += [self._argument(one) for one in several]
            else:
                found.append(self._argument(node))
        return found

    def _argument(self, node: ast.expr) -> Argument:
        start, end = offsets(node, self.draft)
        text = text_of(node, self.known, self.own)
        return Argument(HOLE if text is None else text, self.draft.text[start:end], start, end)


def sessions_of(function: Function, tree: ast.Module, draft: Draft) -> Iterator[Session]:
    """The sessions of a function; none if it is no session."""
    decorator = next(
        (
            (one.func if isinstance(one, ast.Call) else one, one)
            for one in function.decorator_list
            if _name(one.func if isinstance(one, ast.Call) else one) == "session"
        ),
        None,
    )
    if decorator is None:
        return
    known = constants(tree)
    keywords = (
        {one.arg: one.value for one in decorator[1].keywords}
        if isinstance(decorator[1], ast.Call)
        else {}
    )
    name = text_of(keywords["name"], known, {}) if "name" in keywords else function.name
    python = keywords.get("python") or keywords.get("py")
    several = elements(python, known) if python is not None else None
    chosen: list[ast.expr | None] = [*several] if several else [python]
    parameters = list(_parameters(function, known))
    count = 0
    for version in chosen:
        text = text_of(version, known, {}) if version is not None else None
        for values in product(*(choices for _, choices in parameters)):
            count += 1
            if count > MOST:
                return
            own: dict[str, str] = {}
            for one in values:
                own.update(one)
            origin = f"env {name}"
            if several and text:
                origin += f"-{text}"
            if own:
                origin += f"({', '.join(f'{key}={value!r}' for key, value in own.items())})"
            specifier = pythons.specifier(text) if text else ""
            if specifier and version is not None:
                span = draft.places.span(*offsets(version, draft))
                draft.python(specifier, text or "", span, origin)
            yield Session(draft, origin, own, known, function, text)


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _parameters(
    function: Function, known: Mapping[str, ast.expr]
) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """`@nox.parametrize("a,b", [(1, 2), ...])`: the values that the names get together."""
    for one in reversed(function.decorator_list):
        if not isinstance(one, ast.Call) or _name(one.func) != "parametrize" or len(one.args) < 2:
            continue
        names = text_of(one.args[0], known, {})
        listed = elements(one.args[1], known)
        several = elements(one.args[0], known)
        if several is not None:
            names = ",".join(text_of(part, known, {}) or "" for part in several)
        if not names or listed is None:
            continue
        keys = [part.strip() for part in names.split(",")]
        choices = []
        for element in listed:
            if isinstance(element, ast.Call) and _name(element.func) == "param" and element.args:
                values: list[ast.expr] | None = list(element.args)
            else:
                values = elements(element, known) if len(keys) > 1 else [element]
            texts = [text_of(value, known, {}) for value in values or ()]
            if len(texts) == len(keys):
                choices.append(
                    {key: text for key, text in zip(keys, texts, strict=True) if text is not None}
                )
        if choices:
            yield names, choices
