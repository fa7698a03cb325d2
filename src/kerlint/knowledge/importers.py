"""Packages around Keras, and which of Keras, TensorFlow and tf_keras they import at once.

Importing one of them is like importing what it imports: variables that are read then must be set
before. The rows of `data/importers.tsv` were made by installing each package and importing it:
`python -m tools.importers`.
"""

from __future__ import annotations

import os

from kerlint.knowledge.releases import DATA


class Importer:
    """What `import MODULE` loads.

    `module`   its import name
    `release`  the distribution and its version, e.g. `keras-hub 0.32.0`
    `stack`    with which keras and tensorflow that was seen
    `loads`    those of `keras`, `tensorflow`, `tf_keras`, `jax`, `torch` that are loaded after it
    """

    __slots__ = ("loads", "module", "release", "stack")

    def __init__(self, module: str, release: str, stack: str, loads: frozenset[str]) -> None:
        self.module = module
        self.release = release
        self.stack = stack
        self.loads = loads

    def __repr__(self) -> str:
        return f"<Importer {self.module} loads {' '.join(sorted(self.loads))}>"


def importers() -> dict[str, Importer]:
    """Every package whose import was seen, by its import name."""
    if not _rows:
        with open(os.path.join(DATA, "importers.tsv"), encoding="utf-8") as file:
            for line in file:
                if line.startswith("#"):
                    continue
                module, release, stack, loads = line.rstrip("\n").split("\t")
                _rows[module] = Importer(module, release, stack, frozenset(loads.split()))
    return _rows


UNCONCERNED = frozenset(
    {
        *("PIL", "absl", "click", "cv2", "h5py", "joblib", "matplotlib", "ml_dtypes", "numpy"),
        *("optree", "packaging", "pandas", "requests", "rich", "scipy", "seaborn", "six"),
        *("skimage", "sklearn", "termcolor", "tqdm", "yaml"),
    }
)
"""Packages that import neither Keras nor TensorFlow, and never ask for `KERAS_BACKEND`: seen by
importing the current ones where every look was recorded."""


def who_imports(root: str) -> frozenset[str]:
    """The import names of the packages that load `root`, e.g. `keras`, when they are imported."""
    return frozenset(row.module for row in importers().values() if root in row.loads)


_rows: dict[str, Importer] = {}
