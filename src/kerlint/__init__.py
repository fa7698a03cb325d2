"""kerlint: a linter, pre-commit hook and environment doctor for Keras and TensorFlow."""

__version__ = "0.1.0"
