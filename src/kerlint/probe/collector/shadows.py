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
_FRAMEWORKS = ("keras", "tensorflow", "tensorflow-cpu", "tf-keras", "jax", "torch")
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
        own = _made_here(entry) if kind == "folder" else ""
        installed_from_here = _installed_from(entry, distributions)
        first = Finder([entry])
        names = {_module_name(name) for name in _names(entry)}
        for name in sorted(names & (needed | standard)):
            if name == own or name in installed_from_here:
                continue
            places = first.places(name)
            real = finder.places(name)
            real = [one for one in real if os.path.dirname(one[1]) != entry]
            if not places or (kind == "folder" and name in imported and name in standard):
                continue
            here, file = places[0]
            if any(_same(file, place) for _, place in real):
                continue
            if here == "namespace" and any(one != "namespace" for one, _ in real):
                continue
            what = "standard-module" if name in standard else "package"
            if what == "standard-module" and (here == "namespace" or not real):
                continue
            found.append(
                {
                    "module": name,
                    "file": file,
                    "hides": real[0][1] if real else "",
                    "what": what,
                    "entry": entry,
                    "kind": kind,
                }
            )
    return found


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
    """The import name of the project that lives here, by its pyproject.toml; "" for none."""
    if os.path.basename(folder) == "src":
        folder = os.path.dirname(folder)
    try:
        text = read_text(os.path.join(folder, "pyproject.toml"))
    except OSError:
        return ""
    named = re.search(r"""^name\s*=\s*["']([^"']+)["']""", text, re.M)
    return named[1].replace("-", "_").lower() if named else ""


def _installed_from(entry: str, distributions: list[dict[str, Any]]) -> frozenset[str]:
    """Import names of editable installs whose sources are this entry or lie around it."""
    names: set[str] = set()
    for one in distributions:
        place = one.get("editable", "")
        if place and (entry == place or os.path.dirname(entry) == place):
            names.update(one["top_level"])
            names.add(one["name"].replace("-", "_"))
    return frozenset(names)
