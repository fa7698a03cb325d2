"""The collector as one file: it compiles in old Pythons, and its parts do not get in each other's
way."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from kerlint.probe import bundle
from kerlint.probe.collector.assembling import CHILDREN, ROLES, assembled, taken_apart

PARTS = Path(bundle.__file__).parent / "collector"


def defined(text: str) -> list[str]:
    """The names at module level of one part."""
    names = []
    for node in ast.parse(text).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.append(node.name)
        targets = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
        names += [one.id for one in targets if isinstance(one, ast.Name)]
    return [name for name in names if name != "TYPE_CHECKING"]


def test_no_name_is_defined_in_two_parts() -> None:
    files = [
        *PARTS.glob("*.py"),
        *(
            PARTS.parent / name
            for name in ("children.py", "guard.py", "process.py", "redacting.py")
        ),
    ]
    assert len(files) > 15
    texts = [file.read_text(encoding="utf-8") for file in files]
    counts = Counter(name for text in texts for name in defined(text))
    assert [name for name, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("role", ROLES)
def test_it_is_python_3_8_and_imports_nothing_of_kerlint(role: str) -> None:
    tree = ast.parse(bundle.text(role), feature_version=(3, 8))
    imported = {
        alias.name if isinstance(node, ast.Import) else node.module
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    assert not [name for name in imported if name and name.startswith("kerlint")]
    frameworks = {"tensorflow", "keras", "jax", "torch", "numpy"}
    assert not frameworks & {str(name).partition(".")[0] for name in imported}


@pytest.mark.parametrize("role", CHILDREN)
def test_the_whole_takes_itself_apart(role: str) -> None:
    assert assembled(taken_apart(bundle.text()), role) == bundle.text(role)
