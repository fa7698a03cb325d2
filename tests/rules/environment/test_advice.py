"""A framework that does not start: the table of messages says what its output means."""

from __future__ import annotations

from kerlint.probe.trial_observations import Trial
from kerlint.rules.environment._trials import advice

TRACEBACK = 'Traceback (most recent call last):\n  File "a.py", line 1, in <module>\n'


def test_what_the_table_knows() -> None:
    trial = Trial(
        subject="jax",
        ended="failed",
        traceback=f"{TRACEBACK}RuntimeError: jaxlib is version 0.9.0, but this version of jax "
        "requires version >= 0.9.1.\n",
    )
    assert advice(trial).startswith("jaxlib 0.9.0 is older than this jax allows (0.9.1). Install")


def test_a_line_before_the_exception_may_be_the_cause() -> None:
    trial = Trial(
        output="A module that was compiled using NumPy 1.x cannot be run in\nNumPy 2.2.6 as it may "
        "crash.\n",
        traceback=f"{TRACEBACK}ImportError: numpy.core.umath failed to import\n",
    )
    assert advice(trial).startswith("A package was built for NumPy 1")


def test_an_exception_that_nobody_knows_gets_no_meaning() -> None:
    trial = Trial(output="CUDA_ERROR_NO_DEVICE\n", traceback=f"{TRACEBACK}KeyError: 1\n")
    assert "kerlint explain" in advice(trial)
