"""What the cells of a notebook install: `!pip install`, `%pip install`, `%%bash`.

Places are those in the cell; its index (from 0) is in the origin. Cells are run in their order in
one environment, so each brings what the cells before it have installed.
"""

from __future__ import annotations

import re

from kerlint.manifests.drafts import Draft
from kerlint.manifests.installs import Installs, may_install
from kerlint.manifests.scripts import Script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.manifests.model import Manifest

_CELL = re.compile(r"(?:\s*#[^\n]*\n)*\s*%%(\w+)[^\n]*\n?")
_SHELLS = frozenset({"bash", "sh", "script", "!", "cmd"})
_PASSED = frozenset({"capture", "time", "timeit"})
_MAGIC = re.compile(r"%(?:pip|conda|mamba|micromamba|uv)\b")
_BARE = re.compile(r"(?:pip3?|conda|mamba|uv pip) (?:install|create)\s[^=(]", re.MULTILINE)
_CALL = re.compile(
    r"(?:get_ipython\(\)|ip|ipython)\s*\.\s*(?P<name>system|getoutput|run_line_magic|magic)\(\s*"
    r"(?:u?(['\"])(?P<magic>\w+)\2\s*,\s*)?[uf]?(?P<quote>['\"]{1,3})(?P<text>.*?)(?P=quote)",
    re.DOTALL,
)


def read(path: str, text: str) -> Manifest:
    """The facts of a notebook; nothing for a text that is none."""
    from kerlint.source.notebooks.cells import NotANotebook
    from kerlint.source.notebooks.cells import read as read_cells

    draft = Draft(path, text, "notebook")
    draft.is_sorted = False  # places in different cells cannot be compared
    if not may_install(text):
        return draft.manifest()
    try:
        notebook = read_cells(text.encode("utf-8", "surrogatepass"))
    except (NotANotebook, ValueError, RecursionError):
        return draft.manifest()
    environment, last = "", ""
    for cell in notebook.cells:
        if not may_install(cell.text):
            continue
        inside = Draft(path, cell.text, "notebook")
        inside.commands = draft.commands
        origin = f"cell {cell.index}"
        installs = Installs(inside, origin=origin)
        installs.environment = environment
        for script, certain in _scripts(cell.text):
            installs.read(script, -1 if certain else script.start(0))
        environment = installs.environment
        if not (inside.requirements or inside.includes or inside.unread or inside.problems):
            continue
        if last:
            inside.bring(origin, last)
        last = origin
        draft.take(inside)
    return draft.manifest()


def _scripts(text: str) -> Iterator[tuple[Script, bool]]:
    """The commands of a cell, and whether each of them is run for sure."""
    from kerlint.source.notebooks.statements import ASSIGNED, COMMAND, statements

    head = _CELL.match(text)
    start = 0
    while head is not None:
        name = head[1]
        if name in _SHELLS:
            yield Script.of(text[head.end() :], head.end()), True
            return
        if name not in _PASSED:
            return
        start = head.end()
        head = _CELL.match(text, start)
    body = text[start:]
    for one in statements(body):
        command = body[one.at : one.end]
        certain = one.at == one.start and command[:1] not in (" ", "\t")
        indented = len(command) - len(command.lstrip())
        bare = command.lstrip()
        at = start + one.at + indented
        if one.kind in (COMMAND, ASSIGNED):
            certain = certain or one.kind == ASSIGNED
            if bare.startswith("!"):
                skipped = 2 if bare.startswith("!!") else 1
                yield Script.of(bare[skipped:], at + skipped), certain
            elif _MAGIC.match(bare):
                yield Script.of(bare[1:], at + 1), certain
        elif _BARE.match(bare):
            line = bare.partition("\n")[0]
            yield Script.of(line, at), certain
        else:
            for call in _CALL.finditer(command):
                script = Script.of(call["text"], start + one.at + call.start("text"))
                if call["name"] in ("system", "getoutput"):
                    yield script, certain
                elif call["magic"] in ("pip", "conda", "mamba"):
                    whole = f"{call['magic']} "
                    yield (
                        Script(
                            whole + script.text,
                            [
                                (0, script.start(0), script.start(0), True),
                                (len(whole), script.start(0), script.end(len(script.text)), False),
                            ],
                        ),
                        certain,
                    )
