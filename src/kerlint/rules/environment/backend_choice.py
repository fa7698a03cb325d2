"""KER632 backend-choice."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class BackendChoice(EnvironmentRule):
    """Which backend Keras takes here, and what chose it.

    ## What it does

    Says which of `KERAS_BACKEND` and `keras.json` has chosen the backend, and which of them is
    overruled, or differs from what the project's code chooses. Where nothing chooses, Keras takes
    tensorflow, and there is nothing to say.

    ## Why is this bad?

    It is not: it is information. But a `keras.json` of an old project in the home folder chooses for
    every project, and a variable of the shell overrules it without a word.

    ## Example

    ```json
    {"environment": {"KERAS_BACKEND": "jax"},
     "distributions": [{"name": "keras", "version": "3.15.1"}]}
    ```

    ## Use instead

    ```json
    {"environment": {}, "distributions": [{"name": "keras", "version": "3.15.1"}],
     "keras_config": {"text": "{\\"backend\\": \\"tensorflow\\"}", "file": "/home/me/.keras/keras.json"}}
    ```

    ## References

    - [Configuring your backend](https://keras.io/getting_started/#configuring-your-backend)
    """

    code = "KER632"
    name = "backend-choice"
    severity = "info"
    errors = ("ValueError: Unable to import backend : ...",)

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield at most one finding."""
        from kerlint.knowledge.backends import DEFAULT_BACKEND
        from kerlint.probe.choice import choice, is_keras3
        from kerlint.probe.installed import Installed

        if not is_keras3(Installed(seen)):
            return
        chosen = choice(seen)
        code = [one for one in asked.backends if one.what != chosen.backend]
        if chosen.backend == DEFAULT_BACKEND and not chosen.overruled and not code:
            return
        overruled = [f"{backend} of {who}" for backend, who in chosen.overruled]
        message = f"Keras takes the backend {chosen.backend}: {chosen.by}"
        if overruled:
            message += f", which overrules {' and '.join(overruled)}"
        if code:
            message += f"; the project's code chooses {code[0].what} for itself"
        yield self.finding(
            message,
            chosen.where or (code[0].place if code else "KERAS_BACKEND"),
            evidence=[
                Evidence(f"{chosen.backend}: {chosen.by}", chosen.where),
                *(Evidence(f"{one.what}: chosen in code", one.place) for one in code),
            ],
            subject="backend choice",
        )
