"""KER904: a comment that silences nothing."""

from __future__ import annotations

from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module


class UnusedSuppression(Rule):
    """A suppression comment that silences nothing.

    ## What it does

    Finds `# kerlint: ignore[...]`, `# kerlint: file-ignore[...]` and `# noqa: KER...` comments
    whose rule finds nothing where they stand, that name a rule which does not exist, or that are
    not spelt as kerlint understands them.

    Only rules that are switched on in this run count: a suppression of a rule that was not run is
    left alone. So is a `# noqa` without codes, and so are other tools' codes.

    ## Why is this bad?

    The code was mended, or kerlint learned better, and the comment stayed. It tells the reader of
    a fault that is not there, and it hides the next one that appears on its line. A misspelt one
    silences nothing although somebody thinks it does.

    ## Example

    ```python
    import keras  # kerlint: ignore[KER301] gone in Keras 3
    ```

    ## Use instead

    ```python
    import keras
    ```

    ## Notes

    To keep such a comment, name this rule in it: `# kerlint: ignore[KER301, KER904]`. A `# noqa`
    without codes does not silence this rule.
    """

    code = "KER904"
    name = "unused-suppression"
    severity = "warning"
    trigger = Trigger()

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """Nothing: what is unused is known when all rules have spoken (`kerlint.suppressions`)."""
        return iter(())
