"""KER661 installed-differs-from-pins."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kerlint.diagnostics import Span
    from kerlint.probe.asked import Asked, Pinned
    from kerlint.probe.finding import Finding
    from kerlint.probe.installed import Installed
    from kerlint.probe.observations import Distribution, Observations

_SHOWN = 6


class InstalledDiffersFromPins(EnvironmentRule):
    """The environment is not what the project's lock or manifests say.

    ## What it does

    Compares what is installed with the project's lock (`uv.lock`, `poetry.lock`, `pdm.lock`,
    `Pipfile.lock`, `pylock.toml`) and with what its manifests ask for, markers evaluated for the
    examined Python. Another version, and Keras or a backend that is missing, is an error; where
    only packages differ that Keras does not use, and where a framework is installed that the lock
    does not have, it is information.

    ## Why is this bad?

    The code runs on other versions than those it was tested with. Somebody installed by hand, or
    the lock has changed and nobody has installed since.

    ## Example

    ```json
    {"pins": [{"file": "uv.lock", "line": "keras==3.10.0"}],
     "distributions": [{"name": "keras", "version": "3.15.1",
      "metadata": "/env/lib/python3.11/site-packages/keras-3.15.1.dist-info"}]}
    ```

    ## Use instead

    ```json
    {"pins": [{"file": "uv.lock", "line": "keras==3.15.1"}],
     "distributions": [{"name": "keras", "version": "3.15.1",
      "metadata": "/env/lib/python3.11/site-packages/keras-3.15.1.dist-info"}]}
    ```

    ## References

    - [uv sync](https://docs.astral.sh/uv/concepts/projects/sync/)
    - [poetry sync](https://python-poetry.org/docs/cli/#sync)
    """

    code = "KER661"
    name = "installed-differs-from-pins"
    severity = "error"
    errors = ("ModuleNotFoundError: No module named 'keras'",)

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield one finding for the lock, one for the manifests, one for what no lock has."""
        from kerlint.probe.installed import Installed
        from kerlint.probe.pins import by_name

        installed = Installed(seen)
        locked = dict(by_name(asked.pins, "lock"))
        manifests = {
            name: pins
            for name, pins in by_name(asked.pins, "manifest", "constraint")
            if not any(name in (one, _meant(one)) for one in locked)
        }
        for named in (locked, manifests):
            wrong = [one for name, pins in named.items() for one in _wrong(name, pins, installed)]
            if wrong:
                yield self._different(wrong, installed, seen, asked)
        yield from self._not_locked(locked, installed)

    def _different(
        self,
        wrong: Sequence[tuple[Pinned, Distribution | None]],
        installed: Installed,
        seen: Observations,
        asked: Asked,
    ) -> Finding:
        from kerlint.probe.installed import is_framework
        from kerlint.probe.wheels import other_python

        stack = installed.stack()
        grave = [
            (pin, have)
            for pin, have in wrong
            if is_framework(pin.name) or (have is not None and have.name in stack)
        ]
        first, have = (grave or wrong)[0]
        more = f"; {len(wrong) - 1} more differ" * (len(wrong) > 1)
        names = dict.fromkeys(have.name if have else pin.name for pin, have in wrong)
        help = "Install what the project asks for; where the environment is right, update the " + (
            "lock." if first.kind == "lock" else "file."
        )
        command = asked.owner.install(*_lines(grave or wrong))
        python = other_python(first.name, first.specifier, seen.interpreter)
        if python:
            help = (
                f"No such {first.name} can be installed on Python {seen.interpreter.version}: make an "
                f"environment with Python {python}, or ask for another release."
            )
            command = asked.owner.with_python(python, *_lines(grave or wrong))
        return self.finding(
            f"{_sentence(first, have)}{more}",
            first.path,
            severity="error" if grave else "info",
            span=_place(first),
            help=help,
            evidence=[
                Evidence(_sentence(pin, one), f"{pin.path}:{pin.line}")
                for pin, one in [*grave, *(one for one in wrong if one not in grave)][:_SHOWN]
            ],
            commands=[command],
            subject=f"pin {first.name}",
            causes=[
                *(f"requirements of {name}" for name in names),
                *(f"not-installed {name}" for name in names),
                "tf.keras" if {"keras", "tensorflow"} & names.keys() else "",
            ],
        )

    def _not_locked(
        self, locked: dict[str, list[Pinned]], installed: Installed
    ) -> Iterator[Finding]:
        from kerlint.probe.installed import FRAMEWORKS, stands_for

        if not locked:
            return
        known = {_meant(name) for name in locked}
        first = next(iter(locked.values()))[0]
        for one in installed.by_name.values():
            if stands_for(one.name) in FRAMEWORKS and _meant(one.name) not in known:
                yield self.finding(
                    f"{one.name} {one.version} is installed and is not in {first.path}",
                    first.path,
                    severity="info",
                    evidence=[Evidence(f"{one.name} {one.version}", one.metadata)],
                    subject=f"not locked {one.name}",
                )


def _meant(name: str) -> str:
    from kerlint.probe.installed import stands_for

    return stands_for(name)


def _wrong(
    name: str, pins: Sequence[Pinned], installed: Installed
) -> Iterator[tuple[Pinned, Distribution | None]]:
    """The pin that is not met, with what is installed instead."""
    from kerlint.probe.installed import fits, is_framework

    have = installed.bringing(name)
    if have is None:
        always = [one for one in pins if not one.optional]
        if always and is_framework(name):
            yield always[0], None
        return
    if not have.version or have.problem or have.editable or have.direct_url:
        return
    lock = pins[0].kind == "lock"
    verdicts = [fits(one.specifier, have.version) for one in pins if lock or not one.optional]
    if not verdicts or None in verdicts:
        return
    met = any(verdicts) if lock else all(verdicts)
    if not met:
        wrong = [one for one in pins if fits(one.specifier, have.version) is False]
        yield wrong[0], have


def _sentence(pin: Pinned, have: Distribution | None) -> str:
    what = f"{pin.name}{_extras(pin)}{pin.specifier}"
    asks = f"{pin.path} {'has' if pin.kind == 'lock' else 'asks for'} {what}"
    return f"{asks}, and {f'{have.name} {have.version}' if have else 'it'} is " + (
        "installed" if have else "not installed"
    )


def _place(pin: Pinned) -> Span:
    from kerlint.diagnostics import Position, Span

    place = Position(pin.line, pin.column)
    return Span(place, place)


def _lines(wrong: Sequence[tuple[Pinned, Distribution | None]]) -> list[str]:
    """What brings the environment to its pins, and nothing else."""
    lines = [
        f"{have.name if have else pin.name}{_extras(pin)}{pin.specifier}"
        for pin, have in wrong[:20]
    ]
    return list(dict.fromkeys(lines))


def _extras(pin: Pinned) -> str:
    return f"[{','.join(pin.extras)}]" if pin.extras else ""
