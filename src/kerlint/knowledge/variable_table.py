"""The environment variables around Keras: who reads each, when, and where that is written.

A row is either seen by running it (`seen`: what was run, by which versions, in the words of the
page `docs/order-matters.md`), or rests on the link alone. CPU only: that `CUDA_VISIBLE_DEVICES` is
read when the driver starts was seen with a stand-in for the driver's library, which says what it
finds when it is asked to start.
"""

from __future__ import annotations

_KERAS = "https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/config.py"
_KERAS_TORCH = "https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/torch/core.py"
_KERAS_SPREAD = (
    "https://github.com/keras-team/keras/blob/v3.15.1/keras/src/distribution/distribution_lib.py"
)
_LAZY = (
    "https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/python/util/lazy_loader.py"
)
_LOGGING = "https://github.com/openxla/xla/blob/main/xla/tsl/platform/default/logging.cc"
_ONEDNN = "https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/core/util/util.cc"
_JAX = "https://github.com/jax-ml/jax/blob/main/jax/_src/config.py"
_JAX_MEMORY = "https://docs.jax.dev/en/latest/gpu_memory_allocation.html"
_XLA = "https://docs.jax.dev/en/latest/xla_flags.html"
_CUDA = (
    "https://docs.nvidia.com/cuda/cuda-programming-guide/05-appendices/environment-variables.html"
)
_GROWTH = "https://www.tensorflow.org/guide/gpu#limiting_gpu_memory_growth"
_TORCH_MEMORY = "https://docs.pytorch.org/docs/stable/notes/cuda.html#optimizing-memory-usage-with-pytorch-cuda-alloc-conf"
_MODELS = (
    "https://github.com/qubvel/segmentation_models/blob/v1.0.1/segmentation_models/__init__.py"
)
_BERT = "https://github.com/bojone/bert4keras/blob/v0.11.5/bert4keras/backend.py"
_TRANSFORMERS = "https://github.com/huggingface/transformers/blob/v4.57.1/src/transformers/utils/import_utils.py"
_LOADER = "https://man7.org/linux/man-pages/man3/dlopen.3.html"
_HASH = "https://docs.python.org/3/using/cmdline.html#envvar-PYTHONHASHSEED"


