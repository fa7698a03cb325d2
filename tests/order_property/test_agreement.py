"""What kerlint says of late writes across files agrees with what happens when they run.

`KERLINT_ORDER_EXAMPLES=20000 python -m pytest tests/order_property` tries more projects, other ones
each time.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, given, reject, settings

from tests.order_property.memory import found
from tests.order_property.projects import projects
from tests.order_property.running import Places, Unending, as_import, as_program, outcome

EXAMPLES = int(os.environ.get("KERLINT_ORDER_EXAMPLES", "0"))
agreeing = settings(
    max_examples=EXAMPLES or 60,
    deadline=None,
    derandomize=not EXAMPLES,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def shown(files: dict[str, str]) -> str:
    """The project, to be read when the test fails."""
    return "\n".join(f"# file: {path}\n{text}" for path, text in files.items())


def in_function(text: str, line: int) -> bool:
    """Whether the line is in the function with which every module begins."""
    lines = text.splitlines()
    first = next(number for number, one in enumerate(lines, 1) if one.startswith("def "))
    last = first
    while last < len(lines) and lines[last].startswith(" "):
        last += 1
    return first < line <= last


def by_itself(files: dict[str, str], path: str) -> Places:
    """What happens when the file is run for its own sake."""
    if path.endswith("__init__.py"):
        return outcome(files, as_import(path))
    return outcome(files, as_program(path, module="from ." in files[path]))


@agreeing
@given(projects(unsure=True))
def test_what_is_found_is_late_in_some_program_whatever_happens(files: dict[str, str]) -> None:
    places = found(files)
    try:
        programs = {path: by_itself(files, path) for path in files} if places else {}
    except Unending:
        reject()
    for path, line in places:
        if (path, line) not in programs[path] and in_function(files[path], line):
            continue  # nobody calls it there: judged by what the function does alone
        runs = [*programs.values(), outcome(files, as_import(path))]
        seen = [run[path, line] for run in runs if (path, line) in run]
        assert any(seen) or not seen, f"{path}:{line} is not late\n{shown(files)}"


@agreeing
@given(projects(unsure=False))
def test_what_is_late_is_found(files: dict[str, str]) -> None:
    program = outcome(files, as_program("main.py", module=False))
    late = {place for place, is_late in program.items() if is_late}
    for path in files:
        if path != "main.py":
            for run in (by_itself(files, path), outcome(files, as_import(path))):
                late |= {place for place, is_late in run.items() if is_late and place[0] == path}
    places = found(files)
    assert late <= places, f"{sorted(late - places)} are missed\n{shown(files)}"
