"""Imports that fail inside of another package, which tells only the end of the message."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

MESSAGES = (
    M(
        id="transformers-import-failed",
        kind="follower",
        has="because of the following error (look up to see its",
        pattern=r"Failed to import (?P<module>transformers[\w.]*) because",
        example="RuntimeError: Failed to import transformers.modeling_tf_utils because of the following error "
        "(look up to see its traceback):",
        says="{module} could not be imported; the line after it says why.",
        cure="Look at that line. Without TensorFlow's classes: USE_TF=0.",
        source="https://github.com/huggingface/transformers/issues/23352",
        stops=True,
        follows=(
            *("module-of-keras-named-alone", "attribute-of-keras-named-alone", "dtensor-missing"),
            *("transformers-wants-keras-2", "requires-tf-keras", "module-of-keras-gone"),
            *("keras-missing", "protobuf-descriptors", "numpy-umath-failed"),
        ),
    ),
    M(
        id="module-of-keras-named-alone",
        kind="cause",
        has="No module named '",
        pattern=r"^No module named '(?P<module>(?:keras|tf_keras|tensorflow\.python\.keras|tensorflow\.keras)"
        r"\.[\w.]+)'",
        example="No module named 'keras.saving.hdf5_format'",
        says="There is no `{module}` in the installed Keras: the package that imports it is made for another.",
        cure="Update that package (pip install -U transformers), or install tf-keras in TensorFlow's minor "
        "version where it asks for it.",
        source="https://github.com/atomashevic/transforEmotion/issues/3",
        codes=("KER301",),
    ),
    M(
        id="attribute-of-keras-named-alone",
        kind="cause",
        has="' has no attribute '",
        pattern=r"^module '(?P<module>(?:tf_keras|keras|tensorflow\.keras)[\w.]*)' has no attribute "
        r"'(?P<name>\w+)'",
        example="module 'tf_keras' has no attribute 'activations'",
        says="The installed `{module}` has no `{name}`: it is of another version than the package expects, or "
        "its files are not all there.",
        cure="Install the package and `{module}` again, in one command; `kerlint --probe` compares the files.",
        source="https://github.com/huggingface/transformers/issues/31774",
        codes=("KER612", "KER623"),
    ),
    M(
        id="numpy-of-another-python",
        kind="cause",
        has="Original error was: No module named 'numpy.",
        pattern=r"No module named 'numpy\.(?:core|_core)\._multiarray_umath'",
        example="Original error was: No module named 'numpy.core._multiarray_umath'",
        says="NumPy's compiled part is not there for this Python: its files belong to another one, by "
        "PYTHONPATH, a kernel of another environment, or a copied folder.",
        cure="unset PYTHONPATH; python -m pip install --force-reinstall --no-deps numpy, with the Python that "
        "runs.",
        source="https://github.com/jupyterhub/jupyterhub/issues/2919",
        codes=("KER643", "KER644", "KER619"),
        stops=True,
    ),
)
