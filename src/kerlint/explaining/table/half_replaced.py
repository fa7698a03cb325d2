"""Packages of which one was replaced and the other was not, or half of one."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

_TOGETHER = (
    "Install both in one command: python -m pip install -U jax jaxlib; in a notebook restart the kernel "
    "afterwards, since what is imported stays as it was."
)

MESSAGES = (
    M(
        id="jax-half-replaced",
        kind="cause",
        has="module 'jax' has no attribute 'version'",
        example="AttributeError: module 'jax' has no attribute 'version'",
        says="jax was replaced while it was imported, or only some of its files are there.",
        cure=_TOGETHER,
        source="https://github.com/magenta/mt3/issues/81",
        codes=("KER612",),
        stops=True,
    ),
    M(
        id="jaxlib-of-another-jax",
        kind="cause",
        has="module 'jaxlib",
        pattern=r"module '(?P<module>jaxlib[\w.]*)' has no attribute '(?P<name>\w+)'",
        example="AttributeError: module 'jaxlib.xla_extension' has no attribute 'PmapFunction'",
        says="`{module}` has no `{name}`: what asks for it (jax, haiku, flax) is made for another version "
        "of jaxlib.",
        cure=_TOGETHER,
        source="https://github.com/google-deepmind/dm-haiku/issues/313",
        codes=("KER611",),
        stops=True,
    ),
    M(
        id="jax-setting-gone",
        kind="cause",
        has="'Config' object has no attribute 'jax_",
        pattern=r"has no attribute '(?P<name>jax_\w+)'",
        example="AttributeError: 'Config' object has no attribute 'jax_experimental_name_stack'",
        says="The library that asks for `{name}` is made for an older JAX.",
        cure="Raise that library (the last file of the traceback is its), or pin the JAX it was made for.",
        source="https://github.com/google-deepmind/dm-haiku/issues/576",
        codes=("KER611",),
        stops=True,
    ),
    M(
        id="inside-of-tensorflow-differs",
        kind="cause",
        has="AttributeError: module 'tensorflow.",
        pattern=r"module '(?P<module>tensorflow\.(?:core|compiler|python)\.(?!keras\b)[\w.]+)' has no attribute "
        r"'(?P<name>\w+)'",
        example="AttributeError: module 'tensorflow.compiler.tf2xla.python.xla' has no attribute "
        "'optimization_barrier'",
        says="A library uses `{name}` of TensorFlow's inside, and this TensorFlow has none.",
        cure="Bring the library (the last file of the traceback is its) and TensorFlow to versions of the "
        "same time, in one command.",
        source="https://github.com/jax-ml/jax/issues/11062",
        codes=("KER611",),
        stops=True,
    ),
    M(
        id="numpy-without-its-core",
        kind="cause",
        has="No module named 'numpy.core._multiarray_umath'",
        pattern=r"^(?:ModuleNotFoundError|ImportError): No module named",
        example="ModuleNotFoundError: No module named 'numpy.core._multiarray_umath'",
        says="NumPy is older than 1.16 and what was compiled against it is newer, or NumPy's files are of two "
        "versions.",
        cure="python -m pip install --force-reinstall 'numpy<2' for TensorFlow below 2.18, numpy for newer "
        "ones; conda: conda install --force-reinstall numpy.",
        source="https://github.com/numpy/numpy/issues/12977",
        codes=("KER619", "KER612"),
        stops=True,
    ),
    M(
        id="tensorflow-of-two-builds",
        kind="cause",
        has="undefined symbol: ",
        pattern=r"(?P<library>_pywrap_tensorflow\w*\.so|libtensorflow_(?:framework|cc)\.so[.\d]*): undefined symbol: "
        r"(?P<symbol>\w+)",
        example="ImportError: /env/lib/python3.11/site-packages/tensorflow/python/platform/../../"
        "libtensorflow_framework.so.2: undefined symbol: _ZTIN6snappy4SinkE",
        says="TensorFlow's own {library} finds another build of a library that it was put together with (no "
        "{symbol}): pip and conda mixed, files of an older TensorFlow, or LD_LIBRARY_PATH.",
        cure="unset LD_LIBRARY_PATH; if that is not it, a new environment from one source: pip alone, or "
        "conda-forge alone.",
        source="https://github.com/conda-forge/conda-forge.github.io/issues/2141",
        codes=("KER616", "KER647"),
        stops=True,
    ),
    M(
        id="tensorflow-twice-in-a-process",
        kind="cause",
        has="platform is already registered with name",
        example="F tensorflow/stream_executor/host/host_platform.cc:112] Non-OK-status: "
        "gpu::MultiPlatformManager::RegisterPlatform(std::move(platform)) status: Internal: platform is already "
        'registered with name: "Host"',
        says="TensorFlow's library was loaded twice into one process: two packages bring it, or an operation "
        "was linked against a copy of its own.",
        cure="Keep one of the packages that bring TensorFlow; `kerlint --probe` names two that own the same "
        "files.",
        source="https://github.com/mozilla/DeepSpeech/issues/937",
        codes=("KER616", "KER652"),
        stops=True,
    ),
    M(
        id="hdf5-of-two-versions",
        kind="cause",
        has="HDF5 library version mismatched error",
        example="Warning! ***HDF5 library version mismatched error***",
        says="h5py was compiled for another version of the HDF5 library than the one that is loaded: pip's "
        "and conda's h5py or hdf5 over each other, or LD_LIBRARY_PATH.",
        cure="conda: conda install --force-reinstall h5py hdf5; pip: python -m pip install --force-reinstall "
        "h5py, and unset LD_LIBRARY_PATH.",
        source="https://github.com/keras-team/keras/issues/7787",
        codes=("KER647", "KER651"),
    ),
    M(
        id="h5py-missing",
        kind="cause",
        has=" requires h5py",
        example="ImportError: `load_weights` requires h5py.",
        says="h5py is not installed in this environment, or its import failed before.",
        cure="python -m pip install h5py; then `python -c 'import h5py'` says what is wrong with it.",
        source="https://github.com/keras-team/keras/issues/6176",
        stops=True,
    ),
    M(
        id="shared-library-missing",
        kind="cause",
        has="cannot open shared object file",
        pattern=r"^(?:ImportError|OSError): (?P<library>lib(?!cu|nv|nccl|GL\.|gthread-|SM\.|Xext\.|Xrender\.)[\w.+-]+"
        r"\.so[.\d]*): cannot open",
        example="ImportError: libhdf5.so.310: cannot open shared object file: No such file or directory",
        says="A compiled module needs {library}, and the system has none of that name: it was built for "
        "another system, or its package lacks a part.",
        cure="The last file of the traceback names the package: install it anew from where its other parts "
        "come from (pip's wheels bring their libraries, conda's and the system's do not mix with them).",
        source="https://github.com/opendatahub-io/notebooks/issues/2944",
        codes=("KER651",),
        stops=True,
    ),
    M(
        id="libcuda-without-its-number",
        kind="cause",
        has="libcuda.so: cannot open shared object file",
        example="Could not load library libcudnn_cnn_infer.so.8. Error: libcuda.so: cannot open shared object "
        "file: No such file or directory",
        says="cuDNN 8 opens the driver's library as `libcuda.so`, and only `libcuda.so.1` is there or found: "
        "usual in WSL2.",
        cure='WSL2: export LD_LIBRARY_PATH="/usr/lib/wsl/lib:$LD_LIBRARY_PATH" before the start; elsewhere a '
        "link libcuda.so to libcuda.so.1 in its folder, then sudo ldconfig.",
        source="https://github.com/mahfuzmohammad/HealthyGAN/issues/3",
        codes=("KER721",),
        stops=True,
    ),
    M(
        id="keras-half-replaced",
        kind="cause",
        has="cannot import name '__version__' from 'keras'",
        example="ImportError: cannot import name '__version__' from 'keras' (/env/lib/python3.10/site-packages/keras/"
        "__init__.py)",
        says="Keras's files are of two releases, or TensorFlow's Keras finds another package of that name.",
        cure="python -m pip uninstall -y keras keras-nightly tf-nightly tensorflow, remove the folder keras that is "
        "left, then install tensorflow again.",
        source="https://github.com/tensorflow/tensorflow/issues/55921",
        codes=("KER612", "KER616"),
        stops=True,
    ),
    M(
        id="transformers-without-this-class",
        kind="cause",
        has="transformers",
        pattern=r"(?:module '?transformers'? has no attribute '?|cannot import name ')(?P<name>TF\w+|AdamWeightDecay)"
        r"(?:$|'(?: from 'transformers)?)",
        example="AttributeError: module transformers has no attribute TFLlamaForCausalLM",
        says="This transformers has no {name}: version 5 has no classes for TensorFlow any more, some models never "
        "had one, and without a TensorFlow that it can import it hides them all.",
        cure="The class without TF, which runs on torch; or python -m pip install 'transformers<5' tf-keras, and see "
        "that `import tensorflow` works.",
        source="https://github.com/huggingface/transformers/issues/23352",
        codes=("KER106",),
        stops=True,
    ),
)
