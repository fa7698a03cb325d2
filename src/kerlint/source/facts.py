"""What one module says: the facts that rules read. Nothing here knows of Keras.

A *reference* is one use of a name that comes from an import. Every name it may stand for is a
`Candidate`; a name is given in full as the code's imports spell it: with
`from tensorflow import keras as k`, the expression `k.layers.Dense` refers to
`tensorflow.keras.layers.Dense`. Names of own modules begin with a dot for relative imports.

All classes are plain and small; they are built once by `names.py` and never changed.
"""

from __future__ import annotations

from kerlint.source.events import Event as Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any, Literal

    from kerlint.diagnostics import Span
    from kerlint.source.values import ClassInfo, OwnCall, Value

    Node = Any
    ReferenceKind = Literal["import", "from", "star", "attribute", "call", "base", "decorator"]


class Candidate:
    """One thing that a reference may stand for.

    `name`   the full dotted name, e.g. `keras.layers.Dense`.
    `bound`  how many of its leading components were looked up where the name was bound (by an
             import or an alias), so that a fault within them is reported there, not here.
    `star`   the name is only a guess: it would come from `from MODULE import *`, where MODULE is
             the first `bound` components.
    """

    __slots__ = ("bound", "name", "star")

    def __init__(self, name: str, bound: int, star: bool = False) -> None:
        self.name = name
        self.bound = bound
        self.star = star

    def __repr__(self) -> str:
        return f"Candidate({self.name!r}, bound={self.bound}{', star' if self.star else ''})"


class Condition:
    """What an `if` tests, as far as it speaks of versions or of what exists.

    kinds:
      `version`  `subject` (e.g. `tensorflow.__version__`) compared by `operator` with `literal`,
                 a tuple of ints; `form` is `full`, `major` or `minor`
      `exists`   `hasattr(module, "name")`, `find_spec("name")`: `subject` is the full name
      `loaded`   `"name" in sys.modules`: `subject` is the full name
      `backend`  `keras.backend.backend() == "jax"`: `subject` is the backend
      `not`, `and`, `or`   of `parts`
      `unknown`  a version, a backend or a flag is tested, but the answer cannot be computed
    """

    __slots__ = ("form", "kind", "literal", "operator", "parts", "subject")

    def __init__(
        self,
        kind: str,
        subject: str = "",
        operator: str = "",
        literal: tuple[int, ...] = (),
        form: str = "full",
        parts: tuple[Condition, ...] = (),
    ) -> None:
        self.kind = kind
        self.subject = subject
        self.operator = operator
        self.literal = literal
        self.form = form
        self.parts = parts

    def __repr__(self) -> str:
        if self.parts:
            return f"Condition({self.kind} {', '.join(map(repr, self.parts))})"
        return f"Condition({self.kind} {self.subject} {self.operator} {self.literal})"


class Guard:
    """Code that makes a reference right although the name may be missing.

    kinds:
      `import-error`     inside `try` whose handler catches ImportError (or wider)
      `attribute-error`  inside `try` whose handler catches AttributeError (or wider)
      `any-error`        inside `try` whose handler catches TypeError, RuntimeError, Exception ...;
                         or inside `pytest.raises(...)`
      `condition`        runs only if `condition` is `sense`
      `never`            `if TYPE_CHECKING`, `if False`, an annotation that is never evaluated
      `fallback`         in the handler of a `try`: runs only if one of `references` fails
      `skip`             after `pytest.importorskip("name")`: `names` holds that name
      `type`             under a test of the class of something, such as `isinstance(name, ...)`:
                         `names` holds that name

    A `try`, or a `contextlib.suppress`, that catches several kinds of errors adds one guard for
    each.
    """

    __slots__ = ("condition", "kind", "names", "references", "sense")

    def __init__(
        self,
        kind: str,
        *,
        references: Sequence[Reference] = (),
        names: tuple[str, ...] = (),
        condition: Condition | None = None,
        sense: bool = True,
    ) -> None:
        self.kind = kind
        self.references = references
        self.names = names
        self.condition = condition
        self.sense = sense

    def __repr__(self) -> str:
        return f"Guard({self.kind!r})"


