"""Compare the findings in kerlint's `full` output with a list of `path:line CODE`.

    python3 .ci/compare.py EXPECTED OUTPUT

Exits with 0 when both hold the same findings, the same number of times; else names the difference.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

HEAD = re.compile(r"^(?:error|warning|info)\[(KER\d{3})\] ")
PLACE = re.compile(r"^ *--> (.+):(\d+):\d+$")


def printed(output: str) -> Counter[str]:
    """Every finding of the `full` format as `path:line CODE`."""
    found: Counter[str] = Counter()
    code = ""
    for line in output.splitlines():
        if head := HEAD.match(line):
            code = head[1]
        elif code and (place := PLACE.match(line)):
            found[f"{place[1]}:{place[2]} {code}".replace("\\", "/")] += 1
            code = ""
    return found


def main(expected: str, output: str) -> int:
    wanted = Counter(Path(expected).read_text(encoding="utf-8").split("\n"))
    del wanted[""]
    found = printed(Path(output).read_text(encoding="utf-8"))
    for line in sorted((wanted - found).elements()):
        print(f"not printed: {line}")
    for line in sorted((found - wanted).elements()):
        print(f"not expected: {line}")
    if wanted != found:
        return 1
    print(f"{wanted.total()} findings, as expected")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
