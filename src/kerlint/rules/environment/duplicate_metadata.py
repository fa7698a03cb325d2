"""KER615 duplicate-metadata."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Distribution, Observations


class DuplicateMetadata(EnvironmentRule):
    """One package has two sets of metadata in one folder.

    ## What it does

    Finds two `*.dist-info` of one name in the same `site-packages`. A package that lies in two
    folders of the path (the user's and the system's) is none of its business.

    ## Why is this bad?

    Which of the two counts is decided by the order in which the file system lists them:
    `importlib.metadata.version("keras")` says 2.15.0 while `keras.__version__` is 3.15.1. An
    installation was interrupted, or one tool wrote over what another had installed.

    ## Example

    ```json
    {"distributions": [
      {"name": "keras", "version": "2.15.0", "location": "/env/lib/python3.11/site-packages",
       "metadata": "/env/lib/python3.11/site-packages/keras-2.15.0.dist-info"},
      {"name": "keras", "version": "3.15.1", "location": "/env/lib/python3.11/site-packages",
       "metadata": "/env/lib/python3.11/site-packages/keras-3.15.1.dist-info"}]}
    ```

    ## Use instead

    ```json
    {"distributions": [
      {"name": "keras", "version": "3.15.1", "location": "/env/lib/python3.11/site-packages",
       "metadata": "/env/lib/python3.11/site-packages/keras-3.15.1.dist-info"}]}
    ```

    ## References

    - [Recording installed projects](https://packaging.python.org/en/latest/specifications/recording-installed-packages/)
    """

    code = "KER615"
    name = "duplicate-metadata"
    severity = "warning"
    errors = ("warning: Multiple versions of `...` are installed",)

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield each name with two sets of metadata in one folder."""
        from kerlint.probe.installed import verifiable

        groups: dict[tuple[str, str], list[Distribution]] = {}
        for one in seen.distributions:
            location = one.location or one.metadata.replace("\\", "/").rpartition("/")[0]
            groups.setdefault((one.name, location), []).append(one)
        for (name, location), ones in groups.items():
            places = dict.fromkeys(one.metadata for one in ones)
            if len(places) < 2 or _in_both_forms(ones):
                continue
            if all(verifiable(one) for one in ones):
                yield self._twice(name, location, ones, asked)

    def _twice(
        self, name: str, location: str, ones: Sequence[Distribution], asked: Asked
    ) -> Finding:
        from kerlint.probe.installed import imported_as

        real = _real(ones)
        others = [one for one in ones if one is not real]
        versions = " and ".join(one.version or "no version" for one in ones)
        return self.finding(
            f"{name} is recorded {len(ones)} times in one folder: {versions}",
            ones[0].metadata,
            help=f"Delete the record that is left over, and install {name} again.",
            evidence=[Evidence(f"{one.name} {one.version}", one.metadata) for one in ones],
            commands=[
                asked.owner.remove(*(one.metadata for one in others)),
                asked.owner.install(f"{name}=={real.version.partition('+')[0]}", reinstall=True),
            ],
            subject=f"metadata twice {name}",
            causes=[
                f"files of {name}",
                f"altered {name}",
                f"overlap {name}",
                f"requirements of {name}",
                f"pin {name}",
                *(f"import {one}" for one in imported_as(real)),
            ],
        )


def _in_both_forms(ones: Sequence[Distribution]) -> bool:
    """Whether one release is there as `.dist-info` and as `.egg-info`: Debian's cryptography."""
    forms = {one.metadata.rpartition(".")[2] for one in ones}
    return len({one.version for one in ones}) == 1 and forms == {"dist-info", "egg-info"}


def _real(ones: Sequence[Distribution]) -> Distribution:
    """The one whose files are there; of several the newest."""
    from kerlint.knowledge.releases import version_key

    def rank(one: Distribution) -> tuple[bool, bool, int, tuple[int, ...]]:
        bad = one.record.missing_count + one.record.altered_count
        return (not one.problem, one.record.present, -bad, version_key(one.version or "0"))

    return max(ones, key=rank)
