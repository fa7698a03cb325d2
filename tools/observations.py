"""Keep what the probe sees of a real environment as a fixture, without the machine's own names.

    env -i PATH="$PATH" HOME="$HOME" python -m tools.observations ENVIRONMENT NAME

writes fixtures/observations/NAME.json. The environment's folder becomes `/env`, its base
interpreter `/usr`, the home folder `/home/user`.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

from kerlint.probe.collecting import collect
from kerlint.probe.exchange import plain

FOLDER = Path(__file__).parents[1] / "fixtures" / "observations"


def main(words: list[str]) -> int:
    """`words`: the environment, the fixture's name."""
    environment, name = words
    for variable in [one for one in os.environ if one.startswith("PYTHON")]:
        del os.environ[variable]
    seen = collect(environment, "", seconds=60)
    seen.argument = ""
    seen.collected = "2026-01-01T00:00:00+00:00"
    for start in seen.starts:
        start.seconds = 0.1
    for call in seen.gpu.calls:
        call.seconds = 0.1
    text = json.dumps(plain(seen), indent=1, sort_keys=True) + "\n"
    for real, shown in _names(seen):
        text = text.replace(real, shown)
    (FOLDER / f"{name}.json").write_text(text, encoding="ascii")
    return 0


def _names(seen: Any) -> list[tuple[str, str]]:
    """What the machine's own names become, the longest first."""
    markers = seen.interpreter.markers
    pairs = [
        (seen.interpreter.prefix, "/env"),
        (seen.interpreter.base_prefix, "/usr"),
        (os.path.expanduser("~"), "/home/user"),
        (socket.gethostname(), "host") if len(socket.gethostname()) > 3 else ("\0", ""),
        (markers.get("platform_release", "") or "\0", "6.1.0"),
        (markers.get("platform_version", "") or "\0", "#1 SMP"),
    ]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
