"""What `${{ ... }}` stands for in a workflow of GitHub Actions, as far as the file says it.

https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
"""

from __future__ import annotations

import re

from kerlint.manifests.shell_values import HOLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

EXPRESSION = re.compile(r"\$\{\{((?:[^}]|\}(?!\}))*)\}\}")
MATRIX = re.compile(r"\bmatrix\.([\w-]+(?:\.[\w-]+)*)|\bmatrix\[['\"]([\w.-]+)['\"]\]")
_CONTEXT = re.compile(r"(?:matrix|env|runner|inputs)(?:\.[\w-]+)+")
_COMPARED = re.compile(
    r"\(?\s*(?P<left>[^()=!<>&|]+?)\s*(?P<how>==|!=)\s*(?P<right>[^()=!<>&|]+?)\s*\)?"
)
_STRING = re.compile(r"'((?:[^']|'')*)'")


def names_of(text: str) -> set[str]:
    """The names of the matrix that a text asks for."""
    return {found[1] or found[2] for found in MATRIX.finditer(text)}


def value_of(text: str, known: Mapping[str, str]) -> str | None:
    """The value of what stands between `${{` and `}}`; None if it is not known.

    `known`  values by name: `matrix.python`, `env.X`, `runner.os`
    """
    text = text.strip()
    if "||" in text:
        for part in text.split("||"):
            one = value_of(part, known)
            if one is None or one not in ("", "false", "0"):
                return one
        return one
    string = _STRING.fullmatch(text)
    if string:
        return string[1].replace("''", "'")
    if re.fullmatch(r"-?\d+(?:\.\d+)?", text):
        return text
    if text in ("true", "false"):
        return text
    bracket = re.fullmatch(r"matrix\[['\"]([\w.-]+)['\"]\]", text)
    if bracket:
        text = f"matrix.{bracket[1]}"
    if _CONTEXT.fullmatch(text):
        found = known.get(text)
        if found is None and text.startswith("matrix.") and "matrix" in known:
            return ""  # a name that this run of the matrix does not have
        return None if found is None or HOLE in found else found
    return None


def filled(text: str, known: Mapping[str, str]) -> str:
    """The text with values for its expressions, and a `HOLE` for those that are not known."""

    def one(found: re.Match[str]) -> str:
        value = value_of(found[1], known)
        return HOLE if value is None else value

    return EXPRESSION.sub(one, text) if "${{" in text else text


def holds(text: str, known: Mapping[str, str]) -> bool | None:
    """Whether an `if:` holds; None if that is not known."""
    text = text.strip()
    whole = EXPRESSION.fullmatch(text)
    if whole:
        text = whole[1].strip()
    if "||" in text:
        parts = [holds(part, known) for part in text.split("||")]
        if any(part is True for part in parts):
            return True
        return False if all(part is False for part in parts) else None
    if "&&" in text:
        parts = [holds(part, known) for part in text.split("&&")]
        if any(part is False for part in parts):
            return False
        return True if all(part is True for part in parts) else None
    if text in ("", "always()", "success()", "!cancelled()", "true"):
        return True
    if text in ("failure()", "cancelled()", "false"):
        return False
    compared = _COMPARED.fullmatch(text)
    if compared is None:
        begins = re.fullmatch(r"(!?)\s*(startsWith|contains|endsWith)\(([^,()]+),([^,()]+)\)", text)
        if begins is None:
            return None
        return _called(begins, known)
    left, right = value_of(compared["left"], known), value_of(compared["right"], known)
    if left is None or right is None:
        return None
    return (left.lower() == right.lower()) == (compared["how"] == "==")


def _called(found: re.Match[str], known: Mapping[str, str]) -> bool | None:
    left, right = value_of(found[3], known), value_of(found[4], known)
    if left is None or right is None:
        return None
    left, right = left.lower(), right.lower()
    said = {
        "startsWith": left.startswith(right),
        "endsWith": left.endswith(right),
        "contains": right in left,
    }[found[2]]
    return said != bool(found[1])
