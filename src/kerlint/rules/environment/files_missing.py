"""KER612 files-missing."""

from __future__ import annotations

from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class FilesMissing(Rule):
    """Files of an installed package are gone.

    ## What it does

    Compares what each installed package says it brought (its RECORD) with what is on the disk.
    Packages without a RECORD (Debian's, conda's) cannot be compared and are named as not checked.

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
    """

    code = "KER612"
    name = "files-missing"
    severity = "error"
    trigger = Trigger()
    errors = (
        "ImportError: cannot import name 'layers' from partially initialized module 'keras.src' "
        "(most likely due to a circular import)",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield each distribution that lacks files."""
        from kerlint.probe.finding import Evidence, Finding

        for one in seen.distributions:
            gone = one.record.missing_count
            if not gone:
                continue
            files = "1 file" if gone == 1 else f"{gone} files"
            yield Finding(
                code=self.code,
                name=self.name,
                severity=self.severity,
                message=f"{files} of {one.name} {one.version} that its RECORD lists "
                f"{'is' if gone == 1 else 'are'} not there",
                path=f"{one.metadata}/RECORD",
                help="Install it again, so that every file is there.",
                evidence=[
                    Evidence(f"not there: {path}", one.location) for path in one.record.missing[:3]
                ],
                commands=[asked.owner.install(f"{one.name}=={one.version}", reinstall=True)],
                subject=f"distribution {one.name}",
                causes=[f"import {name}" for name in one.top_level or [one.name]],
            )
