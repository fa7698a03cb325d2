"""Work spread over processes, for runs that are worth their start.

Any `concurrent.futures.Executor` can carry it: the function that is sent is `kerlint.checking.work.do_all`,
its argument a list of `Work`.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from functools import partial
from typing import TYPE_CHECKING

from kerlint.checking.work import Outcome, Work, do_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Executor

CHUNK = 150_000
"""Bytes to parse in one go: small enough to keep all processes busy to the end."""


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(works: Sequence[Work], executor: Executor) -> Iterator[Outcome]:
    """The outcomes of `works`, in their order, by way of `executor`."""
    run = f"{os.getpid()} {time.monotonic_ns()}"
    for outcomes in executor.map(partial(do_all, run=run), list(_chunks(works))):
        yield from outcomes


def _chunks(works: Sequence[Work]) -> Iterator[list[Work]]:
    chunk: list[Work] = []
    size = 0
    for work in works:
        chunk.append(work)
        size += work.size
        if size >= CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def own(works: Sequence[Work], jobs: int) -> Iterator[Outcome]:
    """The outcomes of `works`, in their order, by way of own processes.

    If a process dies (memory, a crash of the parser), the works that are left are done here, so
    that the fault shows where it is.
    """
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from importlib import import_module
    from multiprocessing import active_children, get_context

    context = None
    if sys.platform == "linux":
        # A fork shares what is loaded; so load it first.
        import_module("kerlint.source.names")
        context = get_context("fork")
    done = 0
    executor = ProcessPoolExecutor(jobs, context, initializer=_quiet)
    try:
        for outcome in spread(works, executor):
            yield outcome
            done += 1
        executor.shutdown()
    except BrokenProcessPool:
        executor.shutdown(wait=False, cancel_futures=True)
        for work in works[done:]:
            yield from do_all([work])
    except BaseException:
        # Interrupted: nobody waits for what the others are at, nor for what the executor's own
        # thread has to say about their end.
        threading.excepthook = lambda told: None
        for child in active_children():
            child.terminate()
        executor.shutdown(wait=False, cancel_futures=True)
        raise


def _quiet() -> None:
    """Let an interrupt end a worker without a word; the parent speaks."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_DFL)
