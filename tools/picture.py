"""Draw kerlint's real output as `docs/output.svg`.

    python -m tools.picture [--check]

Runs kerlint with colours on part of the legacy project and turns the terminal's escape codes into
an SVG. With `--check` nothing is written; the exit code is 1 when the picture is not fresh.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "output.svg"
FOLDER = ROOT / "fixtures" / "legacy-project"
SHOWN = ("leafnet/head.py", "scripts/train.py")

COLUMNS = 136
"""Width of the terminal; longer lines go on in the next row."""

CELL, LINE, MARGIN = 7.83, 18, 18
"""Width of a character, height of a line and the border, in pixels at a font size of 13."""

COLORS = {"31": "#ff7b72", "32": "#7ee787", "33": "#e3b341", "34": "#79c0ff", "36": "#76e3ea"}
PLAIN, GROUND, FAINT = "#e6edf3", "#0d1117", "#8b949e"
ESCAPE = re.compile(r"\x1b\[([0-9;]*)m")


def output() -> str:
    """What a terminal gets, the command itself included."""
    words = [sys.executable, "-m", "kerlint", "--color", "always", *SHOWN]
    done = subprocess.run(words, cwd=FOLDER, capture_output=True, text=True, encoding="utf-8")
    if done.returncode != 1 or done.stderr or "KER" not in done.stdout:
        raise SystemExit(f"kerlint ended with {done.returncode}\n{done.stderr}")
    return f"$ kerlint {' '.join(SHOWN)}\n{done.stdout}".rstrip("\n")


def wrapped(line: str) -> Iterator[str]:
    """The rows that a terminal makes of a line; colours go on from row to row."""
    row, column, style = "", 0, ""
    for index, part in enumerate(ESCAPE.split(line)):
        if index % 2:
            style = f"\x1b[{part}m"
            row += style
            continue
        for character in part:
            if column == COLUMNS:
                yield row
                row, column = style, 0
            row += character
            column += 1
    yield row


def pieces(line: str) -> Iterator[tuple[str, str]]:
    """Text and its SVG style, piece by piece."""
    style = ""
    for index, part in enumerate(ESCAPE.split(line)):
        if index % 2:
            style = _style(part.split(";"))
        elif part:
            yield part, style


def _style(codes: list[str]) -> str:
    colors = [COLORS[code] for code in codes if code in COLORS]
    words = [f'fill="{colors[-1]}"'] if colors else []
    words += ['font-weight="bold"'] if "1" in codes else []
    words += [f'fill="{FAINT}"'] if "2" in codes and not colors else []
    return " ".join(words)


def picture(text: str) -> str:
    """The SVG of a terminal that shows `text`."""
    lines = [row for line in text.split("\n") for row in wrapped(line)]
    widest = max(len(ESCAPE.sub("", line)) for line in lines)
    width, height = round(widest * CELL + 2 * MARGIN), len(lines) * LINE + 2 * MARGIN
    rows = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img">',
        f"<title>{escape(ESCAPE.sub('', lines[0][2:]))}</title>",
        f'<rect width="100%" height="100%" rx="8" fill="{GROUND}"/>',
        f'<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13" '
        f'fill="{PLAIN}" xml:space="preserve">',
    ]
    for number, line in enumerate(lines):
        column, spans = 0, []
        for part, style in pieces(line):
            # Every piece has its own place and length, so that columns meet in any font.
            place = f'x="{MARGIN + column * CELL:.1f}" textLength="{len(part) * CELL:.1f}"'
            if part.strip():
                spans.append(f"<tspan {place}{' ' * bool(style)}{style}>{escape(part)}</tspan>")
            column += len(part)
        if spans:
            y = MARGIN + (number + 0.75) * LINE
            rows.append(f'<text y="{y:.1f}" xml:space="preserve">{"".join(spans)}</text>')
    return "\n".join([*rows, "</g>", "</svg>", ""])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.picture", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether it is fresh")
    options = parser.parse_args()
    fresh = picture(output())
    if options.check:
        if PICTURE.is_file() and PICTURE.read_text(encoding="utf-8") == fresh:
            return 0
        print(f"{PICTURE.relative_to(ROOT)} is not fresh; run python -m tools.picture")
        return 1
    PICTURE.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
