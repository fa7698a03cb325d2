"""Write `docs/three-keras-libraries.md` and its picture: what may be mixed comes from the record.

`tools.docs` calls `page` and `picture` and keeps both fresh.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kerlint.knowledge.libraries import KERAS_2, KERAS_3, OWN, PRIVATE, STANDALONE, TF_KERAS
from kerlint.knowledge.meetings import Meeting, record, versions_of
from kerlint.knowledge.releases import version_key
from tools.meetings.places import PLACES

TEXT = Path(__file__).with_name("three_keras.md")
TABLE = "<!-- table -->\n"
NOT_TRIED = "-"
COLUMNS = (
    (KERAS_3, TF_KERAS),
    (TF_KERAS, KERAS_3),
    (KERAS_3, PRIVATE),
    (KERAS_2, TF_KERAS),
    (KERAS_2, PRIVATE),
    (STANDALONE, OWN),
    (OWN, STANDALONE),
)
"""First library, second library: an object of the second is given to the first."""


def page() -> str:
    """The page with the table in its place."""
    text = TEXT.read_text(encoding="utf-8")
    assert TABLE in text
    return text.replace(TABLE, "\n".join(table()) + "\n")


def table() -> Iterator[str]:
    """One row for each place, one column for each pair that was tried."""
    newest = {pair: _newest(*pair) for pair in COLUMNS}
    pairs = [pair for pair in COLUMNS if newest[pair]]
    yield "| given | " + " | ".join(f"{second} → {first}" for first, second in pairs) + " |"
    yield "| --- |" + " --- |" * len(pairs)
    for place in PLACES:
        cells = [_cell(newest[pair].get(place)) for pair in pairs]
        if set(cells) != {NOT_TRIED}:
            yield f"| {place} | " + " | ".join(cells) + " |"
    tried = [_stack(next(iter(newest[pair].values())).stack) for pair in pairs]
    yield "| *tried with* | " + " | ".join(tried) + " |"


def _newest(first: str, second: str) -> dict[str, Meeting]:
    """By place, what was seen with the newest TensorFlow that has both libraries."""
    lines = [line for line in record() if (line.first, line.second) == (first, second)]
    stacks = sorted({line.stack for line in lines}, key=_age)
    return {line.place: line for line in lines if line.stack == stacks[-1]}


def _age(stack: str) -> tuple[object, bool]:
    versions, legacy = versions_of(stack)
    return version_key(versions.tensorflow or "0"), not legacy


def _stack(stack: str) -> str:
    versions, _ = versions_of(stack)
    return f"TensorFlow {versions.tensorflow}, Keras {versions.keras}"


def _cell(line: Meeting | None) -> str:
    if line is None or line.outcome == "absent":
        return NOT_TRIED
    if line.outcome == "raises":
        return f"`{line.message.partition(':')[0]}`"
    return "**silent**" if line.outcome == "silent" else "works"


_BANDS = (
    ("TensorFlow", "to 2.5", "2.6 to 2.15", "from 2.16", "with the legacy switch"),
    ("import keras", STANDALONE, KERAS_2, KERAS_3, KERAS_3),
    ("tf.keras", OWN, KERAS_2, KERAS_3, TF_KERAS),
    ("import tf_keras", "", "", TF_KERAS, TF_KERAS),
    ("tensorflow.python.keras", OWN, PRIVATE, PRIVATE, PRIVATE),
)
_TINTS = {KERAS_3: "three", KERAS_2: "two", TF_KERAS: "legacy", OWN: "own", STANDALONE: "alone"}
_NAMES = {PRIVATE: "a private copy", OWN: "TensorFlow's own", STANDALONE: "standalone"}
_STYLE = """
text { font: 14px system-ui, sans-serif; fill: #1f2328 }
.head, .root { font-weight: 600 }
.root { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 13px }
rect { rx: 6px; fill: #eaeef2 }
.three { fill: #c8e6c9 } .two { fill: #bbdefb } .legacy { fill: #ffe0b2 }
.own { fill: #e1bee7 } .alone { fill: #f8bbd0 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } rect { fill: #30363d }
  .three { fill: #1b5e20 } .two { fill: #0d47a1 } .legacy { fill: #8d4b00 }
  .own { fill: #4a148c } .alone { fill: #880e4f }
}
"""


def picture() -> str:
    """The SVG: which library each root is, by version; equal colours are one library."""
    left, width, height = 210, 185, 44
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + 4 * width} {5 * height + 10}" '
        'role="img">',
        "<title>Which Keras each root is, by version of TensorFlow</title>",
        f"<style>{_STYLE}</style>",
    ]
    for row, (label, *cells) in enumerate(_BANDS):
        y = row * height + 27
        kind = "head" if row == 0 else "root"
        parts.append(f'<text class="{kind}" x="8" y="{y}">{label}</text>')
        for column, cell in enumerate(cells):
            x = left + column * width
            if row and cell:
                tint = _TINTS.get(cell, "copy")
                parts.append(
                    f'<rect class="{tint}" x="{x}" y="{y - 23}" width="{width - 8}" '
                    f'height="{height - 8}"/>'
                )
            style = ' class="head"' if row == 0 else ""
            parts.append(
                f'<text{style} x="{x + (width - 8) // 2}" y="{y}" text-anchor="middle">'
                f"{_NAMES.get(cell, cell)}</text>"
            )
    return "\n".join([*parts, "</svg>", ""])
