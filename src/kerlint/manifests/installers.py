"""What the command line of an installer asks for: pip, uv, pipx, conda, Poetry, PDM, Pipenv."""

from __future__ import annotations

import re

from kerlint.manifests.installer_options import Argument, is_valued, parsed, subcommand
from kerlint.manifests.installer_programs import program

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Order:
    """What one command line asks for.

    `tool`      `pip`, `conda` or `poetry`: how `packages` are spelt
    `packages`, `editables`, `files`, `constraints`, `groups`, `extras`  arguments
    `project`   whether the project in the current folder is installed
    `environment`  where to, in the words of the command; "" for the one that is in use
    `python`    the Python that it asks for, or None
    `version`   that of the Python whose pip it is, `3.9`; "" if the program does not say it
    `options`   as in `Requirement`
    `removes`   `packages` are taken away
    `writes`    `packages` are written into the project, in the place of what it asked of them
    """

    def __init__(self, tool: str = "pip") -> None:
        self.tool = tool
        self.packages: list[Argument] = []
        self.editables: list[Argument] = []
        self.files: list[Argument] = []
        self.constraints: list[Argument] = []
        self.groups: list[Argument] = []
        self.extras: list[Argument] = []
        self.project = False
        self.environment = ""
        self.python: Argument | None = None
        self.version = ""
        self.options: list[str] = []
        self.removes = False
        self.writes = False


def order_of(words: Sequence[Argument]) -> Order | None:
    """What the command asks for; None if it installs nothing. `words[0]` is the program."""
    if not words:
        return None
    tool, where, rest = program(words)
    reader = _READERS.get(tool)
    found = reader(rest) if reader else None
    if found is not None and where and not found.environment:
        found.environment = where
        if re.fullmatch(r"python\d\.\d+", where):
            found.version = where[6:]
    return found


def _pip(words: Sequence[Argument], dialect: str = "pip") -> Order | None:
    command, rest = subcommand(dialect, words)
    if command == "sync":
        return _pip_sync(rest, dialect)
    if command not in ("install", "uninstall"):
        return None
    found = Order()
    found.removes = command == "uninstall"
    return found if take(found, rest, dialect) else None


def _pip_sync(words: Sequence[Argument], dialect: str = "pip") -> Order | None:
    """`pip-sync`, `uv pip sync`: the lists as they are, and nothing that they require."""
    found = Order()
    found.options.append("no-deps")
    if not take(found, words, dialect):
        return None
    found.files, found.packages = [*found.packages, *found.files], []
    return found


def take(found: Order, words: Sequence[Argument], dialect: str = "pip") -> bool:
    """Add what follows `pip install`; False if it installs nothing."""
    for option, value in parsed(dialect, words):
        if option == "":
            found.packages.append(value)
        elif option in ("-r", "--requirement", "--requirements"):
            found.files.append(value)
        elif option in ("-c", "--constraint", "--constraints"):
            found.constraints.append(value)
        elif option in ("-e", "--editable"):
            found.editables.append(value)
        elif option == "--group":
            found.groups.append(value)
        elif option == "--extra":
            found.extras.append(value)
        elif option in ("-t", "--target", "--prefix", "--root"):
            found.environment = f"target {value.raw}"
        elif option == "--python" or (dialect == "uv" and option == "-p"):
            found.python = value
        elif option in ("--dry-run", "-h", "--help", "--platform"):
            return False
        else:
            _index_option(found, option, value)
    return True


_PUBLIC = ("https://pypi.org/", "https://pypi.python.org/", "http://pypi.python.org/")


_INDEXES = frozenset(
    (
        *("-i", "--index-url", "--extra-index-url", "--index", "--default-index", "-f"),
        *("--find-links", "--no-index", "--pypi-url", "--torch-backend"),
    )
)


def _index_option(found: Order, option: str, value: Argument) -> None:
    if option == "--no-deps":
        found.options.append("no-deps")
    elif option in ("--pre", "--prerelease") and value.text not in ("disallow", "explicit"):
        found.options.append("pre")
    elif option in _INDEXES and not value.text.startswith(_PUBLIC):
        found.options.append("other-index")


def _uv(words: Sequence[Argument]) -> Order | None:
    command, rest = subcommand("uv", words)
    if command == "pip":
        return _pip(rest, "uv")
    if command == "tool":
        command, rest = subcommand("uv", rest)
        if command not in ("run", "install"):
            return None
        return _uv_tool(rest)
    if command not in ("add", "sync", "run"):
        return None
    found = Order()
    found.project = True
    found.writes = command == "add"
    for option, value in parsed("uv", _before_program(rest) if command == "run" else rest):
        if option == "" and command == "add":
            found.packages.append(value)
        elif option in ("-r", "--requirement", "--requirements", "--with-requirements"):
            found.files.append(value)
        elif option in ("-c", "--constraint", "--constraints"):
            found.constraints.append(value)
        elif option in ("--with", "-w"):
            found.packages.extend(_listed(value))
        elif option == "--with-editable":
            found.editables.append(value)
        elif option == "--extra":
            found.extras.append(value)
        elif option == "--group" and command != "add":
            found.groups.append(value)
        elif option == "--only-group":
            found.groups.append(value)
            found.project = False
        elif option in ("-p", "--python"):
            found.python = value
        elif option in ("--no-project", "--no-install-project", "--isolated"):
            found.project = option == "--no-install-project" and found.project
        elif option in ("--script", "--project", "--directory"):
            return None
        else:
            _index_option(found, option, value)
    if command == "run":
        found.environment = "uv run"
    return found


