"""The playground runs in a process of its own, for load tests."""

import asyncio
import signal
import sys

import aiohttp

from tests.bot.playground.helpers import PARENT


async def test_server_runs_alone_and_stops_when_asked() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.playground.server",
        "--token",
        "7:x",
        "--no-limits",
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60):
            line = (await process.stdout.readline()).decode()
        url = line.split()[0]
        assert line.endswith("token 7:x\n")
        async with aiohttp.ClientSession(url) as web:
            await web.post("/play/api/say", json={"chat": PARENT, "from": PARENT, "text": "x"})
            body = {"chat_id": PARENT, "text": "x"}
            for _ in range(40):
                async with web.post("/bot7:x/sendMessage", json=body) as response:
                    assert response.status == 200
    finally:
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(60):
            assert await process.wait() == 0