class Reference:
    """One use of an imported name.

    `candidates`  what it may stand for; never empty
    `complete`    False if it may also be something that cannot be known
    `kind`        `import` (`import a.b`), `from` (`from a import b`), `star`
                  (`from a import *`), `attribute`, `call`, `base` (of a class), `decorator`
    `parts`       the Name nodes of the written chain, left to right; the last one is the last
                  component of every candidate's name
    `guards`      from the outermost to the innermost
    `scope`       the qualified name of the enclosing function or class, "" at module level
    `line_order`  rises with the order of the text
    """

    __slots__ = ("candidates", "complete", "guards", "kind", "line_order", "parts", "scope")

    def __init__(
        self,
        candidates: tuple[Candidate, ...],
        complete: bool,
        kind: ReferenceKind,
        parts: tuple[Node, ...],
        guards: tuple[Guard, ...],
        scope: str,
        line_order: int,
    ) -> None:
        self.candidates = candidates
        self.complete = complete
        self.kind: ReferenceKind = kind
        self.parts = parts
        self.guards = guards
        self.scope = scope
        self.line_order = line_order

    @property
    def name(self) -> str:
        """The first candidate's full name, for messages."""
        return self.candidates[0].name

    def __repr__(self) -> str:
        names = "|".join(c.name for c in self.candidates)
        return f"<Reference {self.kind} {names}{'' if self.complete else '|?'}>"


class Member:
    """`value.attribute` where something is known of `value`.

    `owners`    full names of the classes (or factory functions) whose call made the value;
                all are possible. A rule must check that each is a class. () if that takes to look
                into other functions, or other modules: it must be asked of `value`.
    `complete`  False if the value may also be something else than these
    `value`     all that it may stand for, as `source.values` tells it
    `inherited` the value is an instance of an own subclass of the owner (or its `self`), and the
                subclass does not define `attribute`
    `called`    the attribute is called: `value.attribute(...)`
    `store`     the attribute is assigned or deleted
    `receiver`  the Name node where the value is written, or None
    `further`   the Name nodes of what is asked of the attribute in turn; () at the end of a chain,
                and where that is assigned
    """

    __slots__ = (
        "attribute",
        "called",
        "complete",
        "further",
        "guards",
        "inherited",
        "node",
        "owners",
        "receiver",
        "scope",
        "store",
        "value",
    )

    def __init__(
        self,
        owners: tuple[str, ...],
        complete: bool,
        attribute: str,
        node: Node,
        receiver: Node | None,
        called: bool,
        store: bool,
        inherited: bool,
        guards: tuple[Guard, ...],
        scope: str,
        value: Value = (),
        further: tuple[Node, ...] = (),
    ) -> None:
        self.value = value
        self.further = further
        self.owners = owners
        self.complete = complete
        self.attribute = attribute
        self.node = node
        self.receiver = receiver
        self.called = called
        self.store = store
        self.inherited = inherited
        self.guards = guards
        self.scope = scope

    def __repr__(self) -> str:
        return f"<Member {'|'.join(self.owners)}.{self.attribute}>"


class Call:
    """A call whose callee is a `Reference` or a `Member`.

    `arguments`    what each argument may stand for (`values.Value`), in the order of the text, one
                   for each of `node.args`, which tell how it is passed: a `*` or `**`, its
                   keyword, its expression. A literal string is (TEXT, text), a literal list,
                   tuple, set or dict in which something is known is (ITEMS, values); for other
                   literals see the expression
    `keywords`     (name, Name node, value node) for each `name=value`
    `positional`   number of positional arguments before any `*`
    `star`         the call has `*args`
    `double_star`  the call has `**kwargs`
    """

    __slots__ = ("arguments", "callee", "double_star", "keywords", "node", "positional", "star")

    def __init__(
        self,
        callee: Reference | Member,
        keywords: tuple[tuple[str, Node, Node], ...],
        positional: int,
        star: bool,
        double_star: bool,
        node: Node,
        arguments: Sequence[Value],
    ) -> None:
        self.arguments = arguments
        self.callee = callee
        self.keywords = keywords
        self.positional = positional
        self.star = star
        self.double_star = double_star
        self.node = node


