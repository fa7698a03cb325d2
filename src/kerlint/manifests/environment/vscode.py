"""`env` in the launch, task and terminal settings of VS Code.

https://code.visualstudio.com/docs/reference/variables-reference
"""

from __future__ import annotations

import re

from kerlint.manifests import json_places
from kerlint.manifests.programs import Program
from kerlint.manifests.settings import Launch, Setting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.json_places import Value
    from kerlint.manifests.places import Places
    from kerlint.manifests.settings import Found

_NAME = re.compile(r"[A-Z_][A-Z0-9_]*")
_ROOT = re.compile(r"\$\{workspace(?:Folder|Root)\}/")


def read(text: str, places: Places, found: Found) -> None:
    """Add the members of every object that sets variables, and what a launch starts."""
    document = json_places.parse(text)
    configurations = document.get("configurations")
    started = configurations.elements() if configurations else []
    own = {id(one.get("env")): one for one in started}
    for key, value in document.walk():
        if not sets_variables(str(key.value)):
            continue
        settings = variables(value, places, found)
        configuration = own.get(id(value))
        if configuration is not None:
            _launch(configuration, settings, found)


def sets_variables(key: str) -> bool:
    """Whether the object of that name holds variables."""
    return key == "env" or key.startswith("terminal.integrated.env.")


def variables(value: Value, places: Places, found: Found) -> dict[str, Setting]:
    """Add the members of an object as variables."""
    settings = {}
    for key, given in value.members():
        name = str(key.value)
        if _NAME.fullmatch(name) and isinstance(given.value, str):
            unknown = "$" in given.value
            start, end = given.start, given.end
            if given.value:
                start, end = start + 1, end - 1
            span = places.span(start, end)
            settings[name] = found.add(name, None if unknown else given.value, span)
    return settings


def _launch(configuration: Value, settings: dict[str, Setting], found: Found) -> None:
    if not settings or configuration.get("cwd"):
        return
    program = _text(configuration, "program")
    module = _text(configuration, "module")
    started: Program | None = None
    if program is not None:
        script = _ROOT.sub("", program, count=1)
        if script != program and "$" not in script and script.endswith(".py"):
            started = Program("script", script)
    elif module is not None and "$" not in module:
        started = Program("tests", "") if module == "pytest" else Program("module", module)
    if started is not None:
        found.launches.append(Launch(started, "..", settings))


def _text(configuration: Value, key: str) -> str | None:
    value = configuration.get(key)
    return value.value if value is not None and isinstance(value.value, str) else None
