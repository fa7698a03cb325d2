"""Arguments with options: their parser, their help, and what they ask for.

Imported only when an option is given; `kerlint a.py b.py` does without.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, NoReturn

from kerlint import __version__
from kerlint.cli.check import Options
from kerlint.failures import Failure, suggestion
from kerlint.report import FORMATS
from kerlint.settings_table import FAIL_ON

if TYPE_CHECKING:
    from collections.abc import Sequence

SUMMARY = """\
Find Keras and TensorFlow code that the installed or required versions will not run:
names, modules, arguments and methods that are gone or moved, mixed Keras libraries,
and environment variables that are set too late.
"""

EPILOG = """\
commands:
  kerlint [PATHS]         check files and folders (also `kerlint check`)
  kerlint --probe         examine the environment and the GPU (also `kerlint probe`)
  kerlint rule CODE       explain a rule; `--all` lists them
  kerlint config [PATH]   show the settings in force for a file or folder, and from where
  kerlint target [PATHS]  show the versions that files are judged by, and why
  kerlint explain [LOG]   say which line of a TensorFlow, Keras or CUDA log is the cause

exit codes:
  0  nothing found at or above --fail-on
  1  findings
  2  kerlint could not do its job: wrong usage or settings, a missing path, an internal fault

Settings live in [tool.kerlint] of pyproject.toml, or in kerlint.toml.
"""


class Parser(argparse.ArgumentParser):
    """Complains the way the rest of kerlint does, and names the nearest right option."""

    def error(self, message: str) -> NoReturn:
        raise Failure(f"{message}; `{self.prog} --help` shows what there is")

    def parse(self, argv: Sequence[str]) -> argparse.Namespace:
        """The arguments. Raises Failure for one that is not known."""
        found, unknown = self.parse_known_args(argv)
        if unknown:
            word = unknown[0].partition("=")[0]
            hint = suggestion(word, self._option_string_actions)
            kind = "option" if word.startswith("-") else "argument"
            raise Failure(f"unknown {kind} `{word}`{hint or f'; see `{self.prog} --help`'}")
        return found


def run(command: str, argv: Sequence[str]) -> int:
    """Parse and run; returns the exit code. Raises Failure."""
    if command == "check":
        from kerlint.cli.check import run as check

        found = check_parser().parse(argv)
        return check(found.paths, options_of(found))
    from importlib import import_module

    code: int = import_module(f"kerlint.cli.{command}").run(argv)
    return code


def check_parser() -> Parser:
    """The parser of `kerlint [PATHS]`, and of `kerlint --help`."""
    parser = Parser(
        prog="kerlint",
        usage="kerlint [OPTIONS] [PATHS]",
        description=SUMMARY,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        add_help=False,
    )
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATHS",
        help="files and folders, `-` for standard input (default: the current folder)",
    )
    rules = parser.add_argument_group("which rules", "RULES: codes, their beginnings, names; ALL")
    for flag, what in (
        ("--select", "check only these"),
        ("--extend-select", "check these too"),
        ("--ignore", "do not check these"),
    ):
        rules.add_argument(flag, action="append", metavar="RULES", help=what)
    rules.add_argument(
        "--per-file-ignores",
        action="append",
        metavar="PATTERN:RULE",
        help="do not check a rule in files that match; several, separated by commas",
    )
    target = parser.add_argument_group("which versions")
    target.add_argument(
        "--target",
        action="append",
        metavar="REQUIREMENT",
        help="judge by `keras==3.15.1`, `tensorflow>=2.15,<2.17`, `python==3.11`; repeatable "
        "(default: what the project requires, else the current releases)",
    )
    add_files(parser)
    add_settings(parser)
    output = parser.add_argument_group("output")
    output.add_argument(
        "--output-format", choices=FORMATS, metavar="FORMAT", help=f"one of {', '.join(FORMATS)}"
    )
    output.add_argument("--output-file", metavar="FILE", help="write the report there")
    output.add_argument(
        "--fail-on",
        choices=FAIL_ON,
        metavar="SEVERITY",
        help="exit with 1 from this severity on: info, warning (default), error, never",
    )
    output.add_argument("--statistics", action="store_true", help="count by rule")
    output.add_argument("--show-files", action="store_true", help="list the files, check none")
    output.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        metavar="WHEN",
        help="auto (default), always, never; NO_COLOR and FORCE_COLOR are heard",
    )
    output.add_argument("-q", "--quiet", action="store_true", help="findings and errors only")
    output.add_argument("-v", "--verbose", action="store_true", help="more detail")
    other = parser.add_argument_group("other")
    other.add_argument("-j", "--jobs", type=_jobs, metavar="N", help="processes at most")
    other.add_argument("--no-gates", action="store_true", help=argparse.SUPPRESS)
    other.add_argument(
        "-V", "--version", action="version", version=f"kerlint {__version__}", help="and leave"
    )
    other.add_argument("-h", "--help", action="help", help="and leave")
    return parser


def add_files(parser: argparse.ArgumentParser) -> None:
    """Options about which files."""
    files = parser.add_argument_group("which files")
    files.add_argument(
        "--exclude",
        action="append",
        metavar="PATTERN",
        help="leave out what matches, e.g. `tests/data` or `*_pb2.py`; repeatable",
    )
    files.add_argument(
        "--force-exclude", action="store_true", help="leave it out even where it is named"
    )
    files.add_argument(
        "--stdin-filename", metavar="PATH", help="what standard input (`-`) is called"
    )


def add_settings(parser: argparse.ArgumentParser) -> None:
    """Options about settings files."""
    settings = parser.add_argument_group("settings")
    settings.add_argument("--config", metavar="FILE", help="read this settings file and no other")
    settings.add_argument("--isolated", action="store_true", help="read no settings file")


def _jobs(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def options_of(found: argparse.Namespace) -> Options:
    """What the parsed arguments ask for. Raises Failure for an unknown rule or target, and for a
    selector of rules that look at no files.
    """
    from kerlint.selection import check_files

    options = Options()
    options.overrides = overrides_of(found)
    for key in ("select", "extend-select"):
        check_files(options.overrides.get(key, ()))
    options.gates = not found.no_gates
    for name in (
        *("isolated", "config", "quiet", "verbose", "color", "jobs"),
        *("show_files", "statistics", "stdin_filename", "output_file"),
    ):
        setattr(options, name, getattr(found, name))
    return options


def overrides_of(found: argparse.Namespace) -> dict[str, Any]:
    """The settings among the arguments, in the shape of `settings_table.py`."""
    from kerlint.project.targets import check_requirement
    from kerlint.selection import codes_of

    overrides: dict[str, Any] = {}
    for key in ("select", "extend-select", "ignore"):
        given = getattr(found, key.replace("-", "_"), None)
        if given is not None:
            overrides[key] = [word for text in given for word in _words(text)]
            for word in overrides[key]:
                codes_of(word)
    if found.per_file_ignores:
        overrides["per-file-ignores"] = _per_file(found.per_file_ignores)
    if found.target:
        for text in found.target:
            check_requirement(text)
        overrides["target"] = found.target
    if found.exclude:
        overrides["exclude"] = [word for text in found.exclude for word in _words(text)]
    if found.force_exclude:
        overrides["force-exclude"] = True
    for key in ("fail-on", "output-format"):
        value = getattr(found, key.replace("-", "_"))
        if value is not None:
            overrides[key] = value
    return overrides


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _per_file(texts: Sequence[str]) -> dict[str, list[str]]:
    from kerlint.selection import codes_of

    ignores: dict[str, list[str]] = {}
    for text in texts:
        for pair in _words(text):
            pattern, colon, rule = pair.rpartition(":")
            if not colon or not pattern:
                raise Failure(
                    f"`{pair}` in --per-file-ignores is no PATTERN:RULE; write it like "
                    "`tests/*:KER302`"
                )
            codes_of(rule)
            ignores.setdefault(pattern, []).append(rule.strip())
    return ignores
