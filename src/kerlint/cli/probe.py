"""`kerlint probe [PROJECT]`, also `kerlint --probe`: examine an environment and its GPU stack."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any

from kerlint.cli import complain
from kerlint.cli.arguments import Parser, add_settings
from kerlint.failures import Failure
from kerlint.probe.report import FORMATS
from kerlint.settings_table import FAIL_ON

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kerlint.probe.examining import Order
    from kerlint.probe.masking import Masks
    from kerlint.probe.observations import Observations
    from kerlint.probe.outcome import Examination

DESCRIPTION = """\
Look at the Python environment and the GPU stack that Keras code will run on, start each framework
in a process of its own, and say what is broken and how to mend it. Nothing is changed, nothing is
sent anywhere, and what is printed can be pasted into a public issue.
"""


def run(argv: Sequence[str]) -> int:
    """Examine and report; returns the exit code. Raises Failure."""
    found = parser().parse(argv)
    if found.print_collector:
        from kerlint.probe.bundle import text

        sys.stdout.write(text())
        return 0
    if found.list_checks:
        return _list_checks()
    order, notes = _order(found)
    masks = _masks(found)
    if found.from_json:
        seen = _read(found.from_json)
        notes = [f"Observations of {seen.collected or 'unknown date'}, from {found.from_json}."]
    else:
        from kerlint.probe.examining import observe

        with _leaving_in_order():
            seen = observe(order, _tell(found))
    if found.dump:
        _dump(seen, masks, found.dump)
    from kerlint.probe.examining import judge

    examined = judge(seen, order, masks, notes)
    code = exit_code(examined, found.fail_on or "error")
    for error in examined.errors:
        complain("error", error)
    _report(examined, found, code)
    return code


def parser() -> Parser:
    """The parser of the command."""
    made = Parser(
        prog="kerlint probe",
        usage="kerlint probe [OPTIONS] [PROJECT]",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    made.add_argument(
        "project", nargs="?", default=".", help="compare with this project (default: here)"
    )
    what = made.add_argument_group("what to examine")
    what.add_argument(
        "--python",
        metavar="PYTHON",
        help="an interpreter, a virtual environment or a conda prefix (default: the active "
        "environment, else the project's, else `python`)",
    )
    what.add_argument(
        "--from-json",
        metavar="FILE",
        help="judge what a collector saw elsewhere; `-` for standard input",
    )
    what.add_argument(
        "--no-import", action="store_true", help="only look; do not start any framework"
    )
    what.add_argument(
        "--require-gpu", action="store_true", help="a GPU is wanted, whatever the project says"
    )
    what.add_argument(
        "--timeout", type=_seconds, metavar="SECONDS", help="time limit of each framework's start"
    )
    checks = made.add_argument_group("which checks")
    checks.add_argument("--select", action="append", metavar="RULES", help="only these")
    checks.add_argument("--ignore", action="append", metavar="RULES", help="not these")
    checks.add_argument("--list-checks", action="store_true", help="list them, and leave")
    add_settings(made)
    output = made.add_argument_group("output")
    output.add_argument(
        "--output-format",
        choices=FORMATS,
        default="text",
        metavar="FORMAT",
        help=f"one of {', '.join(FORMATS)}",
    )
    output.add_argument("--output-file", metavar="FILE", help="write the report there")
    output.add_argument("--dump", metavar="FILE", help="keep the observations there, as JSON")
    output.add_argument(
        "--print-collector",
        action="store_true",
        help="print the collector, one file to run by hand where kerlint is not installed",
    )
    output.add_argument(
        "--full", action="store_true", help="mask nothing: do not paste that into a public issue"
    )
    output.add_argument(
        "--fail-on", choices=FAIL_ON, metavar="SEVERITY", help="exit with 1 from it on (error)"
    )
    output.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", metavar="WHEN"
    )
    output.add_argument("-q", "--quiet", action="store_true", help="findings only")
    output.add_argument("-v", "--verbose", action="store_true", help="everything that was seen")
    return made


def exit_code(examined: Examination, fail_on: str) -> int:
    """2 for what could not be examined, 1 for findings at or above `fail_on`, else 0."""
    from kerlint.diagnostics import SEVERITIES

    if examined.errors:
        return 2
    if fail_on == "never":
        return 0
    bar = SEVERITIES.index(fail_on)
    return int(any(SEVERITIES.index(one.severity) >= bar for one in examined.diagnostics))


def _order(found: Any) -> tuple[Order, list[str]]:
    from kerlint.probe.default_python import default_python
    from kerlint.probe.examining import Order

    if not os.path.isdir(found.project):
        raise Failure(f"{found.project} is no folder; name the project's folder")
    try:
        folder = os.path.abspath(found.project)
    except FileNotFoundError:
        raise Failure("the working folder is gone; change to one that is there") from None
    argument, why = found.python, "named with --python"
    notes = []
    if not found.from_json:
        if not argument:
            argument, why = default_python(folder)
        notes = [f"Examined: {argument} ({why})."]
    order = Order(
        argument or "",
        folder,
        tries=not found.no_import,
        seconds=found.timeout,
        require_gpu=found.require_gpu,
        codes=_codes(found, folder),
    )
    return order, notes


def _codes(found: Any, folder: str) -> frozenset[str] | None:
    """The checks in force: those of the project's settings, and what the command line says."""
    from kerlint.selection import codes_of
    from kerlint.settings import SettingsTree

    layer: dict[str, list[str]] = {}
    for key, given in (("select", found.select), ("ignore", found.ignore)):
        if given:
            words = [word.strip() for text in given for word in text.split(",")]
            layer[key] = [word for word in words if word]
            for word in layer[key]:
                codes_of(word)
    tree = SettingsTree(layer, found.isolated, found.config)
    return tree.of_folder(folder).selected()


