"""KER623 legacy-keras-broken."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class LegacyKerasBroken(EnvironmentRule):
    """tf-keras does not fit this TensorFlow.

    ## What it does

    tf-keras has the minor version of the TensorFlow for which it was made. Where the two differ it
    is a warning; an error where importing tf_keras has failed.

    ## Why is this bad?

    tf-keras 2.15 does not import beside TensorFlow 2.16 and newer, and tf-keras 2.21 not beside
    2.15. Neighbours sometimes work, and nobody tests them.

    ## Example

    ```json
    {"distributions": [
      {"name": "tensorflow", "version": "2.21.0"},
      {"name": "tf-keras", "version": "2.15.0",
       "metadata": "/env/lib/python3.11/site-packages/tf_keras-2.15.0.dist-info"}],
     "trials": [{"subject": "tf_keras", "ended": "failed", "error":
      "AttributeError: module has no attribute 'register_load_context_function'"}]}
    ```

    ## Use instead

    ```json
    {"distributions": [
      {"name": "tensorflow", "version": "2.21.0"},
      {"name": "tf-keras", "version": "2.21.0",
       "metadata": "/env/lib/python3.11/site-packages/tf_keras-2.21.0.dist-info"}],
     "trials": [{"subject": "tf_keras", "ended": "well"}]}
    ```

    ## References

    - [tf-keras #756](https://github.com/keras-team/tf-keras/issues/756)
    - [tf-keras #676](https://github.com/keras-team/tf-keras/issues/676)
    """

    code = "KER623"
    name = "legacy-keras-broken"
    severity = "error"
    errors = (
        "AttributeError: module 'tensorflow._api.v2.compat.v2.__internal__' has no attribute "
        "'register_load_context_function'",
        "ImportError: cannot import name 'runtime_version' from 'google.protobuf'",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield at most one finding."""
        from kerlint.probe.installed import Installed
        from kerlint.rules.environment.legacy_without_tf_keras import install_tf_keras

        installed = Installed(seen)
        tensorflow, legacy = installed.version("tensorflow"), installed.version("tf-keras")
        trial = seen.trial("tf_keras")
        failed = trial is not None and trial.ended == "failed"
        if not tensorflow or not legacy:
            return
        fit = tensorflow.split(".")[:2] == legacy.split(".")[:2]
        if fit and not failed:
            return
        one = installed.bringing("tf-keras")
        assert one is not None
        evidence = [
            Evidence(f"{one.name} {one.version}", one.metadata),
            Evidence(f"TensorFlow {tensorflow}"),
        ]
        if failed and trial is not None:
            evidence.insert(0, Evidence(trial.error or trial.last_step, "import tf_keras"))
        yield self.finding(
            f"importing tf_keras fails: {trial.error}"
            if fit and trial is not None
            else f"tf-keras {legacy} was not made for TensorFlow {tensorflow}"
            + (": importing it fails" if failed else ""),
            one.metadata,
            severity="error" if failed else "warning",
            help="Install the tf-keras of the same minor version as TensorFlow.",
            evidence=evidence,
            seen="live" if failed else "static",
            commands=[] if fit else [install_tf_keras(installed, tensorflow, asked)],
            subject="run tf_keras" if fit else "fit tf_keras",
            causes=[] if fit else ["run tf_keras", "import tf_keras"],
        )
