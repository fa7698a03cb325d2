"""What is wrong with each reference of a module, worked out once for all rules on names.

One fault, one finding: the verdict names the shortest part of the chain that fails, and a use of a
name whose import failed is no fault of its own.
"""

from __future__ import annotations

from kerlint.rules._guards import ATTRIBUTE, IMPORT, silenced
from kerlint.rules._private import is_private

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.knowledge.answers import Found
    from kerlint.rules.base import Context
    from kerlint.source.facts import Candidate, Module, Reference

ROOTS = ("keras", "tensorflow", "tf_keras")
TF_KERAS = "tensorflow.keras"

MODULE = "missing-module"
NAME = "missing-name"
NAMESPACE = "other-namespace"
TENSORFLOW = "missing-tensorflow-name"
MEMBER = "missing-member"

_OF_OBJECTS = frozenset({"base", "call", "decorator"})
"""How code uses a name that it takes for a class or function: `keras.optimizers.rmsprop(...)` was
one before it was a module."""


class Verdict:
    """One reference that fails at the target.

    `kind`      which rule speaks of it
    `name`      the full name that was asked for
    `missing`   its shortest part that is not there
    `found`     what the inventory said
    `also`      other names that the same failing part was asked for: `from a.b import c, d`
    """

    __slots__ = ("also", "found", "kind", "missing", "name", "reference")

    def __init__(self, kind: str, reference: Reference, name: str, found: Found) -> None:
        self.kind = kind
        self.reference = reference
        self.name = name
        self.found = found
        self.missing = found.missing or name
        self.also: list[str] = []

    def same_fault(self, other: Verdict) -> bool:
        """Whether both are names of one `from MODULE import` whose MODULE is missing."""
        return (
            self.missing == other.missing
            and self.missing != self.name
            and self.reference.parts[0] is other.reference.parts[0]
        )

    def nodes(self) -> tuple[object, object]:
        """The first and the last Name node of the failing part."""
        parts = self.reference.parts
        if self.reference.kind == "from" and self.missing == self.name:
            return parts[-1], parts[-1]
        surplus = self.name.count(".") - self.missing.count(".")
        last = max(len(parts) - 1 - surplus, 0)
        return parts[0], parts[last]


def verdicts(module: Module, context: Context) -> tuple[Verdict, ...]:
    """Every reference of the module that fails at the target, in the order of the text."""
    found: tuple[Verdict, ...] = context.shared("verdicts", lambda: tuple(_judge(module, context)))
    return found


def of_kind(kind: str, module: Module, context: Context) -> list[Verdict]:
    """The verdicts that one rule speaks of."""
    return [verdict for verdict in verdicts(module, context) if verdict.kind == kind]


def _judge(module: Module, context: Context) -> list[Verdict]:
    judge = judge_of(module, context)
    result: list[Verdict] = []
    for reference in module.references:
        verdict = judge.verdict(reference)
        if verdict is None or judge.silenced(reference):
            continue
        if result and verdict.same_fault(result[-1]):
            result[-1].also.append(verdict.name)
        else:
            result.append(verdict)
    return result


def judge_of(module: Module, context: Context) -> Judge:
    """The one judge of the module's references, whose answers all rules share."""
    judge: Judge = context.shared("judge", lambda: Judge(module, context))
    return judge


