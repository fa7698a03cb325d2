"""Records which packages import Keras, TensorFlow, tf_keras, JAX or PyTorch when they are imported.

    python -m tools.importers --base ENVIRONMENT --scratch FOLDER [MODULE ...]

`--base` is a virtual environment with keras and tensorflow in it, and nothing more. For every
package of `packages.tsv`, or those named, a venv on top of it is made in `--scratch`, the newest
release that fits is installed, and one process imports it and says which of the five are loaded.
The rows of `src/kerlint/knowledge/data/importers.tsv` are written anew for what was asked, and
kept for the rest.
"""
