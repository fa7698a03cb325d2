"""Layers and models that somebody wrote, and values that stand for what is not there yet."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

_LAYERS = "https://keras.io/guides/making_new_layers_and_models_via_subclassing/"
_SYMBOLIC = "A model is being put together: there are no numbers yet, only KerasTensors that stand for them."

MESSAGES = (
    M(
        id="layer-without-call",
        kind="cause",
        has="does not have a `call",
        pattern=r"(?P<name>\w+) does not have a `call",
        example="Layer L does not have a `call` method implemented.",
        says="`{name}` has no method call(), which computes what comes out: it is not there, spelled otherwise, or "
        "indented into another method.",
        cure="def call(self, inputs): ... in the class itself.",
        source=_LAYERS,
        stops=True,
    ),
    M(
        id="super-not-called",
        kind="cause",
        has="you forgot to call `super().__init__()`",
        pattern=r"In layer '(?P<name>\w+)'",
        example="RuntimeError: In layer 'L', you forgot to call `super().__init__()` as the first statement in the "
        "`__init__()` method. Go add it!",
        says="`{name}`.__init__ sets attributes before Keras has prepared the layer.",
        cure="super().__init__(**kwargs) as its first line.",
        source=_LAYERS,
        stops=True,
    ),
    M(
        id="argument-of-call-missing",
        kind="cause",
        has="missing a required argument: '",
        pattern=r"missing a required argument: '(?P<name>\w+)'",
        example="TypeError: missing a required argument: 'y'",
        says="What is called, with Keras the call() of a layer or model, wants `{name}` and was not given it.",
        cure="Hand it over by name, or give it a default. Sequential hands on one value only.",
        source=_LAYERS,
        stops=True,
    ),
    M(
        id="keras-tensor-as-a-condition",
        kind="cause",
        has="A symbolic KerasTensor cannot be used as a boolean",
        example="TypeError: A symbolic KerasTensor cannot be used as a boolean.",
        says=f"`if`, `and` or `not` asks for a value. {_SYMBOLIC}",
        cure="keras.ops.where or keras.ops.cond in the call() of a layer; `if x is not None` where that is meant.",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/common/keras_tensor.py",
        stops=True,
    ),
    M(
        id="keras-tensor-in-a-loop",
        kind="cause",
        has="Iterating over a symbolic KerasTensor is not supported",
        example="NotImplementedError: Iterating over a symbolic KerasTensor is not supported.",
        says=f"`for`, list() or `a, b = x` goes through a value. {_SYMBOLIC}",
        cure="keras.ops.unstack(x, num, axis) or x[:, i]; a function that wants a list of tensors must get one.",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/common/keras_tensor.py",
        stops=True,
    ),
    M(
        id="tensor-without-numpy",
        kind="cause",
        has="Tensor' object has no attribute 'numpy'",
        pattern=r"'(?P<type>(?:Symbolic|Eager|Keras)?Tensor)' object has no attribute 'numpy'",
        example="AttributeError: 'SymbolicTensor' object has no attribute 'numpy'",
        says="fit, tf.function and tf.data compile the function first, and what runs through it then is no number "
        "yet ({type}).",
        cure="keras.ops instead of NumPy; to look at values model.compile(..., run_eagerly=True), in tf.data "
        "tf.py_function.",
        source="https://www.tensorflow.org/guide/function",
        stops=True,
    ),
    M(
        id="input-of-another-shape",
        kind="cause",
        has="but input has incompatible shape",
        pattern=r"Expected shape (?P<wanted>\(.*?\)), but input has incompatible shape (?P<given>\(.*?\))",
        example="[1. 1. 1. 1.]] with name 'keras_tensor' and path ''. Expected shape (None, 4, 4, 1), but input has "
        "incompatible shape (2, 4)",
        says="The model was built for {wanted} and got {given}. The first number is the size of the batch.",
        cure="Reshape the data, or keras.ops.expand_dims(x, 0) for a single example, (x, -1) for grey images.",
        source="https://keras.io/guides/functional_api/",
        stops=True,
    ),
    M(
        id="model-not-built",
        kind="cause",
        has="You are saving a model that has not yet been built",
        example="ValueError: You are saving a model that has not yet been built. Try building the model first by "
        "calling it on some data or by using `build()`.",
        says="The model does not know its shapes yet, so it has no weights to save.",
        cure="keras.Input(...) as its first layer, or call it on one batch before.",
        source="https://keras.io/guides/sequential_model/",
        stops=True,
    ),
    M(
        id="inputs-of-layer-differ",
        kind="cause",
        has=" shapes",
        pattern=r"Inputs have incompatible shapes\. Received shapes (?P<shapes>.+)|A `Concatenate` layer requires inputs "
        r"with matching shapes except",
        example="ValueError: Inputs have incompatible shapes. Received shapes (4,) and (3,)",
        says="A layer that joins its inputs (Add, Concatenate, …) got inputs whose shapes do not go together.",
        cure="Look at x.shape of each; Dense, Conv or Reshape brings one to the other's.",
        source="https://keras.io/api/layers/merging_layers/",
        stops=True,
    ),
    M(
        id="nothing-left-of-the-input",
        kind="cause",
        has="Computed output size would be zero or negative",
        pattern=r"inputs shape=(?P<shape>\([^)]*\))`, `kernel shape=(?P<kernel>\([^)]*\))",
        example="ValueError: Computed output size would be zero or negative. Received `inputs shape=(None, 4, 4, 1)`, "
        "`kernel shape=(7, 7, 1, 1)`, `dilation_rate=[1 1]`, `strides=(1, 1)`, `padding=valid`.",
        says="The window {kernel} is larger than what is left of the input, {shape}: after several Conv and Pooling "
        "layers, or with channels first where they are last.",
        cure='padding="same", larger images, fewer layers; look at keras.config.image_data_format().',
        source="https://keras.io/api/layers/convolution_layers/convolution2d/",
        stops=True,
    ),
    M(
        id="output-not-connected",
        kind="cause",
        has="is not connected to `inputs`",
        example="ValueError: Output with path `` is not connected to `inputs`",
        says="A Model's outputs were computed of another Input than those that it was given.",
        cure="Every Input that an output was computed of must stand in `inputs`; a variable may have been "
        "overwritten.",
        source="https://keras.io/guides/functional_api/",
        stops=True,
    ),
    M(
        id="layer-name-twice",
        kind="cause",
        has="should have unique names",
        pattern=r"Name '(?P<name>[^']+)' is already the name",
        example="ValueError: All layers added to a Sequential model should have unique names. Name 'a' is already the "
        "name of a layer in this model. Update the `name` argument to pass a unique name.",
        says="Two layers of the model are called `{name}`, or one layer was added twice.",
        cure="Give one another name, or make a new layer for the second place.",
        source="https://keras.io/guides/sequential_model/",
        stops=True,
    ),
    M(
        id="layer-name-with-slash",
        kind="cause",
        has="cannot contain character `/`",
        pattern=r"Received: name=(?P<name>\S+)",
        example="ValueError: Argument `name` must be a string and cannot contain character `/`. Received: name=a/b (of "
        "type <class 'str'>)",
        says="Keras 3 allows no `/` in the name of a layer, as in `{name}`; Keras 2 did, and its files may hold such.",
        cure="Another name; for files of Keras 2 tf_keras.",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/ops/operation.py",
        stops=True,
    ),
    M(
        id="variable-made-in-a-function",
        kind="cause",
        has="tf.function only supports singleton tf.Variables created on the first call",
        example="ValueError: tf.function only supports singleton tf.Variables created on the first call.",
        says="A compiled function makes a variable or a layer each time that it runs (a layer made in call(), an "
        "optimizer in train_step).",
        cure="Make layers in __init__ or build, optimizers before.",
        source="https://www.tensorflow.org/guide/function#creating_tfvariables",
        stops=True,
    ),
    M(
        id="tensor-as-a-condition",
        kind="cause",
        has="Using a symbolic `tf.Tensor` as a Python `bool` is not allowed",
        example="tensorflow.python.framework.errors_impl.OperatorNotAllowedInGraphError: Using a symbolic "
        "`tf.Tensor` as a Python `bool` is not allowed.",
        says="`if`, `while`, `and` or `assert` asks for a value in a compiled function that AutoGraph did not rewrite.",
        cure="keras.ops.cond or where; without a decorator that hides the function's source, AutoGraph does it.",
        source="https://www.tensorflow.org/guide/function#autograph_transformations",
        stops=True,
    ),
    M(
        id="tensor-out-of-its-function",
        kind="cause",
        has="is out of scope and cannot be used here",
        pattern=r"<tf\.Tensor '(?P<name>[^']+)'",
        example="TypeError: <tf.Tensor 'mul:0' shape=() dtype=float32> is out of scope and cannot be used here.",
        says="A value of a compiled function ({name}) was kept, in an attribute or a list, and used outside of it.",
        cure="Return it; keep state in self.add_weight or tf.Variable.",
        source="https://www.tensorflow.org/guide/function#accessing_tensors_outside_of_the_function",
        stops=True,
    ),
    M(
        id="types-of-tensors-differ",
        kind="cause",
        has=" tensor but is a ",
        pattern=r"cannot compute (?P<what>\w+) as input #\d+\S* was expected to be an? (?P<wanted>\w+) tensor but is an? "
        r"(?P<found>\w+) tensor",
        example="tensorflow.python.framework.errors_impl.InvalidArgumentError: cannot compute AddV2 as input "
        "#1(zero-based) was expected to be a float tensor but is a int32 tensor [Op:AddV2] name:",
        says="{what} got {found} beside {wanted}: TensorFlow converts no types by itself.",
        cure="keras.ops instead of tf operations does; else keras.ops.cast(x, ...), x.astype(...) in NumPy.",
        source="https://www.tensorflow.org/guide/tf_numpy_type_promotion",
        stops=True,
    ),
    M(
        id="weights-of-unknown-size",
        kind="cause",
        has="Shapes used to initialize variables must be fully-defined",
        pattern=r"Received: shape=(?P<shape>\([^)]*\)) for variable path='(?P<path>[^']*)'",
        example="ValueError: Shapes used to initialize variables must be fully-defined (no `None` dimensions). "
        "Received: shape=(None, 2) for variable path='dense/kernel'",
        says="The weight {path} would be {shape}: the number of features is not known, as after Flatten of a length "
        "that is None.",
        cure="Give the Input its whole shape, or GlobalAveragePooling instead of Flatten.",
        source="https://keras.io/guides/functional_api/",
        stops=True,
    ),
)
