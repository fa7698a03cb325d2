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
        """Yield one finding for all packages of the stack that exclude this Python."""
        from kerlint.probe.clashes import another
        from kerlint.probe.installed import Installed, fits, imported_as

        python = seen.interpreter.version
        installed = Installed(seen)
        excluding = [
            one
            for one in installed.by_name.values()
            if python and one.requires_python and one.name in installed.stack()
            if fits(one.requires_python, python) is False
        ]
        if not excluding:
            return
        first = excluding[0]
        more = f"; {len(excluding) - 1} more exclude it" * (len(excluding) > 1)
        yield self.finding(
            f"{first.name} {first.version} requires Python {first.requires_python}, and this is "
            f"{python}{more}",
            f"{first.metadata}/METADATA",
            help="Make an environment with a Python that they support, or install releases that "
            "support this one.",
            evidence=[
                Evidence(f"Python {python}", seen.interpreter.executable),
                *(
                    Evidence(
                        f"{one.name} {one.version}: Requires-Python: {one.requires_python}",
                        f"{one.metadata}/METADATA",
                    )
                    for one in excluding[:6]
                ),
            ],
            commands=[asked.owner.install(*(another(one, installed) for one in excluding))],
            subject=" ".join(["python of", *(one.name for one in excluding)]),
            causes=[
                *(f"requirements of {one.name}" for one in excluding),
                *(f"import {name}" for one in excluding for name in imported_as(one)),
            ],
        )
