"""Which folder and settings Keras would use, told without importing it.

As `keras/src/backend/config.py` of Keras 3 does it: KERAS_HOME if set, else `~/.keras`, else
`/tmp/.keras` where the home folder cannot be written. An import would create what is absent.
Keras 2 and tf-keras do the same.
"""

from __future__ import annotations

import os

from kerlint.probe.collector.answering import Gaps, read_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_LONGEST = 1_000_000


def keras_config(environment: dict[str, str], folder: str, gaps: Gaps) -> dict[str, Any]:
    """`KerasConfig`; a relative KERAS_HOME is relative to the project's folder."""
    source = "home"
    if "KERAS_HOME" in environment:
        home, source = environment["KERAS_HOME"], "KERAS_HOME"
    else:
        base = os.path.expanduser("~")
        if not os.access(base, os.W_OK):
            base, source = "/tmp", "temporary"
        home = os.path.join(base, ".keras")
    home = os.path.normpath(os.path.join(folder or os.getcwd(), os.path.expanduser(home)))
    file = os.path.join(home, "keras.json")
    seen: dict[str, Any] = {
        "home": home,
        "home_source": source,
        "home_exists": os.path.isdir(home),
        "writable": _can_be_written(home),
        "file": file,
    }
    try:
        if os.path.exists(file):
            text = read_text(file, _LONGEST + 1)
            if len(text) > _LONGEST:
                gaps.add(f"the settings in {file}", f"it has more than {_LONGEST} bytes")
            else:
                seen["text"] = text
    except OSError as error:
        seen["problem"] = str(error)
    return seen


def _can_be_written(folder: str) -> bool:
    """Whether the folder can be written, or made where it is absent."""
    while not os.path.lexists(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return os.path.isdir(folder) and os.access(folder, os.W_OK)
