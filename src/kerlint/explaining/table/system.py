"""What the machine and its system libraries say."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

MESSAGES = (
    M(
        id="illegal-instruction",
        kind="cause",
        has="llegal instruction",
        example="Illegal instruction (core dumped)",
        says="The processor (or the virtual machine's) lacks instructions that the build uses: AVX, "
        "for TensorFlow 1.6 and newer.",
        cure="Let the virtual machine pass the host's processor through; else a build without AVX, "
        "or another machine.",
        source="https://github.com/tensorflow/tensorflow/issues/17411",
        codes=("KER652",),
        stops=True,
    ),
    M(
        id="segmentation-fault",
        kind="cause",
        has="egmentation fault",
        example="Fatal Python error: Segmentation fault",
        says="A compiled library crashed: two that do not fit (a plugin of another version, another "
        "protobuf or NumPy), or a driver. The stack after it names the module.",
        cure="`kerlint --probe` starts each framework alone and says which one it is.",
        source="https://docs.python.org/3/library/faulthandler.html",
        codes=("KER652",),
        stops=True,
    ),
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
        id="dll-load-failed",
        kind="cause",
        has="DLL load failed while importing ",
        pattern=r"importing (?P<module>\w+)",
        example="ImportError: DLL load failed while importing _pywrap_tensorflow_internal: A dynamic "
        "link library (DLL) initialization routine failed.",
        says="Windows could not load {module}: the Visual C++ runtime is missing or old, the "
        "processor lacks AVX, or DLLs of conda and pip are mixed.",
        cure="Install the current Visual C++ redistributable (x64), restart, and use one fresh "
        "environment.",
        source="https://github.com/tensorflow/tensorflow/issues/91321",
        codes=("KER651",),
        stops=True,
    ),
    M(
        id="native-runtime-failed",
        kind="follower",
        has="Failed to load the native TensorFlow runtime.",
        example="Failed to load the native TensorFlow runtime.",
        says="TensorFlow's compiled part could not be loaded; the error before says why.",
        cure="Look at the ImportError above it.",
        source="https://www.tensorflow.org/install/errors",
        codes=("KER651",),
        stops=True,
        follows=("dll-load-failed", "glibc-too-old", "libstdcxx-too-old", "gpu-library-not-opened"),
    ),
    M(
        id="libstdcxx-too-old",
        kind="cause",
        has="GLIBCXX_",
        pattern=r"version `(?P<version>GLIBCXX_[\d.]+)' not found",
        example="ImportError: /opt/conda/bin/../lib/libstdc++.so.6: version `GLIBCXX_3.4.30' not found "
        "(required by /env/lib/python3.11/site-packages/tensorflow/python/"
        "_pywrap_tensorflow_internal.so)",
        says="The libstdc++ that was loaded (the path before says whose) has no {version}.",
        cure="With conda: conda install -c conda-forge libstdcxx-ng; else a newer system, or take "
        "the old one off LD_LIBRARY_PATH.",
        source="https://github.com/tensorflow/tensorflow/issues/56562",
        codes=("KER651",),
        stops=True,
    ),
    M(
        id="glibc-too-old",
        kind="cause",
        has="GLIBC_",
        pattern=r"version `(?P<version>GLIBC_[\d.]+)' not found",
        example="ImportError: /lib/x86_64-linux-gnu/libm.so.6: version `GLIBC_2.29' not found (required "
        "by /env/lib/python3.8/site-packages/tensorflow/python/_pywrap_tensorflow_internal.so)",
        says="The system's C library is older than the wheel needs ({version}).",
        cure="A newer system or container image; pip alone chooses wheels that fit, so this one was "
        "copied or forced.",
        source="https://github.com/davidenunes/tensorflow-wheels/issues/13",
        codes=("KER651",),
        stops=True,
    ),
)
