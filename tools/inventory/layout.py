"""What the machine must be told about a release before it can read it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Layout:
    """How one release is read.

    `top`         the package that users import.
    `companions`  (distribution, version) pairs read beside it.
    `folders`     further folders that a package's `__path__` gets at run time, searched first
                  or last: package -> (first, last).
    `lazy`        top packages whose imports are followed only where a definition is needed.
    `opaque`      modules that may hold anything.
    `backend`     the value that comparisons with a backend's name assume; None keeps all branches.
    `roots`       modules whose names are written down.
    `modules_only` packages below a root of which only the existence of modules is.
    """

    distribution: str
    version: str
    top: str
    companions: tuple[tuple[str, str], ...] = ()
    folders: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)
    lazy: frozenset[str] = frozenset()
    opaque: frozenset[str] = frozenset()
    renamed: dict[str, str] = field(default_factory=dict)
    partial: frozenset[str] = frozenset()
    """Top packages of which only single files are at hand; their other modules are unseen."""
    known: dict[str, str] = field(default_factory=dict)
    """Unseen public names whose definition is at hand: `torch.nn.Module` -> its full name."""
    backend: str | None = None
    legacy_loader: str = ""
    """Package that TensorFlow's lazy Keras loader would load; empty when it is another axis."""
    hidden: frozenset[str] = frozenset()
    """Packages that are loaded, but are no attributes of the package above."""
    overlays: dict[str, str] = field(default_factory=dict)
    """Modules that copy another one's names into themselves: module -> the other one."""
    roots: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    """Modules outside the roots whose names are written down where a root shows them."""
    modules_only: tuple[str, ...] = ()
