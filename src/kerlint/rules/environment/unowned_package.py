"""KER617 unowned-package."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import ModuleFound, Observations

_BROUGHT_BY = {"tensorflow": "tensorflow", "keras": "keras", "tf_keras": "tf-keras"}
_WATCHED = (*_BROUGHT_BY, "jax", "jaxlib", "torch", "numpy", "h5py", "ml_dtypes", "optree", "namex")


class UnownedPackage(EnvironmentRule):
    """A framework can be imported, but no installed package brings it.

    ## What it does

    Looks where `import keras`, `import tensorflow` and the like lead. It fires where that is a
    folder of `site-packages` that belongs to no package that is installed there. Where the files of
    packages are not recorded (Debian, conda), it stays silent.

    ## Why is this bad?

    It is the remainder of an uninstalled package, or was copied by hand. A remainder imports without
    an error and has nothing in it: after `pip uninstall keras-nightly` `import keras` works and
    `keras.layers` does not.

    ## Example

    ```json
    {"site": {"site_packages": ["/env/lib/python3.11/site-packages"]},
     "distributions": [{"name": "numpy", "version": "2.2.6", "record": {"present": true}}],
     "modules": [{"name": "keras", "kind": "namespace",
      "origin": "/env/lib/python3.11/site-packages/keras"}]}
    ```

    ## Use instead

    ```json
    {"site": {"site_packages": ["/env/lib/python3.11/site-packages"]},
     "distributions": [{"name": "keras", "version": "3.15.1", "record": {"present": true}}],
     "modules": [{"name": "keras", "kind": "package", "owner": "keras",
      "origin": "/env/lib/python3.11/site-packages/keras/__init__.py"}]}
    ```

    ## References

    - [keras #19875](https://github.com/keras-team/keras/issues/19875)
    - [tensorflow #48960](https://github.com/tensorflow/tensorflow/issues/48960)
    """

    code = "KER617"
    name = "unowned-package"
    severity = "warning"
    errors = (
        "AttributeError: module 'keras' has no attribute 'layers'",
        "AttributeError: module 'tensorflow' has no attribute 'keras'",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield each framework that nobody owns."""
        from kerlint.probe.installed import Installed

        installed = Installed(seen)
        for one in seen.modules:
            if one.name not in _WATCHED or one.owner or not _unowned(one, seen):
                continue
            if installed.bringing(one.name.replace("_", "-")) is not None:
                continue
            empty = one.kind == "namespace"
            place = one.origin.removesuffix("/__init__.py")
            yield self.finding(
                f"`import {one.name}` finds a folder without `__init__.py` that no installed "
                "package owns: a remainder"
                if empty
                else f"`import {one.name}` finds a package that no installed package owns",
                one.origin,
                help=f"Delete it, and install {one.name} if it is needed.",
                evidence=[Evidence(f"{one.kind} {one.name}", one.origin)],
                commands=[
                    asked.owner.remove(place),
                    asked.owner.install(one.name.replace("_", "-")),
                ],
                subject=f"unowned {one.name}",
                causes=[f"import {one.name}"],
            )


def _unowned(module: ModuleFound, seen: Observations) -> bool:
    """Whether it lies in site-packages, and its neighbours say what they own."""
    if module.kind not in ("package", "namespace"):
        return False
    folders = [folder.rstrip("/\\") for folder in seen.site.site_packages]
    if not any(module.origin.startswith((f"{one}/", f"{one}\\")) for one in folders):
        return False
    if any(one.installer == "conda" for one in seen.distributions) or seen.conda:
        return False
    claimed = any(module.name in one.top_level for one in seen.distributions)
    return not claimed and any(one.record.present for one in seen.distributions)
