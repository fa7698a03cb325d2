"""KER408 python-not-supported."""

from __future__ import annotations

from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kerlint.diagnostics import Diagnostic
    from kerlint.manifests.installations import Installation
    from kerlint.manifests.model import PythonRange, Requirement
    from kerlint.rules.installing import InstallContext
    from kerlint.solving import Conflict


class PythonNotSupported(Rule):
    """A Python that the project admits has no set of versions that fits.

    ## What it does

    Where a manifest says which Pythons it is for (`requires-python`, `python_requires`, `python` of
    Poetry), finds those that it admits and on which its requirements cannot be installed, because
    a package has no wheel for them or excludes them, although on others they can.

    Of Pythons newer than all on which the requirements install, nothing is said unless the manifest
    names a last one: `>=3.9` speaks of all that are to come, and nobody expects wheels for those.

    ## Why is this bad?

    Who installs the project with such a Python gets an error, or, from a library, an older release
    of it that was written for other versions. Poetry and uv refuse to lock.

    ## Example

    ```text
    # file: pyproject.toml
    [project]
    name = "net"
    version = "1"
    requires-python = ">=3.8"
    dependencies = ["keras>=3.5"]
    ```

    ## Use instead

    ```text
    # file: pyproject.toml
    [project]
    name = "net"
    version = "1"
    requires-python = ">=3.9"
    dependencies = ["keras>=3.5", "tensorflow"]
    ```

    ## References

    - [TensorFlow and Python](https://www.tensorflow.org/install/source#tested_build_configurations)
    - [Keras 3 and Python](https://github.com/keras-team/keras#installation)
    """

    code = "KER408"
    name = "python-not-supported"
    severity = "warning"
    trigger = Trigger()
    errors = (
        "ERROR: Could not find a version that satisfies the requirement tensorflow "
        "(from versions: none)",
    )

    def check_installation(
        self, installation: Installation, context: InstallContext
    ) -> Iterator[Diagnostic]:
        """Yield one finding about all Pythons that are admitted and do not work."""
        if installation.kind != "asked" or installation.origin or not installation.pythons:
            return  # an extra may be for fewer Pythons than the project
        verdict = context.verdict(installation)
        own = [one for one in installation.pythons if "==" not in one.specifier.replace("!==", "")]
        if not verdict.chosen or not own or verdict.undecided:
            return
        failing = _failing(installation, verdict.pythons, verdict.python, own, context)
        if failing:
            yield self._told(failing, own[0])

    def _told(self, failing: Sequence[tuple[str, Conflict]], own: PythonRange) -> Diagnostic:
        from kerlint.diagnostics import Diagnostic
        from kerlint.rules.manifests._places import also, listed

        conflict = failing[0][1]
        pythons = [python for python, _ in failing]
        facts = "; ".join(fact.sentence for fact in conflict.facts[:4])
        lines = _texts(conflict.lines)
        return Diagnostic(
            code=self.code,
            name=self.name,
            severity=self.severity,
            message=f"`{own.text}` admits Python {listed(pythons)}, where {lines} cannot be "
            f"installed: {facts}",
            path=own.path,
            span=own.span,
            help=_help(own, pythons),
            label="admitted here",
            related=tuple(also(one, "cannot be installed there") for one in conflict.lines[:6]),
        )


def _failing(
    installation: Installation,
    pythons: Sequence[str],
    works: str,
    ranges: Sequence[PythonRange],
    context: InstallContext,
) -> list[tuple[str, Conflict]]:
    """The Pythons that were meant and do not work, each with its conflict, oldest first."""
    from kerlint.knowledge.index import PYTHONS
    from kerlint.solving import Conflict, solve

    if not any(_bounds_below(one.specifier) for one in ranges):
        return []
    position = PYTHONS.index(works)
    capped = any(_bounds_above(one.specifier) for one in ranges)
    found = []
    for python in sorted(pythons, key=PYTHONS.index):
        if PYTHONS.index(python) > position and not capped:
            break
        if python == works:
            continue
        answer = solve(
            [*installation.requirements, *installation.overrides],
            installation.constraints,
            python,
            context.verdict(installation).platform,
            context.index,
        )
        if isinstance(answer, Conflict):
            found.append((python, answer))
        elif PYTHONS.index(python) < position and not capped:
            break  # what lies above works as well, as a rule
    return found


def _bounds_below(specifier: str) -> bool:
    return any(sign in specifier for sign in (">", "~=", "=="))


def _bounds_above(specifier: str) -> bool:
    """Whether the last Python is one of 3.x: `<4` says nothing of those that are to come."""
    import re

    return re.search(r"(?:<=?|==)\s*3\.\d|~=\s*3\.\d+\.\d", specifier) is not None


def _texts(lines: Sequence[Requirement]) -> str:
    from kerlint.rules.manifests._conflicts import shown
    from kerlint.rules.manifests._places import quoted

    return quoted(dict.fromkeys(shown(one) for one in lines))


def _help(own: PythonRange, failing: Sequence[str]) -> str:
    from kerlint.knowledge.index import PYTHONS
    from kerlint.solving.verdicts import covers

    admitted = [python for python in PYTHONS if covers(own.specifier, python)]
    working = [python for python in admitted if python not in failing]
    if working and failing[0] == admitted[0]:
        return f"begin at Python {working[0]}, or give older ones their own requirement by a marker"
    if working and failing[-1] == admitted[-1]:
        return f"end at Python {working[-1]}, or leave the end open"
    return "exclude it, or give it its own requirement by a marker"
