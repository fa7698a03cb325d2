"""Remarks about a model and its training that stop nothing."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

MESSAGES = (
    M(
        id="data-set-without-init",
        kind="harmless",
        has="class should call `super().__init__(**kwargs)` in its constructor",
        example="UserWarning: Your `PyDataset` class should call `super().__init__(**kwargs)` in its "
        "constructor. `**kwargs` can include `workers`, `use_multiprocessing`, `max_queue_size`.",
        says="A data set of your own does not hand its arguments on; workers cannot be set for it.",
        cure="",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/trainers/data_adapters/py_dataset_adapter.py",
    ),
    M(
        id="optimizer-state-skipped",
        kind="harmless",
        has="Skipping variable loading for optimizer",
        example="UserWarning: Skipping variable loading for optimizer 'rmsprop', because it has 10 "
        "variables whereas the saved optimizer has 18 variables.",
        says="The model was loaded, the state of its optimizer was not: fine for predicting, and "
        "training goes on with a fresh optimizer.",
        cure="",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/optimizers/base_optimizer.py",
    ),
    M(
        id="optimizer-state-not-loaded",
        kind="harmless",
        has="Error in loading the saved optimizer state",
        example="WARNING:absl:Error in loading the saved optimizer state. As a result, your model is "
        "starting with a freshly initialized optimizer.",
        says="The model was loaded, the state of its optimizer was not: fine for predicting, and "
        "training goes on with a fresh optimizer.",
        cure="",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/legacy/saving/legacy_h5_format.py",
    ),
    M(
        id="autograph-as-is",
        kind="harmless",
        has="AutoGraph could not transform ",
        example="WARNING:tensorflow:AutoGraph could not transform <bound method Model.call of <Model>> and "
        "will run it as-is.",
        says="TensorFlow could not read a function's source, and runs it unchanged. That matters only "
        "if it has `if` or `while` over tensors.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/python/autograph/impl/api.py",
    ),
    M(
        id="slow-operation",
        kind="harmless",
        has=" is taking a while...",
        pattern=r"Trying algorithm \S+ for|Constant folding an instruction",
        example="2025-01-01 00:00:00.000000: E external/local_xla/xla/service/slow_operation_alarm.cc:65] "
        "Trying algorithm eng0{} for conv (f32[16,64]{1,0}) is taking a while...",
        says="XLA reports that one step of compiling or tuning takes long. It happens once for each "
        "shape.",
        cure="",
        source="https://github.com/openxla/xla/blob/main/xla/service/slow_operation_alarm.cc",
    ),
    M(
        id="metal-numa",
        kind="harmless",
        has="Could not identify NUMA node of platform",
        example="2022-01-01 00:00:00.000000: I tensorflow/core/common_runtime/pluggable_device/"
        "pluggable_device_factory.cc:305] Could not identify NUMA node of platform GPU ID 0, defaulting "
        "to 0. Your kernel may not have been built with NUMA support.",
        says="The GPU is used; on a Mac there is nothing to identify.",
        cure="",
        source="https://developer.apple.com/metal/tensorflow-plugin/",
    ),
    M(
        id="metal-graph-optimizer",
        kind="harmless",
        has="Plugin optimizer for device_type ",
        example="2022-01-01 00:00:00.000000: I tensorflow/core/grappler/optimizers/"
        "custom_graph_optimizer_registry.cc:113] Plugin optimizer for device_type GPU is enabled.",
        says="The plugin of a GPU is at work.",
        cure="",
        source="https://developer.apple.com/metal/tensorflow-plugin/",
    ),
    M(
        id="layout-failed",
        kind="harmless",
        has="layout failed: ",
        pattern=r"layout failed: I(?:NVALID_ARGUMENT|nvalid argument): [Ss]ize of values \d+ does not match size of permutation",
        example="E0000 00:00:1755238054.678694  705922 meta_optimizer.cc:967] layout failed: "
        "INVALID_ARGUMENT: Size of values 0 does not match size of permutation 4 @ fanin shape "
        "insequential_2/dropout_1/stateless_dropout/SelectV2-2-TransposeNHWCToNCHW-LayoutOptimizer",
        says="An optimization of TensorFlow's graph was left out, mostly around a Dropout; the program "
        "runs without it.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/issues/98985",
    ),
    M(
        id="untraced-functions",
        kind="harmless",
        has="Found untraced functions such as ",
        example="WARNING:absl:Found untraced functions such as _jit_compiled_convolution_op while saving "
        "(showing 1 of 1). These functions will not be directly callable after loading.",
        says="Parts of layers cannot be called on their own after the model is loaded; the model can.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/issues/59694",
    ),
    M(
        id="shuffle-buffer",
        kind="harmless",
        has="illing up shuffle buffer",
        example="I tensorflow/core/kernels/data/shuffle_dataset_op.cc:422] Filling up shuffle buffer (this "
        "may take a while): 3433 of 10000",
        says="tf.data fills its buffer before the first batch; a smaller buffer starts sooner.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/core/kernels/data/shuffle_dataset_op.cc",
    ),
    M(
        id="cache-not-filled",
        kind="harmless",
        has="did not fully read the dataset being cached",
        example="W tensorflow/core/kernels/data/cache_dataset_ops.cc:768] The calling iterator did not fully "
        "read the dataset being cached. In order to avoid unexpected truncation of the dataset, the "
        "partially cached contents of the dataset will be discarded.",
        says="An epoch ended before all data were read, so the cache is not kept; results are the same.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/core/kernels/data/cache_dataset_ops.cc",
    ),
    M(
        id="slow-optimizer-on-macs",
        kind="harmless",
        has="runs slowly on M1/M2 Macs",
        example="WARNING:absl:At this time, the v2.11+ optimizer `tf.keras.optimizers.Adam` runs slowly on "
        "M1/M2 Macs, please use the legacy Keras optimizer instead, located at "
        "`tf.keras.optimizers.legacy.Adam`.",
        says="Keras 2 trains faster on Macs with its legacy optimizers; nothing is wrong.",
        cure="",
        source="https://github.com/keras-team/keras/blob/v2.15.0/keras/optimizers/optimizer.py",
    ),
)
