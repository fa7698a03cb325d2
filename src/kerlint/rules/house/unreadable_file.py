"""KER902: the file cannot be opened or decoded."""

from __future__ import annotations

from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module


class UnreadableFile(Rule):
    """A file that cannot be read.

    ## What it does

    Finds files that cannot be opened (permissions, a link that leads nowhere or in a circle), that
    hold a null byte, that are not text in the encoding they declare (UTF-8 if they declare none),
    or that are too large to be parsed.

    ## Why is this bad?

    What cannot be read cannot be checked, and mostly Python cannot read it either. Without this
    finding such a file would pass for a clean one.

    ## Example

    A file saved as Latin-1 that does not say so:

    ```text
    import keras  # modèle
    ```

    ## Use instead

    Save it as UTF-8, or declare its encoding in the first line:

    ```python
    # -*- coding: latin-1 -*-
    import keras  # modèle
    ```

    ## References

    - [PEP 263: defining Python source code encodings](https://peps.python.org/pep-0263/)
    - [PEP 3120: UTF-8 as the default source encoding](https://peps.python.org/pep-3120/)
    """

    code = "KER902"
    name = "unreadable-file"
    severity = "error"
    trigger = Trigger()

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """Nothing: a file that was read has no such fault (`kerlint.checking.work` tells of the others)."""
        return iter(())
