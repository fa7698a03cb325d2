"""What the expressions of Azure Pipelines stand for: `$(name)`, `${{ parameters.name }}`,
`$[ variables.name ]`.

https://learn.microsoft.com/en-us/azure/devops/pipelines/process/variables
"""

from __future__ import annotations

import re

from kerlint.manifests import yaml_nodes
from kerlint.manifests.shell_values import HOLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

EXPRESSION = re.compile(
    r"\$\(([\w.-]+)\)"
    r"|\$\{\{\s*(?:(parameters|variables)\.([\w.-]+)|variables\['([^']*)'\])\s*\}\}"
    r"|\$\[\s*(?:variables\.([\w.-]+)|variables\['([^']*)'\])\s*\]"
)
COMPUTED = re.compile(r"\$\{\{.*?\}\}|\$\[[^\]\n]*\]", re.DOTALL)
"""Any other expression: its value is not known."""
_ROOTS = frozenset(
    ("build.sourcesdirectory", "system.defaultworkingdirectory", "build.repository.localpath")
)
"""Variables of the folder of the repository."""
_COMPARED = re.compile(r"(eq|ne)\(\s*([^(),]+?)\s*,\s*([^(),]+?)\s*\)", re.IGNORECASE)
_RUNS = re.compile(r"(?:succeeded|always|succeededorfailed)\(\s*\)|true", re.IGNORECASE)


class Values:
    """Variables and parameters by name; names are the same in any case."""

    def __init__(self) -> None:
        self._variables = dict.fromkeys(_ROOTS, ".")
        self._parameters: dict[str, str] = {}

    def copy(self) -> Values:
        """As it is now."""
        same = Values()
        same._variables = dict(self._variables)
        same._parameters = dict(self._parameters)
        return same

    def set(self, name: str, value: str | None) -> None:
        """A variable; None where its value is not known."""
        self._variables[name.lower()] = value if value is not None else HOLE

    def parameters(self, node: Any) -> None:
        """The defaults of parameters: of a list of declarations, or of a template's mapping."""
        for name, _, value in yaml_nodes.items(node):
            self._parameter(name, value)
        for one in yaml_nodes.elements(node):
            declared = yaml_nodes.scalar(yaml_nodes.get(one, "name"))
            if declared:
                self._parameter(declared, yaml_nodes.get(one, "default"))

    def _parameter(self, name: str, value: Any) -> None:
        text = yaml_nodes.scalar(value)
        if text:  # an empty default is there to be replaced
            self._parameters[name.lower()] = text

    def value(self, found: re.Match[str]) -> str:
        """What a match of `EXPRESSION` stands for."""
        if found[2] == "parameters":
            return self._parameters.get(found[3].lower(), HOLE)
        name = found[1] or found[3] or found[4] or found[5] or found[6] or ""
        return self._variables.get(name.lower(), HOLE)

    def filled(self, text: str) -> str:
        """The text with values, and a `HOLE` for those that are not known."""
        return COMPUTED.sub(HOLE, EXPRESSION.sub(self.value, text)) if "$" in text else text

    def holds(self, condition: str) -> bool | None:
        """Whether a condition of a job or step holds; None if that is not known."""
        text = condition.strip()
        whole = re.fullmatch(r"(and|or)\((.*)\)", text, re.DOTALL | re.IGNORECASE)
        if whole:
            parts = [self.holds(one) for one in _arguments(whole[2])]
            decides = whole[1].lower() == "or"
            if decides in parts:
                return decides
            return None if None in parts else not decides
        if _RUNS.fullmatch(text):
            return True
        compared = _COMPARED.fullmatch(text)
        if compared is None:
            return None
        left, right = self._term(compared[2]), self._term(compared[3])
        if left is None or right is None:
            return None
        return (left.lower() == right.lower()) == (compared[1].lower() == "eq")

    def _term(self, text: str) -> str | None:
        if len(text) > 1 and text[0] == text[-1] == "'":
            return self._known(text[1:-1])
        named = re.fullmatch(r"variables\['([^']*)'\]|variables\.([\w.-]+)", text)
        if named is None:
            return text if re.fullmatch(r"true|false|[\d.]+", text, re.IGNORECASE) else None
        found = self._variables.get((named[1] or named[2]).lower())
        return None if found is None or HOLE in found else found

    def _known(self, text: str) -> str | None:
        text = self.filled(text)
        return None if HOLE in text else text

    @staticmethod
    def in_environment(name: str) -> str:
        """As commands see a variable: `python.version` is `PYTHON_VERSION`."""
        return re.sub(r"[. ]", "_", name).upper()


def _arguments(text: str) -> list[str]:
    """What stands between the commas of a call."""
    found, depth, begin = [], 0, 0
    for at, one in enumerate(text):
        depth += (one == "(") - (one == ")")
        if one == "," and depth == 0:
            found.append(text[begin:at])
            begin = at + 1
    return [*found, text[begin:]]
