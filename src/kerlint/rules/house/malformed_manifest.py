"""KER903: a settings file or manifest that its own tool would refuse."""

from __future__ import annotations

from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic, Span
    from kerlint.manifests.model import Manifest
    from kerlint.manifests.settings import SettingsFile
    from kerlint.rules.base import Context
    from kerlint.rules.installing import InstallContext
    from kerlint.source.facts import Module


class MalformedManifest(Rule):
    """A file of settings or requirements that its own tool would refuse.

    ## What it does

    Finds files of settings (workflows, compose files, conda environments, `pyproject.toml`,
    `tox.toml`, settings of VS Code) that name a variable of Keras and are no YAML, TOML or JSON.

    In files that ask for packages, and name one that kerlint knows, it also finds the parts that
    pip, uv, Poetry, conda, Docker, make or a shell would refuse: lines that are no requirements,
    values of another kind than they must be, versions and markers that are none, a `setup.py` that
    is no Python, here-documents and quotes that nothing ends, included files that are not there.
    The rest of the file is checked all the same.

    ## Why is this bad?

    What cannot be read cannot be checked, and the tool that the file is for cannot read it either.
    Without this finding a broken file would pass for a clean one.

    ## Example

    ```text
    # file: compose.yaml
    services:
      train:
        environment:
          KERAS_BACKEND: jax
         image: python
    ```

    ## Use instead

    ```text
    # file: compose.yaml
    services:
      train:
        environment:
          KERAS_BACKEND: jax
        image: python
    ```

    ## Notes

    Of a broken `keras.json` KER501 tells: Keras itself passes over it.

    ## References

    - [YAML 1.2](https://yaml.org/spec/1.2.2/)
    - [TOML](https://toml.io/en/v1.0.0)
    """

    code = "KER903"
    name = "malformed-manifest"
    severity = "error"
    trigger = Trigger()

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """Nothing: of code that does not parse KER901 tells."""
        return iter(())

    def check_settings(self, file: SettingsFile, context: Context) -> Iterator[Diagnostic]:
        """Yield what keeps the file from being read."""
        if file.format == "keras-json":
            return
        from kerlint.diagnostics import Span
        from kerlint.rules._files import found_in

        for problem in file.problems:
            yield found_in(
                self, file, Span(problem.place, problem.place), f"the file is {problem.message}"
            )

    def check_manifest(self, manifest: Manifest, context: InstallContext) -> Iterator[Diagnostic]:
        """Yield what the tool that the manifest is for would refuse."""
        for problem in manifest.problems:
            yield self._at(manifest, problem.span, problem.message)
        if manifest.format != "requirements" or not manifest.includes:
            return
        for include in manifest.includes:
            named = include.kind in ("requirements", "constraints")
            if named and context.library.lacks(include.path, manifest.path):
                message = f"there is no file `{include.path}`: pip stops here"
                yield self._at(manifest, include.span, message)
        from kerlint.manifests.cycles import closing

        for include in closing(manifest, context.library.manifest):
            message = f"`{include.path}` leads back to this file: pip refuses that, or never ends"
            yield self._at(manifest, include.span, message)

    def _at(self, manifest: Manifest, span: Span, message: str) -> Diagnostic:
        from kerlint.diagnostics import Diagnostic

        return Diagnostic(
            code=self.code,
            name=self.name,
            severity=self.severity,
            message=message,
            path=manifest.path,
            span=span,
        )
