"""KER643 pythonpath-overrides."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class PythonpathOverrides(EnvironmentRule):
    """`PYTHONPATH` puts another copy of a package first.

    ## What it does

    Looks in the folders of `PYTHONPATH` for packages that are installed in the environment as well,
    and that Keras or a backend needs.

    ## Why is this bad?

    The variable of a shell's start-up file, of a module system or of ROS outlives the environment
    for which it was set. Metadata speak of one copy, Python imports the other.

    ## Example

    ```json
    {"environment": {"PYTHONPATH": "/opt/old"},
     "distributions": [{"name": "numpy", "version": "2.2.6", "top_level": ["numpy"]},
                       {"name": "keras", "version": "3.15.1", "requires": ["numpy"]}],
     "shadows": [{"module": "numpy", "file": "/opt/old/numpy/__init__.py", "what": "package",
      "hides": "/env/lib/python3.11/site-packages/numpy/__init__.py",
      "entry": "/opt/old", "kind": "pythonpath"}]}
    ```

    ## Use instead

    ```json
    {"environment": {"PYTHONPATH": "/home/me/mine/src"},
     "distributions": [{"name": "keras", "version": "3.15.1"}], "shadows": []}
    ```

    ## References

    - [PYTHONPATH](https://docs.python.org/3/using/cmdline.html#envvar-PYTHONPATH)
    """

    code = "KER643"
    name = "pythonpath-overrides"
    severity = "error"
    errors = (
        "ImportError: Error importing numpy: you should not try to import numpy from its source "
        "directory",
        "ImportError: No module named 'numpy.core._multiarray_umath'",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield one finding for each folder of PYTHONPATH that hides something of the stack."""
        from kerlint.rules.environment.package_shadowed import matters

        entries: dict[str, list[str]] = {}
        for one in seen.shadows:
            if one.kind == "pythonpath" and one.what == "package" and matters(one, seen):
                entries.setdefault(one.entry, []).append(one.module)
        for entry, modules in entries.items():
            shown = ", ".join(modules[:4]) + (" ..." if len(modules) > 4 else "")
            yield self.finding(
                f"PYTHONPATH puts {entry} before the environment, and {shown} is taken from there",
                entry,
                help="Take the folder out of PYTHONPATH.",
                evidence=[
                    Evidence(f"PYTHONPATH={seen.environment.get('PYTHONPATH', '')}", "environment"),
                    *(
                        Evidence(f"{one.module}: {one.file}", f"hides {one.hides}")
                        for one in seen.shadows
                        if one.entry == entry and one.kind == "pythonpath"
                    ),
                ][:5],
                commands=[asked.owner.unset("PYTHONPATH")],
                subject=f"hidden {modules[0]}",
                causes=[
                    f"other python {entry}",
                    *(f"import {name}" for name in modules),
                    *(f"requirements of {name}" for name in modules),
                ],
            )
