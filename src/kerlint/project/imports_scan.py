"""The imports of a file, found in its bytes without parsing it.

More may be named than the file imports (what stands in strings counts), never less, but for names
that are computed when the program runs.
"""

from __future__ import annotations

import re

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


def imports_in(data: bytes) -> tuple[str, ...]:
    """Names that the file may import, each once; `from a import b` gives `a` and `a.b`.

    Relative ones begin with their dots.
    """
    if b"import" not in data:
        return ()
    found: dict[bytes, None] = {}
    for match in _STATEMENT.finditer(data):
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
