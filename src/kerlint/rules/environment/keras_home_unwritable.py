"""KER633 keras-home-unwritable."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class KerasHomeUnwritable(EnvironmentRule):
    """Keras's folder for settings, weights and data sets cannot be written.

    ## What it does

    Looks whether `KERAS_HOME`, else `~/.keras`, can be written by the user who runs Python.

    ## Why is this bad?

    Where the home folder cannot be written, Keras goes to `/tmp/.keras` without a word: settings in
    `~/.keras/keras.json` are not read, downloads are lost with the container, and everybody on the
    machine can put files there. With `KERAS_HOME` set to such a folder downloads fail.

    ## Example

    ```json
    {"distributions": [{"name": "keras", "version": "3.15.1"}],
     "keras_config": {"home": "/tmp/.keras", "home_source": "temporary", "writable": true}}
    ```

    ## Use instead

    ```json
    {"distributions": [{"name": "keras", "version": "3.15.1"}],
     "keras_config": {"home": "/home/me/.keras", "home_source": "home", "writable": true}}
    ```

    ## References

    - [What Keras does](https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/config.py)
    """

    code = "KER633"
    name = "keras-home-unwritable"
    severity = "warning"
    errors = ("PermissionError: [Errno 13] Permission denied: '.../.keras/...'",)

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield at most one finding."""
        from kerlint.probe.installed import Installed

        config = seen.keras_config
        if Installed(seen).bringing("keras") is None:
            return
        temporary = config.home_source == "temporary"
        if not temporary and (config.writable is not False or not config.home):
            return
        variable = config.home_source == "KERAS_HOME"
        yield self.finding(
            f"the home folder cannot be written, so Keras uses {config.home or '/tmp/.keras'}"
            if temporary
            else f"{config.home} cannot be written, and Keras keeps its files there",
            config.home or "KERAS_HOME",
            help="Point KERAS_HOME to a folder of this user.",
            evidence=[
                Evidence(
                    f"{config.home}: {'used instead' if temporary else 'not writable'}",
                    "KERAS_HOME" if variable else "home folder",
                )
            ],
            commands=[asked.owner.set("KERAS_HOME", "keras-home")]
            if asked.owner.windows
            else ['export KERAS_HOME="$PWD/.keras"'],
            subject="keras home",
        )
