"""Observe an environment from outside: start its interpreter, read its answer, call its driver."""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
import time
from typing import TYPE_CHECKING, Any

from kerlint.failures import Failure
from kerlint.probe import bundle, exchange, interpreters
from kerlint.probe.collector.assembling import CHILDREN
from kerlint.probe.collector.interpreter import virtual_prefix
from kerlint.probe.collector.observing import Examined, observe

if TYPE_CHECKING:
    from kerlint.probe.observations import Observations

_PACKAGE = "package"
_NOT_REACHED = {12, 13}
"""Codes of NVML that say nothing of the driver: no library, no such function in it."""


def collect(argument: str, folder: str, *, seconds: float, gpu: bool = True) -> Observations:
    """Everything about the interpreter that `argument` means (`interpreters.find`).

    `folder`   the project's, from which shadowing is judged; "" for none
    `seconds`  for everything together; whatever the environment does, this returns soon after
    `gpu`      whether to call the driver's libraries

    Raises Failure where `argument` names no interpreter. One that is there and does not run is
    no failure: `starts` says what happened.
    """
    found = interpreters.find(argument)
    folder = os.path.abspath(folder) if folder else ""
    with _temporary_folder() as temporary:
        scratch = os.path.realpath(temporary)
        texts = {role: bundle.text(role) for role in CHILDREN}
        examined = Examined(
            found.executable, folder, os.environ, texts, scratch, seconds, sys.executable
        )
        answer = observe(examined, gpu, _nvml(examined, scratch))
    collected = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())
    head = {"schema": 1, "collected": collected, "argument": argument}
    if not answer["interpreter"].get("version"):
        answer["interpreter"] = _by_settings(found.executable)
    try:
        return exchange.observations({**answer, **head, "folder": folder})
    except Failure as error:
        gap = {"what": "everything inside the interpreter", "why": str(error)}
        rest = {"starts": answer["starts"], "not_checked": [*answer["not_checked"], gap]}
        return exchange.observations({**head, "folder": folder, **rest})


def _temporary_folder() -> tempfile.TemporaryDirectory[str]:
    try:
        return tempfile.TemporaryDirectory(prefix="kerlint-probe-", ignore_cleanup_errors=True)
    except OSError as error:
        raise Failure(f"no temporary folder can be written ({error}): set TMPDIR to one") from None


def _nvml(examined: Examined, scratch: str) -> Any:
    """A way to ask NVML: through nvidia-ml-py if kerlint's own environment has it, then ctypes."""
    if importlib.util.find_spec("pynvml") is None:
        return None
    program = os.path.join(scratch, f"{_PACKAGE}.py")
    with open(program, "w", encoding="utf-8") as file:
        file.write(bundle.text(_PACKAGE))

    def ask() -> dict[str, Any]:
        result = examined.call_by([sys.executable, "-I", "-B", program], "nvml")
        codes = [step.get("code") for step in result["call"]["steps"]]
        reached = codes and not _NOT_REACHED & set(codes)
        return result if reached else examined.call("nvml")

    return ask


def _by_settings(executable: str) -> dict[str, Any]:
    """What pyvenv.cfg says of an interpreter that does not start."""
    prefix, settings = virtual_prefix(executable)
    home = settings.get("home", "")  # the folder of the interpreter that it was made from
    return {
        "executable": executable,
        "prefix": prefix,
        "base_prefix": os.path.dirname(home) if os.path.basename(home) == "bin" else home,
        "version": settings.get("version_info", settings.get("version", "")),
    }
