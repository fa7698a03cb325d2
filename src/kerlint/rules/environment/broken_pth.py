"""KER603 broken-pth."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations, PthLine

_WHY = {
    "points-nowhere": "leads to a folder that is not there",
    "raises": "fails at every start",
    "unreadable": "cannot be read",
}


class BrokenPth(EnvironmentRule):
    """A line of a `.pth` file fails or leads nowhere.

    ## What it does

    Reads the `.pth` files of the environment: lines that name folders, and lines that begin with
    `import`, which Python runs at every start.

    ## Why is this bad?

    What the line should have brought is missing: most often a project that was installed in
    editable mode and whose folder has moved since. Python says nothing, or prints an error before
    every program.

    ## Example

    ```json
    {"pth": [{"file": "/env/lib/python3.11/site-packages/__editable__.mine.pth", "line": 1,
      "text": "/home/me/mine/src", "problem": "points-nowhere"}]}
    ```

    ## Use instead

    ```json
    {"pth": []}
    ```

    ## References

    - [Path configuration files](https://docs.python.org/3/library/site.html)
    """

    code = "KER603"
    name = "broken-pth"
    severity = "warning"
    errors = ("Error processing line 1 of ....pth:", "Remainder of file ignored")

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield each file with a broken line."""
        from kerlint.diagnostics import Position, Span

        for file in dict.fromkeys(one.file for one in seen.pth):
            lines = [one for one in seen.pth if one.file == file]
            one = lines[0]
            place = Position(max(one.line, 1), 1)
            evidence = [Evidence(each.text, f"{file}:{each.line}") for each in lines if each.text]
            if one.detail and one.detail != one.text:
                evidence.append(Evidence(one.detail, file))
            name = file.replace("\\", "/").rpartition("/")[2].removesuffix(".pth")
            where = f"line {one.line} of {name}.pth" if one.line else f"{name}.pth"
            more = f"; {len(lines) - 1} more like it" if len(lines) > 1 else ""
            yield self.finding(
                f"{where} {_WHY.get(one.problem, 'is broken')}{more}",
                file,
                span=Span(place, place),
                help="Install the project again from where it is now, or delete the file."
                if one.problem == "points-nowhere"
                else "Install again what brought the file, or delete it.",
                evidence=evidence,
                commands=[_command(one, seen, asked)],
                subject=f"start-up file {file}",
                causes=[f"import {name.removeprefix('__editable__').strip('._')}"],
            )


def _command(line: PthLine, seen: Observations, asked: Asked) -> str:
    """Uninstall the project that has moved; else put the file aside."""
    for one in seen.distributions:
        place = one.editable.removeprefix("file://")
        if place and line.problem == "points-nowhere" and line.text.startswith(place):
            return asked.owner.uninstall([one.name])
    return asked.owner.put_aside(line.file)
