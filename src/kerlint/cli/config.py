"""`kerlint config [PATH]`: the settings in force, and where each comes from."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from kerlint.cli.arguments import Parser, add_settings
from kerlint.failures import Failure
from kerlint.rules import all_rules
from kerlint.settings import FILES, SettingsTree
from kerlint.settings_table import KEYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.settings import Settings

DEFAULTS: dict[str, Any] = {
    "select": ["ALL"],
    "extend-select": [],
    "ignore": [],
    "target": [],
    "exclude": [],
    "per-file-ignores": {},
    "together": ["auto"],
    "force-exclude": False,
    "require-gpu": False,
    "fail-on": "warning",
    "output-format": "full",
}


def run(argv: Sequence[str]) -> int:
    """Print the settings for a path; returns the exit code. Raises Failure."""
    parser = Parser(
        prog="kerlint config",
        description="Show the settings in force for a file or folder, and from where they come.",
        allow_abbrev=False,
    )
    parser.add_argument("path", nargs="?", default=".", metavar="PATH")
    add_settings(parser)
    found = parser.parse(argv)
    if not os.path.exists(found.path):
        raise Failure(f"{found.path}: no such file or folder")
    tree = SettingsTree(None, found.isolated, found.config)
    inside = os.path.isdir(found.path)
    settings = tree.of_folder(found.path) if inside else tree.of_file(found.path)
    sys.stdout.write(described(found.path, settings))
    return 0


def described(path: str, settings: Settings) -> str:
    """The settings as TOML, with a comment on where each comes from."""
    if settings.file is None:
        head = f"# {path}: no {', '.join(FILES[:2])} or [tool.kerlint] was found; all is default"
    else:
        head = f"# {path}: settings from {settings.file}"
    lines = [head]
    layer = dict(settings.layers[0][1]) if settings.layers else {}
    for key in KEYS:
        origin = "" if key in layer else "  # default"
        lines.append(f"{key} = {_toml(layer.get(key, DEFAULTS[key]))}{origin}")
    selected = settings.selected()
    lines.append("# rules that are on:")
    lines += [f"#   {rule.code} {rule.name}" for rule in all_rules() if rule.code in selected]
    off = [rule for rule in all_rules() if rule.code not in selected]
    if off:
        lines.append("# rules that are off:")
        lines += [f"#   {rule.code} {rule.name}" for rule in off]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    import json

    if isinstance(value, dict):
        inner = ", ".join(f"{json.dumps(key)} = {_toml(one)}" for key, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    # Lists, strings and booleans are spelled in TOML as in JSON.
    return json.dumps(value, ensure_ascii=False)
