"""KER304."""

from __future__ import annotations

from kerlint.knowledge.replacements import stub
from kerlint.rules._guards import ANY, silenced
from kerlint.rules.api._verdicts import judge_of
from kerlint.rules.api._wording import spelled, target_of
from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module, Reference


class UnusableName(Rule):
    """Calling a name that can be imported but raises when it is used.

    ## What it does
    Finds calls and subclasses of names that the target keeps only to tell people that they are
    gone, such as `keras.optimizers.legacy.Adam` in Keras 3.

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
    trigger = Trigger(missing=True)
    errors = ("ImportError: `keras.optimizers.legacy` is not supported in Keras 3.",)

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """One finding for each call or subclass of a stub."""
        judge = judge_of(module, context)
        for reference in module.references:
            if reference.kind not in ("call", "base") or not reference.complete:
                continue
            if not self._only_stubs(reference, context):
                continue
            if judge.fails(reference) or silenced(reference.guards, ANY, context, judge.fails):
                continue
            name = reference.name
            row = stub(name, context.target.newest, context.api.legacy)
            assert row is not None
            yield self.diagnostic(
                module,
                reference.parts[0],
                reference.parts[-1],
                message=f"`{spelled(name)}` can be imported in {target_of(name, context)}, but "
                f"using it raises {row.error}",
                label="raises when used",
                help=row.cure,
                qualified_name=name,
            )

    def _only_stubs(self, reference: Reference, context: Context) -> bool:
        return all(
            stub(candidate.name, context.target.newest, context.api.legacy) is not None
            for candidate in reference.candidates
        )
