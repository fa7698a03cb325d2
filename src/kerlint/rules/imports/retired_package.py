"""KER105 retired-package."""

from __future__ import annotations

from kerlint.knowledge.packages import RETIRED, retired
from kerlint.rules._guards import IMPORT, silenced
from kerlint.rules.base import Rule, Trigger
from kerlint.rules.imports._packages import (
    in_doubt_there,
    is_kept,
    is_part_of,
    last_of_module,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module


class RetiredPackage(Rule):
    """A package is imported that has ended.

    ## What it does
    Finds imports of TensorFlow Addons, keras-contrib, keras-preprocessing, keras-applications,
    Keras Core, KerasNLP, keras-rl, Theano, CNTK and PlaidML: an error where the import cannot
    work with the target's Keras, else a warning. An import under `try` is left alone, and so are
    the packages' own files and copies that a project keeps among its own modules.

    ## Why is this bad?
    Nobody mends these packages. Some hold back the Keras, TensorFlow, NumPy or Python of the
    whole project; some fail at once beside Keras 3, with a message that names neither themselves
    nor the cause: `import tensorflow_addons` says `No module named 'keras.src.engine'`.

    ## Example
    ```python
    import tensorflow_addons as tfa

    optimizer = tfa.optimizers.AdamW(weight_decay=1e-4, learning_rate=1e-3)
    ```

    ## Use instead
    ```python
    import keras

    optimizer = keras.optimizers.AdamW(weight_decay=1e-4, learning_rate=1e-3)
    ```

    ## References
    - [TensorFlow Addons Wind Down](https://github.com/tensorflow/addons/issues/2807)
    - [keras-contrib #519](https://github.com/keras-team/keras-contrib/issues/519)
    - [keras-preprocessing](https://github.com/keras-team/keras-preprocessing)
    - [keras-applications](https://github.com/keras-team/keras-applications)
    - [keras-core](https://github.com/keras-team/keras-core)
    - [KerasNLP becomes KerasHub](https://github.com/keras-team/keras-hub/issues/1831)
    """

    code = "KER105"
    name = "retired-package"
    severity = "warning"
    trigger = Trigger(names=tuple(row.module for row in RETIRED))
    errors = (
        "ModuleNotFoundError: No module named 'keras.src.engine'",
        "ModuleNotFoundError: No module named 'keras.engine'",
        "ModuleNotFoundError: No module named 'keras_preprocessing'",
        "ModuleNotFoundError: No module named 'keras_applications'",
    )

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """One finding for each import statement."""
        seen: set[int] = set()
        for reference in module.references:
            if reference.kind not in ("import", "from", "star"):
                continue
            row = retired(reference.name)
            if row is None or id(reference.parts[0]) in seen or is_part_of(row.module, module.path):
                continue
            if is_kept(row.module, reference.name, module.path, context):
                continue
            if silenced(reference.guards, IMPORT, context, in_doubt_there):
                continue
            seen.add(id(reference.parts[0]))
            broken = row.broken(context.target.newest)
            consequence = f"; with Keras {context.target.newest.keras} its import fails"
            yield self.diagnostic(
                module,
                reference.parts[0],
                last_of_module(reference),
                message=f"{row.title} {row.fate}{consequence if broken else ''}",
                label="imported here",
                help=row.instead,
                severity="error" if broken else self.severity,
                qualified_name=reference.name,
            )
