from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import Kerlint


@pytest.fixture
def kerlint(tmp_path: Path) -> Kerlint:
    return Kerlint(tmp_path / "project")
