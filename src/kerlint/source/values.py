"""What a name or an expression may stand for, as far as the text tells.

A `Value` is a tuple of atoms, one for each possibility. Atoms are small tuples that begin with a
tag:

    (NAME, dotted, bound)    an imported thing; `bound` components were looked up at its binding
    (STAR, dotted, bound)    perhaps what `from MODULE import *` brought
    (RESULT, dotted)         what a call of the imported thing `dotted` returned
    (OUTPUT, output)         what a call of such a result, or of an instance, returned: an `Output`
    (PART, atom, attribute)  an attribute of a RESULT or RETURNED
    (RETURNED, info)         what a function of this module returns
    (ITEMS, values)          a literal list, tuple, set or dict (its values), or a comprehension
    (HELD, value, index, count)  the item at `index` of `count` that a value holds; of -1: each of
                             them in turn, of 0: one of them that cannot be told
    (ASKED, atom, method, depth)  what a method of an object returned; `depth` such calls in a row
    (SAME, value)            a copy of a value
    (INSTANCE, dotted)       an instance of an imported class or of one that derives from it: what
                             an annotation says
    (FUNCTION, info)         a function of this module
    (CLASS, info)            a class of this module
    (SELF, info)             an instance of such a class
    (FIELD, info, name)      `self.name` of such a class: resolved when the module is complete
    (TEXT, text)             a string literal
    (VARIABLE, name)         what was read from an environment variable
    (VERSION, subject, form) a version of the library `subject`: `full`, `major` or `minor`
    (TEST, condition)        the outcome of a `facts.Condition`
    (NONE,)                  None: cannot have attributes, so it drops out where one is used
    (UNKNOWN,)               anything
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from kerlint.source.facts import Event, Guard

    Atom = tuple[Any, ...]
    Value = tuple[Atom, ...]

NAME = "name"
STAR = "star"
RESULT = "result"
FUNCTION = "function"
CLASS = "class"
SELF = "self"
FIELD = "field"
TEXT = "text"
VARIABLE = "variable"
VERSION = "version"
TEST = "test"
NONE = "none"
UNKNOWN = "unknown"
OUTPUT = "output"
PART = "part"
RETURNED = "returned"
ITEMS = "items"
HELD = "held"
SAME = "same"
INSTANCE = "instance"
ASKED = "asked"

NOTHING: Value = ((NONE,),)
ANYTHING: Value = ((UNKNOWN,),)

TRACED = frozenset(
    {NAME, RESULT, OUTPUT, PART, RETURNED, ITEMS, FIELD, CLASS, SELF, HELD, SAME, INSTANCE}
)
"""Tags of what was made of something imported, or of the module's own."""

FOLLOWED = frozenset({RETURNED, HELD, SAME, INSTANCE, ASKED})
"""Tags of objects whose class is only known when the module, or another one, has been read."""

OBJECTS = FOLLOWED | {RESULT, SELF, FIELD}
"""Tags of what may be an instance of a class."""

_MOST_CALLS = 40
"""What comes after so many methods in a row is as good as unknown."""

_MOST = 8
"""A value with more possibilities than this is as good as unknown."""


def join(first: Value, second: Value) -> Value:
    """Either of the two."""
    if first == second:
        return first
    both = (*first, *(atom for atom in second if atom not in first))
    return both if len(both) <= _MOST else ANYTHING


def traced(value: Value) -> bool:
    """Whether some possibility was made of something imported, or of the module's own."""
    return any(atom[0] in TRACED for atom in value)


def answered(part: Atom) -> Value:
    """What a call of the attribute `part` of an object returned."""
    _, atom, method = part
    depth = atom[3] + 1 if atom[0] == ASKED else 1
    return ANYTHING if depth > _MOST_CALLS else ((ASKED, atom, method, depth),)


_HOLDERS = frozenset({ITEMS, RESULT, RETURNED})


def held_item(value: Value, index: int, count: int) -> Value:
    """What is held at `index` by a value that is unpacked into `count`; both -1: any item."""
    if value and all(atom[0] in _HOLDERS for atom in value):
        return ((HELD, value, index, count),)
    return ANYTHING


def each_of(value: Value) -> Value:
    """What a loop over an attribute of an object meets in turn."""
    return ((HELD, value, -1, -1),) if _holds(value) else ANYTHING


def one_of(value: Value) -> Value:
    """An item of such an attribute."""
    return ((HELD, value, -1, 0),) if _holds(value) else ANYTHING


