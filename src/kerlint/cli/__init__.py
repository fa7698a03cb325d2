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
_CANNOT_BE_WRITTEN = (28, 32)
"""`errno.ENOSPC` and `errno.EPIPE`, on every system: nobody takes what we write."""

_held: list[object] | None = None
"""What is kept until the process ends; None where it goes on."""


def command() -> int:
    """Run kerlint as the process that it is; ends the process, where nobody waits for that."""
    global _held
    _held = []
    code = main()
    if _ends_unseen():
        import os

        os._exit(code)
    return code


def hold(thing: object) -> None:
    """Keep `thing` if the process is about to end: to take it apart first would be wasted time."""
    if _held is not None:
        _held.append(thing)


def _ends_unseen() -> bool:
    """Whether nobody wants to do anything before the process ends, and all that was said is out.

    The interpreter would take every object apart, which costs about as much as to read fifty files.
    """
    import atexit

    watched = sys.gettrace() or sys.getprofile()
    if watched or getattr(atexit, "_ncallbacks", lambda: 1)():
        return False
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):  # the interpreter has its own way to tell of it
        return False
    return True


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
    except OSError as error:
        if error.errno not in _CANNOT_BE_WRITTEN:
            raise
        # The interpreter must not try to flush again.
        import os

        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        if isinstance(error, BrokenPipeError):
            return 1  # whoever read us has seen enough
        complain("error", "the report could not be written: there is no space left for it")
        return 2
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

        if isinstance(error, OSError) and error.errno in _CANNOT_BE_WRITTEN:
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
