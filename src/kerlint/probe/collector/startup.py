"""What one start of the interpreter finds: its path, what `site` did, what is imported already.

Runs in `ordinary` and `isolated` starts, in whatever the environment's start made of the
interpreter; so it asks for little, and imports nothing but `os` and `sys`.
"""

from __future__ import annotations

import os
import sys

from kerlint.probe.collector.answering import write_answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def startup(own_folder: str) -> dict[str, Any]:
    """The facts of this start. `own_folder`, where this file lies, is not part of the path."""
    path = [str(entry) for entry in sys.path]
    safe = bool(getattr(sys.flags, "safe_path", False))
    if path and not safe and not sys.flags.isolated and os.path.realpath(path[0]) == own_folder:
        del path[0]
    site = sys.modules.get("site")
    return {
        "path": path,
        "safe_path": safe,
        "prefix": sys.prefix,
        "base_prefix": sys.base_prefix,
        "executable": sys.executable or "",
        "modules": sorted(name for name in list(sys.modules) if isinstance(name, str)),
        "site_packages": _asked(site, "getsitepackages"),
        "user_site": _asked(site, "getusersitepackages"),
        "user_site_enabled": getattr(site, "ENABLE_USER_SITE", None),
        "sitecustomize": _file_of("sitecustomize"),
        "usercustomize": _file_of("usercustomize"),
    }


def _asked(site: Any, name: str) -> Any:
    try:
        return getattr(site, name)()
    except Exception:
        return None


def _file_of(module: str) -> str:
    return str(getattr(sys.modules.get(module), "__file__", None) or "")


def start_main(words: list[str]) -> int:
    """`words`: the file for the answer, the nonce."""
    own_folder = os.path.dirname(os.path.realpath(sys.argv[0]))
    write_answer(words[0], words[1], startup(own_folder))
    return 0
