"""kerlint: a linter, pre-commit hook and environment doctor for Keras and TensorFlow."""

from __future__ import annotations

__version__ = "0.1.0"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike


def doctor(
    project: str | PathLike[str] = ".",
    *,
    tries: bool = True,
    require_gpu: bool = False,
    verbose: bool = False,
) -> None:
    """Examine the running environment, as `kerlint --probe` does; made for notebooks.

    `project` is the folder whose requirements are compared with what is installed. With
    `tries=False` no framework is started. Raises kerlint.failures.Failure where `project` is no
    folder.
    """
    from kerlint.probe.doctor import doctor as examine

    examine(project, tries=tries, require_gpu=require_gpu, verbose=verbose)
