"""KER402 no-such-release."""

from __future__ import annotations

from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.knowledge.index import Package
    from kerlint.manifests.model import Manifest, Requirement
    from kerlint.rules.installing import InstallContext


class NoSuchRelease(Rule):
    """A pin on a version that the package index does not have, or that was withdrawn.

    ## What it does

    Finds exact pins (`==2.16.0`, `==2.5.*`) of Keras, TensorFlow and their kin on versions that
    the package index does not have although it has older and newer ones, and names the neighbours.
    A version that its makers have withdrawn ("yanked") is a warning, with their reason.

    A version above all that kerlint knows is taken for newer than kerlint, never for a mistake.
    Nothing is said in files that name another package index, nor of local builds (`2.3.0+cu121`)
    beyond their public part.

    ## Why is this bad?

    pip stops: `No matching distribution found`. A withdrawn version is installed for an exact pin,
    and has the fault for which it was withdrawn.

    ## Example

    ```text
    # file: requirements.txt
    tensorflow==2.16.0
    ```

    ## Use instead

    ```text
    # file: requirements.txt
    tensorflow==2.16.1
    ```

    ## References

    - [The releases of TensorFlow](https://github.com/tensorflow/tensorflow/releases)
    - [Yanked releases](https://packaging.python.org/en/latest/specifications/file-yanking/)
    """

    code = "KER402"
    name = "no-such-release"
    severity = "error"
    trigger = Trigger()
    errors = (
        "ERROR: Could not find a version that satisfies the requirement ...",
        "ERROR: No matching distribution found for ...",
    )

    def check_manifest(self, manifest: Manifest, context: InstallContext) -> Iterator[Diagnostic]:
        """Yield each pin on a version that is not there."""
        from kerlint.rules.manifests._indexes import from_elsewhere

        for one in manifest.requirements:
            if "==" not in one.specifier or not one.known or from_elsewhere(one, manifest):
                continue
            package = context.index.package(one.name)
            if package is None or package.synthetic:
                continue
            found = self._judged(one, package)
            if found is not None:
                found.help += f" (as of {context.index.snapshot})"
                yield found

    def _judged(self, one: Requirement, package: Package) -> Diagnostic | None:
        from kerlint.rules.manifests._places import at, quoted

        version = _pinned(one.specifier)
        if not version:
            return None
        fitting = package.mask(f"=={version}")
        if not fitting:
            below, above = _neighbours(package, version.removesuffix(".*"))
            if not above:
                return None  # newer than what kerlint knows
            choices = [found for found in (below, above) if found]
            return at(
                self,
                one,
                f"the package index has no {one.name} {version}",
                help=f"the releases next to it are {quoted(f'=={found}' for found in choices)}"
                if len(choices) > 1
                else f"the first release is `=={above}`",
                label="no such release",
            )
        if version.endswith(".*") or fitting & ~package.yanked:
            return None
        number = fitting.bit_length() - 2
        reason = " ".join(package.yanked_reason(number).split())
        below, above = _neighbours(package, version)
        why = f": {reason}" if reason else ""
        return at(
            self,
            one,
            f"{one.name} {version} was withdrawn by its makers (yanked){why}",
            help=f"take {quoted(f'=={found}' for found in (below, above) if found)}".replace(
                " and ", " or "
            ),
            label="yanked",
            severity="warning",
        )


def _pinned(specifier: str) -> str:
    """The version of the clause that pins; "" without one, or for a form that is not plain."""
    import re

    pins = [part.strip() for part in specifier.split(",") if part.strip().startswith("==")]
    if len(pins) != 1:
        return ""
    version = pins[0].lstrip("=").strip().partition("+")[0]
    return version if re.fullmatch(r"v?\d[\w.!-]*(\.\*)?", version) else ""


def _neighbours(package: Package, version: str) -> tuple[str, str]:
    """The final, not withdrawn releases next below and next above a version; "" for none."""
    usable = package.finals & ~package.yanked
    below = package.versions_in(package.mask(f"<{version}") & usable)
    above = package.versions_in(package.mask(f">{version}") & usable)
    return below[-1] if below else "", above[0] if above else ""
