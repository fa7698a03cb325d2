"""KER604 python-not-supported-here."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class PythonNotSupportedHere(EnvironmentRule):
    """An installed package excludes the Python that runs it.

    ## What it does

    Compares `Requires-Python` in the metadata of each package that Keras, TensorFlow, JAX, PyTorch
    or something they require brings with the version of the interpreter.

    ## Why is this bad?

    An installer would not have chosen that release. It came by a copied folder, by an interpreter
    that was replaced, or by force, and nobody has tried it: it fails at import or, worse, later.

    ## Example

    ```json
    {"interpreter": {"version": "3.9.18"}, "distributions": [
      {"name": "keras", "version": "3.15.1", "requires_python": ">=3.11",
       "metadata": "/env/lib/python3.9/site-packages/keras-3.15.1.dist-info"}]}
    ```

    ## Use instead

    ```json
    {"interpreter": {"version": "3.11.7"}, "distributions": [
      {"name": "keras", "version": "3.15.1", "requires_python": ">=3.11",
       "metadata": "/env/lib/python3.11/site-packages/keras-3.15.1.dist-info"}]}
    ```

    ## References

    - [Requires-Python](https://packaging.python.org/en/latest/specifications/core-metadata/#requires-python)
    """

    code = "KER604"
    name = "python-not-supported-here"
    severity = "error"
    errors = (
        "ERROR: Package '...' requires a different Python: 3.9.18 not in '>=3.11'",
        "TypeError: unsupported operand type(s) for |: 'type' and 'NoneType'",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield each package of the stack that excludes this Python."""
        from kerlint.probe.installed import Installed, fits, imported_as

        python = seen.interpreter.version
        if not python:
            return
        installed = Installed(seen)
        for one in installed.by_name.values():
            if not one.requires_python or one.name not in installed.stack():
                continue
            if fits(one.requires_python, python) is not False:
                continue
            yield self.finding(
                f"{one.name} {one.version} requires Python {one.requires_python}, "
                f"and this is {python}",
                f"{one.metadata}/METADATA",
                help="Make an environment with a Python that it supports, or install a release "
                "that supports this one.",
                evidence=[
                    Evidence(f"Requires-Python: {one.requires_python}", f"{one.metadata}/METADATA"),
                    Evidence(f"Python {python}", seen.interpreter.executable),
                ],
                commands=[asked.owner.install(one.name)],
                subject=f"python of {one.name}",
                causes=[
                    f"requirements of {one.name}",
                    *(f"import {name}" for name in imported_as(one)),
                ],
            )
