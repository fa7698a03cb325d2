"""Files of the project, or of PYTHONPATH, that Python finds before the real module.

Left out is what cannot hide anything: built-in and frozen modules come before the path, what the
start has imported already is not looked for again, and the project that makes a package is the
place where it belongs.
"""

from __future__ import annotations

import os
import re
import sys

from kerlint.probe.collector.answering import read_text
from kerlint.probe.collector.modules import IMPORTED_NAMES, Finder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_REQUIREMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_OWN_NAME = re.compile(r"""^\s*name\s*=\s*["']?([\w.-]+)["']?,?\s*$""", re.M)
_FRAMEWORKS = ("keras", "tensorflow", "tensorflow-cpu", "tf-keras", "jax", "torch")
_TRIED = frozenset(("jax",))
"""Not installed, and yet a folder of that name breaks Keras 3, which tries to import it and takes
what it gets for JAX. `torch`, `scipy`, `tf_keras` and the others do no harm then (tried with 3.15)."""
_NOT_IMPORTED = frozenset(("test", "this", "antigravity", "idlelib", "turtledemo", "lib2to3"))
"""Of the standard library, never imported by another module."""
_OLD_STANDARD = (
    "abc argparse array ast asyncio base64 bisect bz2 calendar cmd code codecs collections "
    "concurrent configparser contextlib contextvars copy copyreg csv ctypes dataclasses datetime "
    "decimal difflib dis doctest email enum errno fractions functools getpass glob gzip hashlib "
    "heapq hmac html http importlib inspect io ipaddress itertools json keyword linecache locale "
    "logging lzma math mimetypes multiprocessing numbers opcode operator os pathlib pdb pickle "
    "pkgutil platform pprint profile queue quopri random re reprlib sched secrets select "
    "selectors shelve shlex shutil signal site socket socketserver sqlite3 ssl stat statistics "
    "string stringprep struct subprocess symtable sysconfig tarfile tempfile textwrap threading "
    "time timeit token tokenize trace traceback types typing unicodedata unittest urllib uuid "
    "warnings wave weakref xml zipfile zlib"
)
"""Python before 3.10 has no list of its own."""


def standard_modules() -> frozenset[str]:
    """Modules of the standard library that a file on the path can hide."""
    import _imp

    names = set(getattr(sys, "stdlib_module_names", None) or _OLD_STANDARD.split())
    names -= {name for name in names if _imp.is_frozen(name)}
    return frozenset(names - set(sys.builtin_module_names) - _NOT_IMPORTED)


def needed_names(distributions: list[dict[str, Any]]) -> frozenset[str]:
    """Import names of the frameworks and of everything that they require."""
    by_name = {one["name"]: one for one in reversed(distributions)}
    names = {name.partition(".")[0] for name in IMPORTED_NAMES}
    waiting = [name for name in _FRAMEWORKS if name in by_name]
    met = set(waiting)
    while waiting:
        one = by_name[waiting.pop()]
        names.update(name for name in one["top_level"] if name.isidentifier())
        for line in one["requires"]:
            named = _REQUIREMENT.match(line)
            if not named or "extra ==" in line:
                continue
            other = re.sub(r"[-_.]+", "-", named[0]).lower()
            if other in by_name and other not in met:
                met.add(other)
                waiting.append(other)
    return frozenset(name for name in names if not name.startswith("_"))


def shadows(
    folder: str,
    python_path: list[str],
    finder: Finder,
    distributions: list[dict[str, Any]],
    imported: frozenset[str],
) -> list[dict[str, Any]]:
    """`Shadow` for each file or folder that is found first.

    `finder` looks on the path behind these entries; `imported`: modules that a start has in
    memory before it runs anything, which a script's folder can no longer hide.
    """
    entries = [(place, "pythonpath") for place in python_path]
    if folder:
        entries[:0] = [(folder, "folder"), (os.path.join(folder, "src"), "folder")]
    needed = needed_names(distributions)
    standard = standard_modules()
    found = []
    for entry, kind in entries:
        own = {_made_here(entry)} if kind == "folder" else set()
        own |= _installed_from(entry, distributions)
        own |= standard & imported if kind == "folder" else set()
        names = {_module_name(name) for name in _names(entry)} & (needed | standard)
        for name in sorted(names - own):
            shadow = _shadow(name, entry, finder, name in standard)
            if shadow:
                found.append({**shadow, "entry": entry, "kind": kind})
    return found


def _shadow(name: str, entry: str, finder: Finder, standard: bool) -> dict[str, Any] | None:
    """What a module in this entry hides; None where it hides nothing."""
    places = Finder([entry]).places(name)
    real = [one for one in finder.places(name) if os.path.dirname(one[1]) != entry]
    if not places or any(_same(places[0][1], place) for _, place in real):
        return None
    if places[0][0] == "namespace" and (standard or any(kind != "namespace" for kind, _ in real)):
        return None
    if not real and name not in _TRIED:
        return None
    return {
        "module": name,
        "file": places[0][1],
        "hides": real[0][1] if real else "",
        "what": "standard-module" if standard else "package",
    }


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _module_name(file: str) -> str:
    return file.partition(".")[0]


def _same(one: str, other: str) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _made_here(folder: str) -> str:
    """The import name of the project that lives here, as it calls itself; "" for none."""
    if os.path.basename(folder) == "src":
        folder = os.path.dirname(folder)
    for file in ("pyproject.toml", "setup.cfg", "setup.py"):
        try:
            named = _OWN_NAME.search(read_text(os.path.join(folder, file)))
        except OSError:
            continue
        if named:
            return named[1].replace("-", "_").lower()
    return ""


def _installed_from(entry: str, distributions: list[dict[str, Any]]) -> frozenset[str]:
    """Import names of editable installs whose sources are this entry or lie around it."""
    names: set[str] = set()
    for one in distributions:
        place = one.get("editable", "")
        if place and (entry == place or os.path.dirname(entry) == place):
            names.update(one["top_level"])
            names.add(one["name"].replace("-", "_"))
    return frozenset(names)
