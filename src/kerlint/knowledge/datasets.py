"""Which calls of `tf.data` make a dataset, and which of its methods return another one.

Read off the annotations of `tf.data.Dataset` in TensorFlow 2.21.0; what it had in TensorFlow 1
returned datasets as well.
https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/python/data/ops/dataset_ops.py
"""

from __future__ import annotations

DATASET = "tensorflow.data.Dataset"

_CLASSES = frozenset({"Dataset", "FixedLengthRecordDataset", "TFRecordDataset", "TextLineDataset"})
_MAKERS = frozenset(
    {
        "choose_from_datasets",
        "counter",
        "from_generator",
        "from_sparse_tensor_slices",
        "from_tensor_slices",
        "from_tensors",
        "list_files",
        "load",
        "random",
        "range",
        "sample_from_datasets",
        "zip",
    }
)
"""Static methods of the class."""

TRANSFORMATIONS = frozenset(
    {
        "apply",
        "batch",
        "bucket_by_sequence_length",
        "cache",
        "concatenate",
        "enumerate",
        "filter",
        "filter_with_legacy_function",
        "flat_map",
        "group_by_window",
        "ignore_errors",
        "interleave",
        "map",
        "map_with_legacy_function",
        "padded_batch",
        "prefetch",
        "ragged_batch",
        "rebatch",
        "rejection_resample",
        "repeat",
        "scan",
        "shard",
        "shuffle",
        "skip",
        "snapshot",
        "sparse_batch",
        "take",
        "take_while",
        "unbatch",
        "unique",
        "window",
        "with_options",
    }
)
"""Methods that return a dataset."""

_PLACES = ("tensorflow.data.", "tensorflow.compat.v2.data.")


def makes_dataset(name: str) -> bool:
    """Whether a call of the full name returns a dataset of TensorFlow 2."""
    for place in _PLACES:
        if name.startswith(place):
            owner, _, leaf = name[len(place) :].rpartition(".")
            return leaf in _CLASSES if not owner else owner == "Dataset" and leaf in _MAKERS
    return False