class Application:
    """A call of a value that something else made: `layer(x)`, `self.encoder(x)`, `Dense(1)(x)`.

    `applied`    what is called
    `arguments`  as in `Call`
    """

    __slots__ = ("applied", "arguments", "guards", "node", "scope")

    def __init__(
        self,
        applied: Value,
        arguments: Sequence[Value],
        node: Node,
        guards: tuple[Guard, ...],
        scope: str,
    ) -> None:
        self.applied = applied
        self.arguments = arguments
        self.node = node
        self.guards = guards
        self.scope = scope


class Store:
    """`self.NAME = value` in a method of a class of the module.

    `owner`  the class; `value` is known at least in part
    `node`   the Name node of NAME
    """

    __slots__ = ("guards", "node", "owner", "scope", "value")

    def __init__(
        self, owner: ClassInfo, node: Node, value: Value, guards: tuple[Guard, ...], scope: str
    ) -> None:
        self.owner = owner
        self.node = node
        self.value = value
        self.guards = guards
        self.scope = scope


class Module:
    """All facts of one file.

    `path`        as the reports print it
    `text`        the decoded source
    `references`, `members`, `calls`  in the order of the text
    `applications`, `stores`, `own_calls`  in the order in which the text was read
    `classes`     the classes of the module
    `events`      what running the file does, `if __name__ == "__main__"` included
    `functions`   events of every function of the module by its qualified name
    `assigned`    full names that the module itself assigns (`keras.backend.foo = ...`)
    `bindings`    what every name of the module stands for when it has run, as `source.values`
                  tells it: its functions, its classes, what it imports
    """

    __slots__ = (
        "_locator",
        "applications",
        "assigned",
        "bindings",
        "calls",
        "classes",
        "events",
        "functions",
        "members",
        "own_calls",
        "path",
        "references",
        "stores",
        "text",
        "tree",
    )

    def __init__(
        self,
        path: str,
        text: str,
        tree: Node,
        references: Sequence[Reference],
        members: Sequence[Member],
        calls: Sequence[Call],
        events: Sequence[Event],
        functions: Mapping[str, Sequence[Event]],
        assigned: frozenset[str],
        applications: Sequence[Application] = (),
        stores: Sequence[Store] = (),
        classes: Sequence[ClassInfo] = (),
        bindings: Mapping[str, Value] | None = None,
        own_calls: Sequence[OwnCall] = (),
    ) -> None:
        self.own_calls = own_calls
        self.applications = applications
        self.stores = stores
        self.classes = classes
        self.path = path
        self.text = text
        self.tree = tree
        self.references = references
        self.members = members
        self.calls = calls
        self.events = events
        self.functions = functions
        self.assigned = assigned
        self.bindings = bindings or {}
        self._locator: Any = None

    def span(self, first: Node, last: Node | None = None) -> Span:
        """Where the Name node `first` begins to where `last` (or `first`) ends."""
        if self._locator is None:
            from kerlint.source.positions import Locator

            self._locator = Locator(self.text, self.tree)
        result: Span = self._locator.span(first, last or first)
        return result

    def imported(self) -> frozenset[str]:
        """Every module that some statement of the file imports by its full name."""
        names: set[str] = set()
        for reference in self.references:
            if reference.kind in ("import", "from", "star"):
                for candidate in reference.candidates:
                    parts = candidate.name.split(".")
                    names.update(".".join(parts[:end]) for end in range(1, len(parts) + 1))
        return frozenset(names)
