"""KER404 duplicate-distributions."""

from __future__ import annotations

from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kerlint.diagnostics import Diagnostic
    from kerlint.knowledge.families import Family
    from kerlint.manifests.installations import Installation
    from kerlint.manifests.model import Requirement
    from kerlint.rules.installing import InstallContext


class DuplicateDistributions(Rule):
    """Two distributions are installed that own the same folder.

    ## What it does

    Finds two distributions that bring the same import folder and are installed together:
    `tensorflow` beside `tensorflow-cpu`, `tensorflow-gpu` or `tf-nightly`; `keras` beside
    `keras-nightly`; `tf-keras` beside `tf-keras-nightly`. Lines whose markers exclude each other
    are left alone, and so are two extras of a project: nobody has to install both.

    Where only one is asked for, and the other comes along with something else (`tf-keras` brings
    `tensorflow`, also beside `tensorflow-cpu`), it is a warning.

    ## Why is this bad?

    pip installs both, one over the other, and the files of whichever comes last win. Uninstalling
    one of them later removes files of the other, and what is left imports as an empty module.

    ## Example

    ```text
    # file: requirements.txt
    tensorflow==2.19.0
    tensorflow-cpu==2.19.0
    ```

    ## Use instead

    ```text
    # file: requirements.txt
    tensorflow-cpu==2.19.0
    ```

    ## References

    - [keras #19875](https://github.com/keras-team/keras/issues/19875)
    - [tensorflow #20499](https://github.com/tensorflow/tensorflow/issues/20499)
    """

    code = "KER404"
    name = "duplicate-distributions"
    severity = "error"
    trigger = Trigger()
    errors = ("AttributeError: module 'tensorflow' has no attribute '__version__'",)

    def check_installation(
        self, installation: Installation, context: InstallContext
    ) -> Iterator[Diagnostic]:
        """Yield each second distribution of a family."""
        from kerlint.knowledge.families import family_of
        from kerlint.manifests.installations import may_be_apart

        if installation.kind in ("pair", "step"):
            return
        members: dict[Family, list[Requirement]] = {}
        # A group with the nightly builds takes the place of what the project asks for.
        apart = may_be_apart(installation, context.library.manifest)
        for one in installation.requirements:
            if apart and not one.origin:
                continue
            family = family_of(one.name)
            if family is not None:
                members.setdefault(family, []).append(one)
        for family, asked in members.items():
            pair = _clash(asked)
            if pair is not None:
                yield self._asked_twice(family, *pair)
            elif installation.kind in ("asked", "steps") and not apart:
                yield from self._brought(family, asked, installation, context)

    def _asked_twice(self, family: Family, first: Requirement, second: Requirement) -> Diagnostic:
        from kerlint.rules.manifests._places import also, at

        return at(
            self,
            second,
            f"`{first.name}` and `{second.name}` both own the folder `{family.folder}`: "
            "the one that is installed last overwrites the other",
            help=f"keep one of the two: {_keep(family, first, second)}",
            label="overwrites the other, or is overwritten",
            related=(also(first, "the other one"),),
        )

    def _brought(
        self,
        family: Family,
        asked: Sequence[Requirement],
        installation: Installation,
        context: InstallContext,
    ) -> Iterator[Diagnostic]:
        """One is asked for, another comes along with something else."""
        from kerlint.rules.manifests._places import at

        verdict = context.verdict(installation)
        names = {one.name for one in asked}
        for pins in verdict.chosen:
            brought = [name for name in family.members if name in pins and name not in names]
            if not brought or not names & pins.keys():
                continue
            by = verdict.who_asks(brought[0])
            here = next(one for one in asked if one.name in pins)
            yield at(
                self,
                here,
                f"`{here.name}` and `{brought[0]}`, which {by} brings along, both own the folder "
                f"`{family.folder}`: the one that is installed last overwrites the other",
                help=f"ask for `{brought[0]}` instead of `{here.name}`",
                label=f"beside it `{brought[0]}` is installed",
                severity="warning",
            )
            return


def _clash(asked: Sequence[Requirement]) -> tuple[Requirement, Requirement] | None:
    """The first two that are installed at once.

    Of conda `tensorflow-gpu` is a package without files of its own that requires `tensorflow`, and
    conda lets no package overwrite the files of another:
    https://docs.anaconda.com/working-with-conda/applications/tensorflow/
    """
    from kerlint.manifests.marker_places import together

    for index, second in enumerate(asked):
        for first in asked[:index]:
            both_of_conda = first.ecosystem == second.ecosystem == "conda"
            if (
                first.name != second.name
                and not both_of_conda
                and together(first.marker, second.marker)
            ):
                return first, second
    return None


def _keep(family: Family, first: Requirement, second: Requirement) -> str:
    names = {first.name, second.name}
    if family.folder == "tensorflow" and "tensorflow-gpu" in names:
        return "`tensorflow`, or `tensorflow[and-cuda]` for GPUs on Linux"
    if any("nightly" in name for name in names):
        return "the released one, unless the nightly one is wanted"
    kept = next(name for name in family.members if name in names)
    return f"`{kept}`"
