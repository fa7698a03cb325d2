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
from kerlint.knowledge.libraries import root_of
from kerlint.source.values import (
    CLASS,
    FIELD,
    HELD,
    INSTANCE,
    ITEMS,
    NAME,
    NONE,
    OUTPUT,
    PART,
    RESULT,
    RETURNED,
    SAME,
    SELF,
    join_all,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.rules._elsewhere import Elsewhere
    from kerlint.rules.base import Context
    from kerlint.source.facts import Member, Module
    from kerlint.source.values import Atom, ClassInfo, Value

_TENSORS = frozenset({"input", "inputs", "output", "outputs"})
_DEEPEST = 60
_MOST_HOPS = 10


class Made:
    """An object of a Keras library, or a function of one.

    `name`     the full name of its class, or of the function that made it
    `home`     the module in which it is called so
    `library`  see `knowledge.libraries`
    `kind`     see `knowledge.keras_objects`
    `own`      its class is one of the project's, derived from `name`
    `defined`  what these classes define themselves
    `exact`    False if it may be of a class that derives from it, of which nothing is known
    `origin`   of a tensor: "" for an `Input`, else how the record names it
    """

    __slots__ = ("defined", "exact", "home", "kind", "library", "name", "origin", "own")

    def __init__(
        self,
        name: str,
        home: Module,
        library: str,
        kind: str,
        *,
        own: bool = False,
        defined: frozenset[str] = frozenset(),
        origin: str = "",
        exact: bool = True,
    ) -> None:
        self.exact = exact
        self.name = name
        self.home = home
        self.library = library
        self.kind = kind
        self.own = own
        self.defined = defined
        self.origin = origin

    @property
    def leaf(self) -> str:
        """The last component of the name."""
        return self.name.rpartition(".")[2]

    def derived(self, defined: frozenset[str]) -> Made:
        """An instance of an own class that derives from its class."""
        defined |= self.defined
        return Made(self.name, self.home, self.library, self.kind, own=True, defined=defined)

    def perhaps_derived(self) -> Made:
        """An instance of its class, or of one that derives from it."""
        return Made(
            self.name,
            self.home,
            self.library,
            self.kind,
            own=self.own,
            defined=self.defined,
            exact=False,
        )

    def tensor(self, origin: str) -> Made:
        """A symbolic tensor that comes from it."""
        return Made(self.name, self.home, self.library, TENSOR, origin=origin)


class Makers:
    """Answers for the values of one module; `elsewhere` knows the names of other own modules.

    `annotations`: they are believed.
    """

    def __init__(
        self,
        module: Module,
        context: Context,
        elsewhere: Elsewhere | None,
        *,
        annotations: bool = False,
    ) -> None:
        from kerlint.knowledge.variables import LEGACY_SWITCH

        self.module = module
        self._elsewhere = elsewhere
        self._versions = context.target.newest
        self._legacy = context.api.legacy
        # Where the switch is spoken of but not certainly set, tf.keras may be either.
        self._unsure = LEGACY_SWITCH in module.text and not self._legacy
        self._annotations = annotations
        self._known: dict[int, tuple[object, list[Made]]] = {}
        """What is known of an object, by its identity, which it has as long as it is held here."""

    def forget(self) -> None:
        """Let go of the other modules, which hold this one in turn."""
        if self._elsewhere is not None:
            self._elsewhere.forget()

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
            name, library = value[0][1], self.library(value[0][1])
            if library is not None and kind_of_result(name) == LAYER:
                return Made(name, self.module, library, "layer class")
        return None

    def class_of(self, names: Sequence[str], *, own: bool, depth: int = 0) -> list[Made]:
        """Instances of the classes, or results of the functions, called `names`.

        `own`: instances of own classes that derive from them. [] if one is not known.
        """
        found: list[Made] = []
        for name in names:
            made = self._result_of(name, depth)
            if not made:
                return []
            found += [one.derived(frozenset()) for one in made] if own else made
        return found

    def of_member(self, member: Member) -> list[Made]:
        """What an attribute is asked of; [] if one possibility is not known."""
        if member.owners and member.complete:
            return self.class_of(member.owners, own=member.inherited)
        return self.all_of(member.value)

    def opened(self, value: Value) -> tuple[Makers, Value]:
        """The list that the value is, if it is one that a function or another module made."""
        makers, inner = self, value
        for _ in range(_MOST_HOPS):
            if len(inner) != 1:
                break
            atom = inner[0]
            found: tuple[Makers, Value] | None = None
            if atom[0] == ITEMS:
                return makers, inner
            if atom[0] == RETURNED:
                found = makers, join_all(atom[1].returns)
            elif atom[0] == FIELD:
                found = makers, atom[1].own(atom[2]) or ()
            elif atom[0] in (NAME, RESULT):
                found = makers.from_elsewhere(atom[1], called=atom[0] == RESULT)
            if found is None:
                break
            makers, inner = found
        return self, value

    def from_elsewhere(self, name: str, *, called: bool) -> tuple[Makers, Value] | None:
        """What a name of another own module, or a call of it, stands for there."""
        if self._elsewhere is None or root_of(name) is not None:
            return None
        return self._elsewhere.value(self.module, name, called=called)

    def _result_of(self, name: str, depth: int) -> list[Made]:
        kind, library = kind_of_result(name), self.library(name)
        if kind is not None and library is not None:
            return [Made(name, self.module, library, kind)]
        return self._of_another(name, depth, called=True)

    def _of_another(self, name: str, depth: int, *, called: bool) -> list[Made]:
        found = self.from_elsewhere(name, called=called)
        return [] if found is None else found[0].all_of(found[1], depth + 1)

    def _of_atom(self, atom: Atom, depth: int) -> list[Made]:
        tag = atom[0]
        if tag == RESULT:
            return self._result_of(atom[1], depth)
        if tag == SELF:
            defined = _defined(atom[1])
            bases = self.class_of(atom[1].foreign() or (), own=True, depth=depth)
            return [made.derived(defined) for made in bases]
        if tag == FIELD:
            value = atom[1].own(atom[2])
            return self.all_of(value, depth + 1) if value is not None else []
        if tag in (OUTPUT, RETURNED):
            key = id(atom[1])
            if key not in self._known:
                self._known[key] = atom[1], []  # for a value that holds itself
                find = self._output if tag == OUTPUT else self._returned
                self._known[key] = atom[1], find(atom, depth)
            return self._known[key][1]
        if tag == HELD:
            return self._held(atom, depth)
        if tag == SAME:
            return self.all_of(atom[1], depth + 1)
        if tag == INSTANCE and self._annotations:
            return [made.perhaps_derived() for made in self._result_of(atom[1], depth)]
        if tag == PART:
            return self._part(atom, depth)
        if tag == NAME:
            kind, library = kind_of_name(atom[1]), self.library(atom[1])
            if kind is not None and library is not None:
                return [Made(atom[1], self.module, library, kind)]
            return self._of_another(atom[1], depth, called=False)
        return []

    def _part(self, atom: Atom, depth: int) -> list[Made]:
        """An attribute: a tensor of a model, or what an object of another own module keeps."""
        _, owner, attribute = atom
        if attribute in _TENSORS:
            models = self._of_atom(owner, depth + 1)
            if models and all(made.kind == MODEL for made in models):
                return [made.tensor("output of a model") for made in models]
        found = self.from_elsewhere(owner[1], called=True) if owner[0] == RESULT else None
        if found is None or len(found[1]) != 1 or found[1][0][0] != SELF:
            return []
        kept = found[1][0][1].own(attribute)
        return [] if kept is None else found[0].all_of(kept, depth + 1)

    def _returned(self, atom: Atom, depth: int) -> list[Made]:
        """What a function of the module returns: by its `return`s, else by its annotation."""
        returns = atom[1].returns
        found = self.all_of(join_all(returns), depth + 1) if returns else []
        return found or self.all_of(atom[1].annotated, depth + 1)

    def _held(self, atom: Atom, depth: int) -> list[Made]:
        """An item of a list or tuple, or any of its items."""
        _, value, index, count = atom
        makers, value = self.opened(value)
        if len(value) != 1 or value[0][0] != ITEMS:
            return []
        items = value[0][1]
        if index < 0:
            return makers.all_of(join_all(items), depth + 1)
        return makers.all_of(items[index], depth + 1) if len(items) == count else []

    def _output(self, atom: Atom, depth: int) -> list[Made]:
        """A symbolic tensor: what a layer or model returns for one.

        For one of another library it returns nothing: that call is the fault, and none of what
        comes after it.
        """
        called = self._of_atom(atom[1].called, depth + 1)
        if not called or any(made.kind not in (LAYER, MODEL) for made in called):
            return []
        arguments = atom[1].arguments
        given = self.tensors(arguments[0], depth + 1) if arguments else []
        if not given or {made.library for made in (*given, *called)} != {called[0].library}:
            return []
        return [made.tensor("tensor of a layer") for made in called]

    def tensors(self, value: Value, depth: int = 0) -> list[Made]:
        """The symbolic tensors that the value is, or holds; [] unless they are known."""
        makers, value = self.opened(value)
        if len(value) == 1 and value[0][0] == ITEMS:
            held = [makers.all_of(item, depth + 1) for item in value[0][1]]
            found = [made for all_of in held for made in all_of]
        else:
            found = makers.all_of(value, depth)
        return found if all(made.kind == TENSOR for made in found) else []


def _defined(info: ClassInfo, seen: frozenset[str] = frozenset()) -> frozenset[str]:
    """The names that a class defines itself or has from classes of its module."""
    found = frozenset(info.names) | frozenset(info.fields)
    for base in info.bases:
        for atom in base:
            if atom[0] == CLASS and atom[1].name not in seen:
                found |= _defined(atom[1], seen | {info.name})
    return found