def _before_program(words: Sequence[Argument]) -> Sequence[Argument]:
    """The options before the program that `uv run` or `uvx` starts."""
    at = 0
    while at < len(words):
        text = words[at].text
        if not text.startswith("-") or text == "--":
            return words[:at]
        at += 2 if is_valued("uv", text) else 1
    return words


def _uv_tool(words: Sequence[Argument]) -> Order:
    """`uv tool run`, `uv tool install`, `uvx`."""
    options = _before_program(words)
    found = Order()
    found.environment = "a tool"
    program = words[len(options) : len(options) + 1]
    for option, value in parsed("uv", options):
        if option in ("--with", "-w"):
            found.packages.extend(_listed(value))
        elif option == "--from":
            program = (value,)
        elif option in ("-p", "--python"):
            found.python = value
        else:
            _index_option(found, option, value)
    for one in program:
        found.environment = re.split(r"[\[=<>~!@ ]", one.raw.strip("\"'"))[0]
        found.packages.append(one)
    return found


def _listed(value: Argument) -> Iterator[Argument]:
    """`--with a,b`: uv takes several at once, as long as no specifier has a comma of its own."""
    at = 0
    for part in re.split(r",(?=\s*[A-Za-z.])", value.text):
        skipped = value.after(at)
        end = min(skipped.start + len(part), value.end)
        yield Argument(part, skipped.raw[: len(part)], skipped.start, end)
        at += len(part) + 1


def _pipx(words: Sequence[Argument]) -> Order | None:
    command, rest = subcommand("pipx", words)
    if command not in ("install", "run", "inject"):
        return None
    found = Order()
    named: list[Argument] = []
    for option, value in parsed("pipx", rest):
        if option == "":
            named.append(value)
            if command == "run":
                break  # what follows is for the program
        elif option == "--spec":
            found.packages.append(value)
        elif option == "--python":
            found.python = value
        elif option == "--pip-args":
            found.options.append("other-index")
        else:
            _index_option(found, option, value)
    if not named:
        return None
    found.environment = re.split(r"[\[=<>~!@ ]", named[0].raw.strip("\"'"))[0]
    if not found.packages:
        found.packages = named[1:] if command == "inject" else named
    return found


def _conda(words: Sequence[Argument]) -> Order | None:
    command, rest = subcommand("conda", words)
    if command == "env":
        command, rest = subcommand("conda", rest)
        if command not in ("create", "update"):
            return None
    elif command not in ("install", "create", "update"):
        return None
    found = Order("conda")
    for option, value in parsed("conda", rest):
        if option == "":
            found.packages.append(value)
        elif option in ("-f", "--file"):
            found.files.append(value)
        elif option in ("-n", "--name", "-p", "--prefix"):
            found.environment = value.raw.strip("\"'")
        elif option == "--clone":
            return None
        elif option == "--no-deps":
            found.options.append("no-deps")
    return found


def _poetry(words: Sequence[Argument], tool: str = "poetry") -> Order | None:
    command, rest = subcommand(tool, words)
    if command not in ("add", "install", "sync", "update"):
        return None
    found = Order(tool)
    found.project = True
    found.writes = command == "add"
    for option, value in parsed(tool, rest):
        if option == "" and command == "add":
            found.packages.append(value)
        elif option in ("-E", "--extras") and command != "add":
            found.extras.append(value)
        elif option in ("-e", "--editable") and value.text:
            found.editables.append(value)
        elif option == "--with" or (tool == "pdm" and option in ("-G", "--group")):
            if command != "add":
                found.groups.append(value)
        elif option == "--only":
            found.groups.append(value)
            found.project = False
        elif option in ("-C", "--directory", "-P", "--project", "-p"):
            return None
    return found


def _pdm(words: Sequence[Argument]) -> Order | None:
    return _poetry(words, "pdm")


def _rye(words: Sequence[Argument]) -> Order | None:
    command, rest = subcommand("rye", words)
    if command not in ("add", "sync"):
        return None
    found = Order()
    found.project = True
    found.writes = command == "add"
    for option, value in parsed("rye", rest):
        if option == "" and command == "add":
            found.packages.append(value)
        elif option in ("--path", "--git", "--url", "--pyproject", "--optional"):
            return None
    return found


def _pixi(words: Sequence[Argument]) -> Order | None:
    """`pixi add` of packages of conda, or of those of the package index."""
    command, rest = subcommand("pixi", words)
    if command != "add":
        return None
    found = Order("conda")
    for option, value in parsed("pixi", rest):
        if option == "":
            found.packages.append(value)
        elif option == "--pypi":
            found.tool = "pip"
        elif option in ("-f", "--feature", "-e", "--environment"):
            found.environment = value.raw.strip("\"'")
        elif option in ("--git", "-g", "--manifest-path", "-p", "--platform"):
            return None
    return found


def _pipenv(words: Sequence[Argument]) -> Order | None:
    command, rest = subcommand("pipenv", words)
    if command not in ("install", "sync", "update"):
        return None
    found = Order("pipenv")
    found.project = found.writes = True
    found.environment = "pipenv"
    for option, value in parsed("pipenv", rest):
        if option == "":
            found.packages.append(value)
        elif option in ("-r", "--requirements"):
            found.files.append(value)
        elif option in ("-e", "--editable"):
            found.editables.append(value)
        elif option == "--python":
            found.python = value
        elif option == "--system":
            found.environment = ""
    return found


_READERS = {
    "pip": _pip,
    "uv": _uv,
    "uvx": _uv_tool,
    "pipx": _pipx,
    "conda": _conda,
    "poetry": _poetry,
    "pdm": _pdm,
    "pipenv": _pipenv,
    "pip-sync": _pip_sync,
    "pixi": _pixi,
    "rye": _rye,
}
