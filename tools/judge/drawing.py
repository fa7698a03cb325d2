"""Questions drawn at random: names of all versions, and names that never were."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from dataclasses import dataclass

from kerlint.knowledge.api import Api
from kerlint.knowledge.codes import MODULE, profile_mask
from kerlint.knowledge.inventory import CALLABLES, STEMS
from kerlint.knowledge.store import callables_file, names_file

from .environments import Pair

WEIGHTS = {
    "keras": 10,
    "keras.src": 2,
    "keras.api": 1,
    "keras._tf_keras": 1,
    "tensorflow": 6,
    "tensorflow.keras": 10,
    "tensorflow.compat": 3,
    "tensorflow.contrib": 1,
    "tensorflow.python": 1,
    "tf_keras": 4,
    "tf_keras.src": 1,
}
"""How often a name is drawn from below each prefix, as code spells it."""

KINDS = ("attribute", "import", "from", "signature", "keyword", "member")
SHARES = (34, 10, 24, 8, 12, 12)


@dataclass(frozen=True)
class Question:
    """`extra`: the keyword, the member, or the modules that were imported before."""

    kind: str
    name: str
    extra: str = ""

    def as_json(self) -> dict[str, object]:
        record: dict[str, object] = {"kind": self.kind, "name": self.name}
        if self.kind in ("keyword", "member"):
            record[self.kind] = self.extra
        elif self.extra:
            record["imported"] = self.extra.split(",")
        return record


class Urn:
    """All names that any release has under each root, to draw from."""

    def __init__(self, pair: Pair, seed: int, kinds: str = "") -> None:
        wanted = kinds.split(",") if kinds else KINDS
        self.shares = [s if k in wanted else 0 for k, s in zip(KINDS, SHARES, strict=True)]
        self.api = Api(pair.versions, pair.legacy)
        self.random = random.Random(seed)
        self.names: dict[str, list[str]] = {}
        self.modules: list[str] = []
        self.callables: list[str] = []
        self.classes: list[str] = []
        for prefix in STEMS:
            if prefix.split(".")[0] in pair.roots:
                self._fill(prefix, prefix)
        self._fill("keras._tf_keras.keras", "tensorflow.keras")
        if pair.legacy:
            self._fill("tf_keras", "tensorflow.keras")
        for root in self.names:
            self.names[root] = sorted(set(self.names[root]))
        self.leaves = sorted(
            {name.rpartition(".")[2] for names in self.names.values() for name in names}
        )
        for pool in (self.modules, self.callables, self.classes):
            pool.sort()
        self.words = self._words()

    def _fill(self, stored: str, spelled: str) -> None:
        prefix = stored
        while prefix not in STEMS:
            prefix = prefix.rpartition(".")[0]
        stem = STEMS[prefix][0]
        file = names_file(stem)
        if file is None:
            return
        for container, line in file.lines.items():
            if container != stored and not container.startswith(stored + "."):
                continue
            here = spelled + container[len(stored) :]
            for group in line.split("\t")[1:]:
                code, *leaves = group.split(" ")
                profile = file.profiles[int(code)]
                states = {part[0] for part in profile.split(";")}
                full = [f"{here}.{leaf}" for leaf in leaves]
                self.names.setdefault(spelled, []).extend(full)
                if states & MODULE:
                    self.modules.extend(full)
                if states & {"c", "f"} and stem in CALLABLES and profile_mask(profile):
                    self.callables.extend(full)
                if "c" in states and stem in CALLABLES:
                    self.classes.extend(full)

    def _words(self) -> list[str]:
        """Parameter and member names of all classes and releases."""
        words: set[str] = set()
        for stem in set(CALLABLES.values()):
            file = callables_file(stem)
            if file is None:
                continue
            for text in file.lists:
                words.update(word.strip("=*") for word in text.split(" "))
            for line in filter(None, file.entities):
                for group in line.split("\t")[3].split(";"):
                    words.update(group.split(" ")[1:])
        found = sorted(word for word in words if word.isidentifier() and word[:2] != "__")
        return found or ["name"]

    def name(self) -> str:
        """A name that some release has, or one made from it that none may have."""
        roots = [root for root in self.names if self.names[root]]
        root = self.random.choices(roots, [WEIGHTS.get(root, 1) for root in roots])[0]
        name = self.random.choice(self.names[root])
        return name if self.random.random() < 0.7 else self.mutated(name)

    def mutated(self, name: str) -> str:
        container, _, leaf = name.rpartition(".")
        change = self.random.randrange(5)
        place = self.random.randrange(len(leaf))
        if change == 0:
            leaf = self.random.choice(self.leaves)
        elif change == 1:
            leaf = leaf[:place] + leaf[place + 1 :] or "x"
        elif change == 2:
            leaf = leaf[:place] + self.random.choice(string.ascii_letters + "_") + leaf[place:]
        elif change == 3:
            container = self.random.choice(self.modules)
        else:
            leaf += "." + self.random.choice(self.leaves)
        return f"{container}.{leaf}"

    def question(self) -> Question:
        kind = self.random.choices(KINDS, self.shares)[0]
        if kind == "attribute":
            extra = self.random.choice(self.modules) if self.random.random() < 0.1 else ""
            name = self.name()
            if extra and self.random.random() < 0.7:
                name = extra + "." + self.random.choice(self.leaves)
            elif self.classes and self.random.random() < 0.15:
                words = self.words if self.random.random() < 0.3 else METHODS
                name = self.random.choice(self.classes) + "." + self.random.choice(words)
            return Question(kind, name, extra)
        if kind == "import":
            name = self.random.choice(self.modules)
            return Question(kind, name if self.random.random() < 0.6 else self.name())
        if kind == "from":
            return Question(kind, self.name())
        if kind == "signature":
            return Question(kind, self.callable())
        if kind == "keyword":
            name = self.callable()
            return Question(kind, name, self.word(name, parameters=True))
        name = self.present(self.classes)
        return Question(kind, name, self.word(name, parameters=False))

    def present(self, pool: list[str]) -> str:
        """A name of the pool, mostly one that kerlint holds to be there."""
        for _ in range(12):
            name = self.random.choice(pool)
            if self.api.find(name).exists:
                break
        return name

    def callable(self) -> str:
        if self.random.random() < 0.7 or not self.classes:
            return self.present(self.callables)
        name = self.present(self.classes)
        members = sorted(m for m in self.api.members(name) or () if m[0] != "_")
        pool = members if members and self.random.random() < 0.5 else METHODS
        return f"{name}.{self.random.choice(pool)}"

    def word(self, name: str, parameters: bool) -> str:
        """A keyword or a member: mostly one that the thing had in some release."""
        if self.random.random() < 0.25:
            return self.random.choice(self.words)
        found: set[str] = set()
        owner, _, method = name.rpartition(".")
        for thing, called in ((name, ""), (owner, method)):
            for file, entity, _, _ in self.api.entities(thing):
                if parameters:
                    for part in filter(None, file.timeline(entity, called).split(";")):
                        signature = file.parameters(int(part.partition(":")[0]))
                        found.update(parameter.name for parameter in signature.parameters)
                else:
                    found |= file.members_ever(entity)
            if found:
                break
        return self.random.choice(sorted(found) or self.words)

    def questions(self, number: int) -> Iterator[Question]:
        seen: set[Question] = set()
        tries = 0
        while len(seen) < number and tries < 20 * number:
            tries += 1
            question = self.question()
            if question not in seen and all(p.isidentifier() for p in question.name.split(".")):
                seen.add(question)
                yield question


METHODS = [
    "__call__",
    "build",
    "call",
    "compile",
    "compute_loss",
    "compute_mask",
    "compute_output_shape",
    "count_params",
    "evaluate",
    "export",
    "fit",
    "fit_generator",
    "from_config",
    "get_config",
    "get_layer",
    "get_weights",
    "load_weights",
    "on_epoch_end",
    "predict",
    "predict_on_batch",
    "reset_state",
    "reset_states",
    "result",
    "save",
    "save_weights",
    "set_weights",
    "summary",
    "test_on_batch",
    "to_json",
    "train_on_batch",
    "update_state",
    "add_weight",
    "add_metric",
    "adapt",
    "apply_gradients",
    "minimize",
    "get_updates",
    "assign",
    "flow",
    "flow_from_directory",
]
"""Methods that code calls by name."""
