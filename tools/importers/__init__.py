"""Records which packages import Keras, TensorFlow, tf_keras, JAX or PyTorch when they are imported.

    python -m tools.importers --base ENVIRONMENT --scratch FOLDER [MODULE ...]

`--base` is a virtual environment with keras, tensorflow, tf-keras and the usual packages around
them, but without torch, and without jax, which TensorFlow imports where it can. For every package of
`packages.tsv`, or those named, the newest release is installed into an environment of its own on
top of it, in `--scratch`, with what it needs or what the last column names instead, and one process
imports it and says which of the five are loaded. The rows of
`src/kerlint/knowledge/data/importers.tsv` are written anew for what was asked, and kept for the
rest. What cannot be imported there gets no row.
"""
