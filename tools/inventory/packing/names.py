"""The names files: what was where, in which releases."""

from __future__ import annotations

from collections.abc import Iterable

from .reading import Axis
from .texts import Table, profile_text, runs_text


def sections(axis: Axis, names: Iterable[str]) -> list[str]:
    """The sections of the file that holds `names`, see `kerlint.knowledge.store`."""
    profiles = {name: profile_text(axis.names[name]) for name in names}
    table = Table(profiles.values())
    containers: dict[str, dict[int, list[str]]] = {}
    for name, profile in profiles.items():
        container, _, leaf = name.rpartition(".")
        containers.setdefault(container, {}).setdefault(table.number[profile], []).append(leaf)
    lines = []
    for container in sorted(containers):
        groups = [
            f"{number} {' '.join(sorted(leaves))}"
            for number, leaves in sorted(containers[container].items())
        ]
        lines.append("\t".join([container, *groups]))
    aliases = [
        "\t".join([name, *(f"{target} {runs_text(mask)}" for target, mask in targets.items())])
        for name, targets in sorted(axis.aliases.items())
        if name in profiles
    ]
    return [axis.distribution, str(table), "\n".join(aliases), "\n".join(lines)]
