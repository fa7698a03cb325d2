"""Compiled libraries that do not fit together in one process."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

MESSAGES = (
    M(
        id="llvm-twice",
        kind="cause",
        has="CommandLine Error: Option '",
        pattern=r"Option '(?P<option>[\w-]+)' registered more than once",
        example=": CommandLine Error: Option 'bitcode-mdindex-threshold' registered more than once!",
        says="Two libraries of this process bring a copy of LLVM each, and both register the option "
        "{option}. TensorFlow brings one; another is triton, which comes with torch for Linux and is "
        "imported by Keras on torch, by torch.compile and by torch._dynamo.",
        cure="Import the other one before TensorFlow: with the backend torch `import keras` first, "
        "else `import triton`. Or uninstall triton where nothing is compiled by torch, or keep "
        "TensorFlow and torch in environments of their own.",
        source="https://github.com/pytorch/pytorch/issues/90166",
        codes=("KER652",),
        stops=True,
    ),
    M(
        id="llvm-inconsistent",
        kind="follower",
        has="LLVM ERROR: inconsistency in registered CommandLine options",
        example="LLVM ERROR: inconsistency in registered CommandLine options",
        says="LLVM ends the process, since a second copy of it was loaded. The line before says "
        "which option both register.",
        cure="Look at the imports: TensorFlow after triton (and what imports it) works.",
        source="https://github.com/tensorflow/tensorflow/issues/62678",
        codes=("KER652",),
        stops=True,
        follows=("llvm-twice",),
    ),
    M(
        id="openmp-twice",
        kind="cause",
        has="Error #15: Initializing ",
        pattern=r"Initializing (?P<second>[\w.]+), but found (?P<first>[\w.]+) already initialized",
        example="OMP: Error #15: Initializing libiomp5md.dll, but found libiomp5 already initialized.",
        says="Two copies of the OpenMP runtime ({first} and {second}) are in this process: usually "
        "packages of conda and pip mixed, or an installation over an old one.",
        cure="Make a fresh environment with packages of one source. KMP_DUPLICATE_LIB_OK=TRUE only "
        "hides it, and may give wrong results.",
        source="https://github.com/conda/conda-build/issues/4715",
        codes=("KER652", "KER647"),
        stops=True,
    ),
    M(
        id="static-tls",
        kind="cause",
        has="cannot allocate memory in static TLS block",
        pattern=r"(?P<library>[\w.+-]+): cannot allocate memory in static TLS block",
        example="ImportError: /usr/lib/aarch64-linux-gnu/libgomp.so.1: cannot allocate memory in static "
        "TLS block",
        says="{library} came too late: what was imported before it has used up the place that a "
        "process has for such libraries.",
        cure="Import what needs it first (often scikit-learn or OpenCV before TensorFlow), or start "
        "with LD_PRELOAD set to that file.",
        source="https://github.com/keras-team/keras-tuner/issues/317",
        codes=("KER651",),
        stops=True,
    ),
    M(
        id="operations-of-another-tensorflow",
        kind="cause",
        has="undefined symbol: _Z",
        pattern=r"(?P<library>[\w.-]+\.so): undefined symbol: _ZNK?(?:\d+tensorflow|3tsl|6tflite)",
        example="tensorflow.python.framework.errors_impl.NotFoundError: /env/lib/python3.10/"
        "site-packages/tensorflow_text/python/ops/_regex_split_ops.so: undefined symbol: "
        "_ZN3tsl5mutexC1Ev",
        says="{library} was compiled for another version of TensorFlow: its package must be of the "
        "same minor version.",
        cure="Install the two in one command, e.g. pip install 'tensorflow==2.19.*' "
        "'tensorflow-text==2.19.*'; what you compiled yourself, compile again.",
        source="https://github.com/tensorflow/text/issues/961",
        codes=("KER611",),
        stops=True,
    ),
    M(
        id="dll-of-visual-c-missing",
        kind="cause",
        has="Could not find the DLL(s) ",
        pattern=r"DLL\(s\) '?(?P<names>[\w. ,'or]+?)'?\. TensorFlow requires",
        example="ImportError: Could not find the DLL(s) 'msvcp140_1.dll'. TensorFlow requires that "
        "these DLLs be installed in a directory that is named in your %PATH% environment variable.",
        says="The Visual C++ runtime is missing or too old ({names}).",
        cure="Install the current Visual C++ redistributable (x64).",
        source="https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/python/platform/self_check.py",
        codes=("KER651",),
        stops=True,
    ),
    M(
        id="mkl-too-new",
        kind="cause",
        has="undefined symbol: iJIT_",
        example="ImportError: /env/lib/python3.8/site-packages/torch/lib/libtorch_cpu.so: undefined symbol: "
        "iJIT_NotifyEvent",
        says="This torch of conda was built for MKL 2024.0 and older; a newer MKL is installed.",
        cure="conda install mkl==2024.0, or the wheels of torch by pip in an environment of their own.",
        source="https://github.com/yoraish/mmd/issues/3",
        codes=("KER651",),
        stops=True,
    ),
)
