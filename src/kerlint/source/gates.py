"""The gates: cheap proofs that a file cannot have a finding.

Gate 1, `mentions`: the bytes name a library or a variable that some rule is about. Gate 2, `Gate`:
what the bytes may speak of, looked up in the target's inventory, says which rules could fire. Only
for these is the file parsed. A gate may let a clean file through, it never holds a dirty one back.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Protocol

    from kerlint.knowledge.api import Api
    from kerlint.rules.base import Trigger
    from kerlint.source.suspect import Suspect
    from kerlint.source.suspicions import Suspicions

    class Watch(Protocol):
        """A rule, or an entry that stands for one."""

        @property
        def code(self) -> str: ...
        @property
        def trigger(self) -> Trigger: ...
        @property
        def spares_keras(self) -> bool: ...
        def applies(self, path: str, data: bytes) -> bool: ...
        def suspects(self, suspect: Suspect) -> bool: ...


LIBRARIES = (b"keras", b"tensorflow", b"theano", b"cntk", b"rl.agents")
VARIABLES = b"KERAS"
WORDS = (*LIBRARIES, VARIABLES)
"""Every word that a rule's trigger may begin with; a test holds the rules to it."""

LEGACY_SWITCH = b"TF_USE_LEGACY_KERAS"

_NOT_CAPITAL = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"))
"""All that is not in the name of a variable."""


def mentions(data: bytes) -> bool:
    """Gate 1: whether the bytes name anything that kerlint knows of."""
    return names_library(data) or VARIABLES in data


def names_library(data: bytes) -> bool:
    """The first half of gate 1. Written out: a loop over so few words costs more than they do."""
    return (
        b"keras" in data
        or b"tensorflow" in data
        or b"theano" in data
        or b"cntk" in data
        or b"rl.agents" in data
    )


def names_another(data: bytes) -> bool:
    """Whether the bytes name a Keras beside `keras` and `tf.keras`, or make `tf.keras` another."""
    return (
        b"tf_keras" in data
        or b"KerasLayer" in data
        or (b"tensorflow_probability" in data and b"layers" in data)
        or (
            b"tensorflow.python" in data
            and (b"tensorflow.python.keras" in data or b"tensorflow.python import" in data)
        )
        or LEGACY_SWITCH in data
    )


_HEADER = 12_000
"""Bytes in which Jupytext's header is looked for: at least as many as the reader's characters."""


def may_be_script(data: bytes) -> bool:
    """Whether the file may be a notebook that is kept as a script."""
    return (
        b"get_ipython()." in data
        or data.find(b"jupytext", 0, _HEADER) >= 0
        or data.startswith(b"# Databricks notebook")
    )


def sets_variable(data: bytes, path: str) -> bool:
    """Gate 1 for files of settings: whether one may set a variable that a rule is about."""
    return b"KERAS_BACKEND" in data or LEGACY_SWITCH in data or path.endswith("keras.json")


_SCRIPT = b"# /// script"
_ASKED = (b"keras", b"tensorflow", b"tf-", b"tf_", b"jax", b"torch", b"theano")
_CODE = ("setup.py", "noxfile.py")
_COMMANDS = (
    *("Dockerfile", "Containerfile", ".dockerfile", ".Dockerfile", ".sh", ".bash"),
    *("Makefile", "makefile", ".mk"),
)
_INSTALLING = (b"install", b" add ", b" create ", b"--with", b"tensorflow/")
"""`uv add`, `conda create`, `uv run --with`; and images of TensorFlow."""
_INCLUDING = (".txt", ".in", ".pip")


def asks_packages(data: bytes, path: str) -> bool:
    """Gate 1 for manifests: whether one may ask for packages that a rule is about.

    Of code only `setup.py`, `noxfile.py`, scripts with requirements in their head (PEP 723) and
    notebooks that install something are manifests.
    """
    if path.endswith((".py", ".pyi")):
        if _SCRIPT not in data and not path.endswith(_CODE):
            return False
    elif path.endswith(".ipynb"):
        if b" install " not in data:
            return False
    else:
        from kerlint.project.kinds import is_manifest

        if not is_manifest(path):
            return False
        if path.endswith(_COMMANDS) and not any(word in data for word in _INSTALLING):
            return False
    small = data.lower()
    if names_packages(small):
        return True
    if b"\0" in data:  # UTF-16 hides the words
        return names_packages(small.replace(b"\0", b""))
    return path.endswith(_INCLUDING) and b"-r" in data  # what it includes may name them


def names_packages(small: bytes) -> bool:
    """Whether bytes in lower case may name a package that a rule about manifests is about."""
    return any(word in small for word in _ASKED)


