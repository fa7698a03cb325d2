"""Runs the programs beside this file with the Keras of the interpreter that runs it.

    python child.py keras|tensorflow.keras [FOLDER TO LOOK FOR KERAS IN]

writes a line with the versions, then one for each program: its name, and its `outcome` or the
error. The programs find `keras`, `tf`, `np`, `os` and an empty `folder` there.
It runs on Python 3.7 and later.
"""

from __future__ import annotations

import importlib
import os
import shutil
import sys
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")


def run(path: str, names: dict[str, object]) -> str:
    """What came of one program."""
    with open(path, encoding="utf-8") as file:
        code = compile(file.read(), path, "exec")
    folder = tempfile.mkdtemp()
    try:
        space = {**names, "os": os, "folder": folder, "__name__": "program"}
        exec(code, space)
        return str(space["outcome"])
    except Exception as error:
        text = " ".join(str(error).replace(folder, "").split())
        return f"{type(error).__name__}: {text[:90]}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Run all of them."""
    sys.path[:0] = sys.argv[2:]
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what Keras prints is not part of the answer
    tensorflow = importlib.import_module("tensorflow")
    keras = tensorflow.keras if sys.argv[1] != "keras" else importlib.import_module("keras")
    names = {"keras": keras, "tf": tensorflow, "np": importlib.import_module("numpy")}
    version = getattr(keras, "__version__", "-")
    out.write(f"# {sys.argv[1]} {version} tensorflow {tensorflow.__version__}\n")
    programs = os.path.join(os.path.dirname(os.path.abspath(__file__)), "programs")
    for name in sorted(os.listdir(programs)):
        if name.endswith(".txt"):
            out.write(f"{name[:-4]}\t{run(os.path.join(programs, name), names)}\n")
    out.close()


if __name__ == "__main__":
    main()
