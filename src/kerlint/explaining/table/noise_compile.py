"""Remarks of XLA and of TensorFlow while they look for devices and compile."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

MESSAGES = (
    M(
        id="ptxas-registers-spilled",
        kind="harmless",
        has="Registers are spilled to local memory",
        example="2025-03-23 20:38:42.249509: I external/local_xla/xla/stream_executor/cuda/"
        "cuda_asm_compiler.cc:397] ptxas warning : Registers are spilled to local memory in function "
        "'gemm_fusion_dot_78_0', 56 bytes spill stores, 56 bytes spill loads",
        says="One of many variants that XLA tries needs more registers than there are: it is a little slower.",
        cure="",
        source="https://github.com/keras-team/keras-hub/issues/2161",
    ),
    M(
        id="autotuning-hints",
        kind="harmless",
        has="none of them sufficiently match the hints",
        example="2026-04-19 15:51:17.121958: I external/local_xla/xla/service/gpu/autotuning/"
        "dot_search_space.cc:208] All configs were filtered out because none of them sufficiently match the "
        "hints. Working around this by using the full hints set instead.",
        says="XLA looks among more variants of a matrix product for the fastest one.",
        cure="",
        source="https://github.com/keras-team/keras-hub/issues/2686",
    ),
    M(
        id="seeds-ignored-by-xla",
        kind="harmless",
        has="with XLA compilation will ignore seeds",
        example="2024-09-21 00:24:25.840848: W tensorflow/compiler/tf2xla/kernels/random_ops.cc:57] Warning: "
        "Using tf.random.uniform with XLA compilation will ignore seeds; consider using "
        "tf.random.stateless_uniform instead if reproducible behavior is desired. gpt2/dropout/RandomUniform",
        says="Under XLA the random numbers of this operation differ from run to run.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/issues/76157",
    ),
    M(
        id="assert-ignored-by-xla",
        kind="harmless",
        has="Ignoring Assert operator ",
        example="2024-09-21 00:24:26.559075: W tensorflow/compiler/tf2xla/kernels/assert_op.cc:38] Ignoring "
        "Assert operator sparse_categorical_crossentropy/assert_equal_1/Assert/Assert",
        says="XLA leaves a check of shapes or values out.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/issues/76157",
    ),
    M(
        id="mlir-reproducer",
        kind="harmless",
        has="disabling MLIR crash reproducer",
        example="2024-09-21 00:24:25.846135: I tensorflow/compiler/mlir/tensorflow/utils/dump_mlir_util.cc:268] "
        "disabling MLIR crash reproducer, set env var `MLIR_CRASH_REPRODUCER_DIRECTORY` to enable.",
        says="A help for those who develop TensorFlow is off.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/issues/76157",
    ),
    M(
        id="gpu-added",
        kind="harmless",
        has="Adding visible gpu devices: ",
        example="2020-01-13 16:53:44.700000: I tensorflow/core/common_runtime/gpu/gpu_device.cc:1697] Adding "
        "visible gpu devices: 0",
        says="TensorFlow has found a GPU and takes it.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/issues/35810",
    ),
)
