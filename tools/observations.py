"""Keep what the probe sees of real environments as fixtures, without the machine's own names.

    env -i PATH="$PATH" HOME="$HOME" python -m tools.observations ENVIRONMENT NAME
    env -i PATH="$PATH" HOME="$HOME" python -m tools.observations ENVIRONMENT --standins

The first writes fixtures/observations/NAME.json; the second, for each case below, what the probe
sees of the stand-ins in tests/probe/standins, to fixtures/observations/standins. The environment's
folder becomes `/env`, that of its base interpreter `/usr`, the home folder `/home/user`.
"""

from __future__ import annotations

import json
import os
import re
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any

from kerlint.probe.collecting import collect
from kerlint.probe.exchange import plain
from kerlint.probe.observations import Observations
from tests.probe import standins

FOLDER = Path(__file__).parents[1] / "fixtures" / "observations"
CASES: dict[str, dict[str, str]] = {
    "sound": {},
    "two-devices": {"STANDIN_DEVICES": "2"},
    "driver-too-old": {"STANDIN_DRIVER": "470.57.02", "STANDIN_CUDA": "11040"},
    "driver-mismatch": {"STANDIN_NVML": "18", "STANDIN_CUINIT": "803"},
    "stub-library": {"STANDIN_CUINIT": "34"},
    "no-device": {"STANDIN_DEVICES": "0"},
    "fabric-manager": {"STANDIN_CUINIT": "802"},
    "compat-package": {"STANDIN_CUINIT": "804"},
    "unknown-error": {"STANDIN_CUINIT": "999"},
    "old-device": {"STANDIN_CC": "50"},
    "hidden-device": {"CUDA_VISIBLE_DEVICES": ""},
    "absent-device-named": {"CUDA_VISIBLE_DEVICES": "7"},
    "mig-without-instances": {"STANDIN_MIG": "1"},
    "mig-with-instances": {"STANDIN_MIG": "1", "STANDIN_INSTANCES": "2"},
    "old-cudnn": {"STANDIN_CUDNN": "90100"},
    "crash-in-cuinit": {"STANDIN_CRASH": "cuInit"},
    "hang-in-cuinit": {"STANDIN_HANG": "cuInit"},
}
"""By name, the variables that drive the stand-ins (tests/probe/standins/driver.c)."""


def main(words: list[str]) -> int:
    """`words`: the environment, the fixture's name or `--standins`."""
    environment, name = words
    for variable in [one for one in os.environ if one.startswith("PYTHON")]:
        del os.environ[variable]
    if name != "--standins":
        _write(FOLDER / f"{name}.json", *_observed(environment))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        driver = standins.build(Path(folder) / "driver")
        os.environ["LD_LIBRARY_PATH"] = str(driver)
        for case, variables in CASES.items():
            os.environ.update(variables)
            seen, names = _observed(environment, seconds=8)
            for variable in variables:
                del os.environ[variable]
            part = {key: seen[key] for key in ("schema", "environment", "gpu")}
            _write(FOLDER / "standins" / f"{case}.json", part, [*names, (str(driver), "/driver")])
    return 0


def _observed(environment: str, seconds: float = 60) -> tuple[dict[str, Any], list[Any]]:
    """What is seen, and what the machine's own names become."""
    seen = collect(environment, "", seconds=seconds)
    seen.argument = ""
    seen.collected = "2026-01-01T00:00:00+00:00"
    for start in seen.starts:
        start.seconds = 0.1
    for call in seen.gpu.calls:
        call.seconds = 0.1
    values = plain(seen)
    values.setdefault("environment", {})
    return values, _names(seen)


def _names(seen: Observations) -> list[tuple[str, str]]:
    """The machine's own names, and what is written instead."""
    markers = seen.interpreter.markers
    pairs = [
        (seen.interpreter.base_prefix, "/usr"),
        (seen.interpreter.prefix, "/env" if seen.site.virtual_environment else "/usr"),
        (os.path.expanduser("~"), "/home/user"),
        (markers.get("platform_release", ""), "6.1.0"),
        (markers.get("platform_version", ""), "#1 SMP"),
    ]
    host = socket.gethostname()
    if len(host) > 3:
        pairs.append((host, "host"))
    return [pair for pair in pairs if pair[0]]


def _write(file: Path, values: Any, names: list[tuple[str, str]]) -> None:
    text = json.dumps(values, indent=1, sort_keys=True) + "\n"
    for real, shown in sorted(names, key=lambda pair: -len(pair[0])):
        text = re.sub(rf"(?<![\w.-]){re.escape(real)}(?![\w.-])", shown, text)
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="ascii")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
