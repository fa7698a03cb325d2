"""KER642 stdlib-shadowed."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class StdlibShadowed(EnvironmentRule):
    """A file of the project hides a module of Python's standard library.

    ## What it does

    Looks in the folder from which the project runs, and in those of `PYTHONPATH`, for files named
    like modules of the standard library. Only names count with which importing an installed Keras,
    TensorFlow, JAX or PyTorch was seen to fail: `random.py`, `types.py`, `logging.py` and others;
    `test/` and `code.py` are harmless.

    ## Why is this bad?

    NumPy, TensorFlow and Python itself import the project's file instead. The message names a
    module that the project never touched.

    ## Example

    ```json
    {"distributions": [{"name": "keras", "version": "3.15.1"}],
     "shadows": [{"module": "random", "file": "/home/me/mine/random.py",
      "what": "standard-module", "hides": "/usr/lib/python3.11/random.py",
      "entry": "/home/me/mine", "kind": "folder"}]}
    ```

    ## Use instead

    ```json
    {"distributions": [{"name": "keras", "version": "3.15.1"}],
     "shadows": [{"module": "test", "file": "/home/me/mine/test/__init__.py",
      "what": "standard-module", "hides": "/usr/lib/python3.11/test/__init__.py",
      "entry": "/home/me/mine", "kind": "folder"}]}
    ```

    ## References

    - [The module search path](https://docs.python.org/3/tutorial/modules.html#the-module-search-path)
    - [tensorflow #60333](https://github.com/tensorflow/tensorflow/issues/60333)
    """

    code = "KER642"
    name = "stdlib-shadowed"
    severity = "error"
    errors = (
        "ImportError: cannot import name 'Random' from 'random' (...)",
        "AttributeError: module 'types' has no attribute 'SimpleNamespace'",
        "ImportError: cannot import name 'getLogger' from 'logging' (...)",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield each hidden module that a framework needs."""
        from kerlint.knowledge.shadows import error_of
        from kerlint.probe.installed import FRAMEWORKS, Installed
        from kerlint.rules.environment.package_shadowed import renamed

        installed = Installed(seen)
        libraries = [name.replace("-", "_") for name in FRAMEWORKS if installed.bringing(name)]
        for one in seen.shadows:
            if one.what != "standard-module":
                continue
            hurt = {name: error_of(one.module, name) for name in libraries}
            errors = {name: error for name, error in hurt.items() if error}
            if not errors:
                continue
            first = next(iter(errors))
            yield self.finding(
                f"{one.file} is found by `import {one.module}` before Python's own module: "
                f"importing {first} fails",
                one.file,
                help="Give the file another name, and its imports with it.",
                evidence=[
                    Evidence(f"hidden: {one.module}", one.hides),
                    Evidence(f"`import {first}` then says: {errors[first]}"),
                ],
                commands=[asked.owner.move(*renamed(one.file))],
                subject=f"hidden {one.module}",
                # The trials start in an empty folder: what lies in the project's hurts them not.
                causes=[f"import {name}" for name in libraries] if one.kind == "pythonpath" else [],
            )
