"""Only this machine's own pages play with the town, and a strict policy holds the page."""

import aiohttp
import pytest
from aiogram import Bot
from yarl import URL

from bot.playground.guard import WILDCARDS, Guard, host_name
from bot.playground.server import PlaygroundServer
from tests.bot.playground.helpers import PARENT

SAY = {"chat": PARENT, "from": PARENT, "text": "x"}


async def said(web: aiohttp.ClientSession, **headers: str) -> int:
    async with web.post(
        "/play/api/say",
        json=SAY,
        headers={key.replace("_", "-"): value for key, value in headers.items()},
    ) as response:
        body = await response.json()
        assert ("error" in body) == (response.status >= 400)
        return response.status


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
async def test_other_host_names_are_refused(web: aiohttp.ClientSession, host: str) -> None:
    for path in ("/", "/play/api/state", "/play/api/events"):
        async with web.get(path, headers={"Host": host}) as response:
            assert response.status in {400, 403}
    assert await said(web, Host=host) in {400, 403}


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1:2", "[::1]:3", "LOCALHOST"])
async def test_loopback_names_pass(web: aiohttp.ClientSession, host: str) -> None:
    assert await said(web, Host=host) == 200


async def test_other_sites_are_refused(
    web: aiohttp.ClientSession, server: PlaygroundServer
) -> None:
    own = server.url
    assert await said(web) == 200
    assert await said(web, Origin=own, Sec_Fetch_Site="same-origin") == 200
    assert await said(web, Origin="http://evil.example") == 403
    assert await said(web, Origin="null") == 403
    assert await said(web, Origin=own.replace(str(server.port), "1")) == 403
    assert await said(web, Sec_Fetch_Site="cross-site") == 403
    assert await said(web, Sec_Fetch_Site="same-site") == 403
    async with web.get("/play/api/state", headers={"Sec-Fetch-Site": "cross-site"}) as response:
        assert response.status == 403
    assert len(server.town.chat(PARENT).messages) == 2


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded"])
async def test_other_kinds_of_bodies_are_refused(web: aiohttp.ClientSession, kind: str) -> None:
    headers = {"Content-Type": kind}
    async with web.post("/play/api/say", data=b'{"chat":1}', headers=headers) as response:
        assert response.status == 415
        assert "application/json" in (await response.json())["error"]


async def test_page_is_held_by_a_strict_policy(web: aiohttp.ClientSession) -> None:
    for path in ("/play/api/state", "/"):
        async with web.get(path) as response:
            policy = response.headers["Content-Security-Policy"]
            assert policy.split("; ") == [
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "img-src 'self' blob:",
                "connect-src 'self'",
                "media-src 'self' blob:",
                "frame-ancestors 'none'",
                "base-uri 'none'",
                "form-action 'none'",
            ]
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "path",
    [
        "/../server.py",
        "/%2e%2e/server.py",
        "/..%2fserver.py",
        "/.hidden.js",
        "/none.js",
        "/a/../x.js",
    ],
)
async def test_only_the_pages_own_files_are_served(web: aiohttp.ClientSession, path: str) -> None:
    async with web.get(URL(path, encoded=True)) as response:
        assert response.status == 404


def test_wildcard_host_takes_addresses_but_no_names() -> None:
    guard = Guard(min(WILDCARDS - {""}))
    assert guard._is_ours("192.168.1.5")
    assert guard._is_ours("localhost")
    assert not guard._is_ours("evil.example")
    named = Guard("play.local")
    assert named._is_ours("play.local")
    assert not named._is_ours("192.168.1.5")


@pytest.mark.parametrize(
    ("header", "host"),
    [("[::1]:8", "::1"), ("A.b:1", "a.b"), ("", ""), ("[", ""), ("user@e.kz", "e.kz")],
)
def test_host_name_of_a_header(header: str, host: str) -> None:
    assert host_name(header) == host


async def test_bot_api_is_not_for_guests(server: PlaygroundServer, bot: Bot) -> None:
    async with aiohttp.ClientSession(server.url) as web, web.get("/bot1:2/getMe") as response:
        assert response.status == 401
        assert (await response.json())["description"] == "Unauthorized"
    assert (await bot.get_me()).id == server.town.bot_id
