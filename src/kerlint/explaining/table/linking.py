"""Compiled libraries that do not fit together in one process."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

_MUSL = "The wheel was built for glibc, and this system has musl (Alpine)."
_NO_ALPINE = (
    "Use an image with glibc, such as python:3.12-slim. No framework publishes wheels for musl."
)
_TAGS = "https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/"

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
        pattern=r"(?P<library>(?!_pywrap_tensorflow)[\w.-]+\.so): undefined symbol: _ZNK?(?:\d+tensorflow|3tsl|"
        r"6tflite)",
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
    M(
        id="torch-dll-missing",
        kind="cause",
        has="Error loading ",
        pattern=r"\[WinError (?:126|127|182|1114)\].*[\\/](?P<library>[\w.-]+\.dll)",
        example="OSError: [WinError 126] The specified module could not be found. Error loading "
        '"C:\\env\\Lib\\site-packages\\torch\\lib\\fbgemm.dll" or one of its dependencies.',
        says="Windows could not load {library}, or a library that it needs: the Visual C++ runtime (with "
        "libomp140) is missing or old, or DLLs of conda and pip are mixed.",
        cure="Install the current Visual C++ redistributable (x64) and torch again in a fresh environment; "
        "torch 2.4.0 needed libomp140, later ones bring it.",
        source="https://github.com/pytorch/pytorch/issues/131662",
        codes=("KER651",),
        stops=True,
    ),
    M(
        id="library-of-the-desktop-missing",
        kind="cause",
        has="cannot open shared object file",
        pattern=r"(?P<library>lib(?:GL|gthread-2\.0|SM|Xext|Xrender)\.so[.\d]*): cannot open shared object file",
        example="ImportError: libGL.so.1: cannot open shared object file: No such file or directory",
        says="OpenCV needs {library} of a desktop, which containers and servers do not have.",
        cure="Install opencv-python-headless instead of opencv-python; else apt-get install libgl1 "
        "libglib2.0-0.",
        source="https://github.com/opencv/opencv-python/blob/4.x/README.md",
        stops=True,
    ),
    M(
        id="glibc-on-alpine",
        kind="cause",
        has="Error loading shared library ld-linux",
        example="ImportError: Error loading shared library ld-linux-x86-64.so.2: No such file or directory "
        "(needed by /env/lib/python3.11/site-packages/tensorflow/libtensorflow_framework.so.2)",
        says=_MUSL,
        cure=_NO_ALPINE,
        source=_TAGS,
        codes=("KER619",),
        stops=True,
    ),
    M(
        id="symbol-of-glibc-on-alpine",
        kind="cause",
        has="Error relocating ",
        pattern=r"Error relocating \S+: \S+: symbol not found",
        example="ImportError: Error relocating /env/lib/python3.11/site-packages/numpy/core/"
        "_multiarray_umath.so: __memcpy_chk: symbol not found",
        says=_MUSL,
        cure=_NO_ALPINE,
        source=_TAGS,
        codes=("KER619",),
        stops=True,
    ),
    M(
        id="cuda-dll-missing",
        kind="cause",
        has="TensorFlow requires that this DLL be",
        pattern=r"Could not find '(?P<library>(?:cudart|cudnn|nvcuda|cublas)\w*\.dll)'",
        example="ImportError: Could not find 'cudart64_100.dll'. TensorFlow requires that this DLL be "
        "installed in a directory that is named in your %PATH% environment variable.",
        says="This TensorFlow for GPUs needs {library} of CUDA, which is not on the PATH.",
        cure="Install the CUDA and cuDNN of this TensorFlow, or tensorflow-cpu. From 2.11 on there is no "
        "build for GPUs on Windows: WSL 2 has one.",
        source="https://github.com/tensorflow/tensorflow/blob/v1.15.5/tensorflow/python/platform/self_check.py",
        codes=("KER721",),
        stops=True,
    ),
)
