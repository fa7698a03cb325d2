"""`variables:` of a GitLab pipeline and of its jobs, and their scripts.

https://docs.gitlab.com/ci/yaml/#variables
"""

from __future__ import annotations

from kerlint.manifests import yaml_nodes
from kerlint.manifests.shell_settings import read_shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.manifests.places import Places
    from kerlint.manifests.settings import Found

_SCRIPTS = ("before_script", "script", "after_script")


def read(text: str, places: Places, found: Found) -> None:
    """Add what is set for all jobs, and for each."""
    seen: set[int] = set()
    for document in yaml_nodes.documents(text, places):
        _job(document, places, found, seen)
        for _, _, job in yaml_nodes.items(document):
            _job(job, places, found, seen)


def _job(job: Any, places: Places, found: Found, seen: set[int]) -> None:
    _variables(yaml_nodes.get(job, "variables"), places, found, seen)
    for rule in yaml_nodes.elements(yaml_nodes.get(job, "rules")):
        _variables(yaml_nodes.get(rule, "variables"), places, found, seen)
    for row in yaml_nodes.elements(yaml_nodes.get(job, "parallel", "matrix")):
        for name, key, value in yaml_nodes.items(row):
            for one in yaml_nodes.elements(value) or [value]:
                _variable(name, key, one, places, found, seen)
    for name in _SCRIPTS:
        node = yaml_nodes.get(job, name)
        for line in yaml_nodes.elements(node) or [node]:
            if yaml_nodes.scalar(line) is not None and id(line) not in seen:
                seen.add(id(line))
                script, base = yaml_nodes.script_of(line, places)
                read_shell(script, base, places, found)


def _variables(node: Any, places: Places, found: Found, seen: set[int]) -> None:
    for name, key, value in yaml_nodes.items(node):
        _variable(name, key, yaml_nodes.get(value, "value") or value, places, found, seen)


def _variable(
    name: str, key: Any, value: Any, places: Places, found: Found, seen: set[int]
) -> None:
    text = yaml_nodes.scalar(value)
    if text is None or id(value) in seen:
        return
    seen.add(id(value))
    unknown = "$" in text or yaml_nodes.is_bool(value)
    span = yaml_nodes.span_of(value if text else key, places)
    found.add(name, None if unknown else text, span)
