"""Tensors of torch, as people meet them who run Keras on the torch backend: types, devices, gradients."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

_BACKEND = "https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/torch/core.py"

MESSAGES = (
    M(
        id="torch-gpu-to-numpy",
        kind="cause",
        has="device type tensor to numpy",
        pattern=r"can't convert (?P<device>\S+) device type tensor to numpy",
        example="TypeError: can't convert cuda:0 device type tensor to numpy. Use Tensor.cpu() to copy "
        "the tensor to host memory first.",
        says="Keras puts tensors on {device} where torch can use it, and NumPy (matplotlib, "
        "scikit-learn, a data loader) reads the memory of the machine only.",
        cure="keras.ops.convert_to_numpy(x) instead of np.array(x), and NumPy instead of keras.ops in "
        "what loads the data.",
        source="https://github.com/keras-team/keras/issues/20287",
        stops=True,
    ),
    M(
        id="torch-gradient-to-numpy",
        kind="cause",
        has="Can't call numpy() on Tensor that requires grad",
        example="RuntimeError: Can't call numpy() on Tensor that requires grad. Use "
        "tensor.detach().numpy() instead.",
        says="The output of a model that torch may still differentiate was handed to NumPy, to "
        "TensorFlow or to another library that reads it as an array.",
        cure="model.predict(x), or keras.ops.convert_to_numpy(model(x)).",
        source=_BACKEND,
        stops=True,
    ),
    M(
        id="torch-types-differ",
        kind="cause",
        has="have the same dtype",
        pattern=r"(?:must have|expected \w+ and \w+ to have) the same dtype,? but got:? "
        r"(?P<one>\w+(?: int)?) (?:and|!=) (?P<other>\w+(?: int)?)",
        example="RuntimeError: mat1 and mat2 must have the same dtype, but got Double and Float",
        says="One side of a product is {one}, the other {other}: NumPy makes float64, Keras float32 "
        "(or the type of the mixed precision).",
        cure='x.astype("float32") before, keras.ops.cast(x, "float32") inside of a layer.',
        source="https://docs.pytorch.org/docs/stable/tensor_attributes.html#torch.dtype",
        stops=True,
    ),
    M(
        id="torch-scalar-type",
        kind="cause",
        has="xpected scalar type ",
        pattern=r"expected scalar type (?P<wanted>\w+) but found (?P<found>\w+)",
        example="RuntimeError: expected scalar type Float but found Double",
        says="An operation of torch wants {wanted}, and was given {found}.",
        cure='keras.ops.cast(x, ...) to what it wants; x.astype("float32") where NumPy made float64.',
        source="https://docs.pytorch.org/docs/stable/tensor_attributes.html#torch.dtype",
        stops=True,
    ),
    M(
        id="torch-input-and-weights",
        kind="cause",
        has="should be the same",
        pattern=r"Input type \((?P<given>[^)]+)\) and (?:weight|bias) type \((?P<wanted>[^)]+)\) should be",
        example="RuntimeError: Input type (torch.FloatTensor) and weight type (torch.cuda.FloatTensor) "
        "should be the same",
        says="The data is {given}, the weights are {wanted}: of another type, or on another device (with "
        "`cuda` in the name: on the GPU).",
        cure='keras.ops.convert_to_tensor(x, "float32") brings both to where Keras computes.',
        source=_BACKEND,
        stops=True,
    ),
    M(
        id="torch-labels-of-another-type",
        kind="cause",
        has="xpected target dtype to be",
        pattern=r"xpected target dtype to be (?P<wanted>[\w ]+), but got (?P<found>\w+)",
        example="RuntimeError: expected target dtype to be Long or Byte, but got Float",
        says="The loss of torch wants class numbers ({wanted}), and the labels are {found}.",
        cure='y.astype("int64").',
        source="https://docs.pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html",
        stops=True,
    ),
    M(
        id="torch-indices-of-another-type",
        kind="cause",
        has="to have one of the following scalar types",
        pattern=r"'indices' to have one of the following scalar types: (?P<wanted>[\w, ]+); but got "
        r"(?P<found>[\w.]+)",
        example="RuntimeError: Expected tensor for argument #1 'indices' to have one of the following "
        "scalar types: Long, Int; but got torch.FloatTensor instead (while checking arguments for "
        "embedding)",
        says="An embedding was given {found} instead of whole numbers.",
        cure='keras.Input(shape, dtype="int32"), and whole numbers in the data.',
        source="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.embedding.html",
        stops=True,
    ),
    M(
        id="torch-index-out-of-range",
        kind="cause",
        has="index out of range in self",
        example="IndexError: index out of range in self",
        says="An embedding was asked for a number that it has no row for.",
        cure="input_dim must be the largest number in the data plus one (and one more for each special "
        "token).",
        source="https://keras.io/api/layers/core_layers/embedding/",
        stops=True,
    ),
    M(
        id="torch-shapes-do-not-multiply",
        kind="cause",
        has="shapes cannot be multiplied",
        pattern=r"mat1 and mat2 shapes cannot be multiplied \((?P<one>\w+) and (?P<other>\w+)\)",
        example="RuntimeError: mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)",
        says="The data does not fit the layer: {one} times {other}. The second number of the first must "
        "be the first of the second.",
        cure="Flatten in between, or give the layer the shape of the data.",
        source="https://docs.pytorch.org/docs/stable/generated/torch.mm.html",
        stops=True,
    ),
    M(
        id="torch-graph-used-twice",
        kind="cause",
        has="Trying to backward through the graph a second time",
        example="RuntimeError: Trying to backward through the graph a second time (or directly access "
        "saved tensors after they have already been freed).",
        says="backward() was called twice on what one run of the model had computed, or a tensor of an "
        "earlier step is a part of the loss.",
        cure="Compute the loss anew in each step; .detach() what is kept from one step to the next.",
        source="https://keras.io/guides/custom_train_step_in_torch/",
        stops=True,
    ),
    M(
        id="torch-weight-changed-in-place",
        kind="cause",
        has="a leaf Variable that requires grad is being used in an in-place operation",
        example="RuntimeError: a leaf Variable that requires grad is being used in an in-place operation.",
        says="A weight was changed while torch watches it.",
        cure="variable.assign(...) of Keras, or with torch.no_grad(): around it.",
        source="https://keras.io/guides/custom_train_step_in_torch/",
        stops=True,
    ),
    M(
        id="torch-only-weights",
        kind="cause",
        has="Weights only load failed",
        example="_pickle.UnpicklingError: Weights only load failed. This file can still be loaded, to do "
        "so you have two options, do those steps only if you trust the source of the checkpoint.",
        says="From torch 2.6 on torch.load reads weights only, and the file holds objects of Python.",
        cure="torch.load(path, weights_only=False) where the file is trusted: it may run code.",
        source="https://docs.pytorch.org/docs/stable/generated/torch.load.html",
        stops=True,
    ),
    M(
        id="operation-of-tensorflow-on-torch",
        kind="cause",
        has="to a TensorFlow DType",
        pattern=r"Cannot convert the argument `type_value`: tensor\(",
        example="TypeError: Cannot convert the argument `type_value`: tensor(0.5592, "
        "grad_fn=<MeanBackward0>) to a TensorFlow DType.",
        says="Keras runs on torch, and one of its tensors went into TensorFlow (tf.GradientTape, "
        "tf.function, a tf operation).",
        cure="keras.ops instead of tf operations, fit or torch's own backward() instead of "
        "tf.GradientTape; or Keras on TensorFlow.",
        source="https://keras.io/guides/custom_train_step_in_torch/",
        stops=True,
    ),
    M(
        id="layer-of-tensorflow-alone",
        kind="cause",
        has="only currently supported with the TensorFlow backend",
        pattern=r"The (?P<layer>\w+) is only currently supported",
        example="NotImplementedError: The TFSMLayer is only currently supported with the TensorFlow "
        "backend.",
        says="{layer} works with Keras on TensorFlow only.",
        cure="KERAS_BACKEND=tensorflow, or load the model in Keras's own format.",
        source="https://keras.io/api/layers/backend_specific_layers/tfsm_layer/",
        stops=True,
    ),
    M(
        id="strings-outside-of-tensorflow",
        kind="cause",
        has="Invalid dtype: str",
        pattern=r"Invalid dtype: (?P<type>str\w*)",
        example="ValueError: Invalid dtype: str32",
        says="JAX and torch know no strings: only TensorFlow does, so strings cannot go through a model.",
        cure="Turn text into numbers before the model (TextVectorization and StringLookup in tf.data or "
        "called on arrays).",
        source="https://keras.io/api/layers/preprocessing_layers/text/text_vectorization/",
        stops=True,
    ),
    M(
        id="torch-nvml",
        kind="cause",
        has="Can't initialize NVML",
        example="/app/.venv/lib/python3.12/site-packages/torch/cuda/__init__.py:829: UserWarning: Can't "
        "initialize NVML",
        says="The driver's library is there and does not start: mostly a container that has lost its "
        "GPU, or a driver that was updated while the old module stayed loaded.",
        cure="nvidia-smi says which of the two: restart the container, or reboot the machine.",
        source="https://github.com/remsky/Kokoro-FastAPI/issues/527",
        codes=("KER702", "KER707"),
    ),
)
