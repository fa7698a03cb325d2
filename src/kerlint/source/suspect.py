"""One file, as the second gate asks about it: may it use what the target lacks, or refuses?"""

from __future__ import annotations

from functools import partial

from kerlint.knowledge.datasets import DATASET
from kerlint.knowledge.keras_objects import kind_of_result
from kerlint.source.text_index import TextIndex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.source.suspicions import Suspicions


class Suspect:
    """One file. Every question is answered once, and may be answered yes too often.

    `models`: any value may be one, for rules that follow them beyond what the text index can.
    """

    __slots__ = (
        "_answers",
        "_fine",
        "_followed",
        "_known",
        "_owners",
        "_values",
        "data",
        "index",
        "models",
    )

    def __init__(self, data: bytes, known: Suspicions, *, models: bool = True) -> None:
        self.models = models
        self.data = data
        self._known = known
        self._answers: dict[str, bool] = {}
        self._fine: set[tuple[str, int]] = set()
        self._values: dict[bytes, bool] = {}
        self._followed: TextIndex | None = None
        self._owners: list[str] | None = None
        self.index = TextIndex(data, known)

    def only_private(self) -> bool:
        """Whether nothing but private modules is imported."""
        index = self.index
        return not (index.local or index.deep) and all(name[-1] == "*" for _, name in index.imports)

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
        if self.models and self._asks_followed():
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
        if index.deep or self._refuses(index.calls):
            return True
        if b"partial" in self.data and self._refuses(self._prefilled()):
            return True
        if self.models and self._gives_models():
            return True
        owners = self._classes()
        if not owners:
            return False
        from kerlint.source.call_index import refusing_methods

        accepted: dict[bytes, frozenset[bytes]] = {}
        written = index.attributes()
        for owner in owners:
            for method, accepts in self._known.methods(owner, written):
                accepted[method] = accepted.get(method, accepts) & accepts
        # What is asked of the name of a module or class was among the calls above.
        if not accepted or not any(
            self._is_value(method.head) for method in refusing_methods(self.data, accepted)
        ):
            return False
        followed = self._instances()
        return followed.deep or self._refuses(followed.calls)

    def _asks_followed(self) -> bool:
        """Whether something may be asked of a dataset, or of a layer of a model, that it lacks."""
        written, known = self.index.attributes(), self._known
        asks = b".data" in self.data and not written.isdisjoint(known.lost(DATASET))
        if asks and any(".data." in name for name in self.index.names()):
            return True
        if written.isdisjoint(known.lost_by_layers(self.data)):
            return False
        from kerlint.source.call_index import takes_layers

        return takes_layers(self.data)

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
        if head not in self._values:
            from kerlint.source.call_index import only_imported

            self._values[head] = head not in self.index.local or not only_imported(self.data, head)
        return self._values[head]

    def _refuses(self, calls: list[tuple[str, int]]) -> bool:
        """Whether one of the calls has a keyword that is not accepted; each is asked once."""
        if not calls:
            return False
        from kerlint.source.call_index import refuses

        for call in calls:
            if call not in self._fine:
                name, position = call
                if refuses(self.data, position, partial(self._known.accepts, name)):
                    return True
                self._fine.add(call)
        return False

    def _prefilled(self) -> list[tuple[str, int]]:
        """What `partial(...)` is given first, and where the `(` stands."""
        from kerlint.source.call_index import partials

        return [
            (name, place)
            for chain, place in partials(self.data)
            for name in self.index.full_names(chain)
        ]

    def _classes(self) -> list[str]:
        """The classes that the file names."""
        if self._owners is None:
            names = set(self.index.names())
            self._owners = [name for name in names if self._known.is_class(name)]
        return self._owners

    def _instances(self) -> TextIndex:
        """The index that follows instances of classes, too."""
        if self._followed is None:
            self._followed = TextIndex(self.data, self._known, instances=True, earlier=self.index)
        return self._followed
