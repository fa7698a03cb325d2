"""Which tool owns the examined environment, and how it is told to mend it.

Every line can be pasted into a shell of the examined system and does what it says. Where no line
mends the environment in place (it belongs to the operating system, it cannot be written), the line
makes another one.
"""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Literal

from kerlint.probe.observations import Keeper

if TYPE_CHECKING:
    from collections.abc import Sequence

Tool = Literal["pip", "uv", "conda", "poetry", "pdm", "pipenv", "pipx", "hatch", "pixi", "system"]

VENV = ".venv"
"""Where a new environment is made, in the folder of the reader."""


class Owner:
    """`tool` installs packages here; `python` is the examined interpreter's path.

    `system`: nothing can be installed in place; a virtual environment is made instead.

    `reason`      why it is taken for the owner, e.g. `INSTALLER of 31 of 33 distributions`
    `prefix`      of a conda environment
    `folder`      of the project, for tools that work on it; "" for none, and for an environment
                  that is not the project's own
    `windows`     the commands are for its shells
    `has_pip`     whether pip is installed in the environment
    `conda`       names that conda's own records list
    `frameworks`  what a new environment has to hold
    `locked`      names in the project's lock: what differs from it is installed from it
    `keeper`      the program that keeps a book about the environment
    `present`     names of what is installed
    """

    def __init__(
        self,
        tool: Tool,
        python: str,
        reason: str = "",
        prefix: str = "",
        *,
        folder: str = "",
        windows: bool = False,
        has_pip: bool = True,
        conda: frozenset[str] = frozenset(),
        frameworks: Sequence[str] = (),
        locked: frozenset[str] = frozenset(),
        keeper: Keeper | None = None,
        present: frozenset[str] = frozenset(),
    ) -> None:
        self.tool: Tool = tool
        self.python = python
        self.reason = reason
        self.prefix = prefix
        self.folder = folder
        self.windows = windows
        self.has_pip = has_pip
        self.conda = conda
        self.frameworks = tuple(frameworks)
        self.locked = locked
        self.keeper = keeper or Keeper()
        self.present = present

    def quote(self, text: str) -> str:
        """One word of a command line."""
        if not self.windows:
            return shlex.quote(text)
        return text if re.fullmatch(r"[\w.:\\/+=@~-]+", text) else f'"{text}"'

    def words(self, *words: str) -> str:
        """A command line."""
        return " ".join(self.quote(word) for word in words)

    def install(self, *requirements: str, reinstall: bool = False, no_deps: bool = False) -> str:
        """The command that installs `requirements`.

        `reinstall`  even if they are there already, and without what they require
        `no_deps`    without what they require
        """
        names = [_name(one) for one in requirements]
        if self.tool == "system":
            return self._elsewhere(requirements)
        if self.tool == "conda" and names and self.conda.issuperset(names):
            again = ["--force-reinstall"] if reinstall else []
            alone = ["--no-deps"] if no_deps or reinstall else []
            given = [_of_conda(one) for one in requirements]
            return self._conda_line("install", *again, *alone, *given)
        if self.tool in ("pipx", "pixi"):
            return self._kept(requirements, names, reinstall=reinstall, no_deps=no_deps)
        if self.folder:
            line = self._in_project(requirements, reinstall=reinstall, no_deps=no_deps)
            if line:
                return line
        alone = ["--no-deps"] if no_deps or reinstall else []
        if self.tool == "uv":
            again = ["--reinstall"] if reinstall else []
            python = ["--python", self.python]
            return self.words("uv", "pip", "install", *python, *again, *alone, *requirements)
        again = ["--force-reinstall"] if reinstall else []
        return self._pip("install", *again, *alone, *requirements)

    def _in_project(self, requirements: Sequence[str], *, reinstall: bool, no_deps: bool) -> str:
        """How the tool that keeps the project's lock installs; "" where it has no way.

        What is locked comes from the lock; the rest is added to the project, lest the tool takes
        it away again. Nobody knows whether an extra is in the lock.
        """
        names = [_name(one) for one in requirements]
        if not self.locked.issuperset(names) or any("[" in one for one in requirements):
            if reinstall or no_deps:
                return ""
            return self._project_line("add", *requirements)
        if not reinstall:
            return "" if no_deps and self.tool != "pdm" else self._project_line("sync")
        if self.tool == "pdm":
            return self._project_line("sync", "--reinstall")
        if self.tool == "uv":
            again = [word for name in names for word in ("--reinstall-package", name)]
            return self._project_line("sync", *again)
        return ""

    def _conda_line(self, verb: str, *more: str) -> str:
        """Of the one that made the environment: conda, mamba and micromamba have one language."""
        program = self.keeper.tool if self.keeper.tool.endswith("mamba") else "conda"
        return self.words(program, verb, "-y", "-p", self.prefix, *more)

    def _kept(
        self, requirements: Sequence[str], names: Sequence[str], *, reinstall: bool, no_deps: bool
    ) -> str:
        """How pipx and pixi install. What is new to the environment is written into their books."""
        if self.tool == "pipx":
            if not (reinstall or no_deps or self.present.issuperset(names)):
                return self.words("pipx", "inject", self.keeper.name, *requirements)
            again = ["--force-reinstall"] if reinstall else []
            alone = ["--no-deps"] if no_deps or reinstall else []
            return self._runpip("install", *again, *alone, *requirements)
        if reinstall:
            return self._pixi("reinstall", *self._of_environment(), *names)
        kind = [] if names and self.conda.issuperset(names) else ["--pypi"]
        return self._pixi("add", *self._of_feature(), *kind, *requirements)

    def _runpip(self, *words: str) -> str:
        return self.words("pipx", "runpip", self.keeper.name, *words)

    def _pixi(self, verb: str, *more: str) -> str:
        where = ["--manifest-path", self.keeper.project] if self.keeper.project else []
        return self.words("pixi", verb, *where, *more)

    def _of_environment(self) -> list[str]:
        return [] if self.keeper.name in ("", "default") else ["-e", self.keeper.name]

    def _of_feature(self) -> list[str]:
        return [] if self.keeper.name in ("", "default") else ["--feature", self.keeper.name]

    def _project_line(self, verb: Literal["add", "sync"], *more: str) -> str:
        """A command on the project's folder; "" for tools that know none."""
        if self.tool == "poetry":
            return self.words(
                "poetry", "-C", self.folder, {"sync": "install"}.get(verb, verb), *more
            )
        if self.tool == "pdm":
            return self.words("pdm", verb, "-p", self.folder, *more)
        if self.tool == "uv":
            keep = ["--inexact"] if verb == "sync" else []
            return self.words("uv", verb, "--project", self.folder, *keep, *more)
        if self.tool == "pipenv":
            return f"{self._enter()} && {self.words('pipenv', {'add': 'install'}.get(verb, verb), *more)}"
        return ""

    def _enter(self) -> str:
        return self.words("cd", *(["/d"] if self.windows else []), self.folder)

    def uninstall(self, names: Sequence[str]) -> str:
        """The command that removes distributions."""
        if self.tool == "uv":
            return self.words("uv", "pip", "uninstall", "--python", self.python, *names)
        if self.tool == "conda" and names and self.conda.issuperset(names):
            return self._conda_line("remove", "--force", *names)
        if self.tool == "pipx":
            return self._runpip("uninstall", "-y", *names)
        if self.tool == "pixi":
            kind = [] if self.conda.issuperset(names) else ["--pypi"]
            return self._pixi("remove", *self._of_feature(), *kind, *names)
        return self._pip("uninstall", "-y", *names)

    def from_conda_forge(self, name: str) -> str:
        """The command that brings a library into an environment of conda."""
        if self.tool == "pixi":
            return self._pixi("add", *self._of_feature(), name)
        return self._conda_line("install", "-c", "conda-forge", name)

    def remove(self, *paths: str) -> str:
        """The command that deletes files and folders."""
        if self.windows:
            listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
            return f'powershell -Command "Remove-Item -Recurse -Force {listed}"'
        return self.words("rm", "-rf", "--", *paths)

    def move(self, path: str, to: str) -> str:
        """The command that gives a file or folder another name."""
        return self.words("move" if self.windows else "mv", path, to)

    def put_aside(self, path: str) -> str:
        """The command that takes a file out of the way without deleting it."""
        return self.move(path, f"{path}.off")

    def recreate(self, *requirements: str) -> str:
        """The command that makes the environment anew, with `requirements` in it: in its place by
        the tool that keeps it, else beside this one."""
        return self._made_by_keeper("", requirements) or self._elsewhere(requirements)

    def with_python(self, version: str, *requirements: str) -> str:
        """The same with another Python."""
        other = ["py", f"-{version}"] if self.windows else [f"python{version}"]
        return self._made_by_keeper(version, requirements) or self._elsewhere(requirements, other)

    def _made_by_keeper(self, version: str, requirements: Sequence[str]) -> str:
        """How pipx, uv and hatch make their environments anew; "" for all others."""
        name = self.keeper.name
        if self.tool == "pipx":
            python = ["--python", f"python{version}"] if version else []
            made = self.words("pipx", "reinstall", *python, name)
            more = [self.words("pipx", "inject", name, *requirements)] if requirements else []
            return " && ".join([made, *more])
        if self.keeper.tool == "uv tool" and not requirements:
            python = ["--python", version] if version else []
            return self.words("uv", "tool", "upgrade", "--reinstall", *python, name)
        if (
            self.tool == "hatch"
            and self.folder
            and not (requirements or (version and self.windows))
        ):
            python = [f"HATCH_PYTHON=python{version}"] if version else []
            remove = self.words("hatch", "env", "remove", name)
            create = " ".join([*python, self.words("hatch", "env", "create", name)])
            return f"{self._enter()} && {remove} && {create}"
        return ""

    def unset(self, variable: str) -> str:
        """The command that takes a variable out of the current shell."""
        return f"set {variable}=" if self.windows else f"unset {variable}"

    def set(self, variable: str, value: str) -> str:
        """The command that sets a variable in the current shell."""
        if self.windows:
            return f"set {variable}={value}"
        return f"export {variable}={self.quote(value)}"

    def _pip(self, *words: str) -> str:
        command = self.words(self.python, "-m", "pip", *words)
        if self.has_pip:
            return command
        return f"{self.words(self.python, '-m', 'ensurepip')} && {command}"

    def _elsewhere(self, requirements: Sequence[str], python: Sequence[str] = ()) -> str:
        """A virtual environment with the frameworks that are here, and `requirements`."""
        given = {_name(one) for one in requirements}
        also = [one for one in self.frameworks if _name(one) not in given]
        make = self.words(*(python or [self.python]), "-m", "venv", VENV)
        inside = rf"{VENV}\Scripts\python.exe" if self.windows else f"{VENV}/bin/python"
        return f"{make} && {self.words(inside, '-m', 'pip', 'install', *requirements, *also)}"


def _name(requirement: str) -> str:
    """The distribution's name in `name[extra]>=1`, normalised."""
    match = re.match(r"[\w.-]+", requirement)
    return re.sub(r"[-_.]+", "-", match[0]).lower() if match else ""


def _of_conda(requirement: str) -> str:
    """`keras==3.15.1` as conda writes it; it knows no extras."""
    return re.sub(r"^([\w.-]+)==([\w.]+)$", r"\1=\2", re.sub(r"\[[^]]*\]", "", requirement))
