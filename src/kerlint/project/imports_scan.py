"""The imports of a file, found in its bytes without parsing it.

More may be named than the file imports (what stands in strings counts), never less, but for names
that are computed when the program runs.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_STATEMENT = re.compile(
    rb"""(?:^|[\n;:])[ \t\f]*(?:
        from[ \t\\\r\n]+(?P<module>[.\w \t]+?)[ \t\\\r\n]*\bimport\b[ \t\\\r\n]*
            (?: \((?P<listed>[^)]*)\) | (?P<names>(?:[^\n;#\\]|\\\r?\n)*) )
      | import[ \t\\\r\n]+(?P<modules>(?:[^\n;#\\]|\\\r?\n)*)
    )""",
    re.VERBOSE,
)
_CALLED = re.compile(rb"""(?:import_module|__import__)\s*\(\s*["']([.\w]+)["']""")
_WORD = re.compile(rb"[.\w]+")


NOTEBOOK_IMPORTERS = (b"import_ipynb", b"importnb", b"ipynb.fs.full")
"""Packages that make `import other` run `other.ipynb`, every cell of it.

https://github.com/marella/import-ipynb, https://github.com/deathbeds/importnb,
https://github.com/ipython/ipynb. What only takes the definitions out of a notebook (nbimporter,
`ipynb.fs.defs`) is not followed.
"""

_FULL = "ipynb.fs.full."


def as_notebooks(name: str) -> tuple[str, ...]:
    """The names of the notebooks that an import of `name` may run."""
    from kerlint.source.notebooks.running import LOADS, module_of

    stem = name.removeprefix(_FULL).replace(".", "/")
    if not stem or stem.startswith("/"):
        return ()
    return tuple(
        module_of(f"{one}.ipynb", LOADS)
        for one in dict.fromkeys((stem, stem.replace("_", " "), stem.rpartition("/")[0]))
        if one
    )


def imports_in(data: bytes) -> tuple[str, ...]:
    """Names that the file may import, each once; `from a import b` gives `a` and `a.b`.

    Relative ones begin with their dots.
    """
    if b"import" not in data:
        return ()
    found: dict[bytes, None] = {}
    for match in _statements(data):
        if match["modules"] is not None:
            for part in match["modules"].split(b","):
                name = _WORD.search(part)
                if name:
                    found[name[0]] = None
            continue
        module = b"".join(match["module"].split())
        found[module] = None
        listed = match["listed"]
        if listed is not None:
            listed = re.sub(rb"#[^\n]*", b"", listed)
        for part in (listed or match["names"] or b"").split(b","):
            name = _WORD.search(part)
            if name:
                joint = b"" if module.endswith(b".") else b"."
                found[module + joint + name[0]] = None
    for match in _CALLED.finditer(data):
        found[match[1]] = None
    return tuple(name.decode("utf-8", "replace") for name in found)


def _statements(data: bytes) -> Iterator[re.Match[bytes]]:
    """The import statements, looked for only where the word stands."""
    end = 0
    word = data.find(b"import")
    while word >= 0:
        start = _line_start(data, word)
        for place in (start, *_after_other_statements(data, start, word)):
            match = _STATEMENT.match(data, place) if place >= end or place == 0 else None
            if match is not None and match.end() > word:
                yield match
                end = match.end()
                break
        word = data.find(b"import", max(word + 1, end))


def _line_start(data: bytes, place: int) -> int:
    """Where the newline before the logical line of `place` stands; 0 for the first line."""
    start = data.rfind(b"\n", 0, place)
    while start > 0 and data[max(start - 2, 0) : start].rstrip(b"\r").endswith(b"\\"):
        start = data.rfind(b"\n", 0, start)
    return max(start, 0)


def _after_other_statements(data: bytes, start: int, end: int) -> Iterator[int]:
    """Places of the `;` and `:` behind which another statement of the line may begin."""
    for place in range(start, end):
        if data[place] in b";:":
            yield place