def asks(data: bytes, path: str) -> bool:
    """Whether the file may ask for packages that a rule is about, or install from one that does."""
    if asks_packages(data, path):
        return True
    if path.endswith((".py", ".lock")) and not path.endswith("noxfile.py"):
        return False
    from kerlint.project.led_to import leads_to_packages

    return leads_to_packages(data, path)


class Gate:
    """Gate 2 for one target and one set of rules; keeps what it has looked up.

    `oldest`: what exists at the oldest versions, where the requirements set a lower bound.
    """

    def __init__(self, api: Api, rules: Sequence[Watch], oldest: Api | None = None) -> None:
        self._api = api
        self._oldest = oldest
        self._rules = [
            rule
            for rule in rules
            if _asks(rule.trigger) and (oldest is not None or not rule.trigger.newer)
        ]
        self._in_keras = [rule for rule in self._rules if not rule.spares_keras]
        self._asking_index = {rule.code for rule in self._rules if rule.trigger.asks_index()}
        self._variables = frozenset(name for rule in self._rules for name in rule.trigger.variables)
        self._suspicions: dict[Api, Suspicions] = {}

    def candidates(self, data: bytes, path: str = "") -> tuple[Watch, ...]:
        """The rules that could find something in the file; () proves it clean."""
        from kerlint.rules._private import is_own_source

        own = is_own_source(path)
        rules = self._in_keras if own else self._rules
        try:
            rules = self._possible(rules, data, data, path, own)
            if rules:
                from kerlint.source.prose import without_prose

                rules = self._possible(rules, without_prose(data), data, path, own)
        except Exception:  # a gate that stumbles lets the file through
            rules = [rule for rule in rules if rule.applies(path, data)]
        return tuple(rules)

    def _possible(
        self, rules: list[Watch], data: bytes, whole: bytes, path: str, own: bool
    ) -> list[Watch]:
        """Those of the rules that these bytes cannot rule out; `whole`: with all prose.

        Where they are the whole, the rules are asked as well. `own`: the file is one of Keras's.
        """
        from kerlint.source.variables import may_write, sets_any

        if LEGACY_SWITCH in data and may_write(LEGACY_SWITCH, data):
            # `tf.keras` may be another library in this file.
            return [rule for rule in rules if rule.applies(path, whole)]
        written: set[bytes] = set()
        if not own and sets_any(data, path):
            capitals = data.translate(None, _NOT_CAPITAL)  # one pass for all names
            written.update(
                name for name in self._variables if name in capitals and may_write(name, data)
            )
        # In the sources of Keras itself all names are private, and no model is followed.
        suspect = self._suspect(data, self._api, models=not own)
        if own and suspect.only_private():
            return []
        older: Suspect | None = None
        found = []
        first = data is whole
        for rule in rules:
            trigger = rule.trigger
            if (written and not written.isdisjoint(trigger.variables)) or (
                trigger.words and any(word in whole for word in trigger.words)
            ):
                if not first or rule.applies(path, whole):
                    found.append(rule)
            elif rule.code not in self._asking_index:
                continue
            elif _fires(trigger, suspect):
                if not first or (rule.applies(path, whole) and rule.suspects(suspect)):
                    found.append(rule)
            elif trigger.newer and self._oldest is not None:
                older = older or self._suspect(data, self._oldest, models=False)
                if older.missing() or older.members() or older.arguments():
                    found.append(rule)
        return found

    def _suspect(self, data: bytes, api: Api, *, models: bool) -> Suspect:
        from kerlint.source.suspect import Suspect
        from kerlint.source.suspicions import Suspicions

        known = self._suspicions.get(api)
        if known is None:
            known = Suspicions(api, [rule.trigger for rule in self._rules])
            self._suspicions[api] = known
        return Suspect(data, known, models=models)


def _asks(trigger: Trigger) -> bool:
    return bool(trigger.words or trigger.variables) or trigger.asks_index()


def _fires(trigger: Trigger, suspect: Suspect) -> bool:
    """Whether the trigger's conditions on names hold; the cheapest are asked first."""
    return (
        bool(
            trigger.names
            and not suspect.index.prefixes().isdisjoint(trigger.names)
            and (not trigger.also or any(word in suspect.data for word in trigger.also))
        )
        or bool(trigger.together and suspect.index.prefixes().issuperset(trigger.together))
        or (trigger.libraries and suspect.libraries())
        or (trigger.missing and suspect.missing())
        or (trigger.members and suspect.members())
        or (trigger.arguments and suspect.arguments())
    )
