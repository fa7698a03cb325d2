"""KER104 shadowing-module."""

from __future__ import annotations

from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.project.import_roots import Importer, ImportRoot
    from kerlint.rules.base import Context


class ShadowingModule(Rule):
    """An own file or folder hides Keras, a backend, or a module they need to start.

    ## What it does
    Finds modules and packages that lie where Python looks first (beside a script, a notebook or a
    test, at the top of the project, in its `src`) and bear the name of keras, tensorflow, jax,
    torch, or of a module which these import while they start, such as `random` or `types`; told
    only where a file that runs from there imports the library. A folder without an
    `__init__.py` hides nothing, and a name inside a package hides nothing either.

    ## Why is this bad?
    `import` takes the first module of that name it finds. The library is never reached, or fails
    half way through its own start, with a message about something else altogether:
    `cannot import name 'Random' from 'random'`.

    ## Example
    ```python
    # file: random.py
    def draw():
        return 4


    # file: train.py
    import keras

    print(keras.layers.Dense(1))
    ```

    ## Use instead
    ```python
    # file: drawing.py
    def draw():
        return 4


    # file: train.py
    import keras

    print(keras.layers.Dense(1))
    ```

    ## References
    - [The module search path](https://docs.python.org/3/tutorial/modules.html#the-module-search-path)
    - [tensorflow #28213](https://github.com/tensorflow/tensorflow/issues/28213)
    - [tensorflow #60333](https://github.com/tensorflow/tensorflow/issues/60333)
    """

    code = "KER104"
    name = "shadowing-module"
    severity = "error"
    trigger = Trigger()
    errors = (
        "ModuleNotFoundError: No module named 'keras.models'; 'keras' is not a package",
        "AttributeError: partially initialized module 'tensorflow' has no attribute 'keras' "
        "(most likely due to a circular import)",
        "ImportError: cannot import name 'Random' from 'random' (...)",
        "AttributeError: module 'jax' has no attribute 'monitoring'",
    )

    def check_root(self, root: ImportRoot, context: Context) -> Iterator[Diagnostic]:
        """Yield each own module of the root that keeps an import below it from working."""
        for name, path in sorted(root.hiding.items()):
            importer = _struck(root, name, path)
            if importer is not None:
                yield self._told(name, path, importer)

    def _told(self, name: str, path: str, importer: Importer) -> Diagnostic:
        from kerlint.diagnostics import Diagnostic, Position, Related, Span
        from kerlint.knowledge.shadows import error_of

        own = _shown(path)
        library = importer.library
        where = "itself" if importer.path == path else f"`{importer.path}`"
        if name == library:
            message = f"`{own}` hides the library: `import {name}` in {where} finds this file"
        else:
            message = (
                f"`{own}` hides the module `{name}`, which `{library}` needs: "
                f"the import of `{library}` in {where} fails"
            )
        error = error_of(name, library)
        help = f"rename `{own}`, and delete what Python compiled of it under its old name"
        line = Position(importer.line, 1)
        start = Position(1, 1)
        return Diagnostic(
            code=self.code,
            name=self.name,
            severity=self.severity,
            message=message,
            path=path,
            span=Span(start, start),
            help=help + (f"; an empty one makes Python say: {error}" if error else ""),
            qualified_name=name,
            related=(Related(importer.path, Span(line, line), f"`{library}` is imported here"),),
        )


def _struck(root: ImportRoot, name: str, path: str) -> Importer | None:
    """A file whose import of a library does not get through because of `path`."""
    from kerlint.knowledge.shadows import error_of
    from kerlint.project.import_roots import LIBRARIES

    if name in LIBRARIES:
        hit = [
            one
            for one in root.importers
            if (one.library == name or error_of(name, one.library) is not None)
            and (root.certain or (one.beside and one.runs))
        ]
        # Itself last: another file's import shows better what happens.
        hit.sort(key=lambda one: (one.path == path, one.library != name, not one.beside, one.path))
        return hit[0] if hit else None
    for one in root.importers:
        if one.beside and one.runs and one.path != path and error_of(name, one.library) is not None:
            return one
    return None


def _shown(path: str) -> str:
    """`random.py`, or `keras/` for a package."""
    import os

    folder, name = os.path.split(path)
    return os.path.basename(folder) + "/" if name == "__init__.py" else name