def _holds(value: Value) -> bool:
    """Whether it is an attribute of an object, but of none that was found in such a way."""
    return bool(value) and all(atom[0] == PART and atom[1][0] in _PLAIN for atom in value)


_PLAIN = frozenset({RESULT, RETURNED, SAME, INSTANCE})


def join_all(values: Iterable[Value]) -> Value:
    """Any of the values; unknown if there is none."""
    result: Value | None = None
    for value in values:
        result = value if result is None else join(result, value)
    return ANYTHING if result is None else result


class Output:
    """What `called(*arguments)` returned; one for each call, equal to itself alone.

    `called` is an atom: what was called is something that another call returned.
    """

    __slots__ = ("arguments", "called")

    def __init__(self, called: Atom, arguments: Sequence[Value]) -> None:
        self.called = called
        self.arguments = arguments


class FunctionInfo:
    """A function of the module: its events are filled in when its body is read.

    `called_runs`  False for generators and coroutines: calling them runs nothing
    `decorated`    a decorator may have put something else in its place
    `tests`        it does nothing but answer a question about versions
    `annotated`    what its annotation says that it returns; unknown if it says nothing
    `node`         its definition
    `method`       it stands in the body of a class
    """

    __slots__ = (
        "annotated",
        "called_runs",
        "decorated",
        "events",
        "method",
        "name",
        "node",
        "returns",
        "tests",
    )

    def __init__(
        self,
        name: str,
        called_runs: bool,
        decorated: bool,
        tests: bool,
        node: Any = None,
        method: bool = False,
    ) -> None:
        self.name = name
        self.node = node
        self.method = method
        self.called_runs = called_runs
        self.decorated = decorated
        self.tests = tests
        self.annotated: Value = ANYTHING
        self.events: list[Event] = []
        self.returns: list[Value] = []
        """The values of its `return` statements."""


class OwnCall:
    """A call of a function of the module.

    `arguments`  what each argument may stand for, in the order of the text, one for each of
                 `node.args`
    `guards`     of the call
    """

    __slots__ = ("arguments", "function", "guards", "node")

    def __init__(
        self,
        function: FunctionInfo,
        node: Any,
        arguments: Sequence[Value],
        guards: tuple[Guard, ...],
    ) -> None:
        self.function = function
        self.node = node
        self.arguments = arguments
        self.guards = guards


class ClassInfo:
    """A class of the module.

    `bases`   the values of its bases
    `names`   what its body binds: methods and class attributes
    `fields`  every value that some method assigns to `self.NAME`
    `node`    the Name node of its name
    `closed`  False if attributes may come from where they cannot be seen (a metaclass, a
              decorator, `__getattr__`, `setattr(self, ...)`)
    """

    __slots__ = ("bases", "closed", "fields", "name", "names", "node")

    def __init__(self, name: str, bases: tuple[Value, ...], node: Any = None) -> None:
        self.name = name
        self.node = node
        self.bases = bases
        self.names: dict[str, Value] = {}
        self.fields: dict[str, list[Value]] = {}
        self.closed = True

    def own(self, attribute: str, seen: frozenset[str] = frozenset()) -> Value | None:
        """What `attribute` is by this class or its own bases; None if they do not define it."""
        if attribute in self.fields:
            assigned = join_all(self.fields[attribute])
            return join(assigned, self.names[attribute]) if attribute in self.names else assigned
        if attribute in self.names:
            return self.names[attribute]
        for base in self.bases:
            for atom in base:
                if atom[0] == CLASS and atom[1].name not in seen:
                    found: Value | None = atom[1].own(attribute, seen | {self.name})
                    if found is not None:
                        return found
        return None

    def foreign(self, seen: frozenset[str] = frozenset()) -> tuple[str, ...] | None:
        """The imported class that it derives from, through own classes.

        One candidate set only: () if there is none (a plain class), None if it cannot be known.
        """
        if not self.closed:
            return None
        found: tuple[str, ...] = ()
        for base in self.bases:
            names: list[str] = []
            for atom in base:
                if atom[0] == NAME:
                    names.append(atom[1])
                elif atom[0] == CLASS and atom[1].name not in seen:
                    inherited = atom[1].foreign(seen | {self.name})
                    if inherited is None:
                        return None
                    names.extend(inherited)
                elif atom[0] != NONE:
                    return None
            if names and found:
                return None
            found = found or tuple(names)
        return found
