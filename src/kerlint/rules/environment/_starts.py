"""What the starts of the interpreter said, for the rules about them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.probe.observations import Observations, Start

_KNOWN = ("distutils-precedence.pth", "_virtualenv.pth", "a1_coverage.pth")
"""Files of setuptools, virtualenv and coverage, which are in sound environments too."""


def how(start: Start) -> str:
    """How a start ended that did not answer."""
    if start.error:
        return f"it cannot be started ({start.error})"
    if start.timed_out:
        return f"it did not answer within {start.seconds:.0f} s"
    if start.signal is not None:
        return f"it was ended by signal {start.signal}"
    if start.returncode:
        return f"it ended with exit code {start.returncode}"
    return "answered" if start.answered else "it ended without an answer"


def last_line(text: str) -> str:
    """The last line of an output that says something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""


def culprit_of(seen: Observations, stderr: str) -> tuple[str, str]:
    """The file at fault and how to call it; ("", "") if it cannot be told."""
    site = seen.site
    named = [
        (path, word)
        for path, word in (
            (site.usercustomize, "usercustomize"),
            (site.sitecustomize, "sitecustomize"),
        )
        if path
    ]
    for path, word in named:
        if word in stderr:
            return path, word
    for line in seen.pth:
        if line.problem != "points-nowhere" and (line.file in stderr or not named):
            return line.file, f"line {line.line} of {line.file}" if line.line else line.file
    code = [line for line in seen.site.pth_code if not line.file.endswith(_KNOWN)]
    if not named and len(code) == 1:
        return code[0].file, f"line {code[0].line} of {code[0].file}"
    return named[0] if len(named) == 1 else ("", "")
