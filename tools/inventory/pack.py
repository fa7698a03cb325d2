"""Pack the inventories of all releases into the data files of `kerlint.knowledge`.

    python -m tools.inventory.pack [--cache FOLDER] [--out FOLDER]

Reads `FOLDER/ir/*.json`, one file per release, and `pairs.tsv` beside this file. Writes the files
anew; the same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from packaging.version import Version

from kerlint.knowledge.inventory import CALLABLES, STEMS
from kerlint.knowledge.releases import DATA, DISTRIBUTIONS

from .packing import callables, names, pairing
from .packing.reading import Axis, read_axis
from .packing.texts import joined

FORMAT = 1
"""Rises when the shape of the data files changes."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Pack inventories into kerlint's data files.")
    parser.add_argument("--cache", type=Path, default=Path(".cache/kerlint-inventory"))
    parser.add_argument("--out", type=Path, default=Path(DATA))
    options = parser.parse_args(arguments)
    files = inventories(options.cache / "ir")
    if not files:
        print(f"pack: no inventories in {options.cache / 'ir'}", file=sys.stderr)
        return 2
    options.out.mkdir(parents=True, exist_ok=True)
    written: dict[str, tuple[bytes, str]] = {}
    for distribution in DISTRIBUTIONS:
        if distribution in files:
            axis = read_axis(distribution, files[distribution])
            written.update(packed(axis))
    for kind in ("names", "callables"):  # what else is there has other makers
        for old in options.out.glob(f"*.{kind}.z"):
            if old.name not in written:
                old.unlink()
    for file, (data, _) in written.items():
        (options.out / file).write_bytes(data)
    releases = {name: [version for version, _ in files.get(name, ())] for name in DISTRIBUTIONS}
    (options.out / "releases.txt").write_text(pairing.releases_text(releases), encoding="utf-8")
    table = version_table(releases, written)
    (options.out / "versions.txt").write_text(table, encoding="utf-8")
    print(table, end="")
    return 0


def inventories(folder: Path) -> dict[str, list[tuple[str, Path]]]:
    """Distribution: version and file of every release, ascending."""
    found: dict[str, list[tuple[str, Path]]] = {}
    for file in folder.glob("*.json"):
        for distribution in DISTRIBUTIONS:
            start = distribution + "-"
            if file.name.startswith(start) and file.name[len(start)].isdigit():
                version = file.name[len(start) : -len(".json")]
                found.setdefault(distribution, []).append((version, file))
    return {name: sorted(pairs, key=lambda p: Version(p[0])) for name, pairs in found.items()}


def packed(axis: Axis) -> dict[str, tuple[bytes, str]]:
    """File name: its bytes, and what it holds in words."""
    by_stem: dict[str, list[str]] = {}
    for name in axis.names:
        if "." in name:
            by_stem.setdefault(stem_of(name), []).append(name)
    result = {}
    for stem, members in sorted(by_stem.items()):
        data = joined(names.sections(axis, members))
        result[f"{stem}.names"] = (data, f"{len(members)} names")
    for target in sorted(set(CALLABLES.values())):
        members = [
            name for stem in by_stem if CALLABLES.get(stem) == target for name in by_stem[stem]
        ]
        if members:
            packer = callables.Packer(axis, members)
            data = joined(packer.sections())
            result[f"{target}.callables"] = (data, f"{len(packer.entities)} entities")
    return result


def stem_of(name: str) -> str:
    """The file that holds a name: that of the longest stored prefix above it."""
    prefix = name.rpartition(".")[0]
    while prefix not in STEMS:
        prefix = prefix.rpartition(".")[0]
        if not prefix:
            raise ValueError(f"{name} is below no stored prefix")
    return STEMS[prefix][0]


def version_table(releases: dict[str, list[str]], written: dict[str, tuple[bytes, str]]) -> str:
    """What the data cover and how large they are, for people and for the tests."""
    lines = [f"format {FORMAT}"]
    for name, versions in releases.items():
        if versions:
            lines.append(f"{name}: {len(versions)} releases, {versions[0]} to {versions[-1]}")
    for file, (data, words) in sorted(written.items()):
        lines.append(f"{file}: {len(data)} bytes, {words}")
    lines.append(f"together: {sum(len(data) for data, _ in written.values())} bytes")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
