"""KER614 metadata-unreadable."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Distribution, Observations

_WHAT = {
    "empty-metadata": "is empty",
    "no-metadata": "is missing",
    "unreadable-metadata": "cannot be read",
}

_DENIED = "This user may not read it. Let its owner allow that, or make an environment of your own."


class MetadataUnreadable(EnvironmentRule):
    """The metadata of an installed package is missing, empty or unreadable.

    ## What it does

    Looks for `*.dist-info` and `*.egg-info` whose METADATA says neither name nor version. For a
    package other than Keras and its backends it is information.

    ## Why is this bad?

    `importlib.metadata.version` returns nothing or raises, and TensorFlow, Keras and transformers
    ask it at import. Installers pass over the package, or refuse to replace it.

    ## Example

    ```json
    {"distributions": [{"name": "keras", "problem": "empty-metadata",
      "metadata": "/env/lib/python3.11/site-packages/keras-3.15.1.dist-info"}]}
    ```

    ## Use instead

    ```json
    {"distributions": [{"name": "keras", "version": "3.15.1",
      "metadata": "/env/lib/python3.11/site-packages/keras-3.15.1.dist-info"}]}
    ```

    ## References

    - [Recording installed projects](https://packaging.python.org/en/latest/specifications/recording-installed-packages/)
    """

    code = "KER614"
    name = "metadata-unreadable"
    severity = "error"
    errors = (
        "importlib.metadata.PackageNotFoundError: No package metadata was found for ...",
        "TypeError: expected string or bytes-like object, got 'NoneType'",
        "error: uninstall-no-record-file",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield each distribution that says nothing about itself."""
        from kerlint.probe.installed import imported_as, is_framework

        for one in seen.distributions:
            if not one.problem:
                continue
            folder = one.metadata.replace("\\", "/").rpartition("/")[2]
            version = one.version or _version(folder)
            again = f"{one.name}=={version.partition('+')[0]}" if version else one.name
            yield self.finding(
                f"the metadata of {one.name} {_WHAT.get(one.problem, 'is broken')} ({folder})",
                one.metadata,
                severity="error" if is_framework(one.name) else "info",
                help=_DENIED
                if "Permission denied" in one.detail
                else "Delete that folder and install the package again.",
                evidence=[Evidence(one.detail or one.problem, f"{one.metadata}/METADATA")],
                commands=_commands(one, again, seen, asked),
                subject=f"metadata of {one.name}",
                causes=[
                    f"files of {one.name}",
                    f"altered {one.name}",
                    f"metadata twice {one.name}",
                    f"unowned {one.name}",
                    f"not-installed {one.name}",
                    f"pin {one.name}",
                    *(f"unowned {name}" for name in imported_as(one)),
                    *(f"import {name}" for name in imported_as(one)),
                ],
            )


def _commands(one: Distribution, again: str, seen: Observations, asked: Asked) -> list[str]:
    """Who may not read it, but owns what is around it, may allow it; nobody else is told to try."""
    if "Permission denied" in one.detail:
        if seen.site.writable and not asked.owner.windows:
            return [asked.owner.words("chmod", "-R", "u+rwX", one.metadata)]
        return [asked.owner.install(again)] if asked.owner.tool == "system" else []
    return [asked.owner.remove(one.metadata), asked.owner.install(again, reinstall=True)]


def _version(folder: str) -> str:
    """`3.15.1` of `keras-3.15.1.dist-info`."""
    stem = folder.rpartition(".")[0]
    return stem.rpartition("-")[2] if "-" in stem else ""
