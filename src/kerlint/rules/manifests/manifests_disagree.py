"""KER409 manifests-disagree."""

from __future__ import annotations

from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.manifests.installations import Installation
    from kerlint.manifests.model import Manifest, Requirement
    from kerlint.rules.installing import InstallContext


class ManifestsDisagree(Rule):
    """Two files of one project demand what cannot both hold.

    ## What it does

    Compares files that are meant for one environment:

    - a lock with the manifest beside it that it was made from;
    - `requirements.txt` with what the project beside it requires (`pyproject.toml`, `setup.cfg`,
      `setup.py`);
    - `environment.yml` with either of them;
    - the `Dockerfile` with the lock beside it;
    - the commands of the README that install something with what the project beside it requires.

    Of a lock each version must fit what the other file asks for. Of the others both together must
    have a solution where each has one by itself; of a README one of its commands has to fit.
    Which files are compared is shown by `kerlint target`, and set by
    [`together`](../configuration.md#together).

    ## Why is this bad?

    Who installs by one file gets an environment that the other forbids. The tests pass, and the
    users' installation does not.

    ## Example

    ```text
    # file: requirements.txt
    tensorflow==2.11.0
    # file: setup.py
    from setuptools import setup

    setup(name="net", install_requires=["keras==2.12.0"])
    ```

    ## Use instead

    ```text
    # file: requirements.txt
    tensorflow==2.12.0
    # file: setup.py
    from setuptools import setup

    setup(name="net", install_requires=["keras==2.12.0"])
    ```

    ## References

    - [A real one](https://github.com/cognizant-ai-labs/covid-xprize/pull/224)
    - [install_requires and requirements files](https://packaging.python.org/en/latest/discussions/install-requires-vs-requirements/)
    """

    code = "KER409"
    name = "manifests-disagree"
    severity = "warning"
    trigger = Trigger()

    def check_manifest(self, manifest: Manifest, context: InstallContext) -> Iterator[Diagnostic]:
        """Yield what a lock has chosen against its manifest, and solve pairs of the others."""
        from kerlint.manifests.installations import LOCKS
        from kerlint.manifests.together import partners

        for other in partners(manifest, context.library.manifest, context.together):
            if manifest.format in LOCKS:
                yield from self._stale(manifest, other, context)
            elif other.format in LOCKS:
                yield from self._against(manifest, other, context)
            elif other.format == "readme":
                yield from self._advised(other, manifest, context)
            else:
                yield from self._excluding(manifest, other, context)

    def _stale(
        self, lock: Manifest, manifest: Manifest, context: InstallContext
    ) -> Iterator[Diagnostic]:
        """Versions of a lock that the manifest does not admit."""
        from kerlint.project.specifiers import pinned
        from kerlint.rules.manifests._places import also, at

        for asked, chosen in _unfitting(lock, manifest, context):
            version = pinned(chosen.specifier)
            yield at(
                self,
                chosen,
                f"{asked.name} {version} is locked, and {manifest.path} asks "
                f"for `{asked.name}{asked.specifier}`",
                help="make the lock again",
                label="locked",
                related=(also(asked, "asked for"),),
            )

    def _against(
        self, manifest: Manifest, lock: Manifest, context: InstallContext
    ) -> Iterator[Diagnostic]:
        """Versions that commands install beside a lock that has others."""
        from kerlint.project.specifiers import pinned
        from kerlint.rules.manifests._breaking import is_image
        from kerlint.rules.manifests._places import also, at

        for asked, chosen in _unfitting(lock, manifest, context):
            if not is_image(asked):
                version = pinned(chosen.specifier)
                yield at(
                    self,
                    asked,
                    f"`{asked.name}{asked.specifier}` is installed here, and {lock.path} has locked "
                    f"{asked.name} {version}",
                    help=f"install from the lock, or write `{asked.name}=={version}`",
                    label="not what is locked",
                    related=(also(chosen, "locked"),),
                )

    def _advised(
        self, readme: Manifest, manifest: Manifest, context: InstallContext
    ) -> Iterator[Diagnostic]:
        """A README of which no command goes with what the project requires."""
        from kerlint.manifests.installations import joined
        from kerlint.rules.manifests import _conflicts
        from kerlint.solving.verdicts import judge

        whole = _whole(context.installations(manifest))
        if whole is None or not context.verdict(whole).chosen:
            return
        found = None
        for one in context.installations(readme):
            known = [each for each in one.requirements if context.index.package(each.name)]
            if one.kind == "step" or not any(each.specifier for each in known):
                continue
            both = joined(whole, one)
            conflict = judge(both, context.index).conflict
            if conflict is None or len({each.path for each in conflict.lines}) < 2:
                return
            found = found or (conflict, both)
        if found is not None:
            yield _conflicts.finding(self, *found, context)

    def _excluding(
        self, manifest: Manifest, other: Manifest, context: InstallContext
    ) -> Iterator[Diagnostic]:
        """A conflict between two files, of which each can be met."""
        from kerlint.manifests.installations import joined
        from kerlint.rules.manifests import _conflicts
        from kerlint.solving.verdicts import judge

        first = _whole(context.installations(manifest))
        second = _whole(context.installations(other))
        if first is None or second is None:
            return
        if not (context.verdict(first).chosen and context.verdict(second).chosen):
            return
        both = joined(first, second)
        conflict = judge(both, context.index).conflict
        if conflict is None or len({one.path for one in conflict.lines}) < 2:
            return
        yield _conflicts.finding(self, conflict, both, context)


def _unfitting(
    lock: Manifest, manifest: Manifest, context: InstallContext
) -> Iterator[tuple[Requirement, Requirement]]:
    """What the manifest asks for and the lock does not have, with what it has."""
    from kerlint.project.specifiers import pinned

    locked: dict[str, list[Requirement]] = {}
    for one in lock.requirements:
        if pinned(one.specifier) and one.source == "index":
            locked.setdefault(one.name, []).append(one)
    overridden = {one.name for one in manifest.requirements if one.role == "override"}
    for asked in manifest.requirements:
        if not asked.specifier or asked.source != "index" or asked.origin == "build":
            continue
        chosen = locked.get(asked.name, [])
        if not chosen or asked.name in overridden or context.index.package(asked.name) is None:
            continue
        if not any(_admits(asked.specifier, pinned(one.specifier)) for one in chosen):
            yield asked, chosen[0]


def _whole(installations: list[Installation]) -> Installation | None:
    """What is always installed."""
    return next((one for one in installations if one.origin == ""), None)


def _admits(specifier: str, version: str) -> bool:
    from kerlint.project.specifiers import admits

    try:
        return admits(specifier, version)
    except ValueError:
        return True
