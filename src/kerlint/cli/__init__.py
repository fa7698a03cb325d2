"""The command line: arguments, settings, run, exit code; one module a command.

Exit codes: 0 nothing at or above `--fail-on`; 1 findings; 2 kerlint could not do its job;
130 interrupted.
"""

from __future__ import annotations

import gc
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = ("check", "rule", "config", "target", "probe", "explain")

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run kerlint with these arguments (default: those of the process); returns the exit code."""
    if argv is None:
        # A short life: collecting garbage, most of all at its end, costs more than it frees.
        gc.disable()
    try:
        code = _exit_code(list(sys.argv[1:] if argv is None else argv))
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        if argv is None:
            # At once: the interpreter would wait for threads and processes to end in good order.
            import os

            os._exit(INTERRUPTED)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read us has seen enough. The interpreter must not try to flush again.
        import os

        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 1
    finally:
        if argv is None:
            gc.freeze()


def _exit_code(argv: list[str]) -> int:
    try:
        return _dispatch(argv)
    except SystemExit as leave:  # `--help` and `--version` leave in this way
        return leave.code if isinstance(leave.code, int) else 0


def _dispatch(argv: list[str]) -> int:
    command = argv[0] if argv and argv[0] in COMMANDS else ""
    if command:
        argv = argv[1:]
    elif "--probe" in argv:
        command = "probe"
        argv = [one for one in argv if one != "--probe"]
    try:
        # Only paths, as a hook gives them: nothing has to be parsed.
        if command in ("", "check") and not any(one[:1] == "-" and one != "-" for one in argv):
            from kerlint.cli.check import run

            return run(argv)
        from kerlint.cli.arguments import run as parse_and_run

        return parse_and_run(command or "check", argv)
    except Exception as error:
        from kerlint.failures import Failure

        if isinstance(error, BrokenPipeError):
            raise
        if isinstance(error, Failure):
            complain("error", str(error))
        elif "-v" in argv or "--verbose" in argv:
            raise
        else:
            reason = f"{type(error).__name__}: {error}"
            complain("error", f"{reason}. This is a fault of kerlint; --verbose shows where.")
        return 2


def complain(kind: str, message: str) -> None:
    """One line on standard error: `kerlint: error: message`."""
    if sys.stderr is not None:
        text = f"kerlint: {kind}: {message}\n"
        encoding = sys.stderr.encoding or "utf-8"
        sys.stderr.write(text.encode(encoding, "backslashreplace").decode(encoding))
