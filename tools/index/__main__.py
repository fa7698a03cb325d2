"""See the package."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.index import __doc__ as manual
from tools.index import pack, record
from tools.index.fetching import Reader
from tools.index.packages import listed

CACHE = Path(__file__).parents[2] / ".cache"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tools.index",
        description=manual,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", help="packages of packages.tsv; all of them if none")
    parser.add_argument("--pack", action="store_true", help="ask nothing, only pack the dump")
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--day", default=datetime.date.today().isoformat(), help="of the snapshot")
    options = parser.parse_args(arguments)
    packages = listed()
    for name in options.names:
        if name not in packages:
            parser.error(f"{name} is not in packages.tsv")
    if not options.pack:
        reader = Reader(options.cache)
        for name in options.names or packages:
            found = reader.record(packages[name], record.read(name), options.day)
            if not found.releases:
                print(f"{name}: the index has no releases; left as it was", file=sys.stderr)
                continue
            record.write(found)
            unread = sum(release.requires is None for release in found.releases)
            print(f"{name}: {len(found.releases)} releases, {unread} unread", flush=True)
            for release in found.releases:
                for line in release.dropped:
                    print(f"{name} {release.version}: dropped {line!r}")
    size = pack.pack()
    print(f"{pack.TARGET.name}: {size} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
