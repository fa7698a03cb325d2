"""The releases of packages that meet Keras and TensorFlow, and what each of them requires.

The facts are in `data/index.z`, which `tools/index` writes from what the package index published
on the day of the snapshot. Everything that can be decided beforehand is: which releases a specifier
of a published requirement admits, where a marker holds, which Python a wheel is for. So nothing is
parsed while it is loaded, and `packaging` is not needed.

    index = load()
    keras = index.package("keras")              # None: nothing is known of it
    keras.versions                              # ("0.2.0", ..., "3.15.1"), ascending
    keras.mask(">=3,<3.5")                      # which of them: a set of bits
    keras.installable_mask("3.11", "linux-x86_64")
    for dependency, carriers in keras.carriers("linux-x86_64"): ...

Sets of releases are ints: bit `i + 1` stands for `versions[i]`. Bit 0 stands for "not installed"
and is never set here; it is the solver's.
"""

from __future__ import annotations

from kerlint.knowledge.index.index import Index, load
from kerlint.knowledge.index.package import Dependency, Package
from kerlint.knowledge.index.places import PLATFORMS, PYTHONS

__all__ = ["PLATFORMS", "PYTHONS", "Dependency", "Index", "Package", "load"]
