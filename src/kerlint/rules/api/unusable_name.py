"""KER304."""

from __future__ import annotations

from kerlint.knowledge.replacements import stub
from kerlint.rules._guards import ANY, silenced
from kerlint.rules.api._verdicts import judge_of
from kerlint.rules.api._wording import spelled, target_of
from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kerlint.diagnostics import Diagnostic
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module


class UnusableName(Rule):
    """Calling a name that can be imported but raises when it is used.

    ## What it does
    Finds calls and subclasses of names that the target keeps only to tell people that they are
    gone, such as `keras.optimizers.legacy.Adam` in Keras 3, and calls of such methods:
    `add_metric` of a layer or model in Keras 3, `to_yaml` of a model in later releases of Keras 2.

    ## Why is this bad?
    The import works, so tests of imports pass; the call raises `ImportError` or
    `NotImplementedError`.

    ## Example
    ```python
    import keras

    optimizer = keras.optimizers.legacy.Adam()
    ```

    ## Use instead
    ```python
    import keras

    optimizer = keras.optimizers.Adam()
    ```

    ## References
    - [amaiya/ktrain#525](https://github.com/amaiya/ktrain/issues/525)
    """

    code = "KER304"
    name = "unusable-name"
    by_target = "newest"
    trigger = Trigger(
        missing=True,
        names=("keras", "tensorflow.keras", "tf_keras"),
        also=(b".add_metric", b".to_yaml"),
    )
    errors = (
        "ImportError: `keras.optimizers.legacy` is not supported in Keras 3.",
        "NotImplementedError: Layer `add_metric()` method is deprecated.",
        "RuntimeError: Method `model.to_yaml()` has been removed due to security risk",
    )

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """One finding for each call or subclass of a stub."""
        judge = judge_of(module, context)
        for reference in module.references:
            if reference.kind not in ("call", "base") or not reference.complete:
                continue
            candidates = [candidate.name for candidate in reference.candidates]
            if not self._only_stubs(candidates, context):
                continue
            if judge.fails(reference) or silenced(reference.guards, ANY, context, judge.fails):
                continue
            yield self._found(reference.name, "can be imported", module, context, reference.parts)
        for member in module.members:
            names = [f"{owner}.{member.attribute}" for owner in member.owners]
            if not member.called or not member.complete or not self._only_stubs(names, context):
                continue
            if not silenced(member.guards, ANY, context, judge.fails):
                yield self._found(names[0], "is still there", module, context, (member.node,))

    def _only_stubs(self, names: Sequence[str], context: Context) -> bool:
        """Whether there are some, and all of them raise."""
        return bool(names) and all(
            stub(name, context.target.newest, context.api.legacy) is not None for name in names
        )

    def _found(
        self, name: str, seems: str, module: Module, context: Context, nodes: Sequence[object]
    ) -> Diagnostic:
        row = stub(name, context.target.newest, context.api.legacy)
        assert row is not None
        return self.diagnostic(
            module,
            nodes[0],
            nodes[-1],
            message=f"`{spelled(name)}` {seems} in {target_of(name, context)}, but "
            f"using it raises {row.error}",
            label="raises when used",
            help=row.cure,
            qualified_name=name,
        )
