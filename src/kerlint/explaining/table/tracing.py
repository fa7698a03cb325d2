"""JAX: values that are not known yet while it traces, and what else it does not take."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

MESSAGES = (
    M(
        id="jax-value-leaked",
        kind="cause",
        has="Encountered an unexpected tracer.",
        example="jax.errors.UnexpectedTracerError: Encountered an unexpected tracer. A function transformed "
        "by JAX had a side effect, allowing for an intermediate value to escape the scope of the "
        "transformation.",
        says="A layer, loss or metric kept a value that JAX was only tracing, in an attribute or a list, "
        "and it was used afterwards.",
        cure="Return it instead; keep state in weights (self.add_weight) and in a SeedGenerator that is made "
        "in __init__. JAX_CHECK_TRACER_LEAKS=1 shows where.",
        source="https://docs.jax.dev/en/latest/errors.html#jax.errors.UnexpectedTracerError",
        stops=True,
    ),
    M(
        id="jax-value-not-known-yet",
        kind="cause",
        has="Abstract tracer value encountered where concrete value is expected",
        example="jax.errors.ConcretizationTypeError: Abstract tracer value encountered where concrete value "
        "is expected: Traced<ShapedArray(bool[])>with<DynamicJaxprTrace(level=0/9)>",
        says="Python wants a number (for `if`, int(), a shape) while JAX is only tracing: its value is not "
        "known yet.",
        cure="keras.ops.cond or where instead of `if`; what decides shapes must not come out of a tensor.",
        source="https://docs.jax.dev/en/latest/errors.html#jax.errors.ConcretizationTypeError",
        stops=True,
    ),
    M(
        id="jax-array-in-numpy",
        kind="cause",
        has="was called on traced array",
        pattern=r"__array__\(\) was called",
        example="jax.errors.TracerArrayConversionError: The numpy.ndarray conversion method __array__() was "
        "called on traced array with shape float32[32,10]",
        says="A function of NumPy (or of another library) got a value that JAX is only tracing: a custom "
        "layer, loss or metric uses numpy instead of keras.ops.",
        cure="Write it with keras.ops or jax.numpy.",
        source="https://docs.jax.dev/en/latest/errors.html#jax.errors.TracerArrayConversionError",
        stops=True,
    ),
    M(
        id="jax-value-while-tracing",
        kind="cause",
        has="Attempted boolean conversion of traced array",
        example="jax.errors.TracerBoolConversionError: Attempted boolean conversion of traced array with "
        "shape bool[].",
        says="`if` or `while` asks for a value that JAX is only tracing: a custom layer, loss or metric "
        "decides by its data.",
        cure="Use keras.ops.cond and keras.ops.where, or jit_compile=False in model.compile.",
        source="https://docs.jax.dev/en/latest/errors.html#jax.errors.TracerBoolConversionError",
        stops=True,
    ),
    M(
        id="jax-whole-number-while-tracing",
        kind="cause",
        has="was called on traced array",
        pattern=r"__index__\(\) method was called",
        example="jax.errors.TracerIntegerConversionError: The __index__() method was called on traced array with "
        "shape int32[]",
        says="range(), an index of a list or a size wants a whole number while JAX is only tracing: its value is "
        "not known yet.",
        cure="What decides sizes must be a Python number (of __init__, of x.shape); keras.ops.fori_loop for loops, "
        "keras.ops.take for an index.",
        source="https://docs.jax.dev/en/latest/errors.html#jax.errors.TracerIntegerConversionError",
        stops=True,
    ),
    M(
        id="jax-shape-of-traced-numbers",
        kind="cause",
        has="Shapes must be 1D sequences of concrete values of integer type",
        example="TypeError: Shapes must be 1D sequences of concrete values of integer type, got "
        "(JitTracer(~int32[]),).",
        says="A shape is made of a value that JAX is only tracing: how large an array is must be known before.",
        cure="Take sizes out of x.shape or __init__, not out of a tensor.",
        source="https://docs.jax.dev/en/latest/errors.html#jax.errors.ConcretizationTypeError",
        stops=True,
    ),
    M(
        id="jax-selection-while-tracing",
        kind="cause",
        has="Array boolean indices must be concrete",
        example="jax.errors.NonConcreteBooleanIndexError: Array boolean indices must be concrete; got bool[3]",
        says="x[x > 0] would have a size that JAX cannot know while it traces.",
        cure="keras.ops.where(x > 0, x, 0) keeps the size.",
        source="https://docs.jax.dev/en/latest/errors.html#jax.errors.NonConcreteBooleanIndexError",
        stops=True,
    ),
    M(
        id="jax-argument-is-no-array",
        kind="cause",
        has=" as an abstract array",
        pattern=r"Error interpreting argument to .* as an abstract array\. The problematic value is of type "
        r"(?P<type><.+?>)",
        example="TypeError: Error interpreting argument to <function f at 0x7bd7e02d0400> as an abstract array. The "
        "problematic value is of type <class 'str'> and was passed to the function at path args[0].",
        says="What was handed to a compiled function or a layer is {type}, and JAX takes arrays only, or "
        "dictionaries, lists and tuples of them.",
        cure="Hand over dict(x) or list(x) instead of Keras's own TrackedDict and TrackedList; what is no array "
        "belongs into __init__.",
        source="https://github.com/NNPDF/nnpdf/issues/2318",
        stops=True,
    ),
    M(
        id="jax-array-deleted",
        kind="cause",
        has="Array has been deleted with shape",
        example="RuntimeError: Array has been deleted with shape=float32[3].",
        says="JAX gave the memory of this array away: fit takes the weights along while it runs, and was "
        "interrupted, or an own step was compiled with donate_argnums and its input was used again.",
        cure="Build the model anew and load its weights after an interrupted fit; in an own step use what it "
        "returns, not what went in.",
        source="https://docs.jax.dev/en/latest/buffer_donation.html",
        stops=True,
    ),
    M(
        id="jax-array-is-not-changed",
        kind="cause",
        has="JAX arrays are immutable and do not support in-place item assignment",
        example="TypeError: JAX arrays are immutable and do not support in-place item assignment. Instead of x[idx] "
        "= y, use x = x.at[idx].set(y) or another .at[] method",
        says="x[i] = y does not work on arrays of JAX.",
        cure="keras.ops.slice_update or scatter_update; in code for JAX alone x = x.at[i].set(y).",
        source="https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html#in-place-updates",
        stops=True,
    ),
    M(
        id="jax-not-a-number",
        kind="cause",
        has="invalid value (",
        pattern=r"invalid value \((?P<value>nan|inf)\) encountered in (?P<where>[\w.\[\]-]+)",
        example="FloatingPointError: invalid value (nan) encountered in log",
        says="JAX_DEBUG_NANS (or _INFS) is on, and `{where}` made {value}.",
        cure="Look at what goes into it: a logarithm or root of zero or less, a division by zero, a learning rate "
        "that is too high. Unset the variable to go on regardless.",
        source="https://docs.jax.dev/en/latest/debugging/flags.html#jax-debug-nans-configuration-option-and-context-manager",
        stops=True,
    ),
    M(
        id="jax-knows-no-strings",
        kind="cause",
        has="is not a valid JAX array type",
        pattern=r"with dtype (?P<type>\S+) is not a valid",
        example="TypeError: Value 'a' with dtype <U1 is not a valid JAX array type. Only arrays of numeric types are "
        "supported by JAX.",
        says="The data is of type {type}, and JAX computes with numbers only.",
        cure="Turn text and objects into numbers before (StringLookup, TextVectorization in tf.data; "
        'x.astype("float32")).',
        source="https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html",
        stops=True,
    ),
    M(
        id="jax-gradient-of-whole-numbers",
        kind="cause",
        has="grad requires real- or complex-valued inputs",
        pattern=r"but got (?P<type>\w+)",
        example="TypeError: grad requires real- or complex-valued inputs (input dtype that is a sub-dtype of "
        "np.inexact), but got int32.",
        says="jax.grad is asked for the gradient by {type}, which has none: with own steps mostly a state (a seed, a "
        "counter) that is among the trainable variables.",
        cure="Hand model.trainable_variables alone to the first argument, the others behind it; see Keras's guide.",
        source="https://keras.io/guides/custom_train_step_in_jax/",
        stops=True,
    ),
    M(
        id="jax-gradient-of-many-numbers",
        kind="cause",
        has="Gradient only defined for scalar-output functions",
        example="TypeError: Gradient only defined for scalar-output functions. Output had shape: (3,).",
        says="jax.grad wants one number, and the loss gives one for each example.",
        cure="keras.ops.mean(...) around the loss.",
        source="https://keras.io/guides/custom_train_step_in_jax/",
        stops=True,
    ),
    M(
        id="jax-float64-cut",
        kind="harmless",
        has="will be truncated to dtype",
        pattern=r"requested dtype (?P<wanted>\w+) .*truncated to dtype (?P<used>\w+)",
        example="/app/train.py:3: UserWarning: Explicitly requested dtype float64 requested in ones is not available, "
        "and will be truncated to dtype float32. To enable more dtypes, set the jax_enable_x64 configuration option",
        says="JAX computes with {used} where {wanted} was asked for. Only a matter of precision.",
        cure="JAX_ENABLE_X64=1 before the start, if {wanted} is meant.",
        source="https://docs.jax.dev/en/latest/default_dtypes.html",
    ),
    M(
        id="operation-of-tensorflow-in-a-layer-on-jax",
        kind="cause",
        has="'str' object has no attribute '_error_repr'",
        example="AttributeError: 'str' object has no attribute '_error_repr'",
        says="A layer calls an operation of TensorFlow while Keras runs on JAX; JAX fails at telling that the "
        "value is no array of TensorFlow.",
        cure="keras.ops instead of tf operations in layers, or Keras on TensorFlow.",
        source="https://keras.io/guides/migrating_to_keras_3/",
        stops=True,
    ),
    M(
        id="jax-shapes-do-not-multiply",
        kind="cause",
        has="dot_general requires contracting dimensions to have the same shape",
        pattern=r"same shape, got (?P<one>\([^)]*\)) and (?P<other>\([^)]*\))",
        example="TypeError: dot_general requires contracting dimensions to have the same shape, got (3,) and (2,).",
        says="A product of matrices whose sides do not fit each other: {one} and {other}.",
        cure="Look at x.shape before it; Flatten, Reshape or transpose one of them.",
        source="https://docs.jax.dev/en/latest/_autosummary/jax.lax.dot_general.html",
        stops=True,
    ),
)
