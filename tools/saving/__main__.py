"""`python -m tools.saving ENVIRONMENTS [--write]`: see `tools.recording`."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.recording import main

HERE = Path(__file__).resolve().parent

if __name__ == "__main__":
    sys.exit(main(HERE / "child.py", HERE.parents[1] / "tests" / "knowledge" / "saving"))
