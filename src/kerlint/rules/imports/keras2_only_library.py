"""KER106 keras2-only-library."""

from __future__ import annotations

from kerlint.knowledge.keras2_only import KERAS_2_ONLY, keras2_only
from kerlint.rules._guards import ATTRIBUTE, IMPORT, silenced
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


class Keras2OnlyLibrary(Rule):
    """A library is imported that needs Keras 2, but the target has Keras 3.

    ## What it does
    Finds imports of libraries of which no release works with Keras 3: TensorFlow Recommenders,
    TensorFlow Ranking, TensorFlow GNN, TensorFlow Privacy, MediaPipe Model Maker, Larq, Neural
    Structured Learning, bert4keras, ktrain and keras-vggface. It is silent where
    `TF_USE_LEGACY_KERAS` is set, if that helps the library, and where the import is tried. What
    ended altogether, such as TensorFlow Addons, is found by KER105; libraries that bring objects of
    tf_keras and otherwise work, such as TensorFlow Hub, by KER101 where those objects are used;
    what only needs tf-keras beside it, such as the TensorFlow classes of transformers 4 and
    TensorFlow Probability, by KER410 in the project's requirements.

    ## Why is this bad?
    From TensorFlow 2.16 on `tf.keras` is Keras 3. These libraries were written for the Keras before
    it and already fail when they are imported, mostly with a message that names neither.

    ## Example
    ```python
    import tensorflow as tf
    import tensorflow_recommenders as tfrs

    task = tfrs.tasks.Retrieval()
    ```

    ## Use instead
    ```python
    import os

    os.environ["TF_USE_LEGACY_KERAS"] = "1"  # takes the package tf-keras

    import tensorflow as tf
    import tensorflow_recommenders as tfrs

    task = tfrs.tasks.Retrieval()
    ```

    ## References
    - [TensorFlow 2.16](https://blog.tensorflow.org/2024/03/whats-new-in-tensorflow-216.html)
    - [recommenders](https://github.com/tensorflow/recommenders)
    """

    code = "KER106"
    name = "keras2-only-library"
    by_target = "newest"
    trigger = Trigger(names=tuple(row.module for row in KERAS_2_ONLY))
    errors = tuple(sorted({row.says for row in KERAS_2_ONLY}))

    def applies(self, path: str, data: bytes) -> bool:
        """Only where Keras or TensorFlow is spoken of: the import alone may be of another Larq.

        A library's own files may import each other.
        """
        if b"keras" not in data and b"tensorflow" not in data:
            return False
        return any(
            row.module.encode() in data and not is_part_of(row.module, path) for row in KERAS_2_ONLY
        )

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """One finding for each import statement."""
        from kerlint.knowledge.libraries import KERAS_3, library_of
        from kerlint.knowledge.variables import LEGACY_SWITCH

        versions = context.target.newest
        if library_of("tensorflow.keras", versions) != KERAS_3:
            return
        switched = context.api.legacy or LEGACY_SWITCH in module.text
        seen: set[str] = set()
        for reference in module.references:
            if reference.kind not in ("import", "from", "star") or not reference.complete:
                continue
            row = keras2_only(reference.name)
            if row is None or row.module in seen or (switched and row.switch):
                continue
            if is_part_of(row.module, module.path):
                continue
            if is_kept(row.module, reference.name, module.path, context):
                continue
            error = ATTRIBUTE if row.says.startswith("AttributeError") else IMPORT
            if silenced(reference.guards, error, context, in_doubt_there):
                continue
            seen.add(row.module)
            yield self.diagnostic(
                module,
                reference.parts[0],
                last_of_module(reference),
                message=f"{row.title} needs Keras 2, and `tf.keras` of TensorFlow "
                f"{versions.tensorflow} is Keras 3: its import fails",
                label="imported here",
                help=row.instead,
                qualified_name=reference.name,
            )
