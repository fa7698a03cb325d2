"""What the extractor writes down: one use of a name of Keras or TensorFlow in a file."""

from __future__ import annotations

from typing import Any, NamedTuple

ROOTS = ("keras", "tensorflow", "tf_keras")


class Candidate(NamedTuple):
    """One full name that an expression may stand for.

    `bound` leading components were looked up elsewhere: where the name was imported or given an
    alias. If they are missing, that is the fault of that other line.
    """

    name: str
    bound: int


class Use(NamedTuple):
    """One use.

    `kind`       `import` (`import a.b`), `from` (`from a import b`; an empty `part` asks for
                 the module alone), `attribute` (a chain), `call` (of a chain), `keyword` (of a
                 call), `method` (an attribute of an instance), `own-method` (an attribute
                 of the instance of an own class, which its base may or may not have),
                 `method-keyword`
    `candidates` what the name, the callee or the class may be
    `part`       the imported name, the attribute or the method; "" for the other kinds
    `keyword`    the keyword, for the two kinds that have one
    `value`      the literal given for a keyword, as source, or ""
    `line`       the line where a finding belongs, 1-based; `last` the last line that will do
    `guard`      why the code may be right although the name is missing; "" where it is not
    """

    kind: str
    candidates: tuple[Candidate, ...]
    part: str
    keyword: str
    value: str
    line: int
    last: int
    guard: str


class FileUses(NamedTuple):
    """All uses of one file.

    `path`     relative to the folder of the package
    `imports`  every module of the roots that the file imports by its full name, in their order
    `assigned` full names that the file itself assigns: nobody can say whether they are missing
    `problem`  why the file could not be read, or ""
    """

    path: str
    uses: tuple[Use, ...]
    imports: tuple[str, ...]
    assigned: tuple[str, ...]
    problem: str


def of_root(name: str) -> bool:
    """Whether a full dotted name begins with a root."""
    return name.partition(".")[0] in ROOTS


def to_json(file: FileUses) -> dict[str, Any]:
    """Plain lists, for the cache."""
    return {
        "path": file.path,
        "uses": [[use.kind, [list(c) for c in use.candidates], *use[2:]] for use in file.uses],
        "imports": list(file.imports),
        "assigned": list(file.assigned),
        "problem": file.problem,
    }


def from_json(data: dict[str, Any]) -> FileUses:
    """The reverse of `to_json`."""
    uses = tuple(
        Use(kind, tuple(Candidate(*candidate) for candidate in candidates), *rest)
        for kind, candidates, *rest in data["uses"]
    )
    return FileUses(
        data["path"], uses, tuple(data["imports"]), tuple(data["assigned"]), data["problem"]
    )
