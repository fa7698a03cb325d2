"""KER647 conda-pip-overwrite."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import CondaPackage, Distribution, Observations


class CondaPipOverwrite(EnvironmentRule):
    """pip has replaced a package that conda owns.

    ## What it does

    Compares conda's own records with what Python finds. It fires where pip or uv brought another
    version of a package that conda still lists, and Keras or a backend needs it.

    ## Why is this bad?

    conda believes that its version is there. Its next installation, of anything at all, writes over
    part of the files, and what is left is a mixture.

    ## Example

    ```json
    {"conda": [{"name": "numpy", "version": "1.26.4"}], "distributions": [
      {"name": "numpy", "version": "2.2.6", "installer": "pip",
       "metadata": "/opt/conda/lib/python3.11/site-packages/numpy-2.2.6.dist-info"},
      {"name": "keras", "version": "3.15.1", "requires": ["numpy"], "installer": "conda"}]}
    ```

    ## Use instead

    ```json
    {"conda": [{"name": "numpy", "version": "1.26.4"}], "distributions": [
      {"name": "numpy", "version": "1.26.4", "installer": "conda",
       "metadata": "/opt/conda/lib/python3.11/site-packages/numpy-1.26.4.dist-info"},
      {"name": "keras", "version": "3.15.1", "requires": ["numpy"], "installer": "pip"}]}
    ```

    ## References

    - [Using pip in an environment](https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html#using-pip-in-an-environment)
    """

    code = "KER647"
    name = "conda-pip-overwrite"
    severity = "warning"
    errors = ("ClobberError: This transaction has incompatible packages due to a shared path.",)

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield one finding for all such packages."""
        from kerlint.probe.installed import Installed

        installed = Installed(seen)
        recorded = {one.name: one for one in seen.conda}
        replaced: list[tuple[CondaPackage, Distribution]] = []
        for one in installed.by_name.values():
            known = recorded.get(one.name)
            if known is None or not one.version or one.name not in installed.stack():
                continue
            if one.installer in ("pip", "uv") and not _same(known.version, one.version):
                replaced.append((known, one))
        if not replaced:
            return
        names = ", ".join(one.name for _, one in replaced[:4])
        yield self.finding(
            f"pip has replaced what conda lists: {names}",
            replaced[0][1].metadata,
            help="Let one of the two own each package: have conda install its own again, or make "
            "an environment in which pip installs everything above Python.",
            evidence=[
                Evidence(
                    f"conda: {known.name} {known.version}; {one.installer}: {one.version}",
                    one.metadata,
                )
                for known, one in replaced[:4]
            ],
            commands=[
                asked.owner.words(
                    "conda",
                    "install",
                    "-y",
                    "-p",
                    asked.owner.prefix,
                    "--force-reinstall",
                    *(f"{known.name}={known.version}" for known, _ in replaced),
                )
            ],
            subject="conda and pip",
            causes=[
                name
                for known, _ in replaced
                for name in (
                    f"altered {known.name}",
                    f"files of {known.name}",
                    f"metadata twice {known.name}",
                    f"requirements of {known.name}",
                )
            ],
        )


def _same(first: str, second: str) -> bool:
    return first.partition("+")[0] == second.partition("+")[0]
