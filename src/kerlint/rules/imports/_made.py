"""Which Keras made a value, and what the value is: a layer, a model, a tensor."""

from __future__ import annotations

from kerlint.knowledge.keras_objects import (
    LAYER,
    MODEL,
    TENSOR,
    kind_of_name,
    kind_of_result,
    maker_library,
)
from kerlint.source.values import (
    FIELD,
    ITEMS,
    NAME,
    NONE,
    OUTPUT,
    PART,
    RESULT,
    RETURNED,
    SELF,
    join_all,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.rules.base import Context
    from kerlint.source.facts import Module
    from kerlint.source.values import Atom, Value

_TENSORS = frozenset({"input", "inputs", "output", "outputs"})
_DEEPEST = 60


class Made:
    """An object of a Keras library, or a function of one.

    `name`     the full name of its class, or of the function that made it
    `library`  see `knowledge.libraries`
    `kind`     see `knowledge.keras_objects`
    `own`      its class is one of the module's, derived from `name`
    `origin`   of a tensor: "" for an `Input`, else how the record names it
    """

    __slots__ = ("kind", "library", "name", "origin", "own")

    def __init__(
        self, name: str, library: str, kind: str, *, own: bool = False, origin: str = ""
    ) -> None:
        self.name = name
        self.library = library
        self.kind = kind
        self.own = own
        self.origin = origin

    @property
    def leaf(self) -> str:
        """The last component of the name."""
        return self.name.rpartition(".")[2]


class Makers:
    """Answers for the values of one module."""

    def __init__(self, module: Module, context: Context) -> None:
        from kerlint.knowledge.variables import LEGACY_SWITCH

        self._versions = context.target.newest
        self._legacy = context.api.legacy
        # Where the switch is spoken of but not certainly set, tf.keras may be either.
        self._unsure = LEGACY_SWITCH in module.text and not self._legacy
        self._outputs: dict[int, list[Made] | None] = {}

    def library(self, name: str) -> str | None:
        """The library of what a call of `name` makes."""
        if self._unsure and name.startswith("tensorflow.") and ".python." not in name:
            return None
        return maker_library(name, self._versions, self._legacy)

    def all_of(self, value: Value, depth: int = 0) -> list[Made]:
        """Everything that the value may be; [] if one possibility is not known."""
        found: list[Made] = []
        if depth > _DEEPEST:
            return found
        for atom in value:
            if atom[0] == NONE:
                continue
            made = self._of_atom(atom, depth)
            if not made:
                return []
            found += made
        return found

    def one_of(self, value: Value) -> Made | None:
        """The same, if all possibilities are of one kind and one library."""
        found = self.all_of(value)
        if found and all(
            (made.kind, made.library) == (found[0].kind, found[0].library) for made in found
        ):
            return found[0]
        return None

    def class_itself(self, value: Value) -> Made | None:
        """A class of layers that is handed over as it is, such as in `custom_objects`."""
        if len(value) == 1 and value[0][0] == NAME:
            name = value[0][1]
            made = self.class_of((name,), own=False)
            if made and made[0].kind == LAYER:
                return Made(name, made[0].library, "layer class")
        return None

    def class_of(self, names: Sequence[str], *, own: bool) -> list[Made]:
        """Instances of the classes, or results of the functions, called `names`."""
        found = []
        for name in names:
            kind, library = kind_of_result(name), self.library(name)
            if kind is None or library is None:
                return []
            found.append(Made(name, library, kind, own=own))
        return found

    def _of_atom(self, atom: Atom, depth: int) -> list[Made]:
        tag = atom[0]
        if tag == RESULT:
            return self.class_of((atom[1],), own=False)
        if tag == SELF:
            return self.class_of(atom[1].foreign() or (), own=True)
        if tag == FIELD:
            value = atom[1].own(atom[2])
            return self.all_of(value, depth + 1) if value is not None else []
        if tag == RETURNED:
            returns = atom[1].returns
            return self.all_of(join_all(returns), depth + 1) if returns else []
        if tag == OUTPUT:
            key = id(atom[1])
            if key not in self._outputs:
                self._outputs[key] = None  # for a value that holds itself
                self._outputs[key] = self._output(atom, depth)
            return self._outputs[key] or []
        if tag == PART and atom[2] in _TENSORS:
            models = self._of_atom(atom[1], depth + 1)
            if models and all(made.kind == MODEL for made in models):
                origin = "output of a model"
                return [Made(made.name, made.library, TENSOR, origin=origin) for made in models]
        if tag == NAME:
            kind, library = kind_of_name(atom[1]), self.library(atom[1])
            if kind is not None and library is not None:
                return [Made(atom[1], library, kind)]
        return []

    def _output(self, atom: Atom, depth: int) -> list[Made]:
        """A symbolic tensor: what a layer or model returns for one."""
        called = self._of_atom(atom[1].called, depth + 1)
        if not called or any(made.kind not in (LAYER, MODEL) for made in called):
            return []
        arguments = atom[1].arguments
        if not arguments or not self.tensors(arguments[0], depth + 1):
            return []
        origin = "tensor of a layer"
        return [Made(made.name, made.library, TENSOR, origin=origin) for made in called]

    def tensors(self, value: Value, depth: int = 0) -> list[Made]:
        """The symbolic tensors that the value is, or holds; [] unless they are known."""
        if len(value) == 1 and value[0][0] == ITEMS:
            held = [self.all_of(item, depth + 1) for item in value[0][1]]
            found = [made for all_of in held for made in all_of]
        else:
            found = self.all_of(value, depth)
        return found if all(made.kind == TENSOR for made in found) else []
