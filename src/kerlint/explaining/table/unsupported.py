"""Operations and types that a device, a compiler or NumPy does not have."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

MESSAGES = (
    M(
        id="metal-without-xla",
        kind="cause",
        has="could not find registered platform with id",
        example="2023-01-05 12:38:02.090126: W tensorflow/core/framework/op_kernel.cc:1830] OP_REQUIRES "
        "failed at xla_ops.cc:418 : NOT_FOUND: could not find registered platform with id: 0x1051fc880",
        says="Something is compiled with XLA, which Apple's plugin for TensorFlow does not have: the model "
        "(jit_compile), or an optimizer of Keras since 2.11.",
        cure="model.compile(..., jit_compile=False); with Keras 2.11 to 2.15 an optimizer of "
        "tf.keras.optimizers.legacy, or jit_compile=False for the optimizer.",
        source="https://github.com/tensorflow/tensorflow/issues/58988",
        stops=True,
    ),
    M(
        id="operation-not-on-gpu",
        kind="cause",
        has="OpKernel for 'GPU' devices",
        pattern=r"No registered '(?P<operation>\w+)' OpKernel for 'GPU'",
        example="NotFoundError: No registered 'RngReadAndSkip' OpKernel for 'GPU' devices compatible with node "
        "{{node RngReadAndSkip}}",
        says="{operation} has no code for this GPU (Apple's plugin lacks several operations).",
        cure="Let TensorFlow put it on the CPU: tf.config.set_soft_device_placement(True), or "
        "`with tf.device('/CPU:0'):` around it.",
        source="https://github.com/mrdbourke/tensorflow-deep-learning/issues/298",
        stops=True,
    ),
    M(
        id="torch-bfloat16-to-numpy",
        kind="cause",
        has="Got unsupported ScalarType BFloat16",
        example="TypeError: Got unsupported ScalarType BFloat16",
        says="NumPy has no bfloat16, and what torch has computed in it was turned into an array: "
        "model.predict with the policy mixed_bfloat16 on an old Keras.",
        cure="Update keras; or float16, or a last layer with dtype='float32'.",
        source="https://github.com/keras-team/keras/issues/18819",
        stops=True,
    ),
    M(
        id="torch-without-triton",
        kind="cause",
        has="Cannot find a working triton installation",
        example="RuntimeError: Cannot find a working triton installation. Either the package is not installed "
        "or it is too old.",
        says="torch.compile makes code for GPUs with triton, which is not installed, not for this torch, or "
        "not made for this system.",
        cure="Install torch again, which brings its triton on Linux; elsewhere do not compile: with Keras "
        "model.compile(..., jit_compile=False).",
        source="https://github.com/pytorch/pytorch/issues/143406",
        stops=True,
    ),
    M(
        id="no-c-compiler",
        kind="cause",
        has="Failed to find C compiler.",
        example="RuntimeError: Failed to find C compiler. Please specify via CC environment variable.",
        says="triton (torch.compile) needs a compiler for C, and this system has none.",
        cure="Install one (apt-get install gcc, in an image a -devel one), or do not compile: with Keras "
        "model.compile(..., jit_compile=False).",
        source="https://github.com/apple/ml-cross-entropy/issues/5",
        stops=True,
    ),
)
