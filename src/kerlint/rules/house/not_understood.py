"""KER905: a part of a file had to be passed over."""

from __future__ import annotations

from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module


class NotUnderstood(Rule):
    r"""A notebook cell that is not Python that can be parsed.

    ## What it does

    Finds code cells that do not parse, in notebooks that use Keras or TensorFlow. What is for
    IPython (`%time`, `!pip install`, `keras.layers?`, cells that begin with `%%bash`) is understood
    and no fault. The other cells of the notebook are checked as if the cell were empty. A notebook
    that was written for Python 2 gets one finding for all such cells.

    ## Why is this bad?

    What cannot be parsed cannot be checked, and the cell cannot be run either. Names that it was to
    define are unknown to the cells below it. Without this finding a broken cell would pass for a
    clean one.

    ## Example

    A notebook with a cell that was left for the reader to complete:

    ```text
    # file: exercise.ipynb
    {
     "cells": [
      {"cell_type": "code", "source": ["import keras\n", "units ="]}
     ],
     "metadata": {}, "nbformat": 4, "nbformat_minor": 2
    }
    ```

    ## Use instead

    Code that parses, for instance with `...` in the place of what is to be filled in:

    ```text
    # file: exercise.ipynb
    {
     "cells": [
      {"cell_type": "code", "source": ["import keras\n", "units = ..."]}
     ],
     "metadata": {}, "nbformat": 4, "nbformat_minor": 2
    }
    ```

    ## References

    - [Magic commands of IPython](https://ipython.readthedocs.io/en/stable/interactive/magics.html)
    """

    code = "KER905"
    name = "not-understood"
    severity = "warning"
    trigger = Trigger()

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """Nothing: a cell that parses was understood (`kerlint.checking.work` tells of the others)."""
        return iter(())