def _seconds(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < 86_400:
        raise argparse.ArgumentTypeError(f"`{text}` is no number of seconds between 0 and a day")
    return number


@contextlib.contextmanager
def _leaving_in_order() -> Iterator[None]:
    """A request to end (SIGTERM) goes the way of an exception: children are ended on it, and
    temporary folders removed."""

    def leave(number: int, frame: object) -> None:
        raise SystemExit(128 + number)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _masks(found: Any) -> Masks:
    from kerlint.probe.masking import Nothing, of_this_machine

    if found.full:
        complain("warning", "--full masks nothing: names, homes and addresses are in the report")
        return Nothing()
    return of_this_machine()


def _tell(found: Any) -> Any:
    if found.quiet or sys.stderr is None or not sys.stderr.isatty():
        return None
    return lambda what: complain("note", what)


def _read(path: str) -> Observations:
    import json

    from kerlint.probe.exchange import observations

    try:
        if path == "-":
            text = sys.stdin.buffer.read().decode("utf-8-sig")
        else:
            with open(path, encoding="utf-8-sig") as file:
                text = file.read()
        data = json.loads(text)
    except OSError as error:
        raise Failure(f"cannot read {path}: {error.strerror or error}") from None
    except (ValueError, RecursionError) as error:
        raise Failure(f"{path} is no JSON: {error}") from None
    if isinstance(data, dict) and isinstance(data.get("observations"), dict):
        data = {"not_checked": data.get("not_checked", []), **data["observations"]}
    return observations(data)


def _dump(seen: Observations, masks: Masks, path: str) -> None:
    from kerlint.probe.exchange import plain
    from kerlint.report.dump import dump

    _write(path, dump(plain(masks.deep(seen)), indent=1) + "\n")


def _write(path: str, text: str) -> None:
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except OSError as error:
        raise Failure(f"cannot write {path}: {error.strerror or error}") from None


def _report(examined: Examination, found: Any, code: int) -> None:
    import io

    from kerlint.probe.report import render
    from kerlint.report.color import enabled

    out = sys.stdout if found.output_file is None else io.StringIO()
    if out is None:
        return
    render(
        found.output_format,
        examined,
        out,
        color=enabled(found.color, out),
        verbose=found.verbose,
        quiet=found.quiet,
        exit_code=code,
    )
    if isinstance(out, io.StringIO):
        _write(found.output_file, out.getvalue())


def _list_checks() -> int:
    from kerlint.cli.rule import summary
    from kerlint.rules import all_rules, entries

    codes = {one.code for one in entries() if "check_environment" in one.hooks}
    for rule in all_rules():
        if rule.code in codes:
            sys.stdout.write(f"{rule.code}  {rule.name:<32} {summary(rule)}\n")
    return 0
