"""KER646 conda-and-venv."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class CondaAndVenv(EnvironmentRule):
    """A conda environment and a virtual environment are active at once.

    ## What it does

    Looks for `CONDA_PREFIX` and `VIRTUAL_ENV` that lead to different folders. conda's `base`, which
    conda activates in every shell, does not count.

    ## Why is this bad?

    `python`, `pip` and the libraries that are loaded may come from different ones of the two: pip
    installs into one, and the program runs in the other.

    ## Example

    ```json
    {"environment": {"CONDA_PREFIX": "/opt/conda/envs/tf", "CONDA_DEFAULT_ENV": "tf",
                     "VIRTUAL_ENV": "/home/me/mine/.venv"}}
    ```

    ## Use instead

    ```json
    {"environment": {"CONDA_PREFIX": "/opt/conda", "CONDA_DEFAULT_ENV": "base",
                     "VIRTUAL_ENV": "/home/me/mine/.venv"}}
    ```

    ## References

    - [Managing environments](https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html)
    """

    code = "KER646"
    name = "conda-and-venv"
    severity = "warning"
    errors = ("ModuleNotFoundError: No module named 'keras'",)

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield at most one finding."""
        conda = seen.environment.get("CONDA_PREFIX", "")
        venv = seen.environment.get("VIRTUAL_ENV", "")
        base = seen.environment.get("CONDA_DEFAULT_ENV", "base") == "base"
        if not conda or not venv or base or conda.rstrip("/\\") == venv.rstrip("/\\"):
            return
        prefix = seen.interpreter.prefix
        yield self.finding(
            f"the conda environment {conda} and the virtual environment {venv} are both active",
            venv,
            help="Leave the one that you do not mean: `conda deactivate` or `deactivate`.",
            evidence=[
                Evidence(f"CONDA_PREFIX={conda}", "environment"),
                Evidence(f"VIRTUAL_ENV={venv}", "environment"),
                *([Evidence(f"examined: {prefix}")] if prefix else []),
            ],
            commands=["deactivate" if prefix == conda else "conda deactivate"],
            subject="two environments",
        )
