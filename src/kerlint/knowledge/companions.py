"""What code needs that is no longer installed along with what it uses.

Every row was tried: `fixtures/packages-tried.tsv` has in which environment and what came of it.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple

    class Companion(NamedTuple):
        """One row.

        `name`     what is missing
        `when`     (distribution, specifier), all of which are installed so
        `uses`     what the project's code must show: a regular expression over its bytes
        `what`     what uses it, for people
        `happens`  what it then says
        `source`   where it can be seen
        """

        name: str
        when: tuple[tuple[str, str], ...]
        uses: str
        what: str
        happens: str
        source: str

else:
    from collections import namedtuple

    Companion = namedtuple("Companion", "name when uses what happens source")

COMPANIONS = (
    Companion(
        "tensorboard",
        (("tensorflow", ">=2.21"),),
        r"callbacks\.TensorBoard\(|import [^\n]*\bTensorBoard\b|\btf\.summary\.(?:scalar|image|"
        r"histogram|text|audio|write|create_file_writer)\(|^\s*%(?:load_ext |)tensorboard\b",
        "TensorBoard",
        "TBNotInstalledError: TensorBoard is not installed, missing implementation for "
        "tf.summary.scalar",
        "https://github.com/keras-team/keras/pull/22376",
    ),
    Companion(
        "tf-keras",
        (("tensorflow", ">=2.16"),),
        r"(?m)^\s*(?:import tf_keras\b|from tf_keras\b)",
        "tf_keras",
        "ModuleNotFoundError: No module named 'tf_keras'",
        "https://github.com/keras-team/tf-keras",
    ),
    Companion(
        "tf-keras",
        (("tensorflow", ">=2.16"),),
        r"TF_USE_LEGACY_KERAS[\"']\s*\]\s*=\s*[\"'](?:1|true|True)[\"']",
        "`TF_USE_LEGACY_KERAS`",
        "ImportError: Keras cannot be imported. Check that it is installed.",
        "https://keras.io/getting_started/#tensorflow--keras-2-backwards-compatibility",
    ),
    Companion(
        "tf-keras",
        (("tensorflow-probability", ">=0.24"), ("tensorflow", ">=2.16")),
        r"tensorflow_probability",
        "TensorFlow Probability",
        "ModuleNotFoundError: No module named 'tf_keras'",
        "https://github.com/tensorflow/probability/releases/tag/v0.24.0",
    ),
    Companion(
        "tf-keras",
        (("transformers", "<5"), ("keras", ">=3"), ("tensorflow", ">=2.16")),
        r"from transformers import [^\n]*\bTF[A-Z]\w+|transformers\.TF[A-Z]\w+",
        "the TensorFlow side of transformers",
        "ValueError: Your currently installed version of Keras is Keras 3, but this is not yet "
        "supported in Transformers. Please install the backwards-compatible tf-keras package",
        "https://github.com/huggingface/transformers/issues/36410",
    ),
)

INNOCENT = frozenset(
    [
        "absl-py",
        "aiohttp",
        "altair",
        "argparse",
        "astropy",
        "attrs",
        "autopep8",
        "beautifulsoup4",
        "black",
        "bokeh",
        "boto3",
        "build",
        "certifi",
        "click",
        "codecov",
        "colorama",
        "configargparse",
        "coverage",
        "cython",
        "datetime",
        "django",
        "docker",
        "dvc",
        "fastapi",
        "ffmpeg-python",
        "fire",
        "flake8",
        "flask",
        "flask-cors",
        "future",
        "gdown",
        "gitpython",
        "gradio",
        "graphviz",
        "gunicorn",
        "gym",
        "gymnasium",
        "h5py",
        "hydra-core",
        "imageio",
        "imbalanced-learn",
        "imgaug",
        "imutils",
        "ipykernel",
        "ipympl",
        "ipython",
        "ipywidgets",
        "isort",
        "jinja2",
        "joblib",
        "jupyter",
        "jupyterlab",
        "kaggle",
        "keras",
        "lightgbm",
        "lxml",
        "mlflow-skinny",
        "matplotlib",
        "mkdocs",
        "mkdocs-material",
        "mypy",
        "nbconvert",
        "nbformat",
        "networkx",
        "nltk",
        "notebook",
        "nose",
        "numba",
        "numpy",
        "numpydoc",
        "nvidia-ml-py",
        "opencv-contrib-python",
        "opencv-python",
        "opencv-python-headless",
        "openpyxl",
        "pandas",
        "pandas-datareader",
        "pathlib",
        "patsy",
        "pillow",
        "pip",
        "plotly",
        "pre-commit",
        "psutil",
        "psycopg2",
        "psycopg2-binary",
        "pyarrow",
        "pycocotools",
        "pydantic",
        "pydot",
        "pydot-ng",
        "pydotplus",
        "pygame",
        "pylint",
        "pymongo",
        "pyqt5",
        "pytest",
        "pytest-cov",
        "pytest-xdist",
        "python-dateutil",
        "python-dotenv",
        "python-multipart",
        "pytz",
        "pywavelets",
        "pyyaml",
        "redis",
        "regex",
        "requests",
        "ruff",
        "scikit-image",
        "scikit-learn",
        "scipy",
        "seaborn",
        "selenium",
        "setuptools",
        "shapely",
        "simpleitk",
        "six",
        "sphinx",
        "sphinx-rtd-theme",
        "sqlalchemy",
        "statsmodels",
        "streamlit",
        "sympy",
        "tabulate",
        "termcolor",
        "toml",
        "tox",
        "tqdm",
        "twine",
        "typing-extensions",
        "uvicorn",
        "virtualenv",
        "wandb",
        "werkzeug",
        "wheel",
        "xgboost",
        "xlrd",
        "yapf",
        "yfinance",
        "nibabel",
        "librosa",
        "soundfile",
        "pydub",
        "music21",
        "praw",
        "tweepy",
        "websockets",
        "rich",
        "typer",
        "loguru",
    ]
)
"""Distributions that are often asked for and bring neither a backend nor TensorBoard nor tf-keras.
What is neither here nor in the index may bring anything.
"""
