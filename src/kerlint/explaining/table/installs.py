"""Files that hide packages, and installations that are not whole."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

MESSAGES = (
    M(
        id="no-wheel-for-this-system",
        kind="cause",
        has="have a source distribution or wheel for the current platform",
        pattern=r"[Dd]istribution `?(?P<package>[\w.-]+)==(?P<version>[\w.]+)",
        example="error: Distribution `tensorflow-io-gcs-filesystem==0.37.1 @ registry+https://pypi.org/simple` "
        "can't be installed because it doesn't have a source distribution or wheel for the current platform",
        says="The lock holds {package} {version}, which has no wheel for this system or processor: uv locks for "
        "all systems at once and did not know that this one counts.",
        cure="Name the system in [tool.uv] required-environments, or pin {package} for it with a marker; "
        "TensorFlow from 2.20 on needs no tensorflow-io-gcs-filesystem and no tensorflow-intel.",
        source="https://github.com/astral-sh/uv/issues/13568",
        codes=("KER411", "KER408"),
        stops=True,
    ),
    M(
        id="no-candidate-of-poetry",
        kind="cause",
        has="Unable to find installation candidates for ",
        pattern=r"candidates for (?P<package>[\w.-]+) \((?P<version>[\w.]+)\)",
        example="Unable to find installation candidates for tensorflow-io-gcs-filesystem (0.26.0)",
        says="{package} {version} stands in poetry.lock and has no wheel for this Python, system or processor "
        "(Alpine and its musl have none of TensorFlow's).",
        cure="poetry update {package}, or a Python and system that have wheels.",
        source="https://github.com/tensorflow/io/issues/1617",
        codes=("KER411", "KER408"),
        stops=True,
    ),
    M(
        id="own-file-hides-package",
        kind="cause",
        has="' is not a package",
        pattern=r"'(?P<name>keras|tensorflow|jax|torch|numpy)' is not a package",
        example="ModuleNotFoundError: No module named 'keras.models'; 'keras' is not a package",
        says="A file {name}.py of your own is found before the package {name}.",
        cure="Rename that file, and remove __pycache__ beside it.",
        source="https://github.com/tensorflow/tensorflow/issues/28213",
        codes=("KER104", "KER641"),
        stops=True,
    ),
    M(
        id="own-tensorflow-imports-itself",
        kind="cause",
        has="partially initialized module '",
        pattern=r"partially initialized module '(?P<name>tensorflow|keras|jax|torch)' (?:from '[^']*' )?has no attribute",
        example="AttributeError: partially initialized module 'tensorflow' has no attribute 'keras' "
        "(most likely due to a circular import)",
        says="A file {name}.py of your own imports itself instead of the package {name}.",
        cure="Rename that file.",
        source="https://github.com/tensorflow/tensorflow/issues/60333",
        codes=("KER104", "KER641"),
        stops=True,
    ),
    M(
        id="keras-files-missing",
        kind="cause",
        has="from partially initialized module '",
        pattern=r"cannot import name '(?P<name>\w+)' from partially initialized module '(?P<module>(?:keras|tf_keras|tensorflow|jax|torch)[\w.]*)'",
        example="ImportError: cannot import name 'layers' from partially initialized module "
        "'keras.src' (most likely due to a circular import) "
        "(/env/lib/python3.11/site-packages/keras/src/__init__.py)",
        says="`{name}` is missing in `{module}`. Inside of an installed package that is no circular "
        "import: files of it are gone, or two versions lie over each other.",
        cure="Install it again: python -m pip install --force-reinstall --no-deps keras. "
        "`kerlint --probe` counts what is gone.",
        source="https://github.com/keras-team/keras/issues/19875",
        codes=("KER612", "KER616"),
        stops=True,
    ),
    M(
        id="standard-module-hidden",
        kind="cause",
        has="ImportError: cannot import name '",
        pattern=r"cannot import name '(?P<name>\w+)' from (?:partially initialized module )?'(?P<module>random|types|json|inspect|logging|tokenize|code|copy|enum|abc|typing|string|queue|select|statistics|numbers|operator|signal|secrets|calendar|platform|ast|dis)'",
        example="ImportError: cannot import name 'Random' from 'random' (/home/me/project/random.py)",
        says="A file {module}.py of your own is found before Python's own module.",
        cure="Rename that file.",
        source="https://github.com/keras-team/keras/issues/14292",
        codes=("KER104", "KER642"),
        stops=True,
    ),
    M(
        id="jax-folder-hides-jax",
        kind="cause",
        has="module 'jax' has no attribute '",
        pattern=r"has no attribute '(?:monitoring|numpy|Array)'",
        example="AttributeError: module 'jax' has no attribute 'monitoring'",
        says="A file or folder named jax is found where the package is not (or no longer) "
        "installed; `import keras` looks at it too.",
        cure="Rename it, or install jax again.",
        source="https://github.com/faustomorales/keras-ocr/issues/172",
        codes=("KER104", "KER641"),
        stops=True,
    ),
    M(
        id="tensorflow-is-an-empty-folder",
        kind="cause",
        has="AttributeError: module 'tensorflow' has no attribute '",
        pattern=r"has no attribute '(?:__version__|keras|constant|python)'",
        example="AttributeError: module 'tensorflow' has no attribute '__version__'",
        says="`tensorflow` is what remained of one: two distributions (tensorflow and "
        "tensorflow-cpu, or -gpu, -intel, nightly) owned the folder, and one was removed. pip "
        "still lists the other.",
        cure="Remove them all, then install one: python -m pip uninstall -y tensorflow "
        "tensorflow-cpu tf-nightly; python -m pip install tensorflow.",
        source="https://github.com/tensorflow/tensorflow/issues/48960",
        codes=("KER612", "KER616"),
        stops=True,
    ),
    M(
        id="tensorflow-python-missing",
        kind="cause",
        has="No module named 'tensorflow.python'",
        example="ModuleNotFoundError: No module named 'tensorflow.python'",
        says="TensorFlow's own files are missing, or a folder named tensorflow is found first.",
        cure="Rename that folder, or remove every tensorflow distribution and install one.",
        source="https://github.com/tensorflow/tensorflow/issues/20499",
        codes=("KER612", "KER641"),
        stops=True,
    ),
    M(
        id="pip-leftover",
        kind="harmless",
        has="WARNING: Ignoring invalid distribution ",
        pattern=r"distribution (?P<name>\S+)",
        example="WARNING: Ignoring invalid distribution -ensorflow "
        "(/env/lib/python3.11/site-packages)",
        says="A folder that begins with `~` remained of an interrupted pip ({name}).",
        cure="Delete the folders whose names begin with ~ in site-packages.",
        source="https://github.com/tensorflow/tensorflow/issues/69974",
        codes=("KER618",),
    ),
    M(
        id="pip-conflict",
        kind="cause",
        has="which is incompatible.",
        pattern=r"(?P<package>[\w.-]+) \S+ requires (?P<requirement>[^,]+(?:,[^,]+)*?), but you have (?P<found>.+?) which is incompatible",
        example="tensorflow-cpu 2.15.1 requires keras<2.16,>=2.15.0, but you have keras 3.15.1 "
        "which is incompatible.",
        says="{package} asks for {requirement}, and {found} is installed. pip installed it all the "
        "same.",
        cure="Install both in one command, so that pip looks for versions that fit.",
        source="https://pip.pypa.io/en/stable/topics/dependency-resolution/",
        codes=("KER611", "KER401"),
    ),
    M(
        id="no-tensorflow-for-this-python",
        kind="cause",
        has="Could not find a version that satisfies the requirement ",
        pattern=r"requirement (?P<requirement>(?:tensorflow|tf-nightly|keras|jaxlib|torch)\S*) ",
        example="ERROR: Could not find a version that satisfies the requirement tensorflow (from "
        "versions: none)",
        says="There is no {requirement} for this Python, this system or this processor: the "
        "version does not exist, or has no wheel here (32-bit Python, musl, a too new Python).",
        cure="See `python -V` and the versions that there are; use a Python that has wheels.",
        source="https://github.com/tensorflow/tensorflow/issues/79349",
        codes=("KER408", "KER402"),
        stops=True,
    ),
    M(
        id="no-matching-distribution",
        kind="follower",
        has="ERROR: No matching distribution found for ",
        example="ERROR: No matching distribution found for tensorflow",
        says="pip found no version; the line before says what it looked for.",
        cure="See which versions there are for this Python and system.",
        source="https://github.com/tensorflow/tensorflow/issues/91776",
        codes=("KER408",),
        stops=True,
        follows=("no-tensorflow-for-this-python",),
    ),
    M(
        id="tensorflow-gpu-removed",
        kind="cause",
        has='The "tensorflow-gpu" package has been removed!',
        example='The "tensorflow-gpu" package has been removed!',
        says="tensorflow-gpu is no longer published: what is on the index only refuses.",
        cure="Require tensorflow[and-cuda] on Linux; `tensorflow` elsewhere.",
        source="https://github.com/tensorflow/tensorflow/issues/60074",
        codes=("KER405",),
        stops=True,
    ),
    M(
        id="externally-managed",
        kind="cause",
        has="externally-managed-environment",
        example="error: externally-managed-environment",
        says="This Python belongs to the operating system, and pip must not install into it.",
        cure="python3 -m venv .venv && . .venv/bin/activate, and install there.",
        source="https://packaging.python.org/en/latest/specifications/externally-managed-environments/",
        stops=True,
    ),
    M(
        id="wheel-not-for-this-python",
        kind="cause",
        has=" is not a supported wheel on this platform",
        pattern=r"(?P<wheel>[\w.+-]+\.whl) is not",
        example="ERROR: tensorflow-2.3.0-cp36-cp36m-win_amd64.whl is not a supported wheel on this "
        "platform.",
        says="{wheel} is for another Python, system or processor: its name says which.",
        cure="Let pip choose: python -m pip install tensorflow; or use the Python that the name asks "
        "for (cp310 is 3.10).",
        source="https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/",
        codes=("KER408",),
        stops=True,
    ),
    M(
        id="download-failed",
        kind="cause",
        has="URL fetch failure on ",
        pattern=r"URL fetch failure on (?P<address>\S+?):",
        example="Exception: URL fetch failure on https://storage.googleapis.com/tensorflow/"
        "tf-keras-datasets/mnist.npz: None -- [Errno 110] Connection timed out",
        says="Keras could not download a data set or weights from {address}: no network, a proxy, or "
        "certificates that Python does not have.",
        cure="Download it elsewhere and put it into ~/.keras/datasets (or models); behind a proxy set "
        "HTTPS_PROXY, with an own certificate SSL_CERT_FILE.",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/utils/file_utils.py",
        stops=True,
    ),
    M(
        id="package-is-an-empty-folder",
        kind="cause",
        has="(unknown location)",
        pattern=r"cannot import name '(?P<name>\w+)' from '(?P<package>tensorflow|keras|tf_keras|jax|torch)' "
        r"\(unknown location\)",
        example="ImportError: cannot import name 'keras' from 'tensorflow' (unknown location)",
        says="`{package}` is only a folder without code: the remains of a distribution that was removed "
        "or broken off, or an own folder of that name.",
        cure="Look for an own folder `{package}`; else python -m pip install --force-reinstall --no-deps "
        "{package}.",
        source="https://github.com/tensorflow/tensorflow/issues/48960",
        codes=("KER612", "KER617", "KER641"),
        stops=True,
    ),
    M(
        id="pip-finds-no-versions",
        kind="cause",
        has="ResolutionImpossible",
        example="ERROR: ResolutionImpossible: for help visit https://pip.pypa.io/en/latest/topics/"
        "dependency-resolution/#dealing-with-dependency-conflicts",
        says="The requirements exclude each other; the lines above name the two sides.",
        cure="`kerlint` on the project's requirements says which lines cannot hold together.",
        source="https://pip.pypa.io/en/stable/topics/dependency-resolution/",
        codes=("KER401",),
        stops=True,
    ),
)
