"""`setenv` of tox and `env` of pytest-env, in tox.ini, pytest.ini and setup.cfg.

https://tox.wiki/en/latest/config.html#set_env, https://github.com/pytest-dev/pytest-env
"""

from __future__ import annotations

import re

from kerlint.manifests.ini_lines import entries
from kerlint.manifests.programs import Program
from kerlint.manifests.settings import Found, Launch, Setting
from kerlint.manifests.shell_settings import Shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.ini_lines import IniEntry
    from kerlint.manifests.places import Places

_FACTORS = re.compile(r"[\w{},.!-]+(?:,[ \t]*[\w{},.!-]+)*:[ \t]+")
_COMMENT = re.compile(r"\s*(?<!\\)#.*$")
_ROOT = re.compile(r"\{(?:toxinidir|tox_root|tox_ini_dir)\}/?")
_POSITIONAL = re.compile(r"\{posargs[^{}]*\}")
_FLAGS = re.compile(r"(?:[DR]:)+")


def read(text: str, places: Places, found: Found, base: int = 0) -> None:
    """Add what tox and pytest set and start; `base` is the offset of `text` in the file."""
    sections: dict[str, _Section] = {}
    for entry in entries(text, base):
        key = entry.key.replace("_", "")
        if "testenv" in entry.section:
            section = sections.setdefault(entry.section, _Section())
            if key == "setenv":
                section.settings = _tox(entry, places, found)
            elif key == "commands":
                section.commands = entry
            elif key == "changedir":
                section.folder = " ".join(line for _, line in entry.lines)
        elif entry.key == "env" and entry.section in ("pytest", "tool:pytest"):
            settings: dict[str, Setting] = {}
            for offset, line in entry.lines:
                run = f"[{entry.section}] env"
                one = pytest_env(line, offset, places, found, run)
                if one is not None:
                    settings[one.variable] = one
            found.launches.append(Launch(Program("tests", ""), "", settings))
    whole = sections.get("testenv", _Section())
    for section in sections.values():
        section.start(whole, places, found)


class _Section:
    """What one section says of its environments; None where it leaves that to `[testenv]`."""

    def __init__(self) -> None:
        self.settings: dict[str, Setting] | None = None
        self.commands: IniEntry | None = None
        self.folder: str | None = None

    def start(self, whole: _Section, places: Places, found: Found) -> None:
        """Add what its commands start."""
        settings = whole.settings if self.settings is None else self.settings
        commands = self.commands or whole.commands
        folder = (whole.folder if self.folder is None else self.folder) or ""
        folder = _ROOT.sub("", folder)
        if commands is None or not settings or "{" in folder:
            return
        inside = Found()
        for offset, line in commands.lines:
            text = _FACTORS.sub("", line, count=1).lstrip("- ")
            text = _POSITIONAL.sub("", _ROOT.sub("", text))
            Shell(places, inside, settings, folder).read(text, offset)
        found.launches.extend(inside.launches)


def _tox(entry: IniEntry, places: Places, found: Found) -> dict[str, Setting]:
    """Add the settings; those that hold in every environment of the section are known."""
    own: dict[str, Setting] = {}
    for offset, line in entry.lines:
        run = f"[{entry.section}] {entry.key}"
        bare = _COMMENT.sub("", line)
        factors = _FACTORS.match(bare)
        if factors and "=" not in factors[0]:
            run = ""
            offset += factors.end()
            bare = bare[factors.end() :]
        name, equals, rest = bare.partition("=")
        if not equals:
            continue
        value = rest.strip()
        start = offset + len(name) + 1 + len(rest) - len(rest.lstrip())
        unknown = "{" in value or "\\" in value
        span = places.span(start, start + len(value))
        name = name.strip()
        setting = found.add(name, None if unknown else value, span, run)
        varies = not run or (name in own and own[name].value is None)
        own[name] = Setting(name, None, span) if varies else setting
    return own


def pytest_env(text: str, offset: int, places: Places, found: Found, run: str) -> Setting | None:
    """Add one line of pytest-env: `D:NAME=value` only where it is unset, `R:NAME=value` raw.

    Returns what holds in every run.
    """
    flags = _FLAGS.match(text)
    start = flags.end() if flags else 0
    name, equals, rest = text[start:].partition("=")
    if not equals:
        return None
    value = rest.strip()
    at = offset + start + len(name) + 1 + len(rest) - len(rest.lstrip())
    raw = bool(flags) and "R" in text[:start]
    unknown = "{" in value and not raw
    if flags and "D" in text[:start]:
        run = ""
    span = places.span(at, at + len(value))
    setting = found.add(name.strip(), None if unknown else value, span, run)
    return setting if run else None
