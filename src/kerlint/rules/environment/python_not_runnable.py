"""KER601 python-not-runnable."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class PythonNotRunnable(EnvironmentRule):
    """The interpreter is missing, leads nowhere or cannot start.

    ## What it does

    Starts the examined interpreter in three ways, the first of which reads nothing but the
    standard library (`python -I -S -B`). It fires where even that one does not answer.

    ## Why is this bad?

    Nothing can run. The usual cause is an upgrade of the Python from which a virtual environment
    was made: the environment only holds a link to it.

    ## Example

    ```json
    {"argument": "/env", "starts": [
      {"mode": "without-site", "error": "No such file or directory"}]}
    ```

    ## Use instead

    ```json
    {"argument": "/env", "starts": [
      {"mode": "without-site", "returncode": 0, "answered": true},
      {"mode": "isolated", "returncode": 0, "answered": true},
      {"mode": "ordinary", "returncode": 0, "answered": true}]}
    ```

    ## References

    - [venv](https://docs.python.org/3/library/venv.html)
    """

    code = "KER601"
    name = "python-not-runnable"
    severity = "error"
    errors = (
        "bash: .../bin/python: No such file or directory",
        "ModuleNotFoundError: No module named 'encodings'",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield one finding where no start at all answered."""
        from kerlint.rules.environment._starts import how, last_line

        if not seen.starts or any(one.answered for one in seen.starts):
            return
        barest = [one for one in seen.starts if one.mode == "without-site"]
        first = (barest or seen.starts)[0]
        python = seen.interpreter.executable or seen.argument or "python"
        evidence = [Evidence(how(one), f"start `{one.mode}`") for one in seen.starts]
        said = last_line(first.stderr)
        if said:
            evidence.append(Evidence(said, "standard error"))
        yield self.finding(
            f"the interpreter {python} cannot be used: {how(first)}",
            python,
            help="Make the environment again, with a Python that runs, and install into it what "
            "the project asks for.",
            evidence=evidence,
            seen="live",
            commands=["python -m venv .venv" if asked.owner.windows else "python3 -m venv .venv"],
            subject="interpreter",
            causes=["*"],
        )
