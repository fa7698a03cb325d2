"""KER644 other-python-on-path."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class OtherPythonOnPath(EnvironmentRule):
    """Packages of another Python version are on the path.

    ## What it does

    Compares the version in folder names such as `lib/python3.9/site-packages` with the running one.

    ## Why is this bad?

    Compiled modules of that folder cannot be loaded here, and its pure ones come before or between
    those of this environment: NumPy of one Python with TensorFlow of the other.

    ## Example

    ```json
    {"interpreter": {"version": "3.11.7"}, "path": [
      {"path": "/usr/lib/python3.11", "kind": "stdlib", "python": "3.11"},
      {"path": "/opt/lib/python3.9/site-packages", "kind": "pythonpath", "python": "3.9"}]}
    ```

    ## Use instead

    ```json
    {"interpreter": {"version": "3.11.7"}, "path": [
      {"path": "/usr/lib/python3.11", "kind": "stdlib", "python": "3.11"},
      {"path": "/env/lib/python3.11/site-packages", "kind": "site", "python": "3.11"}]}
    ```

    ## References

    - [PYTHONPATH](https://docs.python.org/3/using/cmdline.html#envvar-PYTHONPATH)
    """

    code = "KER644"
    name = "other-python-on-path"
    severity = "error"
    errors = (
        "ModuleNotFoundError: No module named 'numpy.core._multiarray_umath'",
        "ImportError: Unable to import required dependencies: numpy",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield each such folder."""
        own = ".".join(seen.interpreter.version.split(".")[:2])
        if "." not in own:
            return
        for one in seen.path:
            if not one.python or one.python == own or not one.exists or one.kind == "stdlib":
                continue
            yield self.finding(
                f"packages of Python {one.python} are on the path of Python {own}: {one.path}",
                one.path,
                help="Take the folder out of PYTHONPATH."
                if one.kind == "pythonpath"
                else "Take the folder off the path (a `.pth` file or a link brings it), or make "
                "the environment again.",
                evidence=[Evidence(f"sys.path has {one.path}", one.kind)],
                commands=[asked.owner.unset("PYTHONPATH")]
                if one.kind == "pythonpath"
                else [asked.owner.recreate()],
                subject=f"other python {one.path}",
                causes=["import", "built", "requirements", "python of", "hidden"]
                if one.kind in ("pythonpath", "folder")
                else ["import", "built"],
            )
