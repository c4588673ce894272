"""The limits on what goes out: kept with Telegram, and left out only where nobody has any."""

import asyncio

import pytest

from bot.outgoing.limiter import OpenLimiter
from bot.settings import SettingsError, read_settings
from core.outgoing import Lane

OWN_SERVER = "http://127.0.0.1:9"


def test_limits_are_on_unless_said_otherwise() -> None:
    assert read_settings(_env_file=None).telegram_limits
    given = {"BOT_API_URL": OWN_SERVER, "TELEGRAM_LIMITS": "0"}
    assert not read_settings(_env_file=None, **given).telegram_limits


@pytest.mark.parametrize("url", ["", "https://api.telegram.org/", "https://API.telegram.org:443"])
def test_telegrams_own_limits_cannot_be_left_out(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_API_URL", url)
    with pytest.raises(SettingsError, match=r"^TELEGRAM_LIMITS: .*BOT_API_URL"):
        read_settings(_env_file=None, TELEGRAM_LIMITS="0")


async def test_without_limits_nobody_waits_but_for_a_pause() -> None:
    limiter = OpenLimiter(1)
    async with asyncio.timeout(1):
        assert [await limiter.slot(7, Lane.REPLY) for _ in range(1000)] == [0] * 1000
    limiter.pause(7, 60)
    assert await limiter.slot(7, Lane.REPLY, patience=1) > 1
    assert await limiter.slot(8, Lane.REPLY, patience=1) == 0
