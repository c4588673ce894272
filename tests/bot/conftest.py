"""Logs as the running bot writes them: structured, and without what people said."""

import pytest

from bot.watch.logs import set_up_logs


@pytest.fixture(scope="session", autouse=True)
def logs() -> None:
    set_up_logs("warning", "json")
