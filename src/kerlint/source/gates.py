"""The gates: cheap proofs that a file cannot have a finding.

Gate 1, `mentions`: the bytes name a library or a variable that some rule is about. Gate 2, `Gate`:
a text index of the file, looked up in the target's inventory, says which rules could fire. Only
for these is the file parsed. A gate may let a clean file through, it never holds a dirty one back.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.knowledge.api import Api
    from kerlint.rules.base import Rule
    from kerlint.source.text_index import TextIndex

WORDS = (b"keras", b"tensorflow", b"KERAS_", b"theano", b"cntk")
"""Every word that a rule's trigger may begin with; a test holds the rules to it."""


def mentions(data: bytes) -> bool:
    """Gate 1: whether the bytes name anything that kerlint knows of."""
    return (
        b"keras" in data
        or b"tensorflow" in data
        or b"KERAS_" in data
        or b"theano" in data
        or b"cntk" in data
    )


_PRIVATE = (
    "keras.src",
    "keras.api",
    "keras._tf_keras",
    "tf_keras.src",
    "tf_keras.api",
    "tensorflow.python",
    "tensorflow.core",
)


def _is_private(name: str) -> bool:
    return name.startswith(_PRIVATE) and any(
        name == root or name.startswith(root + ".") for root in _PRIVATE
    )


class Gate:
    """Gate 2 for one target and one set of rules; keeps what it has looked up."""

    def __init__(self, api: Api, rules: Sequence[Rule]) -> None:
        self._api = api
        self._rules = tuple(rules)
        self._known: dict[tuple[str, str], bool] = {}
        self._tops = {"keras", "tensorflow", "tf_keras"}
        for rule in self._rules:
            for name in (*rule.trigger.names, *rule.trigger.together):
                self._tops.add(name.partition(".")[0])

    def candidates(self, data: bytes, path: str = "") -> tuple[Rule, ...]:
        """The rules that could find something in the file; () proves it clean."""
        rules = [rule for rule in self._rules if rule.applies(path)]
        index: TextIndex | None = None
        found = []
        shared: dict[str, bool] = {}
        for rule in rules:
            trigger = rule.trigger
            if trigger.words and any(word in data for word in trigger.words):
                found.append(rule)
                continue
            if not (
                trigger.names
                or trigger.together
                or trigger.missing
                or trigger.arguments
                or trigger.members
            ):
                continue
            if index is None:
                from kerlint.source.text_index import TextIndex

                index = TextIndex(data, self._is_root)
            if self._fires(rule, data, index, shared):
                found.append(rule)
        return tuple(found)

    def _is_root(self, name: str) -> bool:
        return name.partition(".")[0] in self._tops

    def _fires(
        self, rule: Rule, data: bytes, index: TextIndex, shared: dict[str, bool]
    ) -> bool:
        trigger = rule.trigger
        if trigger.names and any(_below(name, trigger.names) for name in index.names()):
            return True
        if trigger.together and all(
            any(_below(name, (wanted,)) for name in index.names()) for wanted in trigger.together
        ):
            return True
        for kind, wanted, ask in (
            ("missing", trigger.missing, self._missing),
            ("members", trigger.members, self._members),
            ("arguments", trigger.arguments, self._arguments),
        ):
            if wanted:
                if kind not in shared:
                    shared[kind] = ask(data, index)
                if shared[kind]:
                    return True
        return False

    def _missing(self, data: bytes, index: TextIndex) -> bool:
        """Whether some name is not in the target's inventory."""
        if index.deep:
            return True
        imported: frozenset[str] | None = None
        for how, name in index.imports:
            if self._suspicious(how, name) and self._api.find(name, how).exists is False:
                return True
        for name in index.chains:
            if self._suspicious("attribute", name):
                if imported is None:
                    imported = index.imported()
                if self._api.find(name, "attribute", imported).exists is False:
                    return True
        return bool(index.stars) and self._star(data, index)

    def _suspicious(self, how: str, name: str) -> bool:
        known = self._known.get((how, name))
        if known is None:
            known = not _is_private(name) and (
                self._api.find(name, how).exists is False or self._api.stub(name)
            )
            self._known[how, name] = known
        return known

    def _star(self, data: bytes, index: TextIndex) -> bool:
        """Whether some word was once what `from MODULE import *` brings, and is no more."""
        from kerlint.source.text_index import words

        present = words(data)
        for module in index.stars:
            if not _is_private(module) and not present.isdisjoint(self._api.gone(module)):
                return True
        return False

    def _members(self, data: bytes, index: TextIndex) -> bool:
        """Whether some attribute is written that a class of another version had."""
        from kerlint.source.text_index import attributes

        return not attributes(data).isdisjoint(self._api.lost_members())

    def _arguments(self, data: bytes, index: TextIndex) -> bool:
        """Whether some call of a known callable has a keyword that it does not accept."""
        from kerlint.source.call_index import keywords_of_calls

        return any(
            self._refuses(name, keywords)
            for name, keywords in keywords_of_calls(data, index, self._callable)
        )


def _below(name: str, wanted: tuple[str, ...]) -> bool:
    return any(name == root or name.startswith(root + ".") for root in wanted)
