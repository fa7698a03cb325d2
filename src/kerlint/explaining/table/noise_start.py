"""Lines of TensorFlow's runtime that mean nothing bad."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

MESSAGES = (
    M(
        id="onednn",
        kind="harmless",
        has="oneDNN custom operations are on",
        example="I0000 00:00:1795271969.293187   18712 port.cc:153] oneDNN custom operations are on. You "
        "may see slightly different numerical results due to floating-point round-off errors from "
        "different computation orders. To turn them off, set the environment variable "
        "`TF_ENABLE_ONEDNN_OPTS=0`.",
        says="TensorFlow uses Intel's kernels for the CPU.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/core/util/port.cc",
    ),
    M(
        id="cpu-instructions",
        kind="harmless",
        has="This TensorFlow binary is optimized",
        example="2026-11-21 14:28:59.100000: I tensorflow/core/platform/cpu_feature_guard.cc:182] This "
        "TensorFlow binary is optimized to use available CPU instructions in performance-critical "
        "operations.",
        says="The wheel does not use every instruction of this processor. It is only a remark.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/core/platform/cpu_feature_guard.cc",
    ),
    M(
        id="cpu-instructions-list",
        kind="harmless",
        has="To enable the following instructions: ",
        example="To enable the following instructions: AVX2 AVX512F AVX512_VNNI FMA, in other operations, "
        "rebuild TensorFlow with the appropriate compiler flags.",
        says="The second half of the remark about the processor.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/core/platform/cpu_feature_guard.cc",
    ),
    M(
        id="cpu-instructions-old",
        kind="harmless",
        has="Your CPU supports instructions that this TensorFlow binary was not compiled to use",
        example="2019-11-15 18:56:52.780799: I tensorflow/core/platform/cpu_feature_guard.cc:142] Your CPU "
        "supports instructions that this TensorFlow binary was not compiled to use: AVX2 FMA",
        says="The wheel does not use every instruction of this processor. It is only a remark.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/issues/32817",
    ),
    M(
        id="absl-initialize-log",
        kind="harmless",
        has="All log messages before absl::InitializeLog() is called are written to STDERR",
        example="WARNING: All log messages before absl::InitializeLog() is called are written to STDERR",
        says="The logging library says where its lines go. TF_CPP_MIN_LOG_LEVEL does not silence it.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/issues/100442",
    ),
    M(
        id="numa-node",
        kind="harmless",
        has="NUMA node read from SysFS had negative value",
        example="I tensorflow/compiler/xla/stream_executor/cuda/cuda_gpu_executor.cc:995] successful NUMA "
        "node read from SysFS had negative value (-1), but there must be at least one NUMA node, so "
        "returning NUMA node zero.",
        says="The machine (mostly a virtual one) does not say which memory is near the GPU; it is "
        "used all the same.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/issues/42738",
    ),
    M(
        id="tensorrt",
        kind="harmless",
        has="TF-TRT Warning: ",
        pattern=r"Could not find TensorRT|Cannot dlopen some TensorRT libraries",
        example="2024-03-14 12:04:34.450000: W tensorflow/compiler/tf2tensorrt/utils/py_utils.cc:38] "
        "TF-TRT Warning: Could not find TensorRT",
        says="TensorRT, an optional engine for inference, is not there; newer wheels cannot even use "
        "it.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/issues/61468",
    ),
    M(
        id="tensorrt-library",
        kind="harmless",
        has="Could not load dynamic library '",
        pattern=r"library 'libnvinfer",
        example="2022-05-01 10:00:00.000000: W tensorflow/stream_executor/platform/default/dso_loader.cc:64] "
        "Could not load dynamic library 'libnvinfer.so.7'; dlerror: libnvinfer.so.7: cannot open "
        "shared object file: No such file or directory",
        says="TensorRT, an optional engine for inference, is not there.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/issues/61468",
    ),
    M(
        id="cuda-factory",
        kind="harmless",
        has="Unable to register cu",
        pattern=r"Unable to register cu(?:DNN|FFT|BLAS) factory",
        example="E0000 00:00:1741.3   99 cuda_dnn.cc:8310] Unable to register cuDNN factory: Attempting to "
        "register factory for plugin cuDNN when one has already been registered",
        says="Two parts of TensorFlow register the same library; the first stays. The `E` before it "
        "is wrong.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/issues/62075",
    ),
    M(
        id="computation-placer",
        kind="harmless",
        has="omputation placer",
        pattern=r"omputation placer (?:creation function is )?already registered|omputation placer creation function is already",
        example="W0000 00:00:1741.3   99 computation_placer.cc:177] computation placer already registered. "
        "Please check linkage and avoid linking the same target more than once.",
        says="Two parts of TensorFlow register the same thing; the first stays.",
        cure="",
        source="https://github.com/openxla/xla/issues/20803",
    ),
    M(
        id="mlir-passes",
        kind="harmless",
        has="None of the MLIR ",
        pattern=r"None of the MLIR (?:O|o)ptimization (?:P|p)asses are enabled",
        example="I tensorflow/compiler/mlir/mlir_graph_optimization_pass.cc:185] None of the MLIR "
        "Optimization Passes are enabled (registered 2)",
        says="An experimental optimizer is off, as it is by default.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/compiler/mlir/mlir_graph_optimization_pass.cc",
    ),
    M(
        id="gpu-device-created",
        kind="harmless",
        has="Created device /job:localhost/replica:0/task:0/device:GPU:",
        pattern=r"with (?P<memory>\d+) MB memory",
        example="I0000 00:00:1741.3   99 gpu_device.cc:2019] Created device "
        "/job:localhost/replica:0/task:0/device:GPU:0 with 13949 MB memory:  -> device: 0, name: Tesla "
        "T4, pci bus id: 0000:00:04.0, compute capability: 7.5",
        says="TensorFlow has started on the GPU and may use {memory} MB of it: as it should be.",
        cure="",
        source="https://www.tensorflow.org/guide/gpu",
    ),
    M(
        id="cudnn-loaded",
        kind="harmless",
        has="Loaded cuDNN version ",
        pattern=r"version (?P<version>\d+)",
        example="I0000 00:00:1741.3   99 cuda_dnn.cc:529] Loaded cuDNN version 90300",
        says="cuDNN {version} is in use: as it should be.",
        cure="",
        source="https://www.tensorflow.org/guide/gpu",
    ),
    M(
        id="library-opened",
        kind="harmless",
        has="Successfully opened dynamic library ",
        pattern=r"library (?P<library>\S+)",
        example="2021-01-02 10:00:00.000000: I tensorflow/stream_executor/platform/default/dso_loader.cc:49] "
        "Successfully opened dynamic library libcudart.so.11.0",
        says="A library of the GPU was found ({library}): as it should be.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/issues/34287",
    ),
    M(
        id="ignore-cudart-error",
        kind="harmless",
        has="Ignore above cudart dlerror if you do not have a GPU set up on your machine",
        example="I tensorflow/stream_executor/cuda/cudart_stub.cc:29] Ignore above cudart dlerror if you do "
        "not have a GPU set up on your machine.",
        says="Without a GPU the missing libcudart does not matter.",
        cure="",
        source="https://github.com/tensorflow/tensorflow/issues/34287",
    ),
    M(
        id="xla-devices-not-made",
        kind="harmless",
        has="Not creating XLA devices, tf_xla_enable_xla_devices not set",
        example="I tensorflow/compiler/jit/xla_cpu_device.cc:41] Not creating XLA devices, "
        "tf_xla_enable_xla_devices not set",
        says="TensorFlow 2.4 says that it does not make devices that nobody asked for.",
        cure="",
        source="https://github.com/ROCm/legacy-rocm-build/issues/1544",
    ),
    M(
        id="nnpack",
        kind="harmless",
        has="Could not initialize NNPACK!",
        example="[W NNPACK.cpp:53] Could not initialize NNPACK! Reason: Unsupported hardware.",
        says="torch computes some convolutions in another way on this processor.",
        cure="",
        source="https://github.com/pytorch/pytorch/blob/v2.9.0/aten/src/ATen/native/NNPACK.cpp",
    ),
)
