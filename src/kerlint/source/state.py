"""What the walk over one module has found so far."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping
    from typing import Any

    from kerlint.source.facts import Application, Call, Event, Guard, Member, Reference, Store
    from kerlint.source.scopes import Scope
    from kerlint.source.values import ClassInfo, FunctionInfo, OwnCall, Value


class State:
    """Where the walk is (`scope`, `guards`, `events`) and what it collected."""

    __slots__ = (
        "all_classes",
        "applications",
        "assigned",
        "calls",
        "classes",
        "deferred",
        "events",
        "exports",
        "functions",
        "future_annotations",
        "given",
        "guards",
        "may_yield",
        "members",
        "mixed",
        "module_scope",
        "own_calls",
        "pending",
        "references",
        "returns",
        "scope",
        "stores",
    )

    def __init__(
        self, module_scope: Scope, exports: Callable[[str], frozenset[str] | None]
    ) -> None:
        self.exports = exports
        """What `from MODULE import *` binds; None where nobody knows."""
        self.module_scope = module_scope
        self.scope = module_scope
        self.guards: tuple[Guard, ...] = ()
        self.events: list[Event] = []
        self.references: list[Reference] = []
        self.members: list[Member] = []
        self.calls: list[Call] = []
        self.assigned: set[str] = set()
        self.classes: list[ClassInfo] = []
        """Classes whose bodies or methods are being read, outermost first."""
        self.all_classes: list[ClassInfo] = []
        self.applications: list[Application] = []
        self.stores: list[Store] = []
        self.own_calls: list[OwnCall] = []
        self.given: Mapping[int, Mapping[str, Value]] = {}
        """What parameters of functions are known to be, by the identity of the definition."""
        self.mixed: Container[int] = ()
        """Definitions, by their identity, of functions of which it is not known what they return."""
        self.returns: list[Value] = []
        """What the function that is being read returns."""
        self.functions: list[FunctionInfo] = []
        self.deferred: list[Callable[[], None]] = []
        """Function bodies, read when the scopes around them are complete."""
        self.pending: list[Callable[[], None]] = []
        """Uses of `self.name`, resolved when every method has been read."""
        self.future_annotations = False
        self.may_yield = True
        """Whether the word `yield` stands anywhere in the text."""

    def guarded(self, *guards: Guard) -> Guarded:
        """`with state.guarded(guard): ...` reads code that runs under more guards."""
        return Guarded(self, guards)


class Guarded:
    """Adds guards for the time of a `with` block."""

    __slots__ = ("before", "extra", "state")

    def __init__(self, state: State, extra: tuple[Guard, ...]) -> None:
        self.state = state
        self.extra = extra

    def __enter__(self) -> None:
        self.before = self.state.guards
        self.state.guards = self.before + self.extra

    def __exit__(self, *_error: Any) -> None:
        self.state.guards = self.before
