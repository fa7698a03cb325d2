"""How far a long run is, on a terminal."""

from __future__ import annotations

import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

PATIENCE = 1.0
"""Seconds before anything is shown."""

INTERVAL = 0.1
"""Seconds between two updates."""


class Progress:
    """One line that is written over, and wiped away at the end."""

    def __init__(self, total: int, out: TextIO) -> None:
        self._total = total
        self._out = out
        self._done = 0
        self._next = time.monotonic() + PATIENCE
        self._shown = False

    def step(self) -> None:
        """One more file is done."""
        self._done += 1
        if self._done >= self._total:
            self.clear()
            return
        now = time.monotonic()
        if now >= self._next:
            self._next = now + INTERVAL
            self._shown = True
            self._out.write(f"\rkerlint: {self._done} of {self._total} files\x1b[K")
            self._out.flush()

    def clear(self) -> None:
        """Leave no trace."""
        if self._shown:
            self._shown = False
            self._out.write("\r\x1b[K")
            self._out.flush()
