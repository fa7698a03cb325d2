"""A `Jenkinsfile`: what `sh` and `bat` run in each stage, as far as the text is written out.

https://www.jenkins.io/doc/book/pipeline/syntax/
"""

from __future__ import annotations

import posixpath
import re

from kerlint.manifests.drafts import Draft
from kerlint.manifests.pipelines.groovy_words import words
from kerlint.manifests.pipelines.installing import add
from kerlint.manifests.pipelines.jobs import Given, Job, Step, named
from kerlint.manifests.pipelines.windows import as_shell
from kerlint.manifests.scripts import Script
from kerlint.manifests.shell_values import HOLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.manifests.model import Manifest
    from kerlint.manifests.pipelines.groovy_words import GroovyWord

ROOT = ""
_SHELLS = frozenset({"sh", "bat", "powershell", "pwsh"})
_ESCAPED = re.compile(r"\\([\\$'\"])")
_FILLED = re.compile(r"(?<!\\)\$(?:\{\s*(?:env\.|params\.)?(\w+)\s*\}|(\w+)|\{[^}]*\})")


def read(path: str, text: str) -> Manifest:
    """The facts of a pipeline."""
    draft = Draft(path, text, "jenkins")
    add(draft, jobs_of_text(draft), ROOT)
    return draft.manifest()


def jobs_of_text(draft: Draft) -> Iterator[Job]:
    """A job for each block that runs commands."""
    reader = _Reader(draft)
    reader.read()
    yield from reader.jobs.values()


class _Block:
    """What is between braces.

    `name`   of what begins it: `stage`, `dir`, `docker.image.inside`
    `folder`, `image`, `given`, `stage`  what holds in it, taken over from around it
    """

    def __init__(self, name: str, outer: _Block | None) -> None:
        self.name = name
        self.folder: str | None = outer.folder if outer else ""
        self.stage: str = outer.stage if outer else "pipeline"
        self.image: GroovyWord | None = outer.image if outer else None
        self.given: list[Given] = list(outer.given) if outer else []


class _Reader:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.jobs: dict[tuple[str, int], Job] = {}
        self.blocks = [_Block("", None)]
        self.head = ""  # the name that a statement begins with, with what follows its points
        self.texts: list[GroovyWord] = []  # strings since that name
        self.depth = 0
        self.variables: dict[str, str | None] = {}

    def read(self) -> None:
        """Go through the file once."""
        before: list[GroovyWord] = []
        every = list(words(self.draft.text))
        for number, word in enumerate(every):
            last = before[-1].text if before and before[-1].kind == "sign" else ""
            if word.kind == "name":
                if last == ".":
                    self.head = f"{self.head}.{word.text}"
                elif self.depth == 0:
                    self.head, self.texts = word.text, []
                    if word.text == "agent":  # it stands in the place of the one around it
                        self.blocks[-1].image = None
            elif word.kind == "sign":
                self._sign(word.text)
            elif word.kind == "text":
                following = every[number + 1] if number + 1 < len(every) else None
                joined = (following is not None and following.text == "+") or last == "+"
                self._text(word, before, joined)
            else:
                span = self.draft.places.span(word.start, word.start + 3)
                self.draft.problem("this string is never closed", span)
            before = [*before[-1:], word]

    def _sign(self, sign: str) -> None:
        if sign == "=":
            self.variables[self.head] = None
        elif sign in "([":
            self.depth += 1
        elif sign in ")]":
            self.depth = max(self.depth - 1, 0)
        elif sign == "{":
            self.depth = 0
            self.blocks.append(self._begun())
            self.head, self.texts = "", []
        elif sign == "}":
            if len(self.blocks) > 1:
                self.blocks.pop()
            self.depth, self.head, self.texts = 0, "", []

    def _begun(self) -> _Block:
        block = _Block(self.head, self.blocks[-1])
        first = self.texts[0] if self.texts else None
        if self.head == "stage" and first is not None:
            block.stage = f"{first.text}"
        elif self.head == "dir" and first is not None:
            known = block.folder is not None and "$" not in first.text
            block.folder = posixpath.join(block.folder or "", first.text) if known else None
        elif self.head.startswith("docker.image") and first is not None:
            block.image = first
        elif self.head == "withEnv":
            for one in self.texts:
                name, equals, text = one.text.partition("=")
                if equals:
                    block.given.append(self._given(name, text, one.start + len(name) + 1, one))
        return block

    def _text(self, word: GroovyWord, before: list[GroovyWord], joined: bool) -> None:
        block = self.blocks[-1]
        self.texts.append(word)
        if before and before[-1].text == "=" and not joined and "$" not in word.text:
            self.variables[self.head] = word.text
        label = before[-2].text if len(before) > 1 and before[-1].text == ":" else ""
        if self.head in _SHELLS and label in ("", "script"):
            self._command(word, joined)
        elif self.head == "image" and block.name == "docker":
            # It is that of the stage or pipeline around `agent { docker { ... } }`.
            for one in self.blocks[-3:]:
                one.image = word
        elif block.name == "environment" and before and before[-1].text == "=" and not joined:
            given = self._given(self.head, word.text, word.start, word)
            for one in self.blocks[-2:]:
                one.given.append(given)

    def _given(self, name: str, text: str, start: int, word: GroovyWord) -> Given:
        unknown = word.filled and "$" in text
        span = self.draft.places.span(start if text else start - 1, start + len(text))
        return Given(name, None if unknown else text, span)

    def _command(self, word: GroovyWord, joined: bool) -> None:
        block = self.blocks[-1]
        if joined:
            span = self.draft.places.span(word.start, word.start + max(len(word.text), 1))
            self.draft.skip(span)
            return
        image = block.image
        key = block.stage, -1 if image is None else image.start
        job = self.jobs.get(key)
        if job is None:
            job = self.jobs[key] = Job(named(block.stage))
            if image is not None:
                end = image.start + len(image.text)
                job.image = image.text, self.draft.places.span(image.start, end), image.text
        script = Script.of(word.text, word.start)
        if word.filled:
            known = {**self.variables, **{one.name: one.value for one in block.given}}

            def value(found: re.Match[str]) -> str:
                return known.get(found[1] or found[2] or "") or HOLE

            script = script.filled(_FILLED, value)
        script = script.filled(_ESCAPED, lambda found: found[1])
        posix = self.head == "sh"
        if not posix:
            script = as_shell(script, {})
        job.steps.append(Step(script, folder=block.folder, posix=posix, given=block.given))
