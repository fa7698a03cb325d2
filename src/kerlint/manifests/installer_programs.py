"""Which installer a command starts, and for which environment: `venv/bin/python -m pip`."""

from __future__ import annotations

import re

from kerlint.manifests.shell_values import HOLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.manifests.installer_options import Argument

_PIP = re.compile(r"pip([\d.]*)(?:\.exe)?", re.I)
_PYTHON = re.compile(r"(?:python|pypy|pythonw)([\d.]*)(?:\.exe)?", re.I)
_NAMED = re.compile(r"[\$%{(\[]*(?:sys\.)?(\w*?)[})%\]]*", re.I)
_USUAL = frozenset({"/usr", "/usr/local", "/opt/conda", "/opt/homebrew", "/bin", ""})
_MODULES = frozenset({"pip", "uv", "pipx", "poetry", "pdm", "pipenv", "conda"})
_CONDA = frozenset({"conda", "mamba", "micromamba"})


def program(words: Sequence[Argument]) -> tuple[str, str, Sequence[Argument]]:
    """Name of the tool, the environment that its path names, and what follows it."""
    first = words[0]
    path, _, name = re.sub(r"\\", "/", first.text).rpartition("/")
    where = _environment(path if HOLE not in path else first.raw.rpartition("/")[0].strip("\"'"))
    pip = _PIP.fullmatch(name)
    if pip:
        return "pip", where or _version(pip[1]), words[1:]
    python = _PYTHON.fullmatch(name)
    if python or name == "py" or _is_variable(first, name, "python"):
        for at, word in enumerate(words[1:8], 1):
            if word.text == "-m" and at + 1 < len(words) and words[at + 1].text in _MODULES:
                version = python[1] if python else ""
                if name == "py" and re.fullmatch(r"-\d(\.\d+)?", words[1].text):
                    version = words[1].text[1:]
                return words[at + 1].text, where or _version(version), words[at + 2 :]
            if not word.text.startswith("-") or word.text == "-c":
                break
        return "", "", ()
    if _is_variable(first, name, "pip"):
        return "pip", where, words[1:]
    if name.removesuffix(".exe") in _CONDA:
        return "conda", "", words[1:]
    return name.removesuffix(".exe"), where, words[1:]


def _is_variable(word: Argument, name: str, what: str) -> bool:
    """Whether the program is a variable that is called after `what`: `$(PYTHON)`, `${PIP}`."""
    if HOLE not in name and "{" not in name:
        return False
    named = _NAMED.fullmatch(word.raw.strip("\"'"))
    called = named[1].lower() if named else ""
    return what in called or (what == "python" and called in ("executable", "py"))


def _environment(path: str) -> str:
    """The environment to which programs in the folder `path` belong; "" for the usual one."""
    folder = re.sub(r"/?(?:bin|Scripts)$", "", path)
    return "" if folder in _USUAL else folder


def _version(text: str) -> str:
    """`python3.9` for programs that carry a minor version in their names."""
    return f"python{text}" if re.fullmatch(r"[23]\.\d+", text) else ""
