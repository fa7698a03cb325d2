"""Where a project begins, and which of its folders Python imports from.

Only what the project's own files say is read: pyproject.toml, setup.cfg, setup.py, pytest.ini and
tox.ini. A file that cannot be read says nothing.
"""

from __future__ import annotations

import os
import re
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

MARKS = ("pyproject.toml", "setup.py", "setup.cfg", ".git")
"""Any of these makes a folder the root of a project."""

SETTINGS = ("pyproject.toml", "setup.cfg", "pytest.ini", ".pytest.ini", "tox.ini", "setup.py")
"""Files in which a project says from which folders it imports, in the order of their reading."""

_ENTRY = re.compile(r"[\w.-]+\s*=\s*([A-Za-z_][\w.]*)\s*:\s*([A-Za-z_]\w*)")
_QUOTED = re.compile(r"""["']([^"'\n]*)["']""")
_PACKAGE_DIR = re.compile(r"""package_dir\s*=\s*\{\s*["']["']\s*:\s*["']([^"'\n]+)["']""")


def root_of(folder: str) -> str:
    """The nearest folder, this one or above it, that begins a project; else `folder` itself."""
    return marked(folder) or folder


def start_of(folder: str) -> str:
    """The same; without a project the folder in which its programs lie, as far as that is seen.

    That is above the packages, and as far above that as folders hold code, but not above the
    folder in which kerlint runs.
    """
    return marked(folder) or _loose(folder)


def marked(folder: str, known: dict[str, str] | None = None) -> str:
    """The nearest folder, this one or above it, that begins a project; "" if there is none.

    `known`: answers for folders, which are looked up and added to.
    """
    known = {} if known is None else known
    passed = []
    while folder not in known:
        passed.append(folder)
        parent = os.path.dirname(folder)
        if any(os.path.exists(os.path.join(folder, mark)) for mark in MARKS):
            known[folder] = folder
        elif parent == folder:
            known[folder] = ""
        else:
            folder = parent
    known.update(dict.fromkeys(passed, known[folder]))
    return known[folder]


def _loose(folder: str) -> str:
    found = folder
    while is_package(found):
        found = os.path.dirname(found)
    here = os.getcwd()
    current = found
    while current.startswith(os.path.join(here, "")):
        current = os.path.dirname(current)
        if _holds_code(current):
            found = current
    return found


def is_package(folder: str) -> bool:
    """Whether it can be imported: `my-project` cannot, even with an `__init__.py`."""
    return os.path.basename(folder).isidentifier() and os.path.exists(
        os.path.join(folder, "__init__.py")
    )


def _holds_code(folder: str) -> bool:
    try:
        return any(name.endswith((".py", ".ipynb")) for name in os.listdir(folder))
    except OSError:
        return False


class Layout:
    """What the files of one project say of its imports.

    `root`      the project's first folder
    `folders`   where its packages and modules lie, as they are imported when it is installed or
                when Python runs in `root`
    `pytest`    the folders that pytest adds (`pythonpath`)
    `commands`  (module, function) of every console entry point
    `settings`  the bytes of all these files
    """

    __slots__ = ("commands", "folders", "pytest", "root", "settings")

    def __init__(self, root: str) -> None:
        self.root = root
        self.settings = b""
        folders = [".", "src"]
        pytest: list[str] = []
        self.commands: list[tuple[str, str]] = []
        for name in SETTINGS:
            data = _read(os.path.join(root, name))
            if data is None:
                continue
            self.settings += data
            text = data.decode("utf-8-sig", "replace")
            if name == "pyproject.toml":
                self._pyproject(text, folders, pytest)
            elif name == "setup.py":
                folders += _PACKAGE_DIR.findall(text)
                self._entries(_QUOTED.findall(text))
            else:
                self._ini(text, folders, pytest)
        self.folders = tuple(_existing(root, folders))
        self.pytest = tuple(_existing(root, pytest))

    def _pyproject(self, text: str, folders: list[str], pytest: list[str]) -> None:
        document = _toml(text)
        setuptools = _at(document, "tool", "setuptools")
        folders += _strings(list(_table(setuptools.get("package-dir")).values()))
        folders += _strings(_at(setuptools, "packages", "find").get("where"))
        for package in _at(document, "tool", "poetry").get("packages") or ():
            folders += _strings(_table(package).get("from"))
        pytest += _strings(_at(document, "tool", "pytest", "ini_options").get("pythonpath"))
        project = _table(document.get("project"))
        for table in (
            _table(project.get("scripts")),
            _table(project.get("gui-scripts")),
            _at(document, "tool", "poetry", "scripts"),
        ):
            self._entries(f"{name} = {value}" for name, value in table.items())

    def _ini(self, text: str, folders: list[str], pytest: list[str]) -> None:
        from configparser import ConfigParser, Error

        parser = ConfigParser(interpolation=None, strict=False)
        try:
            parser.read_string(text)
        except Error:
            return
        for section in ("pytest", "tool:pytest"):
            pytest += parser.get(section, "pythonpath", fallback="").split()
        for line in parser.get("options", "package_dir", fallback="").splitlines():
            folders += [line.partition("=")[2].strip()] if "=" in line else []
        folders += parser.get("options.packages.find", "where", fallback="").split()
        for key in ("console_scripts", "gui_scripts"):
            entries = parser.get("options.entry_points", key, fallback="")
            self._entries(entries.splitlines())

    def _entries(self, lines: Iterable[str]) -> None:
        for line in lines:
            match = _ENTRY.match(line.strip())
            if match and match.groups() not in self.commands:
                self.commands.append((match[1], match[2]))


def _existing(root: str, folders: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for folder in folders:
        path = os.path.normpath(os.path.join(root, folder))
        if path not in seen and os.path.isdir(path):
            seen.add(path)
            yield path


def _read(path: str) -> bytes | None:
    try:
        if not os.path.isfile(path):  # a pipe would wait for ever
            return None
        with open(path, "rb") as stream:
            return stream.read()
    except OSError:
        return None


def _toml(text: str) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError:
        return {}


def _at(document: Any, *keys: str) -> dict[str, Any]:
    """The table at the end of `keys`, empty where there is none."""
    for key in keys:
        document = _table(document).get(key)
    return _table(document)


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
