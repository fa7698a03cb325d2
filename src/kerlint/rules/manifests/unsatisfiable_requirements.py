"""KER401 unsatisfiable-requirements."""

from __future__ import annotations

from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.manifests.installations import Installation
    from kerlint.rules.installing import InstallContext


class UnsatisfiableRequirements(Rule):
    """No set of published versions fits the requirements.

    ## What it does

    Solves what is installed together (a requirements file with all that it includes, a project
    with one of its extras, a stage of a Dockerfile, ...) over the published releases of some
    hundred packages around Keras and TensorFlow, for every Python that the manifest admits. Where
    nothing fits, it shows the fewest lines that exclude each other, the published facts that make
    it so, and the nearest lines that work. [How to read it](../manifests.md).

    It is solved offline, from what kerlint knew on the day of its snapshot. Packages outside of it,
    addresses, local paths and versions newer than it never make a conflict.

    Of a lock, which was solved by its own tool, it shows pins that exclude each other: such a lock
    was edited by hand or merged. That is a warning, for the tool installs them all the same.

    ## Why is this bad?

    pip stops with `ResolutionImpossible`, after minutes at times; or, where the packages are
    installed one after the other, replaces one and leaves the rest broken.

    ## Example

    ```text
    # file: requirements.txt
    tensorflow==2.12.1
    keras==3.9.0
    ```

    ## Use instead

    ```text
    # file: requirements.txt
    tensorflow==2.19.0
    keras==3.9.0
    ```

    ## References

    - [ResolutionImpossible](https://pip.pypa.io/en/stable/topics/dependency-resolution/)
    - [A real one](https://github.com/g4m3r0/ImageUpscaler/issues/22)
    """

    code = "KER401"
    name = "unsatisfiable-requirements"
    severity = "error"
    trigger = Trigger()
    errors = (
        "ERROR: ResolutionImpossible: for help visit ...",
        "ERROR: Cannot install ... because these package versions have conflicting dependencies.",
        "error: No solution found when resolving dependencies",
    )

    def check_installation(
        self, installation: Installation, context: InstallContext
    ) -> Iterator[Diagnostic]:
        """Yield the conflict of an installation, if there is one."""
        from kerlint.rules.manifests import _conflicts, _locked

        if installation.kind == "locked":
            yield from _locked.contradictions(self, installation, context)
            return
        if installation.kind not in ("asked", "step"):
            return
        conflict = _conflicts.told(installation, context)
        if conflict is not None and not _conflicts.is_about_cuda(conflict):
            yield _conflicts.finding(self, conflict, installation, context)
