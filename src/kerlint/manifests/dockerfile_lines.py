"""A Dockerfile taken apart into instructions, with comments, continued lines and here-documents.

https://docs.docker.com/reference/dockerfile/
"""

from __future__ import annotations

import re

from kerlint.manifests.shell_words import Word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_DIRECTIVE = re.compile(r"#\s*(\w+)\s*=\s*(\S*)\s*$")
_HEREDOC = re.compile(r"<<-?(['\"]?)([A-Za-z_][A-Za-z0-9_]*)\1")
_OLD = re.compile(r"([A-Za-z_]\w*)[ \t]+(\S[^\r\n]*)")
_PAIR = re.compile(
    r"""([A-Za-z_]\w*)=((?:"(?:\\.|[^"\\])*"|'[^']*'|\\[^\r\n]|[^\s\\"'])*)""", re.DOTALL
)
_PIECE = re.compile(r"""("(?:\\.|[^"\\])*"|'[^']*'|[^"']+)""")
_WITH_DOCUMENTS = frozenset({"RUN", "COPY", "ADD"})


class Instruction:
    """One instruction.

    `name`     in capitals
    `text`     what follows the name, of the same length as in the file: continued lines keep
               their backslash and line end, comments between them are blanks
    `start`    the offset of `text` in the file
    `documents`  the here-documents that follow, as pairs of offset and text
    `unended`  the offset and the mark of a here-document that goes on to the end of the file
    `escape`   the character that continues a line
    """

    __slots__ = ("documents", "escape", "name", "start", "text", "unended")

    def __init__(self, name: str, text: str, start: int, escape: str) -> None:
        self.name = name
        self.text = text
        self.start = start
        self.escape = escape
        self.documents: list[tuple[int, str]] = []
        self.unended: tuple[int, str] | None = None

    def __repr__(self) -> str:
        return f"<Instruction {self.name} {self.text!r}>"


def instructions(text: str) -> Iterator[Instruction]:
    """Every instruction of a Dockerfile, in order."""
    escape = "\\"
    heading = True
    lines = _lines(text)
    at = 0
    while at < len(lines):
        start, line = lines[at]
        at += 1
        bare = line.strip()
        if heading:
            directive = _DIRECTIVE.match(bare)
            if directive and directive[1].lower() in ("escape", "syntax", "check"):
                if directive[1].lower() == "escape" and directive[2] in ("`", "\\"):
                    escape = directive[2]
                continue
            heading = False
        if not bare or bare.startswith("#"):
            continue
        parts = [line]
        while parts[-1].strip("\r\n").rstrip(" \t").endswith(escape) or _blank(parts[-1], escape):
            if at >= len(lines):
                break
            following = lines[at][1]
            at += 1
            if following.lstrip().startswith("#") or not following.strip():
                following = " " * len(following)
            parts.append(following)
        whole = "".join(_with_its_end(part, escape) for part in parts)
        name = re.match(r"\s*([A-Za-z]+)", whole)
        if name is None:
            continue
        body = whole[name.end() :]
        found = Instruction(name[1].upper(), body, start + name.end(), escape)
        if found.name in _WITH_DOCUMENTS:
            for mark in _HEREDOC.finditer(body):
                at = _document(found, lines, at, mark)
        yield found


def _with_its_end(line: str, escape: str) -> str:
    """A continued line with its backslash as the last character, as a shell wants it: Docker takes
    blanks after it.
    """
    bare = line.rstrip("\r\n")
    begin = bare.rstrip(" \t")
    if len(begin) == len(bare) or not begin.endswith(escape):
        return line
    return begin[:-1] + bare[len(begin) :] + escape + line[len(bare) :]


def _blank(line: str, escape: str) -> bool:
    """A blanked comment or empty line: what is continued goes on below it."""
    return not line.strip(" ") and line != ""


def _lines(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for line in re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text):
        found.append((at, line))
        at += len(line)
    return found


def _document(
    found: Instruction, lines: list[tuple[int, str]], at: int, mark: re.Match[str]
) -> int:
    first = at
    while at < len(lines) and lines[at][1].strip() != mark[2]:
        at += 1
    ended = at < len(lines)
    if not ended and not _is_document(mark):
        return first
    if first < len(lines):
        body = "".join(line for _, line in lines[first:at])
        found.documents.append((lines[first][0], body))
    if not ended:
        found.unended = found.start + mark.start(), mark[2]
    return at + 1


def _is_document(mark: re.Match[str]) -> bool:
    """Whether a word of its own, outside of quotes, begins a here-document; so Docker takes it."""
    before = mark.string[: mark.start()].rstrip("0123456789")
    after = mark.string[mark.end() : mark.end() + 1]
    return (
        (not before or before[-1].isspace())
        and (not after or after.isspace())
        and not (before.count('"') % 2 or before.count("'") % 2)
    )


def pairs(one: Instruction) -> list[tuple[str, Word]]:
    """`ENV A=1 B=2`, and the older `ENV A the rest`."""
    text = one.text.replace(one.escape, "\\") if one.escape != "\\" else one.text
    body = text.lstrip(" \t\\\r\n")
    start = one.start + len(text) - len(body)
    old = _OLD.match(body)
    if old:
        raw = old[2].rstrip(" \t\\")
        return [(old[1], Word(raw, _unquoted(raw), start + old.start(2)))]
    return [
        (match[1], Word(match[2], _unquoted(match[2]), start + match.start(2)))
        for match in _PAIR.finditer(body)
    ]


def _unquoted(raw: str) -> str | None:
    """The value of a word with quotes and backslashes; None if a variable is in it."""
    if "$" in raw:
        return None
    parts = [part[1:-1] if part[:1] in "\"'" else part for part in _PIECE.findall(raw)]
    return re.sub(r"\\(.)", r"\1", "".join(parts))
