"""KER662 variant-differs-from-pins."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations

_OF_A_PLATFORM = ("tensorflow-intel", "tensorflow-macos", "tensorflow-cpu-aws")
"""What `tensorflow` itself requires on some platforms: no other variant."""


class VariantDiffersFromPins(EnvironmentRule):
    """Another distribution of the same library is installed than the project asks for.

    ## What it does

    Finds `tensorflow-cpu` where the project's lock or manifests say `tensorflow`, `keras-nightly`
    where they say `keras`, and the like. `tensorflow-intel` and `tensorflow-macos` are what
    `tensorflow` was on their platforms. Where a GPU is wanted and the installed one has no support
    for GPUs it is an error.

    ## Why is this bad?

    `import tensorflow` works, and nobody notices that no GPU is used or that it is a nightly
    build. To installers the two are different things: the next one installs the other over it.

    ## Example

    ```json
    {"pins": [{"file": "requirements.txt", "line": "tensorflow[and-cuda]"}],
     "distributions": [{"name": "tensorflow-cpu", "version": "2.21.0",
      "metadata": "/env/lib/python3.11/site-packages/tensorflow_cpu-2.21.0.dist-info"}]}
    ```

    ## Use instead

    ```json
    {"pins": [{"file": "requirements.txt", "line": "tensorflow[and-cuda]"}],
     "distributions": [{"name": "tensorflow", "version": "2.21.0",
      "metadata": "/env/lib/python3.11/site-packages/tensorflow-2.21.0.dist-info"}]}
    ```

    ## References

    - [tensorflow #20499](https://github.com/tensorflow/tensorflow/issues/20499)
    """

    code = "KER662"
    name = "variant-differs-from-pins"
    severity = "warning"
    errors = ("... requires tensorflow, which is not installed.",)

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield each library of which another distribution is installed."""
        from kerlint.diagnostics import Position, Span
        from kerlint.probe.installed import Installed, stands_for

        installed = Installed(seen)
        pinned = {one.name for one in asked.pins}
        told: set[str] = set()
        for pin in asked.pins:
            have = installed.bringing(pin.name)
            what = stands_for(pin.name)
            if have is None or have.name in pinned or have.name == pin.name or pin.optional:
                continue
            if have.name in _OF_A_PLATFORM or what in told:
                continue
            told.add(what)
            build = seen.build(what)
            lacks = bool(asked.gpu) and build is not None and build.gpu is False
            place = Position(pin.line, pin.column)
            extras = f"[{','.join(pin.extras)}]" if pin.extras else ""
            yield self.finding(
                f"{pin.path} asks for {pin.name}{extras}, and {have.name} {have.version} is "
                "installed" + (", which has no support for GPUs" if lacks else ""),
                pin.path,
                severity="error" if lacks else "warning",
                span=Span(place, place),
                help="Install what the project asks for.",
                evidence=[
                    Evidence(pin.text, f"{pin.path}:{pin.line}"),
                    Evidence(f"{have.name} {have.version}", have.metadata),
                ],
                commands=[
                    asked.owner.uninstall([have.name]),
                    asked.owner.install(f"{pin.name}{extras}{pin.specifier}"),
                ],
                subject=f"variant {what}",
                causes=[f"gpu used {what}", f"gpu used keras {what}"],
            )
