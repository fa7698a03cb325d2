"""`kerlint [PATHS]`: check files. The way every commit takes, so nothing heavy at the top."""

from __future__ import annotations

import os
import sys

from kerlint.cli import complain, hold
from kerlint.engine import check
from kerlint.project.discovery import File, find
from kerlint.settings import SettingsTree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, TextIO

    from kerlint.engine import Result
    from kerlint.settings import Settings

    Layer = dict[str, Any]

STDIN = "-"


class Options:
    """What the command line says besides settings.

    `overrides`       settings it gives, in the shape of `settings_table.py`
    `isolated`, `config`  see SettingsTree
    `color`           `auto`, `always` or `never`
    `jobs`            processes to use at most; None: one a processor
    `stdin_filename`  what standard input is called
    `output_file`     where the report goes; None: standard output
    """

    def __init__(self) -> None:
        self.overrides: Layer = {}
        self.isolated = False
        self.config: str | None = None
        self.quiet = False
        self.verbose = False
        self.color = "auto"
        self.jobs: int | None = None
        self.gates = True
        self.show_files = False
        self.statistics = False
        self.stdin_filename: str | None = None
        self.output_file: str | None = None


def run(paths: Sequence[str], options: Options | None = None) -> int:
    """Check `paths` and report; returns the exit code. Raises Failure."""
    options = options or Options()
    settings = SettingsTree(options.overrides, options.isolated, options.config)
    here = settings.of_folder("")
    errors: list[str] = []
    warnings: list[str] = []
    files = _files(paths or ["."], settings, options, errors, warnings)
    if not options.quiet:
        for warning in warnings:
            complain("warning", warning)
    if options.show_files:
        return _show_files(files, errors)
    result = check(
        files,
        settings,
        jobs=options.jobs,
        gates=options.gates,
        progress=_progress(len(files), options),
    )
    hold(result.looked_at)
    result.errors[:0] = errors
    code = exit_code(result, here.fail_on)
    for error in result.errors:
        complain("error", error)
    if options.verbose:
        for detail in result.details:
            sys.stderr.write(detail)
    if not result.files and not errors and not options.quiet:
        complain("warning", f"no Python files were found under {', '.join(paths or ['.'])}")
    if _is_plain(result, here, options):
        number = result.files
        lines = [*result.notes, f"No findings in {number} file{'s' if number > 1 else ''}."]
        sys.stdout.write("\n".join(lines) + "\n")
    else:
        _report(result, files, here, options, code)
    return code


def _is_plain(result: Result, here: Settings, options: Options) -> bool:
    """Whether the report is that of nearly every commit: nothing found, and nobody to colour for.

    It is written here, word for word as `report.full` would, to spare its import.
    """
    return (
        not (result.diagnostics or result.suppressed or result.errors or options.output_file)
        and not (options.quiet or options.verbose or options.statistics)
        and options.color != "always"
        and here.output_format == "full"
        and result.files > 0
        and "FORCE_COLOR" not in os.environ
        and "CLICOLOR_FORCE" not in os.environ
        and sys.stdout is not None
        and not sys.stdout.isatty()
        and all(note.isascii() for note in result.notes)
    )


def exit_code(result: Result, fail_on: str) -> int:
    """2 if something kept kerlint from its job, 1 for findings at or above `fail_on`, else 0."""
    if result.errors:
        return 2
    if result.diagnostics and fail_on != "never":
        from kerlint.diagnostics import SEVERITIES

        bar = SEVERITIES.index(fail_on)
        if any(SEVERITIES.index(one.severity) >= bar for one in result.diagnostics):
            return 1
    return 0


def _files(
    paths: Sequence[str],
    settings: SettingsTree,
    options: Options,
    errors: list[str],
    warnings: list[str],
) -> list[File]:
    if STDIN not in paths:
        if options.stdin_filename is not None:
            from kerlint.failures import Failure

            raise Failure("--stdin-filename names standard input; say `-` to read it")
        return find(paths, settings, errors, warnings)
    files = find([path for path in paths if path != STDIN], settings, errors, warnings)
    name = options.stdin_filename or STDIN
    data = sys.stdin.buffer.read() if sys.stdin is not None else b""
    own = settings.of_file(name)
    if not (own.force_exclude and own.excludes(name)):
        files.append(File(name, explicit=True, data=data))
    return files


def _show_files(files: Sequence[File], errors: Sequence[str]) -> int:
    for error in errors:
        complain("error", error)
    out = sys.stdout
    for file in files:
        if file.explicit or os.path.exists(file.path):
            line = f"{file.path}\n".encode(out.encoding or "utf-8", "backslashreplace")
            out.write(line.decode(out.encoding or "utf-8"))
    return 2 if errors else 0


def _progress(number: int, options: Options) -> Any:
    if options.quiet or sys.stderr is None or not sys.stderr.isatty():
        return None
    from kerlint.cli.progress import Progress

    return Progress(number, sys.stderr)


def _report(
    result: Result, files: Sequence[File], here: Settings, options: Options, code: int
) -> None:
    from kerlint.report import render

    texts = {file.path: file.data for file in files if file.data is not None}

    def source(path: str) -> str | None:
        from kerlint.source.reading import Undecodable, decode, read_bytes

        if path.endswith(".ipynb"):
            return None  # one whose cells are not known: its JSON tells a reader nothing
        try:
            return decode(texts[path] if path in texts else read_bytes(path))
        except (OSError, ValueError, LookupError, Undecodable):
            return None

    def write(out: TextIO) -> None:
        from kerlint.report.color import enabled

        render(
            here.output_format,
            result,
            out,
            color=enabled(options.color, out),
            verbose=options.verbose,
            quiet=options.quiet,
            statistics=options.statistics,
            sources=source,
            notebooks=result.notebooks,
            exit_code=code,
        )

    if options.output_file is None:
        if sys.stdout is not None:
            write(sys.stdout)
        return
    try:
        with open(options.output_file, "w", encoding="utf-8", newline="\n") as out:
            write(out)
    except OSError as error:
        from kerlint.failures import Failure

        why = error.strerror or error
        raise Failure(f"cannot write the report to {options.output_file}: {why}") from None
