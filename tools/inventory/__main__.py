"""`python -m tools.inventory`: read published releases and write what each holds, as JSON."""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from packaging.version import Version

from . import emit
from .files import Files
from .layout import Layout
from .machine import ImportFails, Machine
from .regimes import keras, tensorflow
from .trees import Trees
from .wheels import Store, Unavailable

AT_LEAST = {"keras": "1.0.0", "tf-keras": "2.14", "tensorflow": "1.13"}
"""The oldest release of each distribution that is read. Before 1.13 TensorFlow built its public
names at import time, which cannot be read statically."""


def layout_of(distribution: str, version: Version) -> Layout:
    if distribution == "tensorflow":
        return tensorflow.layout(version)
    return keras.layout(distribution, version)


def derive(store: Store, distribution: str, version: Version, trees: Trees) -> dict[str, Any]:
    """The inventory of one release."""
    layout = layout_of(distribution, version)
    archives = [store.sources(distribution, version)]
    for companion, prefix in layout.companions:
        archives.append(store.sources(companion, store.newest(companion, prefix)))
    return emit.release(Machine(Files(archives, layout.renamed), layout, trees))


def write(inventory: dict[str, Any], path: Path) -> None:
    part = path.with_suffix(".part")
    part.write_text(json.dumps(inventory, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    part.rename(path)


def plan(store: Store, only: list[str], releases: list[str]) -> Iterator[tuple[str, Version]]:
    """The releases to read: those asked for, else all final ones.

    The last patch of every minor version comes first, newest first, then the rest.
    """
    for distribution in only:
        wanted = {Version(text) for text in releases}
        versions = store.versions(distribution, AT_LEAST[distribution])
        last = {(version.major, version.minor): version for version in versions}
        ordered = sorted(versions, key=lambda version: (version in last.values(), version))
        for version in reversed(ordered):
            if not wanted or version in wanted:
                yield distribution, version


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.inventory", description=__doc__)
    parser.add_argument("--cache", type=Path, default=Path(".cache/kerlint-inventory"))
    parser.add_argument("--only", default=",".join(AT_LEAST), help="distributions, comma separated")
    parser.add_argument("--releases", default="", help="versions, comma separated (default: all)")
    parser.add_argument("--again", action="store_true", help="also write what is there already")
    parser.add_argument("--offline", action="store_true", help="use only what the cache holds")
    options = parser.parse_args(argv)
    only = [name for name in options.only.split(",") if name]
    unknown = [name for name in only if name not in AT_LEAST]
    if unknown:
        parser.error(f"unknown distribution {unknown[0]}; choose from {', '.join(AT_LEAST)}")
    store = Store(options.cache, options.offline)
    target = options.cache / "ir"
    target.mkdir(parents=True, exist_ok=True)
    releases = plan(store, only, [text for text in options.releases.split(",") if text])
    # Syntax trees are many small objects: looking for cycles among them takes a third of the time.
    gc.disable()
    try:
        return 0 if read_all(store, releases, target, options.again) else 1
    finally:
        gc.enable()


def read_all(
    store: Store, releases: Iterable[tuple[str, Version]], target: Path, again: bool
) -> bool:
    """Write the inventories of `releases` into `target`; False when one could not be read."""
    complete = True
    trees = Trees()
    for distribution, version in releases:
        path = target / f"{distribution}-{version}.json"
        if path.exists() and not again:
            continue
        start = time.monotonic()
        try:
            inventory = derive(store, distribution, version, trees)
        except (Unavailable, ImportFails) as error:
            print(f"{distribution} {version}: {error}", file=sys.stderr)
            complete = False
            continue
        write(inventory, path)
        count = len(inventory["names"])
        del inventory
        trees.next_release()
        gc.collect()
        seconds = time.monotonic() - start
        print(f"{distribution} {version}: {count} names, {seconds:.0f} s", flush=True)
    return complete


if __name__ == "__main__":
    sys.setrecursionlimit(20_000)  # modules import each other, one inside the other
    sys.exit(main())
