"""KER103 private-keras-import."""

from __future__ import annotations

from kerlint.rules._private import KERAS_ROOTS, is_generated, private_root
from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kerlint.diagnostics import Diagnostic, Severity
    from kerlint.knowledge.answers import Found
    from kerlint.knowledge.api import Api
    from kerlint.rules.base import Context
    from kerlint.source.facts import Candidate, Condition, Guard, Module, Reference

_PUBLIC_ROOTS = (
    ("keras.api._v2.keras", "keras"),
    ("keras.api._v1.keras", "tensorflow.compat.v1.keras"),
    ("keras.api", "keras"),
    ("keras._tf_keras.keras", "tensorflow.keras"),
    ("keras.src", "keras"),
    ("tensorflow.python.keras.api._v2.keras", "tensorflow.keras"),
    ("tensorflow.python.keras.api._v1.keras", "tensorflow.compat.v1.keras"),
    ("tensorflow.python.keras", "tensorflow.keras"),
    ("tensorflow_core.python.keras", "tensorflow.keras"),
    ("tensorflow_core", "tensorflow"),
    ("tf_keras.src", "tf_keras"),
    ("tf_keras.api._v2.keras", "tf_keras"),
)
"""Where a private root is made public, the longer ones first."""

_FORGIVING = frozenset({"any-error", "attribute-error", "fallback", "import-error", "never"})
_MOST_NAMED = 3


class PrivateKerasImport(Rule):
    """A private part of Keras or TensorFlow is used.

    ## What it does
    Finds references to `tensorflow.python.keras`, `keras.src`, `keras.api`, `keras._tf_keras`,
    `tf_keras.src` and `tensorflow_core`: an error where the target does not have what is asked
    for, else a warning. It names the public place where there is one. What is under `try`, a test
    of versions or a test whether the private part is there (`hasattr(keras, "src")`) is left alone,
    and so are the sources of Keras and TensorFlow themselves.

    ## Why is this bad?
    These modules are how the libraries are built, not what they offer. They move and vanish
    without a word: `keras.api` came with Keras 3.3 and went with 3.10, and most of what Keras
    2.15 had in `keras.src` is gone. `tensorflow.python.keras` is still there, but it is a copy
    that was left behind in TensorFlow 2.6: its layers are not layers to `tf.keras`. Editors that
    cannot resolve `tensorflow.keras` are no reason: `import keras` resolves everywhere.

    ## Example
    ```python
    from tensorflow.python.keras.layers import Dense
    ```

    ## Use instead
    ```python
    from tensorflow.keras.layers import Dense
    ```

    ## References
    - [tensorflow #50613](https://github.com/tensorflow/tensorflow/issues/50613)
    - [tensorflow #33075](https://github.com/tensorflow/tensorflow/issues/33075)
    - [keras #18593](https://github.com/keras-team/keras/issues/18593)
    """

    code = "KER103"
    name = "private-keras-import"
    severity = "warning"
    spares_keras = True
    trigger = Trigger(names=(*KERAS_ROOTS, "tensorflow.python.*"))
    errors = (
        "ModuleNotFoundError: No module named 'keras.src.engine'",
        "ModuleNotFoundError: No module named 'keras.api'",
        "ModuleNotFoundError: No module named 'tensorflow_core'",
        "ImportError: cannot import name 'Adam' from 'tensorflow.python.keras.optimizers'",
        "AttributeError: 'KerasTensor' object has no attribute 'node'",
    )

    def applies(self, path: str, data: bytes) -> bool:
        """Keras and TensorFlow may use their own parts."""
        return not is_generated(data)

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """One finding for each import statement, or for each other use that none covers."""
        covered: list[str] = []
        for uses in _statements(module, context):
            missing = [use for use in uses if use.missing]
            reported: set[str] = set()
            for use in missing:
                if use.missing not in reported:
                    reported.add(use.missing)
                    yield self._missing(module, context, use)
            private = [use for use in uses if use.written_here(covered)]
            if private and not missing:
                yield self._private(module, context, private)
            covered += [use.name for use in uses if use.reference.kind == "import"]

    def _missing(self, module: Module, context: Context, use: _Use) -> Diagnostic:
        public = _public(use.name, context.api)
        return self._found(
            module,
            use,
            use.missing,
            f"`{use.missing}` does not exist in {_release(use.root, context)}; "
            f"`{use.root}` is private",
            f"use the public `{public}`" if public else _no_public_name(use.name, context.api),
            "not there",
            "error",
        )

    def _private(self, module: Module, context: Context, uses: list[_Use]) -> Diagnostic:
        first = uses[0]
        public = [name for use in uses if (name := _public(use.name, context.api)) is not None]
        names = ", ".join(f"`{name}`" for name in public[:_MOST_NAMED])
        if len(public) > _MOST_NAMED:
            names += " ..."
        nature = "is private and may change or vanish in any release"
        if first.root == "tensorflow.python.keras":
            nature = "is a private copy whose objects do not work with `tf.keras`"
        help = f"use the public {names}" if public else _no_public_name(first.name, context.api)
        return self._found(
            module, first, first.root, f"`{first.root}` {nature}", help, "private", self.severity
        )

    def _found(
        self,
        module: Module,
        use: _Use,
        part: str,
        message: str,
        help: str,
        label: str,
        severity: Severity,
    ) -> Diagnostic:
        return self.diagnostic(
            module,
            *use.nodes(part),
            message=message,
            label=label,
            help=help,
            severity=severity,
            qualified_name=use.name,
        )


