"""KER622 legacy-without-tf-keras."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.installed import Installed
    from kerlint.probe.observations import Observations


class LegacyWithoutTfKeras(EnvironmentRule):
    """The legacy switch is on, and tf-keras is not installed.

    ## What it does

    Fires where `TF_USE_LEGACY_KERAS` is `1`, `true` or `True` in the environment and a TensorFlow
    that heeds it (from 2.15 on) is installed without `tf-keras`. Where the code of the project
    imports `tf_keras` it fires, too.

    ## Why is this bad?

    `tf.keras` raises, and the message says that Keras is not installed, although it is. Worse,
    `from tensorflow.keras import layers` silently gives Keras 3.

    ## Example

    ```json
    {"environment": {"TF_USE_LEGACY_KERAS": "1"}, "modules": [], "distributions": [
      {"name": "tensorflow", "version": "2.21.0"}, {"name": "keras", "version": "3.15.1"}]}
    ```

    ## Use instead

    ```json
    {"environment": {"TF_USE_LEGACY_KERAS": "1"}, "modules": [], "distributions": [
      {"name": "tensorflow", "version": "2.21.0"}, {"name": "keras", "version": "3.15.1"},
      {"name": "tf-keras", "version": "2.21.0"}]}
    ```

    ## References

    - [TensorFlow and Keras 2](https://keras.io/getting_started/#tensorflow--keras-2-backwards-compatibility)
    - [Where TensorFlow looks](https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/python/util/lazy_loader.py)
    """

    code = "KER622"
    name = "legacy-without-tf-keras"
    severity = "error"
    errors = (
        "ImportError: Keras cannot be imported. Check that it is installed.",
        "ImportError: Your environment has TF_USE_LEGACY_KERAS set to True, but you do not have "
        "the tf_keras package installed.",
        "ModuleNotFoundError: No module named 'tf_keras'",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield at most one finding."""
        from kerlint.knowledge.backends import judge_switch
        from kerlint.knowledge.inventory import LEGACY_SWITCH
        from kerlint.knowledge.releases import version_key
        from kerlint.probe.installed import Installed

        installed = Installed(seen)
        tensorflow = installed.version("tensorflow")
        if not tensorflow or version_key(tensorflow)[:2] < LEGACY_SWITCH or _there(seen, installed):
            return
        value = seen.environment.get("TF_USE_LEGACY_KERAS", "")
        users = [one for one in asked.packages if one.what == "tf_keras"]
        help = "Install the tf-keras of this TensorFlow, or go without the switch."
        if judge_switch(value) == "on":
            message = f"TF_USE_LEGACY_KERAS is `{value}`, and tf-keras is not installed"
            evidence = [Evidence(f"TF_USE_LEGACY_KERAS={value}", "environment")]
            path = "TF_USE_LEGACY_KERAS"
        elif users:
            message = "the project's code imports tf_keras, and tf-keras is not installed"
            evidence = [Evidence("imports tf_keras", one.place) for one in users[:3]]
            path = users[0].place.rpartition(":")[0] or users[0].place
            help = "Install the tf-keras of this TensorFlow."
        else:
            return
        yield self.finding(
            message,
            path,
            help=help,
            evidence=[*evidence, Evidence(f"TensorFlow {tensorflow}")],
            commands=[install_tf_keras(installed, tensorflow, asked)],
            subject="not-installed tf-keras",
            causes=["import tf_keras", "run tf_keras", "tensorflow's keras"],
        )


def install_tf_keras(installed: Installed, tensorflow: str, asked: Asked) -> str:
    """The command for the tf-keras of that TensorFlow.

    tf-keras requires `tensorflow` by that very name: beside `tensorflow-cpu` and the like it would
    bring a second one over it, so there it is installed alone.
    """
    minor = ".".join(tensorflow.split(".")[:2])
    return asked.owner.install(f"tf-keras=={minor}.*", no_deps=installed.get("tensorflow") is None)


def _there(seen: Observations, installed: Installed) -> bool:
    module = seen.module("tf_keras")
    found = module is not None and module.kind not in ("absent", "namespace")
    return found or installed.bringing("tf-keras") is not None
