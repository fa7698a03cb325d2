"""Lines during a run that mean nothing bad."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

MESSAGES = (
    M(
        id="interrupted",
        kind="harmless",
        has="KeyboardInterrupt",
        pattern=r"^KeyboardInterrupt:?\s*$",
        example="KeyboardInterrupt",
        says="Somebody has stopped it: Ctrl-C, or the stop button of a notebook.",
        cure="",
        source="https://docs.python.org/3/library/exceptions.html#KeyboardInterrupt",
    ),
    M(
        id="rendezvous-cancelled",
        kind="harmless",
        has="Local rendezvous recv item cancelled",
        example="2023-08-28 10:00:00.000000: I tensorflow/core/framework/local_rendezvous.cc:405] Local "
        "rendezvous recv item cancelled. Key hash: 4264763432439574302",
        says="A data set came to its end while something still waited for its next element.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/issues/61314",
    ),
    M(
        id="xla-service",
        kind="harmless",
        has="XLA service ",
        pattern=r"XLA service 0x[0-9a-f]+ (?:initialized for|executing computations on) platform",
        example="I0000 00:00:1741.3   99 service.cc:148] XLA service 0x7f0a initialized for platform CUDA "
        "(this does not guarantee that XLA will be used). Devices:",
        says="The compiler XLA has started.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/issues/32817",
    ),
    M(
        id="stream-executor-device",
        kind="harmless",
        has="StreamExecutor device (",
        example="I0000 00:00:1741.3   99 service.cc:156]   StreamExecutor device (0): Tesla T4, Compute "
        "Capability 7.5",
        says="A device that XLA has found.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/issues/32817",
    ),
    M(
        id="xla-cluster",
        kind="harmless",
        has="Compiled cluster using XLA!",
        example="I0000 00:00:1741.3   99 device_compiler.h:196] Compiled cluster using XLA!  This line is "
        "logged at most once for the lifetime of the process.",
        says="A part of the model was compiled: as it should be.",
        cure="",
        source="https://www.tensorflow.org/xla",
    ),
    M(
        id="end-of-sequence",
        kind="harmless",
        has="OUT_OF_RANGE: End of sequence",
        example="2024-03-10 10:00:00.000000: W tensorflow/core/framework/local_rendezvous.cc:404] Local "
        "rendezvous is aborting with status: OUT_OF_RANGE: End of sequence",
        says="A dataset came to its end, which is how iterating ends.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/issues/62963",
    ),
    M(
        id="delay-kernel",
        kind="harmless",
        has="elay kernel",
        pattern=r"Skipping the delay kernel|Delay kernel timed out",
        example="W0000 00:00:1741.3   99 gpu_timer.cc:114] Skipping the delay kernel, measurement accuracy "
        "will be reduced",
        says="The choice of the fastest kernel was measured less exactly.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/issues/73487",
    ),
    M(
        id="input-ran-out",
        kind="cause",
        has="Your input ran out of data; interrupting training",
        example="UserWarning: Your input ran out of data; interrupting training. Make sure that your dataset "
        "or generator can generate at least `steps_per_epoch * epochs` batches. You may need to use "
        "the `.repeat()` function when building your dataset.",
        says="steps_per_epoch asks for more batches than there are: training stopped early or with "
        "empty epochs.",
        cure="Leave steps_per_epoch out, make it smaller, or repeat the dataset.",
        source="https://github.com/tensorflow/tensorflow/issues/25254",
    ),
    M(
        id="retracing",
        kind="harmless",
        has="triggered tf.function retracing",
        example="WARNING:tensorflow:5 out of the last 5 calls to <function "
        "TensorFlowTrainer.make_predict_function.<locals>.one_step_on_data_distributed at 0x7f> triggered "
        "tf.function retracing. Tracing is expensive",
        says="A function was compiled anew for each call: right, but slow. The shapes or types of "
        "its arguments change.",
        cure="If it is slow: keep the shapes of batches equal, do not build models or functions in "
        "a loop.",
        source="https://www.tensorflow.org/guide/function#controlling_retracing",
    ),
    M(
        id="gpu-lstm-criteria",
        kind="harmless",
        has="will not use cuDNN kernels since it doesn't meet the criteria",
        example="WARNING:tensorflow:Layer lstm will not use cuDNN kernels since it doesn't meet the "
        "criteria. It will use a generic GPU kernel as fallback when running on GPU.",
        says="The layer has settings (activation, recurrent_dropout) that the fast kernel cannot do: "
        "right, but slower.",
        cure="If it is slow: keep the layer's defaults.",
        source="https://keras.io/api/layers/recurrent_layers/lstm/",
    ),
    M(
        id="legacy-hdf5",
        kind="harmless",
        has="This file format is considered legacy",
        example="WARNING:absl:You are saving your model as an HDF5 file via `model.save()` or "
        "`keras.saving.save_model(model)`. This file format is considered legacy.",
        says="The model was saved; .keras is the newer format.",
        cure="",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/saving/saving_api.py",
    ),
    M(
        id="compiled-metrics-not-built",
        kind="harmless",
        has="the compiled metrics have yet to be built",
        example="WARNING:absl:Compiled the loaded model, but the compiled metrics have yet to be built. "
        "`model.compile_metrics` will be empty until you train or evaluate the model.",
        says="The model was loaded; its metrics begin with the first training or evaluation.",
        cure="",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/legacy/saving/saving_utils.py",
    ),
    M(
        id="no-training-configuration",
        kind="harmless",
        has="No training configuration found in ",
        example="WARNING:absl:No training configuration found in the save file, so the model was *not* "
        "compiled. Compile it manually.",
        says="The model was saved without optimizer and loss: fine for predicting.",
        cure="To train it: model.compile(...).",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/legacy/saving/legacy_h5_format.py",
    ),
    M(
        id="input-structure",
        kind="harmless",
        has="The structure of `inputs` doesn't match the expected structure",
        example="UserWarning: The structure of `inputs` doesn't match the expected structure.",
        says="A list of inputs was given where one was expected, or the reverse; it works as long as "
        "the number is right.",
        cure="Give what the model was built with: x instead of [x].",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/models/functional.py",
    ),
    M(
        id="input-shape-argument",
        kind="harmless",
        has="Do not pass an `input_shape`/`input_dim` argument to a layer",
        example="UserWarning: Do not pass an `input_shape`/`input_dim` argument to a layer. When using "
        "Sequential models, prefer using an `Input(shape)` object as the first layer in the model "
        "instead.",
        says="It works; the newer way is an Input as the first layer.",
        cure="",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/layers/layer.py",
        codes=("KER308",),
    ),
    M(
        id="argument-deprecated",
        kind="harmless",
        has="is deprecated. ",
        pattern=r"Argument `(?P<name>\w+)` is deprecated\. (?P<instead>Use `\w+` instead|Just remove it)",
        example="UserWarning: Argument `alpha` is deprecated. Use `negative_slope` instead.",
        says="`{name}` is an old argument that still works. {instead}.",
        cure="",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/layers/activations/leaky_relu.py",
        codes=("KER308",),
    ),
    M(
        id="tf1-name-deprecated",
        kind="harmless",
        has="is deprecated. Please use tf.",
        pattern=r"The name (?P<name>tf\.[\w.]+) is deprecated\. Please use (?P<instead>tf\.[\w.]+\w)",
        example="WARNING:tensorflow:From /env/lib/python3.11/site-packages/keras/src/losses.py:2976: The "
        "name tf.losses.sparse_softmax_cross_entropy is deprecated. Please use "
        "tf.compat.v1.losses.sparse_softmax_cross_entropy instead.",
        says="A library still uses an old name; it works.",
        cure="",
        source="https://www.tensorflow.org/guide/migrate",
    ),
    M(
        id="editor-import",
        kind="harmless",
        has="could not be resolved",
        pattern=r'Import "(?:tensorflow\.)?keras[\w.]*" could not be resolved',
        example='Import "tensorflow.keras" could not be resolved Pylance(reportMissingImports)',
        says="The editor does not see what TensorFlow loads late; the program runs.",
        cure="Write `import keras`, which editors resolve; no private imports to please it.",
        source="https://github.com/microsoft/pylance-release/issues/3753",
    ),
    M(
        id="editor-reference",
        kind="harmless",
        has="Cannot find reference 'keras' in '__init__.py'",
        example="Cannot find reference 'keras' in '__init__.py'",
        says="PyCharm does not see what TensorFlow loads late; the program runs.",
        cure="Write `import keras`, which editors resolve.",
        source="https://github.com/tensorflow/tensorflow/issues/53144",
    ),
)
