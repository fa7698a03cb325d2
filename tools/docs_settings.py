"""The page about settings and options, from the parser of the command and its table of keys."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from kerlint.cli.arguments import EPILOG, check_parser
from kerlint.cli.config import DEFAULTS
from kerlint.settings_table import AUTOMATIC, CHOICES, FLAGS, GROUPS, KEYS, LISTS

if TYPE_CHECKING:
    from kerlint.rules.base import Rule

ABOUT: dict[str, tuple[str, Any]] = {
    "select": ("The rules to check.", ["KER2", "missing-name"]),
    "extend-select": ("Rules to check besides the selected ones.", ["KER103"]),
    "ignore": ("Rules not to check.", ["KER103"]),
    "target": (
        "The versions that the code must work with. Without it, what the project requires in the "
        "manifest that governs a file, else the current releases. `kerlint target` shows which, "
        "and why.",
        ["keras>=3.5", "tensorflow==2.19.*"],
    ),
    "exclude": (
        "Files and folders to leave out: patterns as in a `.gitignore`, relative to the settings "
        "file. What git ignores and virtual environments are left out anyway.",
        ["third_party", "*_pb2.py"],
    ),
    "per-file-ignores": (
        "Rules not to check in the files that match a pattern.",
        {"tests/legacy/*": ["KER3"]},
    ),
    "together": (
        "Manifests that are meant for one environment, so that "
        "[KER409](rules/manifests-disagree.md) compares them: lists of files, relative to the "
        "settings file, and `auto` for those whose names say it. `[]` compares nothing. "
        "`kerlint target` shows what is compared.",
        ["auto", ["docker/requirements.txt", "setup.py"]],
    ),
    "force-exclude": (
        "`exclude` holds for files that are named on the command line too, as a hook names them.",
        True,
    ),
    "require-gpu": (
        "The project needs a GPU: `kerlint probe` reports an error where none can be used, as with "
        "`--require-gpu`.",
        True,
    ),
    "fail-on": ("The mildest severity of a finding that makes the exit code 1.", "error"),
    "output-format": ("How findings are written.", "concise"),
}
"""What each setting is for, and an example. A setting that is missing here is an error."""

INTRO = """\
# Settings and options

kerlint runs without any. Settings live in `[tool.kerlint]` of a `pyproject.toml`, or, without that
heading, in `kerlint.toml` or `.kerlint.toml`. For each file the nearest of them counts, going up
from its folder; in one folder `.kerlint.toml` wins over `kerlint.toml`, and that over
`pyproject.toml`. They are not merged. The command line comes on top. An unknown key or rule is an
error. `kerlint config [PATH]` shows what is in force, and where it comes from.

A rule is named by its code (`KER302`), the beginning of one (`KER3`) or its name (`missing-name`);
`ALL` means all. The [index](rules/README.md) lists them.
"""

COMMENTS = """\
## Comments

One finding, one line, or one file can be silenced where it stands. A reason may follow.

```python
import keras.engine  # kerlint: ignore[KER301] only reached under Keras 2.3
import keras.engine  # kerlint: ignore[missing-module, KER103]
import keras.engine  # noqa: KER301
# kerlint: file-ignore[KER301] a copy of somebody else's code
```

On the first or last line of a statement the comment speaks for all of it, on a line between them
for the findings of that line (or, if that line has none, for all of it). A `kerlint: ignore` on a
line of its own speaks for the statement below it. A `# noqa` without codes silences everything on
its line except [KER901](rules/syntax-error.md), [KER902](rules/unreadable-file.md) and
[KER904](rules/unused-suppression.md). That last rule tells of comments that silence nothing.
"""


def settings_page(rules: Sequence[Rule]) -> str:
    """Every setting in the same short shape, then every option, then the exit codes."""
    actions = {flag: action for action in _actions() for flag in action.option_strings}
    parts = [INTRO, "## Settings\n"]
    for key in sorted(KEYS):
        parts += _setting(key, actions.get(f"--{key}"))
    parts.append(COMMENTS)
    parts += ["## Options\n", "`kerlint [OPTIONS] [PATHS]`\n", *_options()]
    parts += ["## Commands and exit codes\n", f"```text\n{EPILOG.strip()}\n```\n"]
    return "\n".join(parts)


def _actions() -> list[argparse.Action]:
    return [action for action in check_parser()._actions if action.help != argparse.SUPPRESS]


def _setting(key: str, action: argparse.Action | None) -> Iterator[str]:
    yield f"### `{key}`\n"
    sentence, example = ABOUT[key]
    yield f"{sentence}\n"
    yield f"- type: {_type(key)}"
    yield f"- default: `{_toml(DEFAULTS[key])}`"
    yield f"- in TOML: `{key} = {_toml(example)}`"
    if action is not None:
        yield f"- on the command line: `{_on_command_line(key)}`"
    yield ""


def _type(key: str) -> str:
    if key in CHOICES:
        return "one of " + ", ".join(f"`{choice}`" for choice in CHOICES[key])
    if key in FLAGS:
        return "true or false"
    if key in LISTS:
        return "list of strings"
    if key in GROUPS:
        return f"list of `{AUTOMATIC}` and of lists of files"
    return "table: a pattern, and the list of rules it switches off"


def _on_command_line(key: str) -> str:
    value = ABOUT[key][1]
    if value is True:
        return f"--{key}"
    if isinstance(value, dict):
        return f"--{key} " + ",".join(
            f"'{pattern}:{word}'" for pattern, words in value.items() for word in words
        )
    if isinstance(value, list):
        if key in ("target", "exclude"):
            return " ".join(f"--{key} '{word}'" for word in value)
        return f"--{key} {','.join(value)}"
    return f"--{key} {value}"


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        inner = ", ".join(f"{json.dumps(key)} = {_toml(one)}" for key, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    return json.dumps(value)


def _options() -> Iterator[str]:
    yield "| option | what it does |"
    yield "| --- | --- |"
    for action in _actions():
        names = ", ".join(f"`{name}`" for name in action.option_strings) or "`PATHS`"
        if action.option_strings and action.nargs != 0 and action.metavar:
            names += f" `{action.metavar}`"
        text = (action.help or "").replace("|", "\\|")
        yield f"| {names} | {text} |"
    yield ""
