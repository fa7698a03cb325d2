"""What the second gate knows of names: may the target lack one, or refuse a keyword of a call?

It is shared by all files that are judged by the same target; what is asked of one file is in
`suspect.py`.
"""

from __future__ import annotations

from kerlint.knowledge.keras_objects import MADE_BY
from kerlint.rules._private import is_private

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from kerlint.knowledge.api import Api
    from kerlint.rules.base import Trigger

_ROOTS = ("keras", "tensorflow.keras", "tf_keras")
_MODELS = frozenset(f"{root}.{place}" for root in _ROOTS for place in ("models", "saving"))
_APPLICATIONS = tuple(f"{root}.applications." for root in _ROOTS)
"""Modules with functions that return a model."""


class Suspicions:
    """What is known of names at one target, and which of them are of interest."""

    __slots__ = (
        "_accepted",
        "_api",
        "_keywords",
        "_known",
        "_lost",
        "_lost_by_layers",
        "_lost_by_models",
        "_methods",
        "_methods_of_models",
        "_modules",
        "_tops",
    )

    def __init__(self, api: Api, triggers: Iterable[Trigger]) -> None:
        self._api = api
        self._tops = {"keras", "tensorflow", "tf_keras"}
        for trigger in triggers:
            for name in (*trigger.names, *trigger.together):
                self._tops.add(name.partition(".")[0])
            if trigger.libraries:
                self._tops |= {"tensorflow_hub", "tensorflow_probability"}
        self._known: dict[tuple[str, str], bool] = {}
        self._modules: dict[bytes, str] = {}
        self._lost: dict[str, frozenset[bytes]] = {}
        self._methods: dict[str, frozenset[bytes]] = {}
        self._accepted: dict[str, frozenset[bytes] | None] = {}
        self._lost_by_layers: dict[str, frozenset[bytes]] = {}
        self._lost_by_models: dict[tuple[str, ...], frozenset[bytes]] = {}
        self._methods_of_models: dict[str, frozenset[bytes]] = {}
        self._keywords: dict[tuple[str, bytes], frozenset[bytes]] = {}

    def module(self, written: bytes) -> str:
        """The full name of a module that an import spells, if its root is of interest; else ""."""
        known = self._modules.get(written)
        if known is None:
            name = b"".join(written.replace(b"\\", b"").split()).decode("utf-8", "replace")
            known = name if name.partition(".")[0] in self._tops else ""
            self._modules[written] = known
        return known

    def is_private(self, module: str) -> bool:
        """Whether only the import of the module is of interest."""
        return is_private(module)

    def brought(self, module: str) -> frozenset[str]:
        """Names that `from MODULE import *` brings, or brought in another release."""
        if is_private(module):
            return frozenset()
        return self._api.names(module) | self._api.gone(module)

    def matters(self, name: str) -> bool:
        """Whether an alias of the name may lead to a finding that the name itself does not."""
        key = ("alias", name)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = name in self._tops or self._can_be_wrong(name)
        return known

    def _can_be_wrong(self, name: str) -> bool:
        if name[0] == "@" or name[-1] == ")":
            return True
        if is_private(name):
            return False
        kind = self._api.kind(name)
        if kind is None:  # the place where one inventory ends and another begins
            return self._api.find(name).exists is True
        return kind != "constant"

    def is_class(self, name: str) -> bool:
        """Whether the name is a public class of the target."""
        key = ("class", name)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = not is_private(name) and self._api.kind(name) == "class"
        return known

    def makes_instance(self, name: str) -> bool:
        """Whether a call of the name returns something whose attributes are of interest."""
        if self.is_class(name):
            return True
        folder, _, leaf = name.rpartition(".")
        made = leaf in MADE_BY if folder in _MODELS else name.startswith(_APPLICATIONS)
        return made and self._api.kind(name) == "function"

    def missing(self, how: str, name: str) -> bool:
        """Whether the target may lack the name, however the file came by its modules."""
        known = self._known.get((how, name))
        if known is None:
            known = not is_private(name) and self._may_fail(how, name)
            self._known[how, name] = known
        return known

    def _may_fail(self, how: str, name: str) -> bool:
        found = self._api.find(name, how)
        return found.exists is False or not found.reachable or self._is_stub(name)

    def missing_after(self, name: str, imported: frozenset[str]) -> bool:
        """The same of an attribute when these modules may have been imported."""
        found = self._api.find(name, "attribute", imported)
        return found.exists is not True or not found.reachable or self._is_stub(name)

    def libraries(self, prefixes: frozenset[str]) -> int:
        """How many Keras libraries the names make objects of; one may be too many."""
        from kerlint.knowledge.keras_objects import MAKERS, maker_library

        named = [name for name in MAKERS if name in prefixes]
        if "tensorflow.python.*" in prefixes:  # `from tensorflow.python import keras`
            named.append("tensorflow.python.keras")
        if len(named) < 2:
            return len(named)
        versions, legacy = self._api.versions, self._api.legacy
        return len({maker_library(name, versions, legacy) for name in named} - {None})

    def _is_stub(self, name: str) -> bool:
        from kerlint.knowledge.replacements import stub

        return stub(name, self._api.versions, self._api.legacy) is not None

    def lost(self, owner: str) -> frozenset[bytes]:
        """Members that the class had in another release and does not have at the target."""
        lost = self._lost.get(owner)
        if lost is None:
            names = self._api.lost(owner) if self.is_class(owner) else ()
            lost = self._lost[owner] = frozenset(name.encode() for name in names)
        return lost

    def methods(
        self, owner: str, written: frozenset[bytes]
    ) -> Iterator[tuple[bytes, frozenset[bytes]]]:
        """Those of the attributes `written` that are methods of the class and may refuse a keyword,
        with those that they accept.
        """
        methods = self._methods.get(owner)
        if methods is None:
            methods = frozenset(name.encode() for name in self._api.methods(owner))
            self._methods[owner] = methods
        for method in methods & written:
            accepted = self.accepted(f"{owner}.{method.decode()}")
            if accepted is not None:
                yield method, accepted

    def lost_by_models(self, data: bytes) -> frozenset[bytes]:
        """Methods that models had in another release and do not have at the target."""
        roots = _roots_in(data)
        if roots not in self._lost_by_models:
            names = set().union(*map(self._api.lost_by_models, roots))
            self._lost_by_models[roots] = frozenset(name.encode() for name in names)
        return self._lost_by_models[roots]

    def lost_by_layers(self, data: bytes) -> frozenset[bytes]:
        """What the base class of layers had, and has no more."""
        found: set[bytes] = set()
        for root in _roots_in(data):
            if root not in self._lost_by_layers:
                names = self._api.taken_away(f"{root}.layers.Layer")
                self._lost_by_layers[root] = frozenset(name.encode() for name in names)
            found |= self._lost_by_layers[root]
        return frozenset(found)

    def lost_by_optimizers(self, data: bytes) -> frozenset[bytes]:
        """The same for the base class of optimizers, which a model holds."""
        owners = [f"{root}.optimizers.Optimizer" for root in _roots_in(data)]
        return frozenset().union(*map(self.lost, owners))

    def lost_keywords(
        self, data: bytes, written: frozenset[bytes]
    ) -> Mapping[bytes, frozenset[bytes]]:
        """For those of the attributes `written` that are methods of models: keywords that they took
        in another release and refuse at the target.
        """
        found: dict[bytes, frozenset[bytes]] = {}
        for root in _roots_in(data):
            if root not in self._methods_of_models:
                names = self._api.methods_of_models(root)
                self._methods_of_models[root] = frozenset(name.encode() for name in names)
            for method in self._methods_of_models[root] & written:
                lost = self._lost_keywords(root, method)
                if lost:
                    found[method] = found.get(method, lost) | lost
        return found

    def _lost_keywords(self, root: str, method: bytes) -> frozenset[bytes]:
        key = (root, method)
        lost = self._keywords.get(key)
        if lost is None:
            name = method.decode()
            model = self._api.keywords_lost(f"{root}.Model", name)
            names = model | self._api.keywords_lost(f"{root}.Sequential", name)
            lost = self._keywords[key] = frozenset(keyword.encode() for keyword in names)
        return lost

    def accepts(self, name: str, keywords: Collection[bytes]) -> bool:
        """Whether a callable may accept these keywords."""
        accepted = self.accepted(name)
        return accepted is None or accepted.issuperset(keywords)

    def accepted(self, name: str) -> frozenset[bytes] | None:
        """The keywords that a callable accepts; None: it is none, or may accept any."""
        try:
            return self._accepted[name]
        except KeyError:
            pass
        plain = name.replace("().", ".")
        signature = None if is_private(plain) else self._api.signature(plain)
        accepted = None
        if signature is not None and not signature.open:
            accepted = frozenset(
                parameter.name.encode()
                for parameter in signature.parameters
                if parameter.kind in ("positional", "keyword")
            )
        self._accepted[name] = accepted
        return accepted


def _roots_in(data: bytes) -> tuple[str, ...]:
    """The roots that a file speaks of: only their models are followed into other modules."""
    return tuple(root for root in _ROOTS if root.partition(".")[0].encode() in data)
