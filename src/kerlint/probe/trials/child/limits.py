"""Limits that the process sets for itself, and what it leaves behind when it dies."""

from __future__ import annotations

import contextlib
import faulthandler
import os


def apply(seconds: float) -> None:
    """No core file; an end to endless computing; stacks when it crashes or seems to hang.

    The address space is not limited: CUDA reserves far more of it than there is memory.
    """
    with contextlib.suppress(Exception):
        faulthandler.enable(2, all_threads=True)
        faulthandler.dump_traceback_later(seconds * 0.85, file=2)
    with contextlib.suppress(Exception):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        # Of all its threads together: so many can compute at a time, for so long.
        limit = int(seconds + 5) * (os.cpu_count() or 1)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        if hard == resource.RLIM_INFINITY or limit < hard:
            resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))
