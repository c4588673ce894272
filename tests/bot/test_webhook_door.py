"""The door of the webhook: whoever does not know the secret brings nothing in."""

import asyncio
from io import BytesIO
from pathlib import Path

import aiohttp

from bot.playground.server import PlaygroundServer
from bot.telegram.webhook import LARGEST_UPDATE, SECRET_HEADER, webhook_secret
from core.store import people
from tests.bot.running import running, settings_for, sqlite_at

STRANGER = 7000000099
UPDATE = {
    "update_id": 1,
    "message": {
        "message_id": 1,
        "date": 1795771940,
        "chat": {"id": STRANGER, "type": "private", "first_name": "S"},
        "from": {"id": STRANGER, "is_bot": False, "first_name": "S"},
        "text": "/start",
    },
}


async def test_only_telegram_comes_in(tmp_path: Path) -> None:
    async with PlaygroundServer(limits=False) as server:
        settings = settings_for(
            server, sqlite_at(tmp_path), webhook_url="http://127.0.0.1/hook/path"
        )
        async with running(settings) as app, aiohttp.ClientSession() as http:
            async with asyncio.timeout(30):
                while not server.calls.of("setWebhook"):
                    await server._api.quiet.heard(1)
            url = f"http://127.0.0.1:{app.webhook_port}/hook/path"
            wrong = ({}, *({SECRET_HEADER: each} for each in ("", "wrong", "ö", "0" * 64)))
            for headers in wrong:
                async with http.post(url, json=UPDATE, headers=headers) as refused:
                    assert refused.status == 401
            async with app.database.reading() as tx:
                assert await people.find(tx, STRANGER) is None
            known = {SECRET_HEADER: webhook_secret(None, server.token)}
            for body, status in ((b"{", 400), (b"[]", 200), (b"x" * (LARGEST_UPDATE + 1), 413)):
                async with http.post(url, data=BytesIO(body), headers=known) as answer:
                    assert answer.status == status
            async with http.get(url, headers=known) as answer:
                assert answer.status == 405
