"""Logs as people report them: the cause is named first, what is harmless is called so."""

from __future__ import annotations

import pytest

from kerlint.explaining import explain
from tests.explaining.told import cause, ids, named

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
    ("expected", "log"),
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
        (
            "no-more-threads",
            "(pid=106828) 2021-05-04 07:47:37.335985: F tensorflow/core/platform/default/env.cc:72] Check "
            "failed: ret == 0 (11 vs. 0)Thread creation via pthread_create() failed.\n"
            "2021-05-04 07:48:02,093\tWARNING worker.py:1115 -- A worker died or was killed\n",
        ),
        (
            "jax-cuda-library-not-loaded",
            f"{TRACEBACK}RuntimeError: Unable to load cuSPARSE. Is it installed?\n"
            "WARNING:2025-06-06 20:45:54,562:jax._src.xla_bridge:791: An NVIDIA GPU may be present on "
            "this machine, but a CUDA-enabled jaxlib is not installed. Falling back to cpu.\ncpu\n",
        ),
        (
            "jax-cuda-library-outdated",
            "CUDA backend failed to initialize: Unable to use CUDA because of the following issues with "
            "CUDA components:\nOutdated cuSPARSE installation found.\nVersion JAX was built against: 12200\n",
        ),
        (
            "protobuf-twice",
            "[libprotobuf ERROR /src/google/protobuf/descriptor_database.cc:641] File already exists in "
            "database: tensorflow/dtensor/proto/layout.proto\n"
            "[libprotobuf FATAL /src/google/protobuf/descriptor.cc:2021] CHECK failed: "
            "GeneratedDatabase()->Add(encoded_file_descriptor, size): \n"
            "terminate called after throwing an instance of 'google::protobuf::FatalException'\n",
        ),
        (
            "depthwise-groups-refused",
            f"{TRACEBACK}ValueError: Unrecognized keyword arguments passed to DepthwiseConv2D: "
            "{'groups': 1}\n\nDuring handling of the above exception, another exception occurred:\n\n"
            f"{TRACEBACK}TypeError: Error when deserializing class 'DepthwiseConv2D' using config="
            "{'name': 'block1a_dwconv', 'groups': 1, 'use_bias': False}.\n\n"
            "Exception encountered: Unrecognized keyword arguments passed to DepthwiseConv2D: "
            "{'groups': 1}\n",
        ),
        (
            "gpu-launch-failed",
            "2019-02-19 12:32:46.833634: E tensorflow/stream_executor/cuda/cuda_driver.cc:1011] could not "
            "synchronize on CUDA context: CUDA_ERROR_LAUNCH_FAILED: unspecified launch failure ::\n"
            "2019-02-19 12:32:46.849082: F tensorflow/core/common_runtime/gpu/gpu_event_mgr.cc:274] "
            "Unexpected Event status: 1\nAborted (core dumped)\n",
        ),
        (
            "rocm-no-code",
            "2020-09-09 18:55:30.801592: I tensorflow/stream_executor/platform/default/dso_loader.cc:48] "
            "Successfully opened dynamic library libamdhip64.so\n/src/external/hip-on-vdi/rocclr/"
            "hip_code_object.cpp:92: guarantee(false && \"hipErrorNoBinaryForGpu: Coudn't find binary for "
            'current devices!")\nAborted (core dumped)\n',
        ),
        (
            "cdi-device-unknown",
            "docker: Error response from daemon: failed to create task for container: failed to create "
            "shim task: OCI runtime create failed: could not apply required modification to OCI "
            "specification: error modifying OCI spec: failed to inject CDI devices: unresolvable CDI "
            "devices runtime.nvidia.com/gpu=all: unknown\n",
        ),
        (
            "keras-newer-than-its-tensorflow",
            f"{TRACEBACK}    @tf.__internal__.dispatch.add_dispatch_support\nAttributeError: module "
            "'tensorflow.compat.v2.__internal__' has no attribute 'dispatch'\n",
        ),
        (
            "torch-driver-state",
            "/opt/conda/lib/python3.9/site-packages/torch/cuda/__init__.py:83: UserWarning: CUDA "
            "initialization: Unexpected error from cudaGetDeviceCount(). Did you run some cuda functions "
            "before calling NumCudaDevices() that might have already set an error? Error 804: forward "
            "compatibility was attempted on non supported HW (Triggered internally at "
            "../c10/cuda/CUDAFunctions.cpp:109.)\n",
        ),
        (
            "torch-dll-missing",
            f"{TRACEBACK}OSError: [WinError 126] 找不到指定的模块。 Error loading "
            '"D:\\env\\Lib\\site-packages\\torch\\lib\\fbgemm.dll" or one of its dependencies.\n',
        ),
        (
            "metal-plugin-of-another-tensorflow",
            f"{TRACEBACK}tensorflow.python.framework.errors_impl.NotFoundError: dlopen(/e/lib/python3.11/"
            "site-packages/tensorflow-plugins/libmetal_plugin.dylib, 0x0006): Symbol not found: "
            "__ZN10tensorflow16TensorShapeProtoC1ERKS0_\n  Referenced from: <D2EF42E3> libmetal_plugin.dylib\n"
            "  Expected in: <FFFF> _pywrap_tensorflow_internal.so\n",
        ),
        (
            "jaxlib-wants-avx",
            f"{TRACEBACK}    cpu_feature_guard.check_cpu_features()\n    ~~~~~~~~~~~~~~~^^\n"
            "RuntimeError: This version of jaxlib was built using AVX instructions, which your CPU and/or "
            "operating system do not support.\n",
        ),
        (
            "container-toolkit-without-driver",
            "docker: Error response from daemon: failed to create shim task: OCI runtime create failed: "
            "runc create failed: error running hook #0: exit status 1, stdout: , stderr: Auto-detected "
            "mode as 'legacy'\nnvidia-container-cli: initialization error: load library failed: "
            "libnvidia-ml.so.1: cannot open shared object file: no such file or directory: unknown.\n",
        ),
        (
            "job-out-of-memory",
            "Epoch 3/10\n/var/spool/slurmd/job1234/slurm_script: line 9: 4242 Killed python train.py\n"
            "slurmstepd: error: Detected 1 oom_kill event in StepId=1234.batch. Some of the step tasks have "
            "been OOM Killed.\n",
        ),
    ],
)
def test_the_cause_of_what_people_report(expected: str, log: str) -> None:
    assert cause(log) == expected