class Judge:
    """Asks the inventory about the references of one module."""

    def __init__(self, module: Module, context: Context) -> None:
        self._module = module
        self._context = context
        self._imported = module.imported()
        self._known: dict[int, Verdict | None] = {}
        self._failed_imports: set[str] = set()

    def silenced(self, reference: Reference) -> bool:
        """Whether guards make the reference right."""
        error = IMPORT if reference.kind in ("import", "from", "star") else ATTRIBUTE
        return silenced(reference.guards, error, self._context, self.fails)

    def fails(self, reference: Reference) -> bool:
        """Whether the reference fails at the target."""
        return self.verdict(reference) is not None

    def verdict(self, reference: Reference) -> Verdict | None:
        """What is wrong with the reference, guards aside; None if nothing is certain."""
        key = id(reference)
        if key not in self._known:
            self._known[key] = self._ask(reference)
        return self._known[key]

    def _ask(self, reference: Reference) -> Verdict | None:
        if not reference.complete:
            return None
        failing: tuple[Candidate, Found] | None = None
        explicit = any(not candidate.star for candidate in reference.candidates)
        for candidate in reference.candidates:
            if candidate.star and explicit and not self._provides(candidate):
                continue  # the star brings no such name: the other binding holds
            if candidate.star and self._never_provided(candidate):
                continue  # another star must bring it
            found = self._find(candidate, reference)
            if found is None:
                return None
            if found.exists is False and found.missing.count(".") < candidate.bound:
                continue  # it was never bound: the fault lies there
            if failing is None:
                failing = (candidate, found)
        if failing is None:
            return None
        candidate, found = failing
        alias = reference.parts[0].value != candidate.name.partition(".")[0]
        if reference.kind == "import" and found.missing:
            self._failed_imports.add(found.missing)
        elif candidate.bound == 1 and found.missing in self._failed_imports and not alias:
            return None  # `import a.b` failed above, this is `a.b.c`
        return Verdict(
            self._kind(reference, candidate.name, found), reference, candidate.name, found
        )

    def _find(self, candidate: Candidate, reference: Reference) -> Found | None:
        """What is missing of a candidate; None if it exists, or nobody knows."""
        name = candidate.name
        if name.partition(".")[0] not in ROOTS or is_private(name) or self._assigned(name):
            return None
        how = {"import": "import", "star": "import", "from": "from"}.get(
            reference.kind, "attribute"
        )
        found = self._context.api.find(name, how, self._imported)
        if found.exists is False or (found.exists and not found.reachable):
            return found
        return None

    def _never_provided(self, candidate: Candidate) -> bool:
        """Whether no release of the module that the star is about had such a name."""
        name = candidate.name
        return (
            name.partition(".")[0] in ROOTS
            and not is_private(name)
            and not self._assigned(name)
            and self._context.api.find(name, "import").exists is False
            and self._context.api.history(name) is None
        )

    def _provides(self, candidate: Candidate) -> bool:
        parts = candidate.name.split(".")
        provided = ".".join(parts[: candidate.bound + 1])
        return parts[candidate.bound] in self._context.api.names(provided.rpartition(".")[0])

    def _assigned(self, name: str) -> bool:
        """Whether the module itself puts the name there (`keras.backend.foo = ...`)."""
        return any(
            name == assigned or name.startswith(assigned + ".")
            for assigned in self._module.assigned
        )

    def _kind(self, reference: Reference, name: str, found: Found) -> str:
        missing = found.missing or name
        if found.container_kind == "class":
            return MEMBER
        if not is_keras(missing):
            return TENSORFLOW
        if not found.missing:
            return NAME  # it exists, but an import of its own is wanted
        other = other_namespace(missing)
        if other is not None and self._context.api.find(other).exists:
            return NAMESPACE
        history = self._context.api.history(missing)
        inner = missing != name
        if history is not None:
            is_module = history.kind == "module" and (inner or reference.kind not in _OF_OBJECTS)
            return MODULE if is_module else NAME
        as_module = reference.kind in ("import", "star") or (reference.kind == "from" and inner)
        return MODULE if as_module else NAME


def is_keras(name: str) -> bool:
    """Whether a name lies under one of the Keras roots."""
    return name.startswith(("keras.", "tf_keras.", TF_KERAS + ".")) or name in (
        "keras",
        "tf_keras",
        TF_KERAS,
    )


def other_namespace(name: str) -> str | None:
    """`tensorflow.keras.X` for `keras.X`, and the reverse."""
    if name.startswith("keras."):
        return f"tensorflow.{name}"
    if name.startswith(TF_KERAS + "."):
        return name.removeprefix("tensorflow.")
    return None
