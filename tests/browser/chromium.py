"""Which Chromium the tests drive, and how it is started."""

import os
import shutil
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SCREENSHOTS = Path(__file__).parents[2] / "var" / "screenshots"


def executable() -> str | None:
    """The Chromium named by BAGYT_CHROMIUM, else the first one installed."""
    if named := os.environ.get("BAGYT_CHROMIUM"):
        return named
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def is_demanded() -> bool:
    """In CI a missing Chromium is a failure, not a reason to skip."""
    return os.environ.get("CI") == "true"


IN_CHROMIUM = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(
        executable() is None and not is_demanded(),
        reason="no Chromium here: install one, or name it in BAGYT_CHROMIUM",
    ),
]
