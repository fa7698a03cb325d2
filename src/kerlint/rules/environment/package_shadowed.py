"""KER641 package-shadowed."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations, Shadow


class PackageShadowed(EnvironmentRule):
    """A file or folder of the project hides an installed package.

    ## What it does

    Looks in the folder from which the project runs for names that Python finds there first:
    `keras.py`, `tensorflow/__init__.py`, `jax.py`. A folder without `__init__.py` does not hide an
    installed package. Only packages count that Keras and its backends need.

    ## Why is this bad?

    `import keras` runs the project's own file. The message that follows speaks of missing names or
    of a circular import.

    ## Example

    ```json
    {"distributions": [{"name": "keras", "version": "3.15.1", "top_level": ["keras"]}],
     "shadows": [{"module": "keras", "file": "/home/me/mine/keras.py", "what": "package",
      "hides": "/env/lib/python3.11/site-packages/keras/__init__.py",
      "entry": "/home/me/mine", "kind": "folder"}]}
    ```

    ## Use instead

    ```json
    {"distributions": [{"name": "keras", "version": "3.15.1", "top_level": ["keras"]}],
     "shadows": []}
    ```

    ## References

    - [tensorflow #28213](https://github.com/tensorflow/tensorflow/issues/28213)
    - [The module search path](https://docs.python.org/3/tutorial/modules.html#the-module-search-path)
    """

    code = "KER641"
    name = "package-shadowed"
    severity = "error"
    errors = (
        "ModuleNotFoundError: No module named 'keras.models'; 'keras' is not a package",
        "AttributeError: partially initialized module 'tensorflow' has no attribute 'keras' "
        "(most likely due to a circular import)",
        "ImportError: cannot import name 'Sequential' from 'keras' (...)",
        "AttributeError: module 'jax' has no attribute 'monitoring'",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield each package of the stack that the project hides."""
        for one in seen.shadows:
            if one.what != "package" or one.kind == "pythonpath" or not matters(one, seen):
                continue
            yield self.finding(
                f"{one.file} is found by `import {one.module}` before the installed package",
                one.file,
                help="Give the file another name, and its imports with it.",
                evidence=[
                    Evidence(f"hidden: {one.module}", one.hides),
                    Evidence("found in", one.entry),
                ],
                commands=[asked.owner.move(*renamed(one.file))],
                subject=f"hidden {one.module}",
                # Not of failed trials: they start in an empty folder.
                causes=[f"unowned {one.module}"],
            )


def matters(shadow: Shadow, seen: Observations) -> bool:
    """Whether the hidden package belongs to the stack, and is not the project itself."""
    from kerlint.knowledge.shadows import error_of
    from kerlint.probe.installed import FRAMEWORKS, Installed, imported_as

    installed = Installed(seen)
    for one in installed.by_name.values():
        if one.editable and shadow.file.startswith(one.editable.removeprefix("file://")):
            return False
    brought = {name for each in installed.stack() for name in imported_as(installed.by_name[each])}
    if shadow.module in brought:
        return True
    libraries = [name for name in FRAMEWORKS if installed.bringing(name)]
    return any(error_of(shadow.module, name.replace("-", "_")) for name in libraries)


def renamed(path: str) -> tuple[str, str]:
    """What to move where: `/mine/keras.py` to `/mine/my_keras.py`, a package as a whole."""
    slash = "\\" if "\\" in path else "/"
    path = path.removesuffix(f"{slash}__init__.py")
    folder, _, name = path.rpartition(slash)
    return path, f"{folder}{slash}my_{name}"
