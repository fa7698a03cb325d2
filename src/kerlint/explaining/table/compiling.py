"""Code that XLA makes for a GPU or out of a traced function."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

MESSAGES = (
    M(
        id="ptxas-does-not-know-gpu",
        kind="harmless",
        has="ptxas does not support CC ",
        pattern=r"support CC (?P<capability>[\d.]+\d)",
        example="2023-06-23 23:37:35.895800: W external/org_tensorflow/tensorflow/stream_executor/gpu/"
        "asm_compiler.cc:235] Falling back to the CUDA driver for PTX compilation; ptxas does not support "
        "CC 8.9",
        says="The installed ptxas is older than this GPU ({capability}): the driver compiles instead.",
        cure="If it fails afterwards: update CUDA's wheels or its toolkit.",
        source="https://github.com/jax-ml/jax/issues/16546",
    ),
    M(
        id="ptx-kernel-missing",
        kind="cause",
        has='failed to get PTX kernel "',
        example="2023-06-23 23:37:35.900649: E external/org_tensorflow/tensorflow/stream_executor/cuda/"
        'cuda_driver.cc:625] failed to get PTX kernel "compare_3" from module: CUDA_ERROR_NOT_FOUND: named '
        "symbol not found",
        says="The driver has not understood the code that was compiled for the GPU: jaxlib, ptxas or the "
        "driver is older than this GPU.",
        cure="Update jax with its CUDA wheels (python -m pip install -U 'jax[cuda12]'), or CUDA's toolkit, "
        "and the driver.",
        source="https://github.com/jax-ml/jax/issues/8057",
        codes=("KER708", "KER724"),
        follows=("ptxas-miscompiles",),
    ),
    M(
        id="xla-function-missing",
        kind="follower",
        has="Could not find the corresponding function",
        example="RuntimeError: Internal: Could not find the corresponding function",
        says="The GPU got compiled code without the function that was to run; the lines before say why.",
        cure="Update jaxlib with its CUDA wheels, and the driver.",
        source="https://github.com/jax-ml/jax/issues/16546",
        codes=("KER708", "KER724"),
        stops=True,
        follows=("ptx-kernel-missing", "ptxas-missing", "ptxas-older-than-gpu"),
    ),
    M(
        id="xla-lacks-operation",
        kind="cause",
        has="Detected unsupported operations when trying to compile graph",
        pattern=r"on XLA_\w+_JIT: (?P<operation>\w+)",
        example="Detected unsupported operations when trying to compile graph __inference_one_step_on_data_"
        "82148[_XlaMustCompile=true] on XLA_GPU_JIT: ResizeNearestNeighborGrad (No registered "
        "'ResizeNearestNeighborGrad' OpKernel for XLA_GPU_JIT devices compatible with node)",
        says="Keras compiles the model with XLA, which has no {operation} on this device.",
        cure="model.compile(..., jit_compile=False).",
        source="https://github.com/keras-team/keras-hub/issues/2454",
        stops=True,
    ),
    M(
        id="ptxas-miscompiles",
        kind="cause",
        has="ptxas before 11.1 is known to miscompile XLA code",
        pattern=r"using ptxas (?P<version>[\d.]+\d)",
        example="2023-10-07 11:43:16.647615: W tensorflow/compiler/xla/stream_executor/gpu/asm_compiler.cc:115] "
        "*** WARNING *** You are using ptxas 10.1.243, which is older than 11.1. ptxas before 11.1 is known to "
        "miscompile XLA code, leading to incorrect results or invalid-address errors.",
        says="The ptxas that is found first is {version}, which makes wrong code out of XLA's: results may be "
        "wrong.",
        cure="Put the ptxas of the CUDA in use first on PATH, or install nvidia-cuda-nvcc-cu12; Ubuntu's "
        "package nvidia-cuda-toolkit brings the old one.",
        source="https://github.com/tensorflow/tensorflow/issues/62064",
        codes=("KER724",),
    ),
)
