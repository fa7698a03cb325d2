"""Records which packages import Keras, TensorFlow, tf_keras, JAX or PyTorch when they are imported.

    python -m tools.importers --base ENVIRONMENT --scratch FOLDER [MODULE ...]

`--base` is a virtual environment with keras, tensorflow and the usual packages around them, but
without jax and torch. For every package of `packages.tsv`, or those named, the newest release and
what the last column names are installed into a folder of `--scratch`, and one process imports it
and says which of the five are loaded. Where the import fails, what it had loaded by then counts.
The rows of `src/kerlint/knowledge/data/importers.tsv` are written anew for what was asked, and kept
for the rest.
"""
