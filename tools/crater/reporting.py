"""What the crater prints and writes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tools.crater.comparing import Verdict
from tools.crater.figures import GROUPS, Figures, figures, means
from tools.crater.packages import Package

Results = Mapping[tuple[str, Package], list[Verdict]]
"""The verdicts by the name of the environment and the package."""

HEAD = f"{'':34} {'recall':>7} {'precision':>9} {'hit':>6} {'miss':>5} {'wrong':>5} {'unseen':>6}"
HEAD += f" {'unclear':>7} {'guarded':>7}"
NOTED = ("miss", "false", "twice", "unclear", "unseen", "guarded")


def percent(part: float | None) -> str:
    """`98.7 %`, or a dash."""
    return "-" if part is None else f"{100 * part:.1f} %"


def row(label: str, of: Figures) -> str:
    """One line of a table."""
    return (
        f"{label:34} {percent(of.recall):>7} {percent(of.precision):>9} {of.hits:6} {of.misses:5}"
        f" {of.wrong:5} {of.unseen:6} {of.unclear:7} {of.guarded:7}"
    )


def summary(results: Results) -> Iterator[str]:
    """The tables, line by line: halves first, then packages for every environment."""
    environments = list(dict.fromkeys(environment for environment, _ in results))
    yield HEAD
    for half in ("A", "B"):
        yield from _half(results, half, environments)
    for environment in environments:
        yield f"\n{environment}"
        for (name, package), verdicts in results.items():
            if name == environment:
                yield row(f"  {package.half} {package.folder}", figures(verdicts))


def _half(results: Results, half: str, environments: Iterable[str]) -> Iterator[str]:
    for environment in ("", *environments):
        chosen = [
            verdicts
            for (name, package), verdicts in results.items()
            if package.half == half and environment in ("", name)
        ]
        everything = [verdict for verdicts in chosen for verdict in verdicts]
        yield row(f"half {half} {environment or 'all environments'}", figures(everything))
        if not environment:
            for group in (*GROUPS, "internals"):
                yield row(f"  {group}", figures(everything, [group]))
        recall, precision = means(chosen)
        yield f"{'  mean over packages':34} {percent(recall):>7} {percent(precision):>9}"


def listing(results: Results) -> Iterator[str]:
    """Every place that is not a hit, worst first, for reading."""
    for outcome in NOTED:
        for (environment, package), verdicts in results.items():
            for verdict in verdicts:
                if verdict.outcome == outcome:
                    yield (
                        f"{outcome} {environment} {package.half} {verdict.group} "
                        f"{package.folder}/{verdict.path}:{verdict.line} "
                        f"{verdict.code} {verdict.name} | {verdict.why}"
                    )


def frequent(results: Results, outcome: str, half: str, top: int = 40) -> list[tuple[int, str]]:
    """The names that have an outcome most often in a half."""
    count: dict[str, int] = {}
    for (_, package), verdicts in results.items():
        for verdict in verdicts:
            if package.half == half and verdict.outcome == outcome:
                label = f"{verdict.group} {verdict.code} {verdict.name}"
                count[label] = count.get(label, 0) + 1
    return sorted(((n, label) for label, n in count.items()), reverse=True)[:top]


def as_keys(results: Results) -> dict[str, str]:
    """The outcome of every place, to be compared with another run."""
    return {
        f"{environment} {package.folder}/{verdict.path}:{verdict.line} "
        f"{verdict.group} {verdict.name}": verdict.outcome
        for (environment, package), verdicts in results.items()
        for verdict in verdicts
    }


def differences(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """What changed since the run before, one line a place."""
    for key in sorted({*before, *now}):
        old, new = before.get(key, "nothing"), now.get(key, "nothing")
        if old != new:
            yield f"{old} -> {new}: {key}"


def read_keys(path: Path) -> dict[str, str] | None:
    """What `as_keys` gave in the run before; None if there was none."""
    if not path.exists():
        return None
    keys: dict[str, str] = json.loads(path.read_text())
    return keys
