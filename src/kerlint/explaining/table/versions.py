"""Versions of NumPy, protobuf, h5py and their like that do not fit."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

MESSAGES = (
    M(
        id="compiled-for-numpy-1",
        kind="cause",
        has="A module that was compiled using NumPy 1.x cannot be run in",
        example="A module that was compiled using NumPy 1.x cannot be run in",
        says="A package was built for NumPy 1, and NumPy 2 is installed. TensorFlow before 2.18 is "
        "one of them.",
        cure="Install numpy<2, or raise the package (TensorFlow 2.18 and newer take NumPy 2).",
        source="https://numpy.org/devdocs/user/troubleshooting-importerror.html",
        codes=("KER403", "KER619"),
    ),
    M(
        id="array-api-missing",
        kind="follower",
        has="AttributeError: _ARRAY_API not found",
        example="AttributeError: _ARRAY_API not found",
        says="A package that was built for NumPy 1 looked for something in NumPy 2.",
        cure="Install numpy<2, or raise the package.",
        source="https://github.com/tensorflow/tensorflow/issues/90245",
        codes=("KER619",),
        follows=("compiled-for-numpy-1",),
    ),
    M(
        id="numpy-umath-failed",
        kind="follower",
        has="failed to import",
        pattern=r"numpy\.core\.(?:umath|multiarray|_multiarray_umath) failed to import",
        example="ImportError: numpy.core.umath failed to import",
        says="A package that was built for another NumPy could not be loaded; NumPy itself is fine.",
        cure="Install numpy<2, or raise the package that the traceback names; with an old ml_dtypes "
        "raise that.",
        source="https://numpy.org/devdocs/user/troubleshooting-importerror.html",
        codes=("KER619", "KER403"),
        stops=True,
        follows=("compiled-for-numpy-1", "array-api-missing"),
    ),
    M(
        id="numpy-2-under-old-tensorflow",
        kind="cause",
        has="Unable to convert function return value to a Python type! The signature was",
        example="TypeError: Unable to convert function return value to a Python type! The signature "
        "was",
        says="TensorFlow 2.10 and older with NumPy 2, which its requirements do not exclude.",
        cure="Install numpy<2.",
        source="https://github.com/tensorflow/tensorflow/issues/98406",
        codes=("KER407", "KER403"),
        stops=True,
    ),
    M(
        id="numpy-dtype-size",
        kind="cause",
        has="numpy.dtype size changed, may indicate binary incompatibility",
        example="ValueError: numpy.dtype size changed, may indicate binary incompatibility. Expected "
        "96 from C header, got 88 from PyObject",
        says="A compiled package (h5py, pandas, scikit-learn ...) was built for another NumPy.",
        cure="Raise or reinstall the package that the traceback names, so that it fits the NumPy.",
        source="https://github.com/CameronBodine/PINGMapper/issues/123",
        codes=("KER619",),
        stops=True,
    ),
    M(
        id="numpy-alias-gone",
        kind="cause",
        has="AttributeError: module 'numpy' has no attribute '",
        pattern=r"attribute '(?P<name>object|bool|int|float|complex|str|typeDict|float_|complex_|unicode_|NaN|Inf)'",
        example="AttributeError: module 'numpy' has no attribute 'object'.",
        says="`numpy.{name}` is gone (from NumPy 1.24 or 2.0 on), and an old package still asks "
        "for it.",
        cure="Raise the package that the traceback names, or install numpy<1.24 (numpy<2 for "
        "float_, NaN and their like).",
        source="https://numpy.org/doc/stable/release/1.24.0-notes.html",
        codes=("KER403",),
        stops=True,
    ),
    M(
        id="protobuf-descriptors",
        kind="cause",
        has="be created directly.",
        pattern=r"Descriptors can(?:not not|not) be created directly",
        example="TypeError: Descriptors cannot not be created directly.",
        says="The code of an old TensorFlow (or another package) was generated for protobuf 3, and "
        "protobuf 4 or newer is installed.",
        cure="Install the protobuf that TensorFlow requires (protobuf<3.21 for old ones).",
        source="https://github.com/tensorflow/tensorflow/issues/56266",
        codes=("KER403", "KER611"),
        stops=True,
    ),
    M(
        id="protobuf-message-types",
        kind="cause",
        has="'NoneType' object has no attribute 'message_types_by_name'",
        example="AttributeError: 'NoneType' object has no attribute 'message_types_by_name'",
        says="protobuf does not fit the generated code of TensorFlow.",
        cure="Install the protobuf that TensorFlow requires.",
        source="https://github.com/protocolbuffers/protobuf/issues/10075",
        codes=("KER403", "KER611"),
        stops=True,
    ),
    M(
        id="protobuf-get-prototype",
        kind="cause",
        has="'MessageFactory' object has no attribute 'GetPrototype'",
        example="AttributeError: 'MessageFactory' object has no attribute 'GetPrototype'",
        says="protobuf 6 or newer under a TensorFlow that was made for an older one. It often only "
        "prints this and works; still the combination is not one that TensorFlow allows.",
        cure="Install the protobuf that TensorFlow requires (protobuf<5 for 2.15, <6 for 2.18).",
        source="https://github.com/tensorflow/tensorflow/issues/98980",
        codes=("KER611",),
    ),
    M(
        id="protobuf-gencode",
        kind="cause",
        has="Protobuf Gencode/Runtime ",
        pattern=r"Detected (?:incompatible|mismatched) .*gencode (?P<code>[\d.]+\d) runtime (?P<runtime>[\d.]+\d)",
        example="google.protobuf.runtime_version.VersionError: Detected incompatible Protobuf "
        "Gencode/Runtime versions when loading tensorflow/core/framework/types.proto: gencode "
        "6.31.1 runtime 5.29.5. Runtime version cannot be older than the linked gencode version.",
        says="protobuf {runtime} is installed, and TensorFlow's code was generated by {code}.",
        cure="Install protobuf>={code}, of the same major version or the next.",
        source="https://protobuf.dev/support/cross-version-runtime-guarantee/",
        codes=("KER611",),
        stops=True,
    ),
    M(
        id="protobuf-runtime-version-missing",
        kind="cause",
        has="cannot import name 'runtime_version' from 'google.protobuf'",
        example="ImportError: cannot import name 'runtime_version' from 'google.protobuf' "
        "(/env/lib/python3.11/site-packages/google/protobuf/__init__.py)",
        says="protobuf is older than 5.26, and the generated code of TensorFlow is newer.",
        cure="Raise protobuf to what TensorFlow requires.",
        source="https://github.com/tensorflow/tensorflow/issues/109469",
        codes=("KER611",),
        stops=True,
    ),
    M(
        id="protobuf-one-major-older",
        kind="harmless",
        has="is exactly one major version older than the runtime version",
        example="UserWarning: Protobuf gencode version 5.28.3 is exactly one major version older than "
        "the runtime version 6.31.1 at tensorflow/core/framework/attr_value.proto. Please update "
        "the gencode to avoid compatibility violations in the next runtime release.",
        says="A notice to the makers of the package: one major version apart still works.",
        cure="",
        source="https://protobuf.dev/support/cross-version-runtime-guarantee/",
    ),
    M(
        id="h5py-decode",
        kind="cause",
        has="AttributeError: 'str' object has no attribute 'decode'",
        example="AttributeError: 'str' object has no attribute 'decode'",
        says="Keras 2.3 or TensorFlow 2.3 and older read a file with h5py 3, which gives str where "
        "they expect bytes.",
        cure="Raise TensorFlow, or install h5py<3.",
        source="https://github.com/matterport/Mask_RCNN/issues/2594",
        codes=("KER403",),
        stops=True,
    ),
    M(
        id="typing-extensions-too-old",
        kind="cause",
        has="from 'typing_extensions'",
        pattern=r"cannot import name '(?P<name>\w+)' from 'typing_extensions'",
        example="ImportError: cannot import name 'ParamSpec' from 'typing_extensions' "
        "(/env/lib/python3.9/site-packages/typing_extensions.py)",
        says="typing_extensions is too old for a package that wants {name}; TensorFlow 2.5 and 2.6 "
        "hold it back.",
        cure="Raise typing_extensions, and TensorFlow if it forbids that.",
        source="https://github.com/pyapp-kit/superqt/issues/45",
        codes=("KER611",),
        stops=True,
    ),
    M(
        id="ml-dtypes-too-old",
        kind="cause",
        has="module 'ml_dtypes' has no attribute '",
        pattern=r"has no attribute '(?P<name>\w+)'",
        example="AttributeError: module 'ml_dtypes' has no attribute 'float8_e4m3b11'",
        says="ml_dtypes does not have `{name}`: it is older (or much newer) than TensorFlow, JAX or "
        "onnx expect.",
        cure="Install the ml_dtypes that the package of the traceback requires.",
        source="https://github.com/jax-ml/jax/issues/17693",
        codes=("KER611",),
        stops=True,
    ),
    M(
        id="standard-module-gone",
        kind="cause",
        has="ModuleNotFoundError: No module named '",
        pattern=r"No module named '(?P<name>distutils|imp|pkg_resources|asynchat|cgi)(?:\.\w+)?'",
        example="ModuleNotFoundError: No module named 'distutils'",
        says="`{name}` is no longer there: Python 3.12 dropped distutils and imp, setuptools 82 "
        "pkg_resources. The package that asks is older than that.",
        cure="Raise that package (TensorFlow 2.16 is the first for Python 3.12), or use an older "
        "Python.",
        source="https://docs.python.org/3/whatsnew/3.12.html#removed",
        codes=("KER408",),
        stops=True,
    ),
)
