"""Wheels that were built for another TensorFlow, system or processor, and those that are missing."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

MESSAGES = (
    M(
        id="operations-of-another-tensorflow-on-a-mac",
        kind="cause",
        has="dlopen(",
        pattern=r"dlopen\((?!.*libmetal_plugin)\S*?(?P<library>[\w.-]+\.so), .*(?:Library not loaded: "
        r"\S*libtensorflow_framework|ymbol not found: \(?_+ZNK?(?:\d+tensorflow|3tsl))",
        example="tensorflow.python.framework.errors_impl.NotFoundError: dlopen(/env/lib/python3.7/"
        "site-packages/tensorflow_text/python/ops/_constrained_sequence_op.so, 6): Library not loaded: "
        "@rpath/libtensorflow_framework.1.dylib",
        says="{library} was compiled for another version of TensorFlow: its package must be of the same "
        "minor version.",
        cure="Install the two in one command, e.g. pip install 'tensorflow==2.19.*' "
        "'tensorflow-text==2.19.*'; what you compiled yourself, compile again.",
        source="https://github.com/tensorflow/text/issues/97",
        codes=("KER611",),
        stops=True,
    ),
    M(
        id="macos-too-old",
        kind="cause",
        has="dlopen(",
        pattern=r"dlopen\((?!.*libmetal_plugin).*ymbol not found: \(?_(?!_ZN)(?P<symbol>\w+)",
        example="ImportError: dlopen(/env/lib/python3.7/site-packages/tensorflow/python/"
        "_pywrap_tensorflow_internal.so, 6): Symbol not found: _SecKeyCopyExternalRepresentation",
        says="This macOS has no `{symbol}`: it is older than the one that the wheel was built for.",
        cure="Update macOS, or install a version whose wheels are for this one.",
        source="https://github.com/tensorflow/tensorflow/issues/36945",
        codes=("KER619",),
        stops=True,
    ),
    M(
        id="dll-with-other-instructions",
        kind="cause",
        has="DLL load failed with error code",
        pattern=r"error code (?:-1073741795|3221225501)",
        example="ImportError: DLL load failed with error code 3221225501",
        says="The processor lacks instructions that the build uses (0xC000001D, an illegal instruction): "
        "AVX, for TensorFlow 1.6 and newer.",
        cure="Let the virtual machine pass the host's processor through; else another machine.",
        source="https://github.com/tensorflow/tensorflow/issues/32109",
        codes=("KER652",),
        stops=True,
    ),
    M(
        id="invalid-opcode",
        kind="cause",
        has="trap invalid opcode",
        pattern=r"trap invalid opcode .* in (?P<library>[\w.+-]+)\[",
        example="Dec 17 19:30:06 node-3 kernel: traps: python[193520] trap invalid opcode ip:7fd16f267c48 "
        "sp:7ffd11713f50 error:0 in libtensorflow_framework.so.2[7fd16e4e0000+1c55000]",
        says="The processor (or the virtual machine's) lacks an instruction that {library} uses.",
        cure="Let the virtual machine pass the host's processor through; else a build without AVX, or "
        "another machine.",
        source="https://github.com/tensorflow/tensorflow/issues/45744",
        codes=("KER652",),
        stops=True,
    ),
    M(
        id="required-package-missing",
        kind="cause",
        has="` package. Please install ",
        pattern=r"requires the `(?P<package>[\w-]+)` package",
        example="ImportError: WordPieceTokenizer requires the `tensorflow-text` package. Please install "
        "with `pip install tensorflow-text`.",
        says="{package} is not installed, or its import fails.",
        cure="python -m pip install {package} in this environment (tensorflow-text in TensorFlow's minor "
        "version), then import it alone to see whether that works.",
        source="https://github.com/keras-team/keras-hub/issues/1417",
        stops=True,
    ),
    M(
        id="inside-of-another-tensorflow",
        kind="cause",
        has="No module named 'tensorflow.",
        pattern=r"No module named '(?P<module>tensorflow\.(?:core|python)\.(?!keras\b)[\w.]+)'",
        example="ModuleNotFoundError: No module named 'tensorflow.core.kernels'",
        says="This TensorFlow has no `{module}`, a part of its inside: the package that imports it is made "
        "for another version, or TensorFlow's files are not all there.",
        cure="Install both in one command and in one minor version; `kerlint --probe` compares the files.",
        source="https://github.com/tensorflow/text/issues/1053",
        codes=("KER611", "KER612"),
        stops=True,
    ),
    M(
        id="wheel-not-built",
        kind="cause",
        has="Failed building wheel for ",
        pattern=r"wheel for (?P<package>[\w.-]+)",
        example="  ERROR: Failed building wheel for h5py",
        says="There is no ready wheel of {package} for this Python and processor; pip tried to compile it, "
        "and that failed.",
        cure="Take a Python that has wheels (`python -V`; one or two versions below the newest), update pip, "
        "or let a newer {package} be chosen.",
        source="https://github.com/h5py/h5py/issues/2452",
        codes=("KER402",),
        stops=True,
    ),
)
