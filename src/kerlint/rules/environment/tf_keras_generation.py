"""KER621 tf-keras-generation."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class TfKerasGeneration(EnvironmentRule):
    """`tf.keras` is another Keras than the one that this TensorFlow was made for.

    ## What it does

    Compares the installed TensorFlow and Keras: `tf.keras` is whatever Keras is installed.
    TensorFlow up to 2.15 was made for Keras 2, from 2.16 on for Keras 3. With the legacy switch
    (`TF_USE_LEGACY_KERAS=1`) `tf.keras` is tf-keras, and there is nothing to say.

    ## Why is this bad?

    Keras 3 beside TensorFlow 2.15 imports, trains and saves; but `tf.keras` has silently become
    Keras 3: `tf.keras.optimizers.legacy`, `tf.estimator` and `model.save("folder")` are gone. Keras
    2 beside TensorFlow 2.16 or newer does not import at all.

    ## Example

    ```json
    {"environment": {}, "distributions": [
      {"name": "tensorflow", "version": "2.15.1",
       "metadata": "/env/lib/python3.11/site-packages/tensorflow-2.15.1.dist-info"},
      {"name": "keras", "version": "3.15.1",
       "metadata": "/env/lib/python3.11/site-packages/keras-3.15.1.dist-info"}]}
    ```

    ## Use instead

    ```json
    {"environment": {}, "distributions": [
      {"name": "tensorflow", "version": "2.15.1",
       "metadata": "/env/lib/python3.11/site-packages/tensorflow-2.15.1.dist-info"},
      {"name": "keras", "version": "2.15.0",
       "metadata": "/env/lib/python3.11/site-packages/keras-2.15.0.dist-info"}]}
    ```

    ## References

    - [TensorFlow and Keras 3](https://keras.io/getting_started/#tensorflow--keras-2-backwards-compatibility)
    - [tensorflow #62825](https://github.com/tensorflow/tensorflow/issues/62825)
    """

    code = "KER621"
    name = "tf-keras-generation"
    severity = "warning"
    errors = (
        "AttributeError: module 'keras.api._v2.keras.optimizers' has no attribute 'legacy'",
        "AttributeError: module 'tensorflow._api.v2.compat.v2.__internal__' has no attribute "
        "'register_load_context_function'",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield at most one finding."""
        from kerlint.knowledge.backends import judge_switch
        from kerlint.knowledge.releases import version_key
        from kerlint.probe.installed import Installed

        installed = Installed(seen)
        tensorflow, keras = installed.version("tensorflow"), installed.version("keras")
        if not tensorflow or not keras:
            return
        if judge_switch(seen.environment.get("TF_USE_LEGACY_KERAS", "")) == "on":
            return
        new = version_key(keras) >= version_key("3.0.0.dev0")
        made_for_new = version_key(tensorflow) >= version_key("2.16.0.dev0")
        if new == made_for_new or version_key(tensorflow) < version_key("2.6"):
            return
        carrier = installed.bringing("tensorflow")
        assert carrier is not None
        minor = ".".join(tensorflow.split(".")[:2])
        wanted = "keras>=3" if made_for_new else f"keras=={minor}.*"
        pinned = {one.name for one in asked.pins}
        yield self.finding(
            f"`tf.keras` of TensorFlow {tensorflow} is Keras {keras}; it was made for Keras "
            f"{'3' if made_for_new else minor}",
            carrier.metadata,
            help="Install the Keras that belongs to this TensorFlow, or a TensorFlow from 2.16 on."
            if new
            else "Install Keras 3, or a TensorFlow before 2.16.",
            evidence=[
                Evidence(f"{carrier.name} {carrier.version}", carrier.metadata),
                Evidence(f"keras {keras}", getattr(installed.bringing("keras"), "metadata", "")),
            ],
            commands=[
                asked.owner.install("tensorflow>=2.16", f"keras=={keras}")
                if new and "keras" in pinned and "tensorflow" not in pinned
                else asked.owner.install(wanted)
            ],
            subject="tf.keras",
            causes=["import keras"],
        )
