"""Distributions that do not say which NumPy, protobuf, h5py or setuptools gets installed.

What pip takes of these rests on all that is installed with it. The requirements of most packages
are not in the index, and a pin on one of them may well hold NumPy back: SciPy 1.9 does. These are
often asked for beside TensorFlow and leave the choice open, as their own metadata has it.
"""

from __future__ import annotations

BYSTANDERS = frozenset(
    [
        *("absl-py", "aiohttp", "argparse", "attrs", "autopep8", "beautifulsoup4", "black"),
        *("boto3", "certifi", "click", "codecov", "colorama", "configargparse", "coverage"),
        *("cython", "django", "docker", "fastapi", "ffmpeg-python", "fire", "flake8", "flask"),
        *("flask-cors", "future", "gdown", "gitpython", "graphviz", "gunicorn", "ipykernel"),
        *("ipython", "ipywidgets", "isort", "jinja2", "joblib", "jupyter", "jupyterlab"),
        *("loguru", "lxml", "mkdocs", "mkdocs-material", "mypy", "nbconvert", "nbformat"),
        *("networkx", "nltk", "nose", "notebook", "nvidia-ml-py", "openpyxl", "pathlib"),
        *("pillow", "pip", "plotly", "pre-commit", "psutil", "psycopg2", "psycopg2-binary"),
        *("pydantic", "pydot", "pydotplus", "pydub", "pygame", "pylint", "pymongo", "pyqt5"),
        *("pytest", "pytest-cov", "pytest-xdist", "python-dateutil", "python-dotenv"),
        *("python-multipart", "pytz", "pyyaml", "redis", "regex", "requests", "rich", "ruff"),
        *("selenium", "six", "sphinx", "sphinx-rtd-theme", "sqlalchemy", "sympy", "tabulate"),
        *("termcolor", "toml", "tox", "tqdm", "tweepy", "twine", "typer", "typing-extensions"),
        *("uvicorn", "virtualenv", "websockets", "werkzeug", "wheel", "xlrd", "yapf"),
        # Lower bounds alone, in every release:
        # https://github.com/tensorflow/hub/blob/v0.16.1/tensorflow_hub/pip_package/setup.py
        # https://github.com/tensorflow/probability/blob/v0.24.0/setup.py
        # https://github.com/tensorflow/addons/blob/v0.23.0/setup.py
        *("tensorflow-hub", "tensorflow-probability", "tensorflow-addons"),
    ]
)
