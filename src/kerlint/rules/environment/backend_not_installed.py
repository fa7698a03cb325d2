"""KER631 backend-not-installed."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Severity
    from kerlint.probe.asked import Asked
    from kerlint.probe.choice import Choice
    from kerlint.probe.finding import Finding
    from kerlint.probe.installed import Installed
    from kerlint.probe.observations import Observations


class BackendNotInstalled(EnvironmentRule):
    """The backend that Keras is to use is not installed, or something that it needs.

    ## What it does

    Works out which backend Keras 3 takes here (`KERAS_BACKEND`, else `keras.json`, else
    tensorflow), and which ones the project's code chooses, and looks whether they can be imported.
    The numpy backend needs jax and scipy, the openvino backend scipy.

    ## Why is this bad?

    Keras requires no backend in its metadata, so that no installer brings one. Importing Keras
    fails; through `tf.keras` the message says that Keras itself is not installed.

    ## Example

    ```json
    {"environment": {"KERAS_BACKEND": "jax"}, "modules": [], "distributions": [
      {"name": "keras", "version": "3.15.1",
       "metadata": "/env/lib/python3.11/site-packages/keras-3.15.1.dist-info"},
      {"name": "tensorflow", "version": "2.21.0"}]}
    ```

    ## Use instead

    ```json
    {"environment": {"KERAS_BACKEND": "jax"}, "modules": [], "distributions": [
      {"name": "keras", "version": "3.15.1",
       "metadata": "/env/lib/python3.11/site-packages/keras-3.15.1.dist-info"},
      {"name": "jax", "version": "0.10.2"}, {"name": "jaxlib", "version": "0.10.2"}]}
    ```

    ## References

    - [Installing a backend](https://keras.io/getting_started/#installing-keras-3)
    - [keras #18888](https://github.com/keras-team/keras/issues/18888)
    """

    code = "KER631"
    name = "backend-not-installed"
    severity = "error"
    errors = (
        "ModuleNotFoundError: No module named 'tensorflow'",
        "ModuleNotFoundError: No module named 'jax'",
        "ModuleNotFoundError: No module named 'torch'",
        "ModuleNotFoundError: No module named 'scipy'",
        "ImportError: Keras cannot be imported. Check that it is installed.",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield each chosen backend that is not there."""
        from kerlint.probe.choice import choice, is_keras3
        from kerlint.probe.installed import Installed

        installed = Installed(seen)
        if not is_keras3(installed):
            return
        chosen = choice(seen)
        wanted = [(one.what, f"{one.place} chooses it", one.place) for one in asked.backends]
        if not wanted or chosen.where:
            wanted.append((chosen.backend, chosen.by, chosen.where))
        absent = {
            backend: _lacking(backend, seen, installed)
            for backend in dict.fromkeys(one for one, _, _ in wanted)
        }
        # Code with several backends may be made for any of them.
        some = len(asked.backends) > 1 and not all(absent.values())
        for backend, names in absent.items():
            if names:
                why = [(by, where) for one, by, where in wanted if one == backend]
                severity: Severity = "info" if some and backend != chosen.backend else "error"
                if _overruled(backend, chosen, asked, seen):
                    severity = "info"
                yield self._absent(backend, names, why, installed, asked, severity)

    def _absent(
        self,
        backend: str,
        absent: list[str],
        why: list[tuple[str, str]],
        installed: Installed,
        asked: Asked,
        severity: Severity,
    ) -> Finding:
        keras = installed.bringing("keras")
        itself = absent[0] == backend
        listed = " and ".join(absent)
        return self.finding(
            f"Keras's backend {backend} is chosen, and {listed} "
            f"{'is' if len(absent) == 1 else 'are'} not installed",
            why[0][1] or (keras.metadata if keras else "keras"),
            severity=severity,
            help=f"Install {'the backend' if itself else listed}, or choose a backend that is "
            f"installed{_others(backend, installed)}.",
            evidence=[
                *(Evidence(f"backend {backend}: {by}", where) for by, where in why),
                *(Evidence(f"no distribution {name}") for name in absent),
            ],
            commands=[asked.owner.install(*absent)],
            subject=f"not-installed {backend}",
            causes=[
                f"backend {backend}",
                f"run keras {backend}",
                *(f"import {name}" for name in absent),
            ],
        )


def _overruled(backend: str, chosen: Choice, asked: Asked, seen: Observations) -> bool:
    """Whether only `keras.json` says so, and the project's code chooses for itself. Keras writes
    that file at its first start, with tensorflow, whoever starts it."""
    of_code = {one.what for one in asked.backends}
    by_file = bool(chosen.where) and chosen.where == seen.keras_config.file
    return by_file and bool(of_code) and backend not in of_code


def _lacking(backend: str, seen: Observations, installed: Installed) -> list[str]:
    """What the backend needs and is not there; only itself, if it is not: it brings the rest."""
    from kerlint.probe.choice import NEEDS

    absent = [name for name in NEEDS.get(backend, ()) if not _there(name, seen, installed)]
    return [backend] + [one for one in absent if one == "scipy"] if backend in absent else absent


def _there(name: str, seen: Observations, installed: Installed) -> bool:
    module = seen.module(name)
    if module is not None and module.kind not in ("absent", "namespace"):
        return True
    return installed.bringing(name) is not None


def _others(backend: str, installed: Installed) -> str:
    """` (torch)`: what is there besides."""
    there = [one for one in ("tensorflow", "jax", "torch") if installed.bringing(one)]
    names = [one for one in there if one != backend]
    return f" ({', '.join(names)})" if names else ""
