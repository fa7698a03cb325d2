"""The gates: cheap proofs that a file cannot have a finding.

Gate 1, `mentions`: the bytes name a library or a variable that some rule is about. Gate 2, `Gate`:
a text index of the file, looked up in the target's inventory, says which rules could fire. Only
for these is the file parsed. A gate may let a clean file through, it never holds a dirty one back.
"""

from __future__ import annotations

from kerlint.rules._private import is_private

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kerlint.knowledge.api import Api
    from kerlint.rules.base import Rule
    from kerlint.source.text_index import TextIndex

WORDS = (b"keras", b"tensorflow", b"KERAS", b"theano", b"cntk", b"rl.agents")
"""Every word that a rule's trigger may begin with; a test holds the rules to it."""


LEGACY_SWITCH = b"TF_USE_LEGACY_KERAS"


def mentions(data: bytes) -> bool:
    """Gate 1: whether the bytes name anything that kerlint knows of."""
    return (
        b"keras" in data
        or b"tensorflow" in data
        or b"KERAS" in data
        or b"theano" in data
        or b"cntk" in data
        or b"rl.agents" in data
    )


def sets_variable(data: bytes, path: str) -> bool:
    """Gate 1 for files of settings: whether one may set a variable that a rule is about."""
    return b"KERAS_BACKEND" in data or LEGACY_SWITCH in data or path.endswith("keras.json")


