"""KER613 files-altered."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations

_CODE = (".py", ".so", ".pyd", ".dll", ".dylib", ".json")


class FilesAltered(EnvironmentRule):
    """Files of an installed package are not those that were installed.

    ## What it does

    Compares the size of each file with the one in the package's RECORD. Only code and libraries
    count: installers write into commands and metadata. conda and systems build and move files, so
    their packages are left alone. What Keras and its backends do not use is only mentioned.

    ## Why is this bad?

    A file was cut off (a full disk, a broken download), overwritten by another package that owns
    the same folder, or edited. The code that runs is no release that anybody has tested.

    ## Example

    ```json
    {"distributions": [{"name": "keras", "version": "3.15.1", "installer": "pip",
      "metadata": "/env/lib/python3.11/site-packages/keras-3.15.1.dist-info",
      "record": {"present": true, "checked": 1200, "altered_count": 1,
                 "altered": ["keras/src/layers/layer.py"]}}]}
    ```

    ## Use instead

    ```json
    {"distributions": [{"name": "keras", "version": "3.15.1", "installer": "pip",
      "metadata": "/env/lib/python3.11/site-packages/keras-3.15.1.dist-info",
      "record": {"present": true, "checked": 1200, "altered_count": 1,
                 "altered": ["../../../bin/keras-command"]}}]}
    ```

    ## References

    - [The RECORD file](https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file)
    """

    code = "KER613"
    name = "files-altered"
    severity = "error"
    errors = (
        "ImportError: .../_pywrap_tensorflow_internal.so: file too short",
        "ImportError: cannot import name ... from ...",
        "SyntaxError: source code string cannot contain null bytes",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield each distribution with files of another size."""
        from kerlint.probe.installed import Installed, imported_as, verifiable

        installed = Installed(seen)
        for one in seen.distributions:
            record = one.record
            if not record.altered_count or not verifiable(one):
                continue
            code = [path for path in record.altered if _is_code(path)]
            if not code and len(record.altered) >= record.altered_count:
                continue
            count = record.altered_count
            yield self.finding(
                f"{'1 file' if count == 1 else f'{count} files'} of {one.name} {one.version} "
                f"{'has' if count == 1 else 'have'} not the size that its RECORD says",
                f"{one.metadata}/RECORD",
                severity="error" if one.name in installed.stack() else "info",
                help="Install it again; if it was edited on purpose, keep the change elsewhere.",
                evidence=_evidence(code or record.altered, one.location or one.metadata),
                commands=[
                    asked.owner.install(
                        f"{one.name}=={one.version.partition('+')[0]}", reinstall=True
                    )
                ],
                subject=f"altered {one.name}",
                causes=[f"import {name}" for name in imported_as(one)],
            )


def _is_code(path: str) -> bool:
    return not path.startswith("../") and (path.endswith(_CODE) or ".so." in path)


def _evidence(paths: Sequence[str], where: str) -> list[Evidence]:
    return [Evidence(f"other size: {path}", where) for path in paths[:3]]
