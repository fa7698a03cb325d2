"""What the machine and its system libraries say."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

MESSAGES = (
    M(
        id="illegal-instruction",
        kind="cause",
        has="llegal ",
        pattern=r"llegal (?:hardware )?instruction",
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
        pattern=r"(?:^|: |\d\s+)[Ss]egmentation fault(?! (?:in|on|when|if|due|with|that|while|for)\b)",
        example="Fatal Python error: Segmentation fault",
        says="A compiled library crashed: two that do not fit (a plugin of another version, another "
        "protobuf or NumPy), or a driver. The stack after it names the module.",
        cure="`kerlint --probe` starts each framework alone and says which one it is.",
        source="https://docs.python.org/3/library/faulthandler.html",
        codes=("KER652",),
        stops=True,
    ),
    M(
        id="dll-load-failed",
        kind="cause",
        has="DLL load failed",
        pattern=r"DLL load failed(?: while importing (?P<module>\w+))?:",
        example="ImportError: DLL load failed while importing _pywrap_tensorflow_internal: A dynamic "
        "link library (DLL) initialization routine failed.",
        says="Windows could not load a library ({module}): the Visual C++ runtime is missing or old, the "
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
        has="libstdc++",
        pattern=r"version `(?P<version>(?:GLIBCXX|CXXABI)_[\d.]+)' not found",
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
    M(
        id="instructions-missing",
        kind="cause",
        has="was compiled to use ",
        pattern=r"TensorFlow library was compiled to use (?P<names>[\w., ]+?) instructions",
        example="2019-01-01 10:00:00.000000: F tensorflow/core/platform/cpu_feature_guard.cc:37] The "
        "TensorFlow library was compiled to use AVX instructions, but these aren't available on your "
        "machine.",
        says="The processor (or the virtual machine's) has no {names}, and this build needs it.",
        cure="Let the virtual machine pass the host's processor through; else a build without it, or "
        "another machine.",
        source="https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/core/platform/cpu_feature_guard.cc",
        codes=("KER652",),
        stops=True,
    ),
    M(
        id="bus-error",
        kind="cause",
        has="us error",
        pattern=r"\b[Bb]us error\b",
        example="Bus error (core dumped)",
        says="Memory that a file stands behind is gone. In a container it is most often /dev/shm, "
        "which has 64 MB there and is full; else a full disk.",
        cure="docker run --shm-size=2g ... (or --ipc=host), fewer workers that load data.",
        source="https://docs.docker.com/engine/containers/run/",
        codes=("KER652",),
        stops=True,
    ),
    M(
        id="disk-full",
        kind="cause",
        has="No space left on device",
        example="OSError: [Errno 28] No space left on device",
        says="The disk is full, or the part of it that this program writes to: /tmp, the home, "
        "/dev/shm in a container.",
        cure="df -h shows which; point TMPDIR (or KERAS_HOME, the cache) to another one.",
        source="https://docs.python.org/3/library/errno.html#errno.ENOSPC",
        stops=True,
    ),
)
