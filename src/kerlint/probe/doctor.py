"""`kerlint.doctor()`: the probe about the running interpreter, from inside it.

A notebook gets the report with its details folded; anything else gets the text of
`kerlint --probe`. Either way the environment is looked at by a process of its own.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kerlint.probe.outcome import Examination


def doctor(
    project: str | os.PathLike[str] = ".",
    *,
    tries: bool = True,
    require_gpu: bool = False,
    verbose: bool = False,
) -> None:
    """Examine the running environment and show what is wrong with it.

    `project` is the folder whose requirements are compared with what is installed; with
    `tries=False` no framework is started. Raises kerlint.failures.Failure where `project` is no
    folder.
    """
    examined = examine(project, tries=tries, require_gpu=require_gpu)
    show(examined, verbose=verbose)


def examine(
    project: str | os.PathLike[str] = ".", *, tries: bool = True, require_gpu: bool = False
) -> Examination:
    """What `doctor` shows, as an object."""
    from kerlint.failures import Failure
    from kerlint.probe.examining import Order, judge, observe
    from kerlint.probe.kernel import already
    from kerlint.probe.masking import of_this_machine

    folder = os.path.abspath(project)
    if not os.path.isdir(folder):
        raise Failure(f"{os.fspath(project)} is no folder; name the project's folder")
    order = Order(sys.executable, folder, tries=tries, require_gpu=require_gpu)
    notes = [f"Examined: {sys.executable} (the running interpreter)."]
    notes.extend(already(sys.modules, os.environ))
    return judge(observe(order), order, of_this_machine(), notes)


def show(examined: Examination, *, verbose: bool = False) -> None:
    """In a notebook as HTML, elsewhere as text on standard output."""
    display = _notebook_display()
    if display is not None:
        from kerlint.probe.report.html import page

        display(
            {"text/html": page(examined, verbose=verbose), "text/plain": _text(examined, verbose)},
            raw=True,
        )
        return
    sys.stdout.write(_text(examined, verbose))


def _text(examined: Examination, verbose: bool) -> str:
    from kerlint.probe.report import text

    lines = text.lines(examined, color=False, verbose=verbose, quiet=False)
    return "".join(f"{line}\n" for line in lines)


def _notebook_display() -> Any:
    """IPython's `display`, if this process is the kernel of a notebook."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is None or "IPKernelApp" not in shell.config:
        return None
    from importlib import import_module

    return import_module("IPython.display").display
