"""NVIDIA's libraries without NVIDIA: built by the system's C compiler, under the real sonames.

`driver.c` says which variables drive them.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

SONAMES = {
    "CUDA": "libcuda.so.1",
    "NVML": "libnvidia-ml.so.1",
    "CUDART": "libcudart.so.12",
    "CUDNN": "libcudnn.so.9",
}
SOURCE = Path(__file__).with_name("driver.c")


def compiler() -> str | None:
    """The system's C compiler."""
    return shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")


def build(folder: Path, *kinds: str) -> Path:
    """Compile the stand-ins (all of `SONAMES`, or those named) into a folder."""
    found = compiler()
    assert found
    folder.mkdir(parents=True, exist_ok=True)
    for kind in kinds or SONAMES:
        soname = SONAMES[kind]
        options = ["-shared", "-fPIC", "-O0", f"-D{kind}", f"-Wl,-soname,{soname}"]
        target = str(folder / soname)
        subprocess.run([found, *options, "-o", target, str(SOURCE)], check=True)
    return folder
