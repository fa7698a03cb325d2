"""Each installed framework is started in a child of its own; what comes of it is an observation.

`choosing`  which frameworks, with which backend, with or without a GPU
`running`   one child: its folders, its environment, its end
`reading`   what it recorded, to a Trial
`child/`    what the examined interpreter runs
"""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from kerlint.probe.process import end_all
from kerlint.probe.trial_observations import Trial
from kerlint.probe.trials.choosing import subjects, with_gpu
from kerlint.probe.trials.running import attempt

if TYPE_CHECKING:
    from kerlint.probe.asked import Asked
    from kerlint.probe.observations import Observations

AT_ONCE = 4
"""Children at a time, at most; one where there is a GPU, whose memory they would fight for."""


def try_all(seen: Observations, asked: Asked, *, seconds: float) -> list[Trial]:
    """Start every installed framework. `seconds` is the limit of each child.

    Whatever the frameworks do, this ends, within the limits, and leaves nothing behind.
    """
    chosen = subjects(seen, asked)
    python = seen.interpreter.executable
    reason = "" if python else "the interpreter is not known"
    ordinary = [one for one in seen.starts if one.mode == "ordinary"]
    if ordinary and not any(one.answered for one in ordinary):
        reason = "the interpreter does not start"
    if reason:
        return [Trial(subject=one.name, backend=one.backend, error=reason) for one in chosen]
    gpu = with_gpu(seen, asked)
    workers = 1 if gpu else max(1, min(AT_ONCE, os.cpu_count() or 1, len(chosen)))
    with ThreadPoolExecutor(workers) as pool:
        waiting = [
            pool.submit(
                attempt,
                python,
                one,
                gpu=gpu,
                keras_json=seen.keras_config.text,
                seconds=seconds,
                user_site=seen.site.user_site,
            )
            for one in chosen
        ]
        try:
            return [one.result() for one in waiting]
        except BaseException:  # somebody has pressed Ctrl-C, and need not wait for the limits
            pool.shutdown(wait=False, cancel_futures=True)
            while not all(one.done() for one in waiting):
                end_all()
                time.sleep(0.05)
            raise