class Gate:
    """Gate 2 for one target and one set of rules; keeps what it has looked up.

    `oldest`: what exists at the oldest versions, where the requirements set a lower bound.
    """

    def __init__(self, api: Api, rules: Sequence[Rule], oldest: Api | None = None) -> None:
        self._api = api
        self._oldest = None if oldest is None else Gate(oldest, ())
        if oldest is None:
            rules = [rule for rule in rules if not rule.trigger.newer]
        self._rules = tuple(rules)
        self._known: dict[tuple[str, str], bool] = {}
        self._keywords: dict[str, frozenset[str]] = {}
        self._tops = {"keras", "tensorflow", "tf_keras"}
        for rule in self._rules:
            for name in (*rule.trigger.names, *rule.trigger.together):
                self._tops.add(name.partition(".")[0])
            if rule.trigger.libraries:
                self._tops.add("tensorflow_hub")

    def candidates(self, data: bytes, path: str = "") -> tuple[Rule, ...]:
        """The rules that could find something in the file; () proves it clean."""
        rules = [rule for rule in self._rules if rule.applies(path, data)]
        found = [rule for rule in rules if any(word in data for word in rule.trigger.words)]
        asking = [rule for rule in rules if rule not in found and rule.trigger.asks_index()]
        if asking and LEGACY_SWITCH in data:
            return (*found, *asking)  # `tf.keras` may be another library in this file
        return (*found, *self._still_possible(asking, data))

    def _still_possible(self, asking: list[Rule], data: bytes) -> list[Rule]:
        """Those that the text index cannot rule out."""
        try:
            asking = asking and self._by_index(asking, data)
            if asking:
                from kerlint.source.prose import without_prose

                asking = self._by_index(asking, without_prose(data))
            return asking
        except Exception:  # a gate that stumbles lets the file through
            return asking

    def _by_index(self, rules: list[Rule], data: bytes) -> list[Rule]:
        from kerlint.source.text_index import TextIndex

        index = TextIndex(data, self)
        shared: dict[str, bool] = {}
        return [rule for rule in rules if self._fires(rule, data, index, shared)]

    def is_root(self, name: str) -> bool:
        """Whether the name's root is one of a library or of a rule."""
        return name.partition(".")[0] in self._tops

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

    def _fires(self, rule: Rule, data: bytes, index: TextIndex, shared: dict[str, bool]) -> bool:
        trigger = rule.trigger
        also = not trigger.also or any(word in data for word in trigger.also)
        if also and trigger.names and not index.prefixes().isdisjoint(trigger.names):
            return True
        if trigger.together and index.prefixes().issuperset(trigger.together):
            return True
        for kind, wanted, ask in (
            ("missing", trigger.missing, self._missing),
            ("members", trigger.members, self._members),
            ("arguments", trigger.arguments, self._arguments),
            ("newer", trigger.newer, self._newer),
            ("libraries", trigger.libraries, self._libraries),
        ):
            if wanted:
                if kind not in shared:
                    shared[kind] = ask(data, index)
                if shared[kind]:
                    return True
        return False

    def _missing(self, _data: bytes, index: TextIndex) -> bool:
        """Whether some name is not in the target's inventory."""
        if index.deep:
            return True
        imported: frozenset[str] | None = None
        for how, name in index.imports:
            if self._suspicious(how, name):
                return True
        for name in index.chains:
            if name[-1] != ")" and "()" not in name and self._suspicious("attribute", name):
                if imported is None:
                    imported = index.imported()
                found = self._api.find(name, "attribute", imported)
                if found.exists is not True or not found.reachable or self._is_stub(name):
                    return True
        return False

    def _newer(self, data: bytes, _index: TextIndex) -> bool:
        from kerlint.source.older import lacks

        return lacks(self._oldest, data)

    def _libraries(self, _data: bytes, index: TextIndex) -> bool:
        """Whether the file names two Keras libraries."""
        prefixes = index.prefixes()
        if index.deep:
            return True
        from kerlint.knowledge.keras_objects import MAKERS, maker_library

        versions, legacy = self._api.versions, self._api.legacy
        libraries = {maker_library(name, versions, legacy) for name in MAKERS if name in prefixes}
        if "tensorflow.python.*" in prefixes:  # `from tensorflow.python import keras`
            libraries.add(maker_library("tensorflow.python.keras", versions, legacy))
        return len(libraries - {None}) > 1

    def _suspicious(self, how: str, name: str) -> bool:
        known = self._known.get((how, name))
        if known is None:
            known = self._known[how, name] = self._looks_wrong(how, name)
        return known

    def _looks_wrong(self, how: str, name: str) -> bool:
        if is_private(name):
            return False
        found = self._api.find(name, how)
        if found.exists is False or not found.reachable:
            return True
        return self._is_stub(name)

    def _is_stub(self, name: str) -> bool:
        from kerlint.knowledge.replacements import stub

        return stub(name, self._api.versions, self._api.legacy) is not None

    def _members(self, data: bytes, index: TextIndex) -> bool:
        """Whether an attribute is written that its class had in another release."""
        from kerlint.source.text_index import attributes, attributes_of_calls

        if index.deep or any(self._suspicious("attribute", name) for name in index.chains):
            return True
        losing = [(owner, lost) for owner in self._owners(index) if (lost := self._lost(owner))]
        if not losing:
            return False
        written = attributes(data)
        if all(written.isdisjoint(lost) for _, lost in losing):
            return False
        after_calls = attributes_of_calls(data)
        if any(not after_calls.isdisjoint(lost) for _, lost in losing):
            return True
        return self._followed(data, lambda owner, rest: rest in self._lost(owner))

    def _owners(self, index: TextIndex) -> set[str]:
        """The classes that the file names."""
        return {name for name in index.names() if self.is_class(name)}

    def _followed(self, data: bytes, wrong: Callable[[str, str], bool]) -> bool:
        """Whether `wrong(class, attribute)` for some attribute of an instance."""
        from kerlint.source.text_index import TextIndex

        index = TextIndex(data, self, instances=True)
        if index.deep:
            return True
        for name in index.chains:
            owner, call, rest = name.partition("().")
            if call and wrong(owner, rest.partition(".")[0]):
                return True
        return False

    def _lost(self, owner: str) -> frozenset[str]:
        return self._api.lost(owner) if self.is_class(owner) else frozenset()

    def is_class(self, name: str) -> bool:
        """Whether the name is a public class of the target."""
        key = ("class", name)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = not is_private(name) and self._api.kind(name) == "class"
        return known

    def _arguments(self, data: bytes, index: TextIndex) -> bool:
        """Whether some call of a known callable has a keyword that it does not accept."""
        from kerlint.source.call_index import keywords_of_calls

        if index.deep:
            return True
        if any(
            keywords - self._accepted(name)
            for name, keywords in keywords_of_calls(data, index, self._callable)
        ):
            return True
        return self._method_arguments(data, index)

    def _method_arguments(self, data: bytes, index: TextIndex) -> bool:
        from kerlint.source.call_index import (
            keywords_after_calls,
            keywords_of_calls,
            keywords_of_methods,
        )
        from kerlint.source.text_index import TextIndex

        owners = self._owners(index)
        methods: dict[str, list[str]] = {}

        def names_of(method: str) -> list[str]:
            names = methods.get(method)
            if names is None:
                names = methods[method] = [
                    f"{owner}.{method}" for owner in owners if self._has(owner, method)
                ]
            return names

        def wrong(calls: Iterable[tuple[str, frozenset[str]]]) -> bool:
            return any(
                self._callable(name) and keywords - self._accepted(name) for name, keywords in calls
            )

        if not owners or not wrong(keywords_of_methods(data, names_of)):
            return False
        if wrong(
            (name, keywords)
            for method, keywords in keywords_after_calls(data)
            for name in names_of(method)
        ):
            return True
        followed = TextIndex(data, self, instances=True)
        return followed.deep or wrong(keywords_of_calls(data, followed, self._callable))

    def _has(self, owner: str, method: str) -> bool:
        if method[:2] == "__":
            return False
        members = self._api.members(owner)
        return members is None or method in members

    def _callable(self, name: str) -> bool:
        """Whether a name is a callable that refuses what it does not list."""
        name = name.replace("().", ".")
        key = ("call", name)
        known = self._known.get(key)
        if known is None:
            signature = None if is_private(name) else self._api.signature(name)
            known = self._known[key] = signature is not None and not signature.open
        return known

    def _accepted(self, name: str) -> frozenset[str]:
        name = name.replace("().", ".")
        accepted = self._keywords.get(name)
        if accepted is None:
            signature = self._api.signature(name)
            accepted = self._keywords[name] = frozenset(
                parameter.name
                for parameter in (signature.parameters if signature else ())
                if parameter.kind in ("positional", "keyword")
            )
        return accepted
