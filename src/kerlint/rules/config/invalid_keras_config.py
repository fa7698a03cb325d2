"""KER501 invalid-keras-config."""

from __future__ import annotations

from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.manifests.settings import SettingsFile
    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import KerasConfig, Observations
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module


class InvalidKerasConfig(Rule):
    """A `keras.json` with values that Keras refuses or ignores.

    ## What it does
    Reads files named `keras.json` and finds values of `backend`, `floatx`, `epsilon` and
    `image_data_format` with which the import of Keras fails, `"image_dim_ordering": "th"`, which
    Keras 2 and 3 do not read any more, and files that are no JSON.

    The probe does the same with the file that the Keras of an environment reads, and finds one that
    cannot be opened or holds something else than an object, too.

    ## Why is this bad?
    Keras reads the file while it is imported, and TensorFlow imports Keras: with a backend of old
    times in it even `import tensorflow` fails, and the traceback names neither the file nor the
    key. A file that is no JSON is passed over without a word, with all that it says.

    ## Example
    ```text
    # file: docker/keras.json
    {
        "backend": "theano",
        "image_data_format": "channels_last",
        "epsilon": "1e-07",
        "floatx": "float32"
    }
    ```

    ## Use instead
    ```text
    # file: docker/keras.json
    {
        "backend": "jax",
        "image_data_format": "channels_last",
        "epsilon": 1e-07,
        "floatx": "float32"
    }
    ```

    ## Notes
    `KERAS_BACKEND` overrules `backend`. `import keras` writes the file where there is none. JSON
    has no comments: to silence this rule, use `per-file-ignores`.

    ## References
    - [Configuring your backend](https://keras.io/getting_started/#configuring-your-backend)
    - [What Keras 3 reads](https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/config.py)
    """

    code = "KER501"
    name = "invalid-keras-config"
    severity = "error"
    trigger = Trigger()
    errors = (
        "ValueError: Unable to import backend : ...",
        "ValueError: Invalid `image_data_format` configuration. Expected one of ...",
        "ValueError: Invalid `floatx` configuration. Expected one of ...",
        "ValueError: Invalid `epsilon` configuration. Expected a float. Received: epsilon=...",
        "AttributeError: 'list' object has no attribute 'get'",
    )

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """Nothing: code is no configuration."""
        return iter(())

    def check_settings(self, file: SettingsFile, context: Context) -> Iterator[Diagnostic]:
        """Yield what is wrong with each entry, or with the file as a whole."""
        if file.format != "keras-json":
            return
        from kerlint.diagnostics import Span
        from kerlint.knowledge.keras_config import broken_is_ignored, fault_of
        from kerlint.rules._files import found_in

        if _is_of_an_old_image(file.path, context):
            return
        versions = context.target.newest
        for problem in file.problems:
            ignored = broken_is_ignored(versions)
            yield found_in(
                self,
                file,
                Span(problem.place, problem.place),
                f"Keras passes over the whole file without a word: {problem.message}"
                if ignored
                else problem.message,
                help="write plain JSON: double quotes, no comments, no comma after the last entry",
            )
        entries = {entry.key: entry.value for entry in file.entries or ()}
        last = {entry.key: entry for entry in file.entries or ()}
        for key, entry in last.items():
            fault = fault_of(key, entries, versions)
            if fault is None:
                continue
            refused = fault.kind == "refused"
            written = file.text.splitlines()[entry.span.start.line - 1]
            text = written[entry.span.start.column - 1 : entry.span.end.column - 1]
            yield found_in(
                self,
                file,
                entry.span if refused else entry.key_span,
                f'importing Keras {versions.keras} fails with `"{key}": {text}`: {fault.why}'
                if refused
                else f"`{key}` is ignored: {fault.why}",
                help=f"write `{fault.instead}`" if fault.instead else "",
                severity="error" if refused else "warning",
            )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield what the installed Keras refuses or ignores in the file that it reads."""
        import json

        from kerlint.knowledge.keras_config import broken_is_ignored, fault_of
        from kerlint.probe.choice import entries, versions
        from kerlint.probe.installed import Installed

        config = seen.keras_config
        installed = versions(Installed(seen), seen.interpreter.version)
        if installed.keras is None or (config.text is None and not config.problem):
            return
        if config.text is None:
            message = f"importing Keras fails: {config.file} cannot be read ({config.problem})"
            yield self._found(config, asked, message, "import keras")
            return
        said = entries(seen)
        if said is None:
            try:
                other = type(json.loads(config.text)).__name__
            except ValueError as error:
                if broken_is_ignored(installed):
                    message = f"Keras passes over the whole file without a word: {error}"
                    yield self._found(config, asked, message, "backend choice")
                return
            message = f"importing Keras fails: the file holds a {other}, not an object"
            yield self._found(config, asked, message, "import keras")
            return
        for key, value in said.items():
            fault = fault_of(key, said, installed)
            if fault is None or (key == "backend" and isinstance(value, str) and value):
                continue  # a backend that Keras does not have is KER206
            refused = fault.kind == "refused"
            text = json.dumps(value)
            yield self._found(
                config,
                asked,
                f'importing Keras {installed.keras} fails with `"{key}": {text}`: {fault.why}'
                if refused
                else f"`{key}` is ignored: {fault.why}",
                "import keras" if refused else "",
                key=key,
                help=f"write `{fault.instead}`" if fault.instead else "",
                refused=refused,
            )

    def _found(
        self,
        config: KerasConfig,
        asked: Asked,
        message: str,
        cause: str,
        *,
        key: str = "",
        help: str = "write plain JSON: an object, double quotes, no comments",
        refused: bool = True,
    ) -> Finding:
        from kerlint.diagnostics import Position, Span
        from kerlint.probe.finding import Evidence, Finding

        file = config.file or "keras.json"
        lines = (config.text or "").splitlines() or [""]
        number = next((i for i, line in enumerate(lines) if key and f'"{key}"' in line), 0)
        place = Position(number + 1, 1)
        return Finding(
            code=self.code,
            name=self.name,
            severity="error" if refused else "warning",
            message=message,
            path=file,
            span=Span(place, place),
            help=help,
            evidence=[Evidence(lines[number].strip() or config.problem, config.file)],
            # Keras writes the file anew where there is none.
            commands=[asked.owner.put_aside(file)],
            subject="keras.json",
            causes=[cause, "tensorflow's keras"] if cause else [],
        )


def _is_of_an_old_image(path: str, context: Context) -> bool:
    """Whether the Dockerfile beside the file installs a Keras before 3."""
    import os

    from kerlint.rules._files import pins_old

    if context.project is None:
        return False
    data = context.project.data(os.path.join(os.path.dirname(path), "Dockerfile"))
    return pins_old(data.decode("utf-8", "replace"))
