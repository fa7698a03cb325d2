"""Constructors that refuse unknown keywords, although no generator can see it in their code.

`Model(...)` makes a functional model or not, by what it is given. Either way a keyword that neither
knows is an error: `Unrecognized keyword arguments` (Keras 3), `Keyword argument not understood`
(TensorFlow). Seen with `input=` and `output=`, the spelling of Keras 1, with Keras 3.15.1, 3.6.0 and
3.0.5, and with `tf.keras` of TensorFlow 2.15.1, 2.12.1, 2.8.4, 2.2.3 and 1.15.5. The `keras` of 2.3
and before takes that spelling with a warning.

Sources: https://github.com/keras-team/keras/blob/v3.15.1/keras/src/models/model.py,
https://github.com/keras-team/keras/blob/v2.15.0/keras/engine/training.py,
https://github.com/keras-team/keras/blob/2.3.1/keras/legacy/interfaces.py
"""

from __future__ import annotations

from kerlint.knowledge.releases import version_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.knowledge.answers import Signature
    from kerlint.project.targets import Versions

_FIRST = "2.4"
"""The first release of keras whose `Model` is TensorFlow's."""


def as_known(name: str, signature: Signature, versions: Versions) -> Signature:
    """An open signature, closed if the constructor `name` is known to refuse other keywords."""
    if not name.endswith((".Model", ".models.Model")):
        return signature
    root = name.removesuffix(".Model").removesuffix(".models")
    standalone = root == "keras"
    if not standalone and root not in ("tensorflow.keras", "tf_keras"):
        return signature
    if standalone and (versions.keras is None or version_key(versions.keras) < version_key(_FIRST)):
        return signature
    return signature._replace(open=False)