class Variable:
    """One environment variable.

    `name`    of the variable
    `moment`  when it is read: `import` (while a module is imported), `use` (when devices start,
              or by the call named in `starts`), `start` (when the process starts)
    `python`  whether it is read through `os.environ`; else by compiled code, which sees what
              `os.putenv` does, too
    `late`    what happens when it is set later, a clause
    `source`  where it is read
    `seen`    what was run to see the moment, "" if nothing was
    `starts`  for `use`: the libraries whose devices read it when they start, or the calls that do
    """

    __slots__ = ("late", "moment", "name", "python", "seen", "source", "starts")

    def __init__(
        self,
        name: str,
        moment: str,
        late: str,
        source: str,
        seen: str = "",
        *,
        python: bool = False,
        starts: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.moment = moment
        self.late = late
        self.source = source
        self.seen = seen
        self.python = python
        self.starts = starts

    def __repr__(self) -> str:
        return f"<Variable {self.name} read at {self.moment}>"


VARIABLES: tuple[Variable, ...] = (
    Variable(
        "KERAS_BACKEND",
        "import",
        "Keras keeps the backend it has",
        _KERAS,
        "`keras.backend.backend()` with Keras 3.15.1 and 2.3.1",
        python=True,
    ),
    Variable(
        "KERAS_HOME",
        "import",
        "Keras has chosen the folder of its settings and downloads",
        _KERAS,
        "the folder that Keras 3.15.1 uses",
        python=True,
    ),
    Variable(
        "KERAS_MAX_EPOCHS",
        "import",
        "the number of epochs stays as it is",
        _KERAS,
        "`keras.config.max_epochs()` with Keras 3.15.1",
        python=True,
    ),
    Variable(
        "KERAS_MAX_STEPS_PER_EPOCH",
        "import",
        "the number of steps stays as it is",
        _KERAS,
        "`keras.config.max_steps_per_epoch()` with Keras 3.15.1",
        python=True,
    ),
    Variable(
        "KERAS_NNX_ENABLED",
        "import",
        "the layers of Keras are made without Flax NNX",
        _KERAS,
        "`keras.config.is_nnx_enabled()` with Keras 3.15.1 on JAX",
        python=True,
    ),
    Variable(
        "KERAS_TORCH_DEVICE",
        "import",
        "Keras keeps the device it has found",
        _KERAS_TORCH,
        "the device of a tensor with Keras 3.15.1 on PyTorch",
        python=True,
    ),
    *(
        Variable(
            f"KERAS_DISTRIBUTION_{name}",
            "use",
            "the processes have been connected without it",
            _KERAS_SPREAD,
            "what Keras 3.15.1 gives to the backend that is to connect",
            python=True,
            starts=("keras.distribution.initialize",),
        )
        for name in ("JOB_ADDRESSES", "NUM_PROCESSES", "PROCESS_ID")
    ),
    Variable(
        "TF_USE_LEGACY_KERAS",
        "import",
        "`tf.keras` and `tensorflow.keras` may now be different libraries",
        _LAZY,
        "the classes that both give with TensorFlow 2.21.0",
        python=True,
    ),
    Variable(
        "TF_CPP_MIN_LOG_LEVEL",
        "import",
        "TensorFlow goes on to log as before",
        _LOGGING,
        "the lines that TensorFlow 2.21.0 logs",
    ),
    Variable(
        "TF_ENABLE_ONEDNN_OPTS",
        "import",
        "TensorFlow has decided about oneDNN",
        _ONEDNN,
        "the lines that TensorFlow 2.21.0 logs",
    ),
    Variable(
        "JAX_PLATFORMS",
        "import",
        "JAX chooses its platform without it",
        _JAX,
        "`jax.devices()` with JAX 0.10.2",
        python=True,
    ),
    Variable(
        "JAX_ENABLE_X64",
        "import",
        "JAX keeps the precision it has",
        _JAX,
        "the dtype of `jnp.ones(1)` with JAX 0.10.2",
        python=True,
    ),
    Variable(
        "SM_FRAMEWORK",
        "import",
        "the library has chosen its Keras",
        _MODELS,
        "the Keras of segmentation-models 1.0.1",
        python=True,
    ),
    Variable(
        "TF_KERAS",
        "import",
        "the library has chosen its Keras",
        _BERT,
        "the Keras of bert4keras 0.11.5",
        python=True,
    ),
    Variable(
        "USE_TF",
        "import",
        "the library has chosen what it runs on",
        _TRANSFORMERS,
        "what transformers 4.57.1 says is available",
        python=True,
    ),
    Variable(
        "USE_TORCH",
        "import",
        "the library has chosen what it runs on",
        _TRANSFORMERS,
        "what transformers 4.57.1 says is available",
        python=True,
    ),
    Variable(
        "CUDA_VISIBLE_DEVICES",
        "use",
        "the GPUs that the process sees are settled",
        _CUDA,
        "when TensorFlow 2.21.0 asks a stand-in for the driver to start",
        starts=("tensorflow",),
    ),
    Variable(
        "XLA_FLAGS",
        "use",
        "XLA has read its flags",
        _XLA,
        "the number of devices with JAX 0.10.2",
        starts=("jax",),
    ),
    Variable(
        "XLA_PYTHON_CLIENT_PREALLOCATE",
        "use",
        "JAX has taken its memory",
        _JAX_MEMORY,
        python=True,
        starts=("jax",),
    ),
    Variable(
        "XLA_PYTHON_CLIENT_MEM_FRACTION",
        "use",
        "JAX has taken its memory",
        _JAX_MEMORY,
        python=True,
        starts=("jax",),
    ),
    Variable(
        "TF_FORCE_GPU_ALLOW_GROWTH",
        "use",
        "TensorFlow has set up its GPUs",
        _GROWTH,
        starts=("tensorflow",),
    ),
    Variable(
        "TF_GPU_ALLOCATOR",
        "use",
        "TensorFlow has set up its GPUs",
        _GROWTH,
        starts=("tensorflow",),
    ),
    Variable(
        "PYTORCH_CUDA_ALLOC_CONF",
        "use",
        "PyTorch has set up its memory",
        _TORCH_MEMORY,
    ),
    Variable(
        "LD_LIBRARY_PATH",
        "start",
        "the loader looks where it looked when Python started",
        _LOADER,
        "whether a library in that folder can be loaded",
    ),
    Variable(
        "PYTHONHASHSEED",
        "start",
        "the hashes of this process stay as they are",
        _HASH,
        "the hash of a string with Python 3.11",
    ),
)

BY_NAME: dict[str, Variable] = {variable.name: variable for variable in VARIABLES}

STARTS: dict[str, frozenset[str]] = {
    "jax": frozenset(
        {
            "jax.default_backend",
            "jax.device_count",
            "jax.device_put",
            "jax.devices",
            "jax.local_device_count",
            "jax.local_devices",
            "jax.numpy.array",
            "jax.numpy.ones",
            "jax.numpy.zeros",
            "jax.random.PRNGKey",
            "jax.random.key",
        }
    ),
    "tensorflow": frozenset(
        {
            "tensorflow.config.experimental.list_logical_devices",
            "tensorflow.config.experimental.list_physical_devices",
            "tensorflow.config.list_logical_devices",
            "tensorflow.config.list_physical_devices",
            "tensorflow.python.client.device_lib.list_local_devices",
            "tensorflow.test.gpu_device_name",
            "tensorflow.test.is_gpu_available",
        }
    ),
}
"""Calls after which the devices of a library have certainly started, by library.

Each was run before the variable was set, and the variable had no effect. Only calls that mean the
same wherever they stand: `tf.constant(1)` starts nothing in a graph, so it is not here.
"""
