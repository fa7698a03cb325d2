"""What exists, under every root, for one set of versions: the questions that rules ask.

The answers come from data that `tools/inventory` derives from the published packages. A name is
given in full as code spells it, e.g. `tensorflow.keras.layers.Dense`.
"""

from __future__ import annotations

from kerlint.knowledge.codes import (
    ATTRIBUTE,
    KINDS,
    MODULE,
    mask_of,
    profile_mask,
    runs_of,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, TypeVar

    from kerlint.knowledge.answers import Found, History, Signature
    from kerlint.knowledge.inventory import Mount
    from kerlint.knowledge.store import CallablesFile
    from kerlint.knowledge.views import Views
    from kerlint.project.targets import Versions

    Answer = TypeVar("Answer")

ROOTS = ("keras", "tensorflow", "tf_keras")

_NONE: frozenset[str] = frozenset()


class Api:
    """What exists, under every root, for one set of versions.

    `legacy`: TF_USE_LEGACY_KERAS is on, so that `tensorflow.keras` is tf_keras. The data are opened
    at the first question; many a file raises none.
    """

    __slots__ = ("_found", "_memo", "_views", "legacy", "versions")

    def __init__(self, versions: Versions, legacy: bool = False) -> None:
        self.versions = versions
        self.legacy = legacy
        self._views: Views | None = None
        self._found: dict[tuple[str, str, frozenset[str]], Found] = {}
        self._memo: dict[tuple[str, ...], Any] = {}

    @property
    def views(self) -> Views:
        """What each name, as code spells it, leads to."""
        if self._views is None:
            from kerlint.knowledge.views import Views

            self._views = Views(self.versions, self.legacy)
        return self._views

    # --- names ---------------------------------------------------------------------------

    def find(self, name: str, how: str = "attribute", imported: frozenset[str] = _NONE) -> Found:
        """Whether `name` exists.

        `how` is what the code does with it: `attribute` evaluates `a.b.c` after `import a` and
        after the modules in `imported` were imported; `import` is `import a.b.c`, where every
        prefix must be a module that can be imported; `from` is `from a.b import c`.
        """
        key = (name, how, imported)
        try:
            return self._found[key]
        except KeyError:
            from kerlint.knowledge.finding import find

            found = self._found[key] = find(self, name, how, imported)
            return found

    def kind(self, name: str) -> str | None:
        """module, class, function or constant; None if the name is not there."""
        state = self.views.state(name)
        return KINDS[state] if state else None

    def names(self, container: str) -> frozenset[str]:
        """What `from container import *` binds: the public names of a module."""
        return frozenset(
            leaf
            for leaf, state in self.views.children(container).items()
            if leaf[0] != "_" and (state not in MODULE or state in ATTRIBUTE)
        )

    def history(self, name: str) -> History | None:
        """In which releases the name existed; None: never under this root."""
        for axis, profile in self.views.profiles(name):
            if profile:
                from kerlint.knowledge.answers import History

                return History(axis, _intervals(axis, profile_mask(profile)), _last(profile))
        owner, _, member = name.rpartition(".")
        return self.member_history(owner, member) if owner else None

    def nearest(self, name: str) -> str | None:
        """The existing name in the same container that the name may be a slip of."""
        from kerlint.knowledge.spelling import closest

        container, _, leaf = name.rpartition(".")
        state = self.views.state(container)
        if not state:
            return None
        if state == "c":
            pool = self.members(container) or _NONE
        else:
            pool = frozenset(self.views.children(container))
        found = closest(leaf, pool)
        return f"{container}.{found}" if found else None

    def elsewhere(self, name: str) -> tuple[str, ...]:
        """Where the target has a public name with the same last component, best first."""
        from kerlint.knowledge.places import elsewhere

        return self._once(elsewhere, name)

    # --- parameters ----------------------------------------------------------------------

    def signature(self, name: str) -> Signature | None:
        """The parameters of a function, a class's constructor, or `module.Class.method`."""
        key = ("signature", name)
        if key not in self._memo:
            self._memo[key] = self._signature(name)
        found: Signature | None = self._memo[key]
        return found

    def last_signature(self, name: str) -> Signature | None:
        """The parameters that a function or a class had in the last release that had it."""
        for file, entity, method, _, lifetime in self._callables(name):
            if lifetime:
                found = file.signature(entity, method, lifetime.bit_length() - 1)
                if found is not None:
                    return found
        return None

    def methods(self, name: str) -> frozenset[str]:
        """The methods of a class whose parameters are known in some release."""
        found: set[str] = set()
        for file, entity, _, _ in self.views.entities(name):
            found |= file.methods(entity)
        return frozenset(found)

    def signature_history(self, name: str, parameter: str) -> History | None:
        """In which releases the callable had a parameter of that name; None: never."""
        for file, entity, method, mount, lifetime in self._callables(name):
            mask = lifetime & file.parameter_mask(entity, method, parameter)
            if mask:
                from kerlint.knowledge.answers import History

                return History(mount.axis, _intervals(mount.axis, mask), "parameter")
        return None

    # --- members of classes --------------------------------------------------------------

    def members(self, name: str) -> frozenset[str] | None:
        """All methods, properties and attributes of a class and of its instances.

        None: not a class at the target, or one that may have members that cannot be seen.
        Names like `__len__` are not listed, and of private ones some may be missing.
        """
        key = ("members", name)
        if key not in self._memo:
            kinds = self._members(name)
            self._memo[key] = None if kinds is None else frozenset(kinds)
        found: frozenset[str] | None = self._memo[key]
        return found

    def member_history(self, name: str, member: str) -> History | None:
        """In which releases the class had the member; None: never under this root."""
        for file, entity, mount, lifetime in self.views.entities(name):
            profile = file.member_profile(entity, member)
            mask = profile_mask(profile) & lifetime
            if mask:
                from kerlint.knowledge.answers import History

                return History(mount.axis, _intervals(mount.axis, mask), _last(profile))
        return None

    def exports(self, module: str) -> frozenset[str] | None:
        """What `from MODULE import *` binds; None if the module is not known."""
        return self.names(module) if self.find(module, "import").exists else None

    def lost(self, name: str) -> frozenset[str]:
        """Members that the class had, or has, in another release but not at the target."""
        from kerlint.knowledge.losses import lost

        return self._once(lost, name)

    def taken_away(self, name: str) -> frozenset[str]:
        """Those of them that the class had in an earlier release."""
        from kerlint.knowledge.losses import taken_away

        return self._once(taken_away, name)

    def methods_of_models(self, root: str) -> frozenset[str]:
        """Methods of the models below `root` that layers never had; `root` is `keras` or the like."""
        from kerlint.knowledge.losses import methods_of_models

        return self._once(methods_of_models, root)

    def lost_by_models(self, root: str) -> frozenset[str]:
        """Those of them that a class of models does not have at the target."""
        from kerlint.knowledge.losses import lost_by_models

        return self._once(lost_by_models, root)

    def keywords_lost(self, owner: str, method: str) -> frozenset[str]:
        """Keywords of a class's method in another release that the target refuses."""
        from kerlint.knowledge.losses import keywords_lost

        return self._once(keywords_lost, owner, method)

    def gone(self, container: str) -> frozenset[str]:
        """Names that the module had, or has, in another release but not at the target."""
        from kerlint.knowledge.losses import gone

        return self._once(gone, container)

    def entities(self, name: str) -> Iterator[tuple[CallablesFile, int, Mount, int]]:
        """What a name stands for in every regime: file, entity, mount, lifetime as bits."""
        return self.views.entities(name)

    def answering(self, name: str) -> list[tuple[Mount, str]]:
        """Every mount that answers for a name at some versions, and its name there."""
        return self.views.answering(name)

    def mounts(self) -> dict[str, Mount]:
        """Every root, as code spells it, and what answers for it."""
        return self.views.mounts

    # --- inside --------------------------------------------------------------------------

    def _once(self, find: Callable[..., Answer], *about: str) -> Answer:
        """What `find` answers about these names; it is asked once."""
        key = (find.__name__, *about)
        if key not in self._memo:
            self._memo[key] = find(self, *about)
        found: Answer = self._memo[key]
        return found

    def _callables(self, name: str) -> Iterator[tuple[CallablesFile, int, str, Mount, int]]:
        """What a function, class or method is in every regime; the text is the method's name."""
        for file, entity, mount, lifetime in self.views.entities(name):
            yield file, entity, "", mount, lifetime
        owner, _, method = name.rpartition(".")
        for file, entity, mount, lifetime in self.views.entities(owner):
            yield file, entity, method, mount, lifetime

    def _signature(self, name: str) -> Signature | None:
        owner = name.rpartition(".")[0]
        if not self.views.state(name) and self.views.state(owner) != "c":
            return None
        for file, entity, method, mount, lifetime in self._callables(name):
            if mount.index >= 0 and lifetime >> mount.index & 1:
                found = file.signature(entity, method, mount.index)
                if found is None:
                    continue
                if not found.open:
                    return found
                from kerlint.knowledge.refusals import as_known

                return as_known(name, found, self.versions)
        return None

    def _members(self, name: str) -> dict[str, str] | None:
        if self.views.state(name) == "c":
            for file, entity, mount, lifetime in self.views.entities(name):
                if mount.index >= 0 and lifetime >> mount.index & 1:
                    return file.members(entity, mount.index)
        return None


def _intervals(axis: str, mask: int) -> tuple[tuple[str, str], ...]:
    from kerlint.knowledge import releases

    known = releases.known(axis)
    return tuple((known[first], known[last]) for first, last in runs_of(mask))


def _last(profile: str) -> str:
    """The kind in the latest release of a profile."""
    return KINDS[max(profile.split(";"), key=lambda part: mask_of(part[1:]))[0]]
