"""The runs of a matrix of GitHub Actions: `strategy.matrix` with `include` and `exclude`.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstrategymatrix
"""

from __future__ import annotations

from itertools import product

from kerlint.manifests import yaml_nodes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    Run = dict[str, str]
    """The value of every name in one run, `os.name` for names in names."""

MOST = 256
"""Runs above which GitHub refuses a matrix."""
_WRITTEN = ("include", "exclude")


def runs(matrix: Any, used: Iterable[str]) -> list[Run]:
    """The runs, told apart only by the names in `used`; one that knows nothing if there is no
    matrix, or one that is computed. Names whose values are computed are left out.
    """
    used = set(used)
    if not used:
        return [{}]
    names: dict[str, list[Run]] = {}
    for name, _, node in yaml_nodes.items(matrix):
        if name not in _WRITTEN and (values := _values(name, node)):
            names[name] = values
    size = 1
    for values in names.values():
        size *= len(values)
    if size > MOST * 16:
        return [{}]
    found: list[Run] = []
    for combination in product(*names.values()) if names else ():
        run: Run = {}
        for part in combination:
            run.update(part)
        found.append(run)
    own = {key for values in names.values() for value in values for key in value}
    excluded = [_flat(node) for node in yaml_nodes.elements(yaml_nodes.get(matrix, "exclude"))]
    found = [
        run
        for run in found
        if not any(one and one.items() <= run.items() for one in excluded[:MOST])
    ]
    originals = [dict(run) for run in found]
    for node in yaml_nodes.elements(yaml_nodes.get(matrix, "include"))[:MOST]:
        one = _flat(node)
        fixed = {key: text for key, text in one.items() if key in own}
        fitting = [
            run
            for run, original in zip(found, originals, strict=False)
            if fixed.items() <= original.items()
        ]
        for run in fitting:
            run.update(one)
        if one and not fitting:
            found.append(one)
    return _projected(found, used)


def _values(name: str, node: Any) -> list[Run]:
    found = []
    for element in yaml_nodes.elements(node):
        text = yaml_nodes.scalar(element)
        found.append({name: text} if text is not None else _flat(element, f"{name}."))
    return found


def _flat(node: Any, before: str = "", depth: int = 0) -> Run:
    """A mapping as one level, with points in the names."""
    found: Run = {}
    for name, _, value in yaml_nodes.items(node):
        text = yaml_nodes.scalar(value)
        if text is not None:
            found[f"{before}{name}"] = text
        elif depth < 3:
            found.update(_flat(value, f"{before}{name}.", depth + 1))
    return found


def _projected(found: list[Run], used: set[str]) -> list[Run]:
    kept: list[Run] = []
    seen: set[tuple[tuple[str, str], ...]] = set()
    for run in found:
        own = {name: text for name, text in run.items() if name in used}
        key = tuple(sorted(own.items()))
        if key not in seen and len(kept) < MOST:
            seen.add(key)
            kept.append(own)
    return kept or [{}]
