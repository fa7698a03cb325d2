"""Write into the table of replacements since which release each replacement is there.

python -m tools.date_replacements            write what has changed
python -m tools.date_replacements --check    write nothing; exit 1 if something would change

The dates come from the inventory: the release with which the latest unbroken presence of all of
`new` begins, on the axis of the library that lost the old name. Run it after the inventory.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from kerlint.knowledge import releases  # noqa: E402
from kerlint.knowledge.api import Api  # noqa: E402
from kerlint.project.targets import Versions  # noqa: E402

TABLE = ROOT / "src" / "kerlint" / "knowledge" / "data" / "replacements.tsv"


def since(old: str, new: Sequence[str], api: Api) -> str | None:
    """The release from which on all of `new` exist; None if the inventory cannot tell."""
    axis = "keras" if old.startswith(("keras.", "tensorflow.keras.")) else "tensorflow"
    starts = []
    for name in new:
        history = api.history(name)
        if history is None or history.axis != axis:
            return None
        starts.append(history.intervals[-1][0])
    return max(starts, key=releases.version_key) if starts else None


def dated(lines: Sequence[str]) -> list[str]:
    """The lines of the table with their dates renewed."""
    keras, tensorflow, tf_keras = (releases.known(axis)[-1] for axis in releases.DISTRIBUTIONS)
    api = Api(Versions(keras, tensorflow, tf_keras, None))
    result = []
    for line in lines:
        cells = line.split("\t")
        if not line.startswith("#") and cells[0] != "old":
            found = since(cells[0], cells[1].split(), api)
            if found is not None:
                cells[3] = found
        result.append("\t".join(cells))
    return result


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    before = TABLE.read_text(encoding="utf-8").splitlines()
    after = dated(before)
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    for line in changed:
        print(line.split("\t")[0], "since", line.split("\t")[3])
    if changed and not options.check:
        TABLE.write_text("\n".join(after) + "\n", encoding="utf-8")
    return 1 if changed and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
