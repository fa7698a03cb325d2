"""Data, labels and models that do not fit each other: the program's own doing."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

_KERAS = "https://github.com/keras-team/keras/blob/v3.15.1/keras/src"

_LABELS = (
    "The labels have another shape than the model's output: most often numbers of classes with a loss "
    "that wants one-hot labels."
)
_LOSS = (
    "For numbers of classes use sparse_categorical_crossentropy; else keras.utils.to_categorical; for "
    "one output and two classes binary_crossentropy."
)

MESSAGES = (
    M(
        id="input-does-not-fit-layer",
        kind="cause",
        has="is incompatible with the layer: expected",
        pattern=r"layer \W*(?P<layer>\w+)\W* is incompatible with the layer: (?P<what>expected .+)",
        example='ValueError: Input 0 of layer "dense" is incompatible with the layer: expected axis -1 of '
        "input shape to have value 784, but received input with shape (None, 28, 28)",
        says="The data have another shape than the layer `{layer}` was built for: {what}.",
        cure="Compare the shape of one batch with model.input_shape; a missing Flatten, a missing axis "
        "of channels or of the batch are the usual reasons.",
        source=f"{_KERAS}/layers/input_spec.py",
        stops=True,
    ),
    M(
        id="labels-do-not-fit-outputs",
        kind="cause",
        has="must have the same ",
        pattern=r"(?:Arguments `target` and `output`|`?logits`? and `?labels`?) must have the same (?:shape|rank)",
        example="ValueError: Arguments `target` and `output` must have the same shape. Received: "
        "target.shape=(None, 1), output.shape=(None, 10)",
        says=_LABELS,
        cure=_LOSS,
        source=f"{_KERAS}/backend/tensorflow/nn.py",
        stops=True,
    ),
    M(
        id="shapes-of-labels-and-outputs",
        kind="cause",
        has=" are incompatible",
        pattern=r"ValueError: Shapes \(.*\) and \(.*\) are incompatible",
        example="ValueError: Shapes (None, 1) and (None, 10) are incompatible",
        says=_LABELS,
        cure=_LOSS,
        source="https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/python/framework/tensor_shape.py",
        stops=True,
    ),
    M(
        id="data-of-different-lengths",
        kind="cause",
        has="Data cardinality is ambiguous",
        example="ValueError: Data cardinality is ambiguous. Make sure all arrays contain the same number "
        "of samples.'x' sizes: 100",
        says="The arrays given as data and as labels have different numbers of samples.",
        cure="Compare len(x) with len(y); for a model with several inputs give them as a list or dict "
        "of arrays.",
        source=f"{_KERAS}/trainers/data_adapters/data_adapter_utils.py",
        stops=True,
    ),
    M(
        id="array-of-objects",
        kind="cause",
        has="Failed to convert a NumPy array to a Tensor",
        pattern=r"Unsupported object type (?P<type>\w+)",
        example="ValueError: Failed to convert a NumPy array to a Tensor (Unsupported object type float).",
        says="The array has the dtype `object`: rows of different lengths, or columns of a DataFrame "
        "that are not all numbers ({type} was met).",
        cure="x = np.asarray(x).astype('float32'); bring the rows to one length before "
        "(keras.utils.pad_sequences).",
        source="https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/python/lib/core/ndarray_tensor.cc",
        stops=True,
    ),
    M(
        id="graph-execution-error",
        kind="follower",
        has="Graph execution error:",
        pattern=r"Graph execution error:\s*$",
        example="tensorflow.python.framework.errors_impl.InvalidArgumentError: Graph execution error:",
        says="Something failed while a compiled function ran; the lines after it say what and where.",
        cure="Read on to the last `[[{{node ...}}]]`; model.compile(run_eagerly=True) shows the line.",
        source="https://www.tensorflow.org/guide/function#debugging",
        stops=True,
        follows=(
            "xla-lacks-operation",
            "dnn-library-not-found",
            "no-configuration-of-cudnn",
            "cudnn-refuses",
            "gpu-illegal-address",
            "gpu-memory-taken",
            "oom-tensor",
            "libdevice-missing",
            "cudnn-too-old",
            "cudnn-handle",
            "ptxas-missing",
            "ptxas-older-than-gpu",
            "no-code-for-this-gpu",
            "cublas-handle",
        ),
    ),
    M(
        id="rows-of-different-length",
        kind="cause",
        has="Can't convert non-rectangular Python sequence to Tensor",
        example="ValueError: Can't convert non-rectangular Python sequence to Tensor.",
        says="The lists are of different lengths, and a tensor has one length for all.",
        cure="keras.utils.pad_sequences(x), or tf.ragged.constant(x) where the model takes it.",
        source="https://www.tensorflow.org/guide/ragged_tensor",
        stops=True,
    ),
)
