"""What the tests of the directory share: all offices of the data folder, and a fresh database."""

from pathlib import Path

import pytest

from core.directory.loading import load_offices
from core.directory.model import Office
from tests.core.store.conftest import clock, database, sealer

__all__ = ["clock", "database", "offices", "sealer"]

DATA = Path(__file__).resolve().parents[3] / "data"


@pytest.fixture(scope="session")
def offices() -> dict[str, Office]:
    return load_offices(DATA)
