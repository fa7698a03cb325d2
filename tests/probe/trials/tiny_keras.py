"""Stand-ins for keras, tensorflow, torch and numpy, as small as the probe's trials let them be.

The keras among them chooses its backend as the real one does, from the variable and keras.json,
and refuses what the real one refuses, in the same words.
"""

from __future__ import annotations

from tests.probe.trials.stand_ins import TORCH

NUMPY = {
    "numpy/__init__.py": "__version__ = '2.2.6'\n"
    "def ones(shape, dtype): return [[1.0] * shape[1]] * shape[0]\n"
    "zeros = ones\n"
}

TENSORFLOW = {
    "tensorflow/__init__.py": """
__version__ = "2.21.0"
import keras
from torch import Tensor

class config:
    @staticmethod
    def list_physical_devices(): return []

class Result(Tensor):
    device = "/job:localhost/replica:0/task:0/device:CPU:0"
    def numpy(self): return self

def constant(rows): return Tensor(rows)
def matmul(one, other): return Result((one @ other).rows)
"""
}

TORCH_FILES = {"torch/__init__.py": TORCH}

KERAS = {
    "keras/__init__.py": """
__version__ = "3.15.1"
import importlib, json, os
from keras.settings import settings, name
if name not in ("tensorflow", "jax", "torch", "numpy", "openvino"):
    raise ValueError(f"Unable to import backend : {name}")
if name != "tensorflow": importlib.import_module(name)
else:
    importlib.util = importlib.import_module("importlib.util")
    if importlib.util.find_spec("tensorflow") is None:
        raise ModuleNotFoundError("No module named 'tensorflow'")
from keras import layers, ops, models

class backend:
    @staticmethod
    def backend(): return name

def Input(shape): return shape
Sequential = models.Sequential
""",
    "keras/settings.py": """
import json, os
home = os.environ.get("KERAS_HOME") or os.path.expanduser("~/.keras")
path = os.path.join(home, "keras.json")
settings = {}
if os.path.exists(path):
    try: settings = json.load(open(path))
    except ValueError: pass
    settings.get
    if settings.get("floatx", "float32") not in ("float16", "float32", "float64"):
        raise ValueError("Invalid `floatx` configuration.")
name = os.environ.get("KERAS_BACKEND") or settings.get("backend", "tensorflow")
""",
    "keras/layers.py": "def Dense(units, **more): return units\n",
    "keras/ops.py": """
class Found(list):
    def tolist(self): return list(self)
def convert_to_numpy(result): return Found(result)
""",
    "keras/models.py": """
class Result(list):
    device = "cpu"
class Sequential:
    def __init__(self, layers): pass
    def __call__(self, x): return Result([[12.0]] * len(x))
    def compile(self, optimizer, loss): pass
    def fit(self, x, y, epochs, verbose):
        self.history = {"loss": [144.0]}
        return self
    def save(self, path): open(path, "w").write("model")
def load_model(path): return Sequential([])
""",
}