class _Use:
    """One reference to a private name; `missing` is its first part that is not there, or ""."""

    __slots__ = ("bound", "missing", "name", "reference", "root")

    def __init__(self, reference: Reference, candidate: Candidate, root: str, found: Found) -> None:
        self.reference = reference
        self.name = candidate.name
        self.bound = candidate.bound
        self.root = root
        lost = found.exists is False and found.missing.count(".") >= self.bound
        self.missing = found.missing if lost and len(found.missing) >= len(root) else ""

    def written_here(self, covered: Sequence[str]) -> bool:
        """Whether the private part is spelled out here, and no import statement told of it."""
        return self.bound <= self.root.count(".") and not any(
            f"{self.name}.".startswith(f"{name}.") for name in covered
        )

    def nodes(self, part: str) -> tuple[object, object]:
        """The first and the last Name node of the leading `part` of the name."""
        parts = self.reference.parts
        if self.reference.kind == "from" and part == self.name:
            return parts[-1], parts[-1]
        last = len(parts) - 1 - (self.name.count(".") - part.count("."))
        return parts[0], parts[max(last, 0)]


def _statements(module: Module, context: Context) -> Iterator[list[_Use]]:
    """The private references; those of one `from ... import a, b` together."""
    imported = module.imported()
    group: list[_Use] = []
    for reference in module.references:
        use = _use(reference, context, imported)
        if use is None:
            continue
        if group and not (
            reference.kind == "from" and group[0].reference.parts[0] is reference.parts[0]
        ):
            yield group
            group = []
        group.append(use)
    if group:
        yield group


def _use(reference: Reference, context: Context, imported: frozenset[str]) -> _Use | None:
    if not reference.complete or _forgiven(reference.guards, context):
        return None
    candidate = reference.candidates[0]
    root = private_root(candidate.name)
    if root is None or any(private_root(other.name) is None for other in reference.candidates):
        return None
    return _Use(reference, candidate, root, _look_up(reference, candidate, context, imported))


def _look_up(
    reference: Reference, candidate: Candidate, context: Context, imported: frozenset[str]
) -> Found:
    from kerlint.knowledge.answers import Found
    from kerlint.knowledge.packages import has_tensorflow_core

    name = candidate.name
    if name.partition(".")[0] == "tensorflow_core":
        there = has_tensorflow_core(context.target.newest.tensorflow)
        return Found(False if there is False else None, "tensorflow_core", "", "", True)
    how = {"from": "from", "import": "import", "star": "import"}.get(reference.kind, "attribute")
    return context.api.find(name, how, imported)


def _forgiven(guards: Sequence[Guard], context: Context) -> bool:
    """Whether the code says that it knows what it does, or does not run at the target."""
    from kerlint.rules._guards import holds

    for guard in guards:
        if guard.kind in _FORGIVING:
            return True
        if guard.kind == "condition" and (
            guard.condition is None
            or holds(guard.condition, context) is not guard.sense
            or _asks_for_private(guard.condition)
        ):
            return True
    return False


def _asks_for_private(condition: Condition) -> bool:
    """Whether it is asked for the private part before it is used: then it may vanish."""
    if condition.kind == "exists":
        return private_root(condition.subject) is not None
    return any(_asks_for_private(part) for part in condition.parts)


def _public(name: str, api: Api) -> str | None:
    """The public name of the same thing, where the target has one."""
    direct = _public_twin(name)
    if direct is not None and api.find(direct).exists:
        return direct if _holds_most(direct, name, api) else None
    if api.kind(name) == "module" or name.rpartition(".")[2].islower():
        return None  # another module of the same last name says nothing
    roots = ("tf_keras.",) if name.startswith("tf_keras.") else ("keras.", "tensorflow.keras.")
    places = (place for place in api.elsewhere(name) if place.startswith(roots))
    return next(places, None)


def _public_twin(name: str) -> str | None:
    """What a name is called under the public root."""
    for private, public in _PUBLIC_ROOTS:
        if f"{name}.".startswith(f"{private}."):
            return public + name[len(private) :]
    return None


def _holds_most(public: str, private: str, api: Api) -> bool:
    """Whether most classes and functions of a private module are in the public one of its name.

    `keras.backend` has little of what `keras.src.backend` has.
    """
    own = [name for name in api.names(private) if api.kind(f"{private}.{name}") != "module"]
    there = api.names(public)
    return sum(name in there for name in own) * 2 >= len(own)


def _no_public_name(name: str, api: Api) -> str:
    from kerlint.knowledge.replacements import replacement

    twin = _public_twin(name)
    if twin is not None:
        row = replacement(twin)
        if row is not None and row.new:
            return f"use `{row.new[0]}`"
        if api.kind(name) == "module" and api.find(twin).exists:
            return f"only a part of it is public, in `{twin}`"
    return "it has no public name: keep a copy of what you need in your own code"


def _release(root: str, context: Context) -> str:
    versions = context.target.newest
    top = root.partition(".")[0]
    library, version = {
        "keras": ("Keras", versions.keras),
        "tf_keras": ("tf-keras", versions.tf_keras),
    }.get(top, ("TensorFlow", versions.tensorflow))
    return f"{library} {version}" if version else library
