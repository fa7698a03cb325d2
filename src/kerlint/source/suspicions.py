"""What the second gate asks about names: may the target lack one, or refuse a keyword of a call?

`Suspect` is one file with the questions about it, `Suspicions` what is known of names: it is
shared by all files that are judged by the same target.
"""

from __future__ import annotations

from kerlint.knowledge.keras_objects import MADE_BY, kind_of_result
from kerlint.rules._private import is_private
from kerlint.source.text_index import TextIndex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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


class Suspect:
    """One file. Every question is answered once, and may be answered yes too often.

    `models`: any value may be one, for rules that follow them beyond what the text index can.
    """

    __slots__ = ("_answers", "_followed", "_known", "_owners", "data", "index", "models")

    def __init__(self, data: bytes, known: Suspicions, *, models: bool = True) -> None:
        self.models = models
        self.data = data
        self._known = known
        self._answers: dict[str, bool] = {}
        self._followed: TextIndex | None = None
        self._owners: list[str] | None = None
        self.index = TextIndex(data, known)

    def libraries(self) -> bool:
        """Whether the file names two Keras libraries."""
        return self.index.deep or self._known.libraries(self.index.prefixes()) > 1

    def missing(self) -> bool:
        """Whether some name is not in the target's inventory."""
        if "missing" not in self._answers:
            self._answers["missing"] = self._missing()
        return self._answers["missing"]

    def members(self) -> bool:
        """Whether an attribute is written that its class had in another release."""
        if "members" not in self._answers:
            self._answers["members"] = self._members()
        return self._answers["members"]

    def arguments(self) -> bool:
        """Whether some call of a known callable has a keyword that it does not accept."""
        if "arguments" not in self._answers:
            self._answers["arguments"] = self._arguments()
        return self._answers["arguments"]

    def calls(self) -> list[tuple[str, int]] | None:
        """Full names that are called, instances followed, and where their `(` stands; None: any.

        `a.B().c` is the method `c` of an instance of the class `a.B`, or of what the function `a.B`
        returns.
        """
        followed = self._instances()
        return None if followed.deep else followed.calls

    def makes(self, kind: str) -> bool:
        """Whether the file names a class or function that makes such an object of Keras."""
        return any(kind_of_result(name) == kind for name in self.index.names())

    def _missing(self) -> bool:
        index, known = self.index, self._known
        if index.deep or any(known.missing(how, name) for how, name in index.imports):
            return True
        suspicious = self._suspicious_chains()
        if not suspicious:
            return False
        imported = index.imported()
        return any(known.missing_after(name, imported) for name in suspicious)

    def _suspicious_chains(self) -> list[str]:
        return [name for name in self.index.chains if self._known.missing("attribute", name)]

    def _members(self) -> bool:
        index, known = self.index, self._known
        if index.deep or self._suspicious_chains():
            return True
        if self.models and self._asks_models(known.lost_by_models(self.data)):
            return True
        if self.models and b"optimizer" in self.data:
            from kerlint.source.call_index import asked_of_optimizer

            if asked_of_optimizer(self.data) & known.lost_by_optimizers(self.data):
                return True
        lost = [names for names in map(known.lost, self._classes()) if names]
        if not lost or all(index.attributes().isdisjoint(names) for names in lost):
            return False
        followed = self._instances()
        if followed.deep:
            return True
        for name in followed.chains:
            owner, call, rest = name.partition("().")
            if call and rest.partition(".")[0].encode() in known.lost(owner):
                return True
        return False

    def _arguments(self) -> bool:
        index = self.index
        if index.deep or self._refuses(index):
            return True
        if self.models and self._gives_models():
            return True
        owners = self._classes()
        if not owners:
            return False
        from kerlint.source.call_index import method_refuses

        accepted: dict[bytes, frozenset[bytes]] = {}
        written = index.attributes()
        for owner in owners:
            for method, accepts in self._known.methods(owner, written):
                accepted[method] = accepted.get(method, accepts) & accepts
        if not accepted or not method_refuses(self.data, accepted):
            return False
        followed = self._instances()
        return followed.deep or self._refuses(followed)

    def _asks_models(self, lost: frozenset[bytes]) -> bool:
        """Whether one of the methods is called of what may be a model."""
        if self.index.attributes().isdisjoint(lost):
            return False
        from kerlint.source.call_index import methods

        own = None
        for method in methods(self.data, lost):
            if method.chain == b"self":
                own = self.index.derives_elsewhere() if own is None else own
                if not own:
                    continue
            if self._is_value(method.head):
                return True
        return False

    def _gives_models(self) -> bool:
        """Whether a method of what may be a model is given a keyword that it has lost."""
        keywords = self._known.lost_keywords(self.data, self.index.attributes())
        words = set().union(*keywords.values())
        if not any(word in self.data for word in words):
            return False
        from kerlint.source.call_index import has, methods

        return any(
            has(self.data, method.place, keywords[method.name]) and self._is_value(method.head)
            for method in methods(self.data, keywords)
        )

    def _is_value(self, head: bytes) -> bool:
        """Whether a chain that begins so may be anything but a name of Keras or TensorFlow."""
        from kerlint.source.call_index import only_imported

        return head not in self.index.local or not only_imported(self.data, head)

    def _refuses(self, index: TextIndex) -> bool:
        if not index.calls:
            return False
        from kerlint.source.call_index import refuses

        for name, position in index.calls:
            accepted = self._known.accepted(name)
            if accepted is not None and refuses(self.data, position, accepted):
                return True
        return False

    def _classes(self) -> list[str]:
        """The classes that the file names."""
        if self._owners is None:
            names = set(self.index.names())
            self._owners = [name for name in names if self._known.is_class(name)]
        return self._owners

    def _instances(self) -> TextIndex:
        """The index that follows instances of classes, too."""
        if self._followed is None:
            self._followed = TextIndex(self.data, self._known, instances=True)
        return self._followed
