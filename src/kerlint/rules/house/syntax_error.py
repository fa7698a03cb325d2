"""KER901: the file does not parse."""

from __future__ import annotations

from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module


class SyntaxErrorFound(Rule):
    """A file that is not Python that can be parsed.

    ## What it does

    Finds files in which Keras or TensorFlow is used and that do not parse: a syntax error, Python 2,
    a template, a merge that was left half done.

    A file that is found in a folder is only parsed if a rule may find something in it; one that is
    named on the command line is parsed whenever it mentions Keras or TensorFlow.

    ## Why is this bad?

    What cannot be parsed cannot be checked. Without this finding a broken file would pass for a
    clean one.

    ## Example

    ```python
    from keras.engine import Layer

    print "Keras", Layer
    ```

    ## Use instead

    ```python
    from keras.layers import Layer

    print("Keras", Layer)
    ```

    ## References

    - [Python: syntax errors](https://docs.python.org/3/tutorial/errors.html#syntax-errors)
    """

    code = "KER901"
    name = "syntax-error"
    severity = "error"
    trigger = Trigger()

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """Nothing: a file that parses has no such error (`kerlint.checking.work` tells of the others)."""
        return iter(())