def test_that_jax_finds_no_gpu_is_a_cause_where_one_is_wanted() -> None:
    log = (
        "INFO:jax._src.xla_bridge:Unable to initialize backend 'tpu': INTERNAL: no libtpu.so\n"
        "INFO:jax._src.xla_bridge:Unable to initialize backend 'cuda': FAILED_PRECONDITION: No "
        "visible GPU devices.\n"
    )
    assert cause(log) == ""
    found = explain(log, gpu=True)
    assert named(found) == "jax-cuda-not-there"
    assert ids(found.harmless) == ["jax-other-backend-not-there"]


def test_a_ptxas_that_is_older_than_the_gpu_but_not_needed() -> None:
    line = (
        "2021-02-27 01:33:49.415225: W external/org_tensorflow/tensorflow/stream_executor/gpu/"
        "asm_compiler.cc:235] Your CUDA software stack is old. We fallback to the NVIDIA driver for some "
        "compilation. Update your CUDA version to get the best performance. The ptxas error was: ptxas "
        "fatal   : Value 'sm_86' is not defined for option 'gpu-name'\n"
    )
    found = explain(line * 3)
    assert named(found) == ""
    assert ids(found.harmless) == ["ptxas-falls-back"]


@pytest.mark.parametrize(
    "line",
    [
        "Segmentation fault (core dumped)",
        "Fatal Python error: Segmentation fault",
        "./run.sh: line 3:  4242 Segmentation fault      (core dumped) python train.py",
        "zsh: segmentation fault  python train.py",
        "[node-3:4242] Signal: Segmentation fault (11)",
    ],
)
def test_how_a_crash_is_told(line: str) -> None:
    assert cause(line + "\n") == "segmentation-fault"


def test_a_crash_that_is_only_spoken_of() -> None:
    assert cause("* Fix a segmentation fault on musl Linux\n") == ""
    assert cause("* Fixed: segmentation fault on Windows\n") == ""
