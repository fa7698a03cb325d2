"""The first steps of every framework: is it there, and does it import?"""

from __future__ import annotations

import importlib
import importlib.util

from .libraries import loaded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .recorder import Recorder


def imported(name: str, record: Recorder) -> Any:
    """The imported module. Raises Stop where that fails."""
    with record.step("found", optional=True) as found:
        spec = importlib.util.find_spec(name)
        found.value = str(spec and spec.origin)
    with record.step("imported", needed=True) as outcome:
        module = importlib.import_module(name)
        outcome.value = str(getattr(module, "__version__", ""))
        if getattr(module, "__file__", None) is None:
            raise ImportError(
                f"`{name}` has no file: a folder that remained ({list(module.__path__)})"
            )
    with record.step("file", optional=True) as outcome:
        outcome.value = str(module.__file__)
    record.write(loaded=loaded())
    return module
