"""Version specifiers of Poetry, Pipenv and conda as PEP 440 has them.

A function returns None for what is no specifier of its tool, or what PEP 440 cannot say.

https://python-poetry.org/docs/dependency-specification/
https://docs.conda.io/projects/conda-build/en/stable/resources/package-spec.html
"""

from __future__ import annotations

import re
from functools import lru_cache

from kerlint.project.specifiers import valid

_RELEASE = r"\d+(?:\.\d+)*"
_CARET = re.compile(rf"\^ *v?((?:\d+!)?{_RELEASE})(\S*)")
_TILDE = re.compile(rf"~ *v?((?:\d+!)?{_RELEASE})(\S*)")
_WILD = re.compile(rf"(===?|!=)? *v?((?:\d+!)?{_RELEASE})\.\*")
_PLAIN = re.compile(r"(===|==|!=|>=|<=|~=|>|<|=)? *v?(\d\S*)")


def of_poetry(text: str, python: bool = False) -> str | None:
    """`^1.2`, `~1.2`, `1.2.*`, `1.2` (exactly), `>=1,<2`, `>=1 <2`, `^1 || ^2` of Poetry.

    `python`  whether these are versions of Python: then there is nothing between 2.7 and 3.0
    """
    parts = [_poetry_clauses(one) for one in re.split(r" *\|\|? *", text.strip())]
    return _either(parts, python)


def of_pipfile(text: str) -> str | None:
    """`*`, a bare version, or PEP 440."""
    text = text.strip()
    if text in ("", "*"):
        return ""
    specifier = re.sub(r"\s+", "", text)
    if specifier[0].isdigit():
        specifier = f"=={specifier}"
    return specifier if valid(specifier) else None


@lru_cache(maxsize=4096)
def of_conda(text: str, build: bool = False) -> str | None:
    """What follows the name in a match specification: `=1.2`, `1.2.*`, `>=1,<2`, `1.2|1.3`.

    `build`  whether a build follows; then `=1.2` means just that version
    """
    text = re.sub(r"\s+", "", text)
    return _either([_conda_clauses(one, build) for one in text.split("|")])


def _either(parts: list[str | None], python: bool = False) -> str | None:
    """The union of several specifiers, if PEP 440 can say it."""
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    if len(known) == 1:
        return known[0]
    from kerlint.manifests.specifier_unions import union

    return union(known, python)


def _poetry_clauses(text: str) -> str | None:
    text = text.strip()
    if text in ("", "*"):
        return ""
    clauses: list[str] = []
    # Blanks part clauses, except after an operator.
    parted = re.sub(r"([\^~<>=!]) +", r"\1", text)
    for clause in re.split(r" *, *| +", parted.rstrip(", ")):
        found = _poetry_clause(clause)
        if found is None:
            return None
        if found:
            clauses.append(found)
    specifier = ",".join(clauses)
    return specifier if valid(specifier) else None


def _poetry_clause(clause: str) -> str | None:
    if clause == "*":
        return ""
    caret = _CARET.fullmatch(clause)
    if caret:
        return f">={caret[1]}{_rest(caret[2])},<{_next(caret[1], _of_caret(caret[1]))}"
    tilde = None if clause.startswith("~=") else _TILDE.fullmatch(clause)
    if tilde:
        part = 0 if "." not in tilde[1] else 1
        return f">={tilde[1]}{_rest(tilde[2])},<{_next(tilde[1], part)}"
    wild = _WILD.fullmatch(clause)
    if wild:
        return f"{'!=' if wild[1] == '!=' else '=='}{wild[2]}.*"
    plain = _PLAIN.fullmatch(clause)
    if plain is None:
        return None
    operator = "==" if plain[1] in (None, "=") else plain[1]
    version = plain[2]
    if operator in (">=", "<", ">", "<="):
        version = version.removesuffix(".*")
    return f"{operator}{version}"


def _rest(text: str) -> str:
    """What follows the numbers of a version: `rc1`, `.post1`."""
    return text if re.fullmatch(r"[\w.+-]*", text) else "?"


def _of_caret(version: str) -> int:
    """Which number may not change: the first that is not 0."""
    numbers = version.rpartition("!")[2].split(".")
    for index, number in enumerate(numbers):
        if int(number):
            return index
    return len(numbers) - 1


def _next(version: str, part: int) -> str:
    """The first version in which the number `part` is one more."""
    epoch, mark, release = version.rpartition("!")
    numbers = [int(one) for one in release.split(".")]
    higher = [*numbers[:part], numbers[part] + 1]
    higher += [0] * (len(numbers) - len(higher))
    return f"{epoch}{mark}{'.'.join(map(str, higher))}"


_CONDA = re.compile(r"(===|==|!=|>=|<=|~=|>|<|=|!=)?(.+)")


def _conda_clauses(text: str, build: bool) -> str | None:
    clauses: list[str] = []
    for clause in text.strip("()").split(","):
        if clause in ("", "*", "=*"):
            continue
        match = _CONDA.fullmatch(clause)
        if match is None:
            return None
        operator, version = match[1] or "", match[2]
        bare = re.sub(r"\.?\*+$", "", version)
        starred = bare != version
        if not bare or not re.fullmatch(r"\d[\w.!+-]*", bare):
            return None
        if operator in (">=", "<=", ">", "<", "~="):
            clauses.append(f"{operator}{bare}")
        elif operator == "!=":
            clauses.append(f"!={bare}{'.*' if starred else ''}")
        elif starred or (operator == "=" and not build):
            clauses.append(f"=={bare}.*")
        else:
            clauses.append(f"=={bare}")
    specifier = ",".join(clauses)
    return specifier if valid(specifier) else None
