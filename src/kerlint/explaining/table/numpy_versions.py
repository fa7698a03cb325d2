"""Versions of NumPy that do not fit."""

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
        follows=("numpy-older-than-built-for", "compiled-for-numpy-1", "array-api-missing"),
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
        has=" size changed, may indicate binary incompatibility",
        pattern=r"numpy\.(?:dtype|ndarray|ufunc) size changed",
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
        id="numpy-older-than-built-for",
        kind="cause",
        has="module compiled against A",
        pattern=r"module compiled against A[BP]I version (?P<built>\w+) but this version of numpy is (?P<found>\w+)",
        example="RuntimeError: module compiled against API version 0x10 but this version of numpy is 0xf",
        says="A compiled package, often TensorFlow itself, was built for a newer NumPy ({built}) than "
        "the one that is loaded ({found}). There may be two: of the system or the user, and of the "
        "environment.",
        cure="python -m pip install --upgrade numpy, within what TensorFlow admits; look at "
        "numpy.__file__ for the one that is loaded.",
        source="https://github.com/tensorflow/tensorflow/issues/57106",
        codes=("KER619", "KER611"),
    ),
    M(
        id="numpy-2-name-gone",
        kind="cause",
        has="was removed in the NumPy 2.0 release",
        pattern=r"`np\.(?P<name>\w+)` was removed",
        example="AttributeError: `np.float_` was removed in the NumPy 2.0 release. Use `np.float64` "
        "instead.",
        says="`numpy.{name}` is gone from NumPy 2.0 on, and an old package (or your code) still asks "
        "for it.",
        cure="Use the name that the message gives; raise the package that the traceback names, or "
        "install numpy<2.",
        source="https://numpy.org/doc/stable/release/2.0.0-notes.html",
        codes=("KER403",),
        stops=True,
    ),
    M(
        id="numpy-2-in-a-pickle",
        kind="cause",
        has="No module named 'numpy._core",
        example="ModuleNotFoundError: No module named 'numpy._core'",
        says="A file was pickled under NumPy 2 and is read under NumPy 1, or a package was built for "
        "NumPy 2.",
        cure="Read it where it was written, or raise NumPy where what is installed admits it.",
        source="https://numpy.org/doc/stable/release/2.0.0-notes.html",
        codes=("KER611",),
        stops=True,
    ),
    M(
        id="numpy-1-20-under-old-tensorflow",
        kind="cause",
        has="Cannot convert a symbolic Tensor (",
        example="NotImplementedError: Cannot convert a symbolic Tensor (lstm/strided_slice:0) to a numpy "
        "array. This error may indicate that you're trying to pass a Tensor to a NumPy call, which is "
        "not supported",
        says="In a recurrent layer: NumPy 1.20 or newer under a TensorFlow (2.5 and older) that was made "
        "for NumPy 1.19. Elsewhere: a symbolic tensor was given to NumPy.",
        cure="Install numpy<1.20 for such a TensorFlow, or a newer TensorFlow; in own code use "
        "operations of TensorFlow.",
        source="https://github.com/keras-team/keras/issues/14687",
        codes=("KER403",),
        stops=True,
    ),
)
