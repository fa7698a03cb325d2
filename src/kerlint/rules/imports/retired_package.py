"""KER105 retired-package."""

from __future__ import annotations

from kerlint.knowledge.packages import RETIRED, retired
from kerlint.rules._guards import IMPORT, silenced
from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module, Reference


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
            if row is None or id(reference.parts[0]) in seen or _is_own(row.module, module.path):
                continue
            if _is_copied(row.module, reference.name, module.path, context):
                continue
            if silenced(reference.guards, IMPORT, context, _missing):
                continue
            seen.add(id(reference.parts[0]))
            broken = row.broken(context.target.newest)
            consequence = f"; with Keras {context.target.newest.keras} its import fails"
            yield self.diagnostic(
                module,
                reference.parts[0],
                _last_of_module(reference),
                message=f"{row.title} {row.fate}{consequence if broken else ''}",
                label="imported here",
                help=row.instead,
                severity="error" if broken else self.severity,
                qualified_name=reference.name,
            )


def _is_own(retired: str, path: str) -> bool:
    """Whether the file is part of that package itself."""
    return f"/{retired.partition('.')[0]}/" in f"/{path}".replace("\\", "/")


def _is_copied(retired: str, name: str, path: str, context: Context) -> bool:
    """Whether the project has the module among its own: a copy that it keeps, or another one.

    A folder without `__init__.py` is found by what is imported from it.
    """
    project = context.project
    return project is not None and any(project.resolve(path, one) for one in (retired, name))


def _missing(reference: Reference) -> bool:
    """Whether an import fails at the target: in doubt not, so that its handler never runs."""
    return False


def _last_of_module(reference: Reference) -> object:
    """The last Name node of the module that the statement imports (from)."""
    parts = reference.parts
    return parts[-2] if reference.kind == "from" and len(parts) > 1 else parts[-1]
