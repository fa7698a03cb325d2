"""The result file: one JSON object a line, each with the nonce of this run."""

from __future__ import annotations

import contextlib
import json
import os
import time
import traceback

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT = 6000
"""Characters of a traceback that are kept: its end tells most."""


class Stop(Exception):
    """What failed is needed by all that would follow."""


class Outcome:
    """What came out of a step: its body sets `value`."""

    value = ""


class Recorder:
    """Writes steps as they begin and end. A line is written whole, or the process died before."""

    def __init__(self, path: str, nonce: str) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND)
        self._nonce = nonce
        self._started = time.time()
        self.failed = False

    def write(self, **fields: object) -> None:
        fields["nonce"] = self._nonce
        os.write(self._file, (json.dumps(fields) + "\n").encode("ascii"))

    @contextlib.contextmanager
    def step(self, name: str, needed: bool = False, optional: bool = False) -> Iterator[Outcome]:
        """Record how the body ended.

        An exception of the body is recorded and swallowed; where the step is `needed`, Stop is
        raised instead. A failure of an `optional` step is recorded, and is no failure of the trial.
        SystemExit and the like go through: somebody wants to end this process, and that is what
        is to be seen.
        """
        self.write(begin=name)
        outcome = Outcome()
        error = trace = ""
        try:
            yield outcome
        except BaseException as raised:
            error = "".join(traceback.format_exception_only(type(raised), raised)).strip()
            trace = traceback.format_exc()[-KEPT:]
            self.failed = self.failed or not optional
            if not isinstance(raised, Exception):
                self._end(name, outcome, error, trace, optional)
                raise
        self._end(name, outcome, error, trace, optional)
        if error and needed:
            raise Stop(name)

    def _end(self, name: str, outcome: Outcome, error: str, trace: str, optional: bool) -> None:
        self.write(
            step=name,
            ok=not error,
            value=outcome.value[:1000],
            error=error[-2000:],
            traceback=trace,
            optional=optional,
            seconds=round(time.time() - self._started, 3),
        )
