"""What a check of the probe may ask besides the observations: what the project wants."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.probe.owner import Owner


class Wish(NamedTuple):
    """Something that the project, the user or the environment asks for, and where it says so.

    `place`  `pyproject.toml:12`, `--require-gpu`, `NVIDIA_VISIBLE_DEVICES`
    """

    what: str
    place: str


class Pinned(NamedTuple):
    """A requirement of the project that holds for the examined interpreter (markers evaluated).

    `kind`      `lock`, `manifest` or `constraint` (of what is installed); `path`, `line`, `column` as in Requirement (1-based)
    `optional`  it belongs to an extra or a group, which need not be installed
    """

    name: str
    specifier: str
    extras: tuple[str, ...]
    kind: str
    path: str
    line: int
    column: int
    text: str
    optional: bool = False


class Asked:
    """The wishes that observations are judged by.

    `gpu`       why a GPU is wanted; empty: nobody asks for one, and GPU findings are info
    `backends`  backends that the project's code chooses; empty: it does not
    `packages`  import names that the project's code uses (`tf_keras`, `tensorboard`)
    `pins`      what its locks and manifests ask for
    `owner`     the tool that owns the environment: words the commands
    """

    def __init__(
        self,
        owner: Owner,
        gpu: Sequence[Wish] = (),
        backends: Sequence[Wish] = (),
        packages: Sequence[Wish] = (),
        pins: Sequence[Pinned] = (),
    ) -> None:
        self.owner = owner
        self.gpu = tuple(gpu)
        self.backends = tuple(backends)
        self.packages = tuple(packages)
        self.pins = tuple(pins)
