"""KER618 pip-leftover."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class PipLeftover(EnvironmentRule):
    """An interrupted installation has left folders behind.

    ## What it does

    Finds folders such as `~eras` and `~ensorflow-2.21.0.dist-info` in `site-packages`. pip moves a
    package aside under such a name while it replaces it, and deletes it at the end.

    ## Why is this bad?

    pip did not come to its end: a locked file on Windows, a full disk, a killed process. What it
    was replacing may be there by halves, and `importlib.metadata` lists the package twice.

    ## Example

    ```json
    {"leftovers": ["/env/lib/python3.11/site-packages/~eras-3.15.0.dist-info"]}
    ```

    ## Use instead

    ```json
    {"leftovers": []}
    ```

    ## References

    - [pip #7280](https://github.com/pypa/pip/issues/7280)
    """

    code = "KER618"
    name = "pip-leftover"
    severity = "warning"
    errors = ("WARNING: Ignoring invalid distribution ~eras (...)",)

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield one finding for all of them."""
        if not seen.leftovers:
            return
        from kerlint.probe.clashes import asked_for, clashes, cure
        from kerlint.probe.installed import Installed

        number = len(seen.leftovers)
        names = [path.replace("\\", "/").rstrip("/").rpartition("/")[2] for path in seen.leftovers]
        shown = ", ".join(names[:3]) + (" ..." if number > 3 else "")
        installed = Installed(seen)
        missing = [one for one in clashes(seen, installed) if one.have is None]
        gone = {one.name for one in missing}
        known = [*(one.name for one in seen.distributions), *gone]
        meant = list(dict.fromkeys(_meant(name, known) for name in names))
        wanted = [one for one in missing if one.name in meant]
        again = cure(wanted, installed, asked_for(asked)).lines if wanted else []
        yield self.finding(
            f"an interrupted installation has left {shown} in site-packages",
            seen.leftovers[0],
            help="Delete what is left over, then install the packages again that it belonged to.",
            evidence=[Evidence("left over", path) for path in seen.leftovers[:5]],
            commands=[
                asked.owner.remove(*seen.leftovers),
                *([asked.owner.install(*again)] if again else []),
            ],
            subject="leftover",
            causes=[
                *(f"metadata twice {name}" for name in meant),
                *(f"requirements of {name}" for name in meant if name in gone),
            ],
        )


def _meant(leftover: str, known: Iterable[str]) -> str:
    """The distribution of which `~eras-3.15.0.dist-info` is a remainder, as far as it can be told.

    `known`  names of what is installed, and of what should be
    """
    stem = leftover.lstrip("~").partition("-")[0].replace("_", "-").lower()
    whole = (one for one in known if one.endswith(stem) and len(one) - len(stem) == 1)
    return next(whole, stem)
