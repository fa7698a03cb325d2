"""The install line of a README: what is told to be installed in blocks of commands.

Only plain lines count: a line with something to fill in says nothing for certain.
"""

from __future__ import annotations

import re

from kerlint.manifests.drafts import Draft
from kerlint.manifests.installs import Installs
from kerlint.manifests.scripts import Script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.manifests.model import Manifest

_LINE = re.compile(r"[^\n]*\n?")
_FENCE = re.compile(
    r"(?P<before>[ \t>]*)(?P<mark>`{3,}|~{3,})[ \t]*\{?\.?(?P<language>[\w.+-]*)[^\n`]*"
)
_SHELLS = frozenset(
    {
        "",
        "bash",
        "sh",
        "shell",
        "console",
        "zsh",
        "terminal",
        "shell-session",
        "text",
        "commandline",
    }
    | {"cmd", "powershell", "ps1", "batch", "none", "plain", "plaintext", "pycon", "ipython"}
)
_DIRECTIVE = re.compile(r"([ \t]*)\.\. (?:code|code-block|sourcecode|prompt)::[ \t]*(\S*)")
_PROMPT = re.compile(r"[ \t>]*(?:\$|>|%|#|!|\([\w.-]+\)\s*\$?|[\w@~:/.-]+\$)[ \t]+|[ \t>]*!(?=pip)")
_PLAIN = re.compile(
    r"(?:sudo (?:-H )?)?(?:python3? -m )?(?:pip3?|conda|uv pip|uv|mamba|poetry|pipx) (?:install|add) "
    r"[^`|&;<>{}$]*(?:['\"][^'\"{}$]*['\"][^`|&;<>{}$]*)*"
)


def read(path: str, text: str) -> Manifest:
    """The facts of a README. Each line is an origin of its own: a block often lists choices."""
    draft = Draft(path, text, "readme")
    restructured = path.lower().endswith(".rst")
    for block in _restructured(text) if restructured else _fenced(text):
        for start, line in block:
            bare = line.rstrip()
            prompt = _PROMPT.match(bare)
            skipped = prompt.end() if prompt else len(bare) - len(bare.lstrip(" \t>"))
            command = re.sub(r"\s+#.*$", "", bare[skipped:])
            if _PLAIN.fullmatch(command):
                number = draft.places.position(start).line
                origin = f"readme, line {number}"
                installs = Installs(draft, origin=origin, folder=None, strict=False)
                installs.read(Script.of(command, start + skipped))
    draft.unread.clear()
    return draft.manifest()


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in _LINE.findall(text):
        yield at, line
        at += len(line)


def _fenced(text: str) -> Iterator[list[tuple[int, str]]]:
    """The blocks of commands of a Markdown text."""
    mark, block, shown = "", list[tuple[int, str]](), False
    for start, line in _lines(text):
        fence = _FENCE.match(line)
        if not mark:
            if fence:
                mark, block = fence["mark"], []
                shown = fence["language"].lower() in _SHELLS
        elif fence and fence["mark"].startswith(mark) and not fence["language"]:
            if shown:
                yield block
            mark = ""
        else:
            block.append((start, line))


def _restructured(text: str) -> Iterator[list[tuple[int, str]]]:
    """The blocks of commands of a reStructuredText."""
    indent, block = -1, list[tuple[int, str]]()
    for start, line in _lines(text):
        width = len(line) - len(line.lstrip())
        if indent >= 0 and line.strip() and width <= indent:
            yield block
            indent = -1
        if indent >= 0:
            block.append((start, line))
            continue
        directive = _DIRECTIVE.match(line)
        if directive and directive[2].lower() in _SHELLS:
            indent, block = len(directive[1]), []
        elif not directive and line.rstrip().endswith("::") and not line.lstrip().startswith(".. "):
            indent, block = width, []
    if indent >= 0:
        yield block
