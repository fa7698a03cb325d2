"""KER645 user-site-leak."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Distribution, Observations


class UserSiteLeak(EnvironmentRule):
    """Packages of the user's own folder come into an environment.

    ## What it does

    Finds packages of Keras and its backends that Python takes from the user site
    (`~/.local/lib/python3.11/site-packages`) although the environment is a conda or virtual one, or
    has the same package itself. Packages of the user site on a system's Python are what that folder
    is for.

    ## Why is this bad?

    `pip install --user` of long ago decides what runs, in every environment of that Python version,
    and neither a lock file nor `conda list` shows it.

    ## Example

    ```json
    {"site": {"user_site": "/home/me/.local/lib/python3.11/site-packages",
              "conda_prefix": "/opt/conda"},
     "distributions": [{"name": "keras", "version": "2.12.0", "user_site": true,
      "metadata": "/home/me/.local/lib/python3.11/site-packages/keras-2.12.0.dist-info"}]}
    ```

    ## Use instead

    ```json
    {"site": {"user_site": "/home/me/.local/lib/python3.11/site-packages",
              "conda_prefix": "", "virtual_environment": false},
     "distributions": [{"name": "keras", "version": "3.15.1", "user_site": true,
      "metadata": "/home/me/.local/lib/python3.11/site-packages/keras-3.15.1.dist-info"}]}
    ```

    ## References

    - [PYTHONNOUSERSITE](https://docs.python.org/3/using/cmdline.html#envvar-PYTHONNOUSERSITE)
    """

    code = "KER645"
    name = "user-site-leak"
    severity = "warning"
    errors = ("... requires ..., but you have ... which is incompatible.",)

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield one finding for all such packages."""
        from kerlint.probe.installed import Installed

        installed = Installed(seen)
        stack = installed.stack()
        separate = bool(seen.site.conda_prefix) or seen.site.virtual_environment is True
        leaked: list[Distribution] = []
        hidden = []
        for one in installed.by_name.values():
            if not one.user_site or one.name not in stack:
                continue
            same = [
                other
                for other in seen.distributions
                if other.name == one.name and not other.user_site
            ]
            if same or separate:
                leaked.append(one)
                hidden += same
        if not leaked:
            return
        names = ", ".join(f"{one.name} {one.version}" for one in leaked[:3])
        more = f" and {len(leaked) - 3} more" if len(leaked) > 3 else ""
        verb = "comes" if len(leaked) == 1 else "come"
        yield self.finding(
            f"{names}{more} {verb} from the user site"
            + (", before those of the environment" if hidden else ""),
            seen.site.user_site or leaked[0].location or leaked[0].metadata,
            help="Switch the user site off, or uninstall the packages there.",
            evidence=[
                *(Evidence(f"{one.name} {one.version}", one.metadata) for one in leaked[:3]),
                *(
                    Evidence(f"{one.name} {one.version}, hidden by it", one.metadata)
                    for one in hidden[:3]
                ),
            ],
            commands=[asked.owner.set("PYTHONNOUSERSITE", "1")],
            subject="user site",
            causes=[
                *(f"requirements of {one.name}" for one in leaked if hidden),
                *(f"pin {one.name}" for one in leaked),
                *(f"import {one.name.replace('-', '_')}" for one in leaked),
            ],
        )
