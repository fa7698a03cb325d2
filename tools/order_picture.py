"""Draws the line of time of `docs/order-matters.md`, for light and for dark pages."""

from __future__ import annotations

from html import escape

from kerlint.knowledge.variable_table import VARIABLES

THEMES = {
    "light": {"text": "#1f2328", "faint": "#59636e", "line": "#8c959f", "on": "#0969da"},
    "dark": {"text": "#e6edf3", "faint": "#9198a1", "line": "#6e7681", "on": "#58a6ff"},
}

COLUMNS = (
    ("start", "python train.py", "the process starts"),
    ("import", "import tensorflow", "a library is imported"),
    ("use", "jax.devices()", "its devices start"),
)

WIDTH, LEFT, COLUMN, TOP, ROW = 920, 40, 290, 78, 19
"""Pixels: of the picture, its margin, a column, the line of time, a row of text."""

FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace"


def pictures() -> dict[str, str]:
    """The SVG by the name of its theme."""
    return {name: _picture(colors) for name, colors in THEMES.items()}


def _picture(colors: dict[str, str]) -> str:
    names = {
        moment: [variable.name for variable in VARIABLES if variable.moment == moment]
        for moment, _, _ in COLUMNS
    }
    height = TOP + 34 + ROW * max(map(len, names.values())) + 16
    rows = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="img">',
        "<title>When each variable is read</title>",
        f'<g font-family="{FONT}" font-size="13">',
        f'<path d="M{LEFT} {TOP}H{WIDTH - 24}l-8 -5m8 5l-8 5" fill="none" '
        f'stroke="{colors["line"]}" stroke-width="2"/>',
    ]
    for index, (moment, code, title) in enumerate(COLUMNS):
        x = LEFT + 10 + index * COLUMN
        rows += [
            f'<circle cx="{x}" cy="{TOP}" r="7" fill="{colors["on"]}"/>',
            _text(x - 7, TOP - 40, title, colors["text"], bold=True),
            _text(x - 7, TOP - 20, code, colors["faint"]),
        ]
        for row, name in enumerate(names[moment]):
            rows.append(_text(x - 7, TOP + 34 + row * ROW, name, colors["text"]))
    rows += ["</g>", "</svg>"]
    return "\n".join(rows) + "\n"


def _text(x: int, y: int, text: str, color: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x}" y="{y}" fill="{color}"{weight}>{escape(text)}</text>'
