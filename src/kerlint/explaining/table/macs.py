"""What is particular to Macs: Metal, and libraries that do not bear each other."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

_ABSL = "https://github.com/tensorflow/tensorflow/issues/99464"
_TWO_LIBRARIES = (
    "Two libraries of one process bring the same code (TensorFlow 2.20, and pyarrow, tokenizers or "
    "another with its own Abseil or protobuf), and one uses the locks of the other."
)
_TAKE_OLDER = (
    "python -m pip install 'tensorflow<2.20', or leave out the other library: `pip list` shows pyarrow, "
    "tokenizers, tink; importing TensorFlow first helps some."
)

MESSAGES = (
    M(
        id="metal-command-buffer",
        kind="cause",
        has="command buffer exited with error status",
        example="Error: command buffer exited with error status.",
        says="The Mac's GPU gave up a piece of work of tensorflow-metal, and the program goes on with "
        "numbers that were not computed: what it learns from then on is wrong.",
        cure='Smaller batches; train on the CPU (tf.config.set_visible_devices([], "GPU")), which is '
        "right and often as fast; or Keras on torch.",
        source="https://github.com/apple/tensorflow_macos/issues/202",
        codes=("KER741",),
    ),
    M(
        id="metal-detail",
        kind="follower",
        has="The Metal Performance Shaders operations encoded on it may not have completed",
        example="The Metal Performance Shaders operations encoded on it may not have completed.",
        says="It belongs to the line before: the GPU did not finish a piece of work.",
        cure="See the line before.",
        source="https://github.com/tensorflow/tensorflow/issues/57058",
        follows=("metal-command-buffer",),
    ),
    M(
        id="mutex-of-another-library",
        kind="cause",
        has="mutex lock failed: Invalid argument",
        example="libc++abi: terminating due to uncaught exception of type std::__1::system_error: mutex "
        "lock failed: Invalid argument",
        says=_TWO_LIBRARIES,
        cure=_TAKE_OLDER,
        source="https://github.com/tensorflow/tensorflow/issues/105870",
        codes=("KER652",),
        stops=True,
    ),
    M(
        id="mutex-waits-for-ever",
        kind="cause",
        has="RAW: Lock blocking",
        example="[mutex.cc : 452] RAW: Lock blocking 0x600000968138   @",
        says=f"The program hangs for ever. {_TWO_LIBRARIES}",
        cure=_TAKE_OLDER,
        source=_ABSL,
        codes=("KER653",),
        stops=True,
    ),
    M(
        id="mac-memory-not-allocated",
        kind="cause",
        has="pointer being freed was not allocated",
        example="Python(4242,0x1f0000000) malloc: *** error for object 0x315008234: pointer being freed "
        "was not allocated",
        says="Two libraries that do not fit each other share a process: often tensorflow-metal under a "
        "TensorFlow that it was not made for.",
        cure="python -m pip uninstall tensorflow-metal, or the versions that Apple names together.",
        source="https://github.com/tensorflow/tensorflow/issues/83371",
        codes=("KER652",),
        stops=True,
    ),
    M(
        id="mps-without-float64",
        kind="cause",
        has="the MPS framework doesn't support float64",
        example="TypeError: Cannot convert a MPS Tensor to float64 dtype as the MPS framework doesn't "
        "support float64. Please use float32 instead.",
        says="The Mac's GPU computes with float32 at most, and NumPy makes float64.",
        cure='x.astype("float32") before Keras sees it; KERAS_TORCH_DEVICE=cpu keeps Keras on the CPU.',
        source="https://github.com/keras-team/keras/issues/23700",
        stops=True,
    ),
    M(
        id="mps-operation-missing",
        kind="cause",
        has="currently implemented for the MPS device",
        pattern=r"The operator '(?P<name>[\w:.]+)' is not currently implemented",
        example="NotImplementedError: The operator 'aten::_linalg_eigh.eigenvalues' is not currently "
        "implemented for the MPS device. If you want this op to be considered for addition please comment",
        says="torch has no {name} for the Mac's GPU.",
        cure="PYTORCH_ENABLE_MPS_FALLBACK=1 before the start computes it on the CPU.",
        source="https://docs.pytorch.org/docs/stable/mps_environment_variables.html",
        stops=True,
    ),
    M(
        id="mps-not-there",
        kind="cause",
        has="from the 'MPS' backend",
        pattern=r"Could not run '(?P<name>[\w:.]+)' with arguments from the 'MPS' backend",
        example="NotImplementedError: Could not run 'aten::empty.memory_format' with arguments from the "
        "'MPS' backend. This could be because the operator doesn't exist for this backend, or was omitted",
        says="This torch cannot use a Mac's GPU: it was built without, or this is no Mac.",
        cure='Ask torch.backends.mps.is_available() before; on another machine "cuda" or "cpu".',
        source="https://docs.pytorch.org/docs/stable/notes/mps.html",
        stops=True,
    ),
    M(
        id="mps-out-of-memory",
        kind="cause",
        has="MPS backend out of memory",
        example="RuntimeError: MPS backend out of memory (MPS allocated: 8.74 GB, other allocations: 8.86 "
        "GB, max allowed: 18.13 GB). Tried to allocate 563.62 MB on private pool.",
        says="The memory that the Mac's GPU may use is full.",
        cure="Smaller batches, other programs closed. PYTORCH_MPS_HIGH_WATERMARK_RATIO=0.0 lifts the limit "
        "and may stop the whole machine.",
        source="https://docs.pytorch.org/docs/stable/mps_environment_variables.html",
        codes=("KER712",),
        stops=True,
    ),
)
