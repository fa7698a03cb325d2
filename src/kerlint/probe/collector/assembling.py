"""One program out of several parts. The whole collector can take itself apart again: a start that
is observed should compile and import as little as possible."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Mapping

    Pieces = Mapping[str, tuple[list[str], str]]

ROLES = {
    "": ("by_hand", "hand_main"),
    "start": ("startup", "start_main"),
    "static": ("static", "static_main"),
    "call": ("calls", "call_main"),
    "guard": ("guard", "guard_main"),
    "package": ("nvml_package", "package_main"),
}
"""By name: the part and the function that play it; "" is the whole collector."""
CHILDREN = ("start", "static", "call", "guard")
"""The roles that the children of the collector play: it carries their parts with it."""
_TITLE = '"""Observes a Python environment for kerlint: python collector.py --help"""\n'
_IMPORTS = "\nfrom __future__ import annotations\n\nimport os\nimport sys\n"
_ISOLATED = """
if __name__ == "__main__" and not sys.flags.isolated:
    # What lies beside this file, or on PYTHONPATH, must not replace the standard library.
    if os.name != "nt" and sys.executable:
        os.execv(sys.executable, [sys.executable, "-I", "-S", "-B", *sys.argv])
    del sys.path[0]
"""
_MARK = "\n#: part "
_END = "\n#: end\n"


def assembled(pieces: Pieces, role: str) -> str:
    """The program for a role. `pieces`: by name, what each needs and its text."""
    part, main = ROLES[role]
    order: list[str] = []
    for one in [part] if role else [*(ROLES[child][0] for child in CHILDREN), part]:
        _put_after_needs(pieces, one, order)
    text = _TITLE + _IMPORTS + ("" if role else _ISOLATED)
    for name in order:
        needs, body = pieces[name]
        text += _MARK + " ".join([name, *needs]) + "\n" + body
    return text + _END + f'\nif __name__ == "__main__":\n    sys.exit({main}(sys.argv[1:]))\n'


def taken_apart(text: str) -> Pieces:
    """The pieces of a program that `assembled` made."""
    pieces = {}
    for piece in text[: text.index(_END)].split(_MARK)[1:]:
        head, _, body = piece.partition("\n")
        name, *needs = head.split()
        pieces[name] = (needs, body)
    return pieces


def _put_after_needs(pieces: Pieces, name: str, order: list[str]) -> None:
    if name not in order:
        for other in pieces[name][0]:
            _put_after_needs(pieces, other, order)
        order.append(name)
