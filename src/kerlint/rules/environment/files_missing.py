"""KER612 files-missing."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Distribution, Observations


class FilesMissing(EnvironmentRule):
    """Files of an installed package are gone.

    ## What it does

    Compares what each installed package says it brought (its RECORD) with what is on the disk.
    Packages without a RECORD, and those that a system or conda has packaged anew, cannot be
    compared. Where only commands, tests or compiled copies are gone, as in images that were made
    small, or files of a package that Keras and its backends do not use, it is no more than
    information.

    ## Why is this bad?

    The package imports halfway, as an empty folder, or fails with a message about something
    else: a deleted file of Keras shows as a circular import. `pip check` does not look.

    ## Example

    ```json
    {"distributions": [{"name": "keras", "version": "3.15.1", "installer": "pip",
      "metadata": "/env/lib/python3.11/site-packages/keras-3.15.1.dist-info",
      "record": {"present": true, "checked": 1200, "missing_count": 1,
                 "missing": ["keras/src/layers/__init__.py"]}}]}
    ```

    ## Use instead

    ```json
    {"distributions": [{"name": "keras", "version": "3.15.1", "installer": "pip",
      "metadata": "/env/lib/python3.11/site-packages/keras-3.15.1.dist-info",
      "record": {"present": true, "checked": 1200}}]}
    ```

    ## References

    - [Recording installed projects](https://packaging.python.org/en/latest/specifications/recording-installed-packages/)
    - [tensorflow #29723](https://github.com/tensorflow/tensorflow/issues/29723)
    """

    code = "KER612"
    name = "files-missing"
    severity = "error"
    errors = (
        "ImportError: cannot import name 'layers' from partially initialized module 'keras.src' "
        "(most likely due to a circular import)",
        "AttributeError: module 'tensorflow' has no attribute '__version__'",
        "ModuleNotFoundError: No module named 'tensorflow.python'",
        "AttributeError: module 'keras' has no attribute 'layers'",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield each distribution that lacks files."""
        from kerlint.probe.installed import Installed, imported_as, verifiable

        installed = Installed(seen)
        for one in seen.distributions:
            gone = one.record.missing_count
            if not gone or not verifiable(one):
                continue
            files = "1 file" if gone == 1 else f"{gone} files"
            names = imported_as(one)
            yield self.finding(
                f"{files} of {one.name} {one.version} that its RECORD lists "
                f"{'is' if gone == 1 else 'are'} not there",
                f"{one.metadata}/RECORD",
                severity="info"
                if _spare(one.record.missing, gone)
                else "error"
                if one.name in installed.stack()
                else "info",
                help="Install it again, so that every file is there.",
                evidence=[
                    Evidence(f"not there: {path}", one.location or f"{one.metadata}/RECORD")
                    for path in one.record.missing[:3]
                ],
                commands=[asked.owner.install(f"{one.name}=={_public(one)}", reinstall=True)],
                subject=f"files of {one.name}",
                causes=[f"altered {one.name}", *(f"import {name}" for name in names)],
            )


def _public(one: Distribution) -> str:
    """The version as an index has it, without the local part (`+cpu`)."""
    return one.version.partition("+")[0]


def _spare(missing: Sequence[str], count: int) -> bool:
    """Whether all files that are gone are of no use to an import."""
    return len(missing) >= count and all(
        path.startswith("../")
        or path.endswith((".pyc", ".pyi", ".h", ".md", ".txt", ".rst"))
        or not {"tests", "test", "docs", "examples"}.isdisjoint(path.split("/")[:-1])
        for path in missing
    )
