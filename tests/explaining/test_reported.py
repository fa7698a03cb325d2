"""Logs as people report them: the cause is named first, what is harmless is called so."""

from __future__ import annotations

import pytest

from kerlint.explaining import explain

CUBLAS = "E tensorflow/stream_executor/cuda/cuda_blas.cc:366] failed to create cublas handle: CUBLAS_STATUS_NOT_INITIALIZED\n"
TRACEBACK = (
    'Traceback (most recent call last):\n  File "train.py", line 3, in <module>\n    main()\n'
)
NOTEBOOK = (
    "ImportError                               Traceback (most recent call last)\n"
    "<ipython-input-1-0c2219f9314e> in <module>\n----> 1 import keras\n\n"
)
NO_CUDNN = "jaxlib.xla_extension.XlaRuntimeError: FAILED_PRECONDITION: DNN library initialization failed. Look at the errors above for more details.\n"


@pytest.mark.parametrize(
    ("cause", "log"),
    [
        (
            "cublas-handle",
            f"{CUBLAS}{CUBLAS}{TRACEBACK}tensorflow.python.framework.errors_impl.InternalError: Blas "
            "GEMM launch failed : a.shape=(100, 784), b.shape=(784, 10), m=100, n=10, k=784\n",
        ),
        (
            "numpy-older-than-built-for",
            "RuntimeError: module compiled against API version 0xc but this version of numpy is 0xa\n"
            "ImportError: numpy.core.multiarray failed to import\n"
            "ImportError: numpy.core.umath failed to import\n",
        ),
        (
            "numpy-older-than-built-for",
            "RuntimeError: module compiled against API version 0xb but this version of numpy is 0x9\n"
            f"{TRACEBACK}ImportError: numpy.core.multiarray failed to import\n",
        ),
        (
            "operations-of-another-tensorflow",
            "12: tensorflow.python.framework.errors_impl.NotFoundError: /x/tensorflow_text/python/ops/"
            "_boise_offset_converter.so: undefined symbol: _ZN6tflite4shim23TfShapeInferenceContextC1E\n",
        ),
        (
            "openmp-twice",
            "OMP: Error #15: Initializing libiomp5.dylib, but found libomp.dylib already initialized.\n"
            "OMP: Hint This means that multiple copies of the OpenMP runtime have been linked into the "
            "program.\nAbort trap: 6\n",
        ),
        (
            "cudnn-handle",
            "2024-08-20 16:26:58.037892: E external/xla/xla/stream_executor/cuda/cuda_dnn.cc:439] \n\n"
            f"Could not create cudnn handle: CUDNN_STATUS_INTERNAL_ERROR\n{TRACEBACK}{NO_CUDNN}",
        ),
        (
            "error-before-cudnn",
            "E external/xla/xla/stream_executor/cuda/cuda_dnn.cc:407] There was an error before creating "
            f"cudnn handle (302): cudaGetErrorName symbol not found.\n{TRACEBACK}{NO_CUDNN}",
        ),
        (
            "dtensor-missing",
            "RuntimeError: Failed to import transformers.pipelines because of the following error (look "
            "up to see its traceback):\ncannot import name 'dtensor' from "
            "'tensorflow.compat.v2.experimental' (/env/tensorflow/__init__.py)\n",
        ),
        (
            "name-of-keras-gone",
            f"{NOTEBOOK}ImportError: cannot import name 'dtensor_api' from 'keras.dtensor' (/env/x.py)\n",
        ),
        (
            "protobuf-builder-missing",
            "│    8 from google.protobuf import symbol_database as _symbol_database   │\n"
            "╰─────────────────────────────────────────────────────────────────────╯\n"
            "ImportError: cannot import name 'builder' from 'google.protobuf.internal' \n(/usr/x.py)\n",
        ),
        (
            "keras-newer-than-tensorflow-1",
            "/usr/x.py in populate_deserializable_objects()\n---> 49   LOCAL.X = tf.__internal__.tf2\n\n"
            "AttributeError: module 'tensorflow_core.compat.v2' has no attribute '__internal__'\n",
        ),
        (
            "attribute-of-keras-gone",
            "AttributeError: module 'tensorflow.keras' has no attribute 'load_model'\n",
        ),
    ],
)
def test_the_cause_of_what_people_report(cause: str, log: str) -> None:
    found = explain(log)
    assert found.cause is not None
    assert found.cause.id == cause


def test_that_jax_finds_no_gpu_is_a_cause_where_one_is_wanted() -> None:
    log = (
        "INFO:jax._src.xla_bridge:Unable to initialize backend 'tpu': INTERNAL: no libtpu.so\n"
        "INFO:jax._src.xla_bridge:Unable to initialize backend 'cuda': FAILED_PRECONDITION: No "
        "visible GPU devices.\n"
    )
    assert explain(log).cause is None
    found = explain(log, gpu=True)
    assert found.cause is not None
    assert found.cause.id == "jax-cuda-not-there"
    assert [line.message.id for line in found.harmless if line.message] == [
        "jax-other-backend-not-there"
    ]
