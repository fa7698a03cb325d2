"""`python -m kerlint`."""

from __future__ import annotations

import sys

from kerlint.cli import command

if __name__ == "__main__":
    sys.exit(command())
