"""The control API: every call the page makes, and the refusals it shows."""

import asyncio
from typing import Any

import aiohttp
import pytest
from aiogram import Bot

from bot.playground.server import PlaygroundServer
from tests.bot.playground.helpers import (
    ADMIN,
    GROUP,
    OFFICIAL,
    OTHER_PARENT,
    PARENT,
    keyboard,
    kinds,
    png,
)


class Page:
    """Calls the control API as the page does."""

    def __init__(self, web: aiohttp.ClientSession) -> None:
        self._web = web

    async def ask(self, method: str, path: str, status: int = 200, **options: Any) -> Any:
        async with self._web.request(method, f"/play/api/{path}", **options) as response:
            body = await response.json()
            assert response.status == status, body
            return body

    async def get(self, path: str, status: int = 200) -> Any:
        return await self.ask("GET", path, status)

    async def post(self, path: str, status: int = 200, **body: Any) -> Any:
        return await self.ask("POST", path, status, json=body)


@pytest.fixture
def page(web: aiohttp.ClientSession) -> Page:
    return Page(web)


def by(person: int, chat: int | None = None, **more: Any) -> dict[str, Any]:
    """An act of a person, in the private chat unless another is named."""
    return {"chat": person if chat is None else chat, "from": person, **more}


async def test_state_shows_the_whole_town(page: Page, bot: Bot) -> None:
    await bot.set_my_short_description("Short")
    state = await page.get("state")
    assert state["bot"]["username"] == "bagyt_playground_bot"
    assert state["bot"]["short_description"] == "Short"
    assert [person["role_hint"] for person in state["people"]] == [
        "parent",
        "parent",
        "official",
        "admin",
    ]
    (group,) = state["groups"]
    assert (group["id"], group["type"], group["is_forum"]) == (GROUP, "group", False)
    assert set(group["members"]) == {OFFICIAL, ADMIN, bot.id}
    assert group["admins"] == [OFFICIAL]
    assert len(state["places"]) == 12
    assert state["next"] == 1


async def test_events_come_in_order_and_wake_the_page(page: Page, bot: Bot) -> None:
    said = await page.post("say", **by(PARENT, text="/start <b>"))
    waiting = asyncio.create_task(page.get("events?after=1&wait=20"))
    await asyncio.wait([waiting], timeout=0.05)
    assert not waiting.done()
    await bot.send_message(PARENT, "<i>x</i>")
    first = await page.get("events?after=0")
    later = await waiting
    assert [event["n"] for event in first["events"]] == [1, 2]
    assert (later["next"], [event["n"] for event in later["events"]]) == (2, [2])
    mine, its = first["events"]
    assert mine["message"] == said
    assert (mine["kind"], mine["from_bot"], mine["html"]) == ("message", False, "/start &lt;b&gt;")
    assert (its["from_bot"], its["html"]) == (True, "<i>x</i>")
    assert await page.get("events?after=2") == {"events": [], "next": 2, "missed": False}
    assert await page.get("events?after=9&wait=20") == {"events": [], "next": 2, "missed": True}


async def test_chat_shows_its_messages_to_those_in_it(page: Page, bot: Bot) -> None:
    await page.post("say", **by(PARENT, text="a"))
    await bot.send_message(PARENT, "b")
    shown = (await page.get(f"chat/{PARENT}?as={PARENT}&limit=1"))["messages"]
    assert [message["html"] for message in shown] == ["b"]
    assert (await page.get(f"chat/{GROUP}?as={OFFICIAL}"))["messages"] == []
    assert "not in the chat" in (await page.get(f"chat/{GROUP}?as={PARENT}", 403))["error"]
    assert "not in the chat" in (await page.get(f"chat/{PARENT}?as={ADMIN}", 403))["error"]
    assert "no chat" in (await page.get(f"chat/77?as={ADMIN}", 404))["error"]
    assert "`as`" in (await page.get(f"chat/{PARENT}", 400))["error"]


async def test_people_are_added_and_changed(page: Page, bot: Bot) -> None:
    added = await page.post("people", first_name="Сара", last_name="Ә.", language_code="kk")
    assert added["blocked_bot"] is False
    await page.post("say", **by(added["id"], text="/start"))
    path = f"people/{added['id']}"
    changed = await page.ask("PATCH", path, json={"blocked_bot": True, "language_code": "ru"})
    assert (changed["blocked_bot"], changed["language_code"]) == (True, "ru")
    assert kinds(await bot.get_updates()) == ["message", "my_chat_member"]
    gone = await page.ask("PATCH", path, json={"deactivated": True})
    assert gone["deactivated"]
    events = (await page.get("events?after=0"))["events"]
    assert [event["kind"] for event in events] == [
        "person",
        "message",
        "membership",
        "person",
        "person",
    ]


async def test_groups_are_made_and_led(page: Page, bot: Bot, server: PlaygroundServer) -> None:
    group = await page.post(
        "groups", title="G", members=[OFFICIAL, ADMIN, "bot"], admins=[ADMIN], is_forum=True
    )
    path = f"groups/{group['id']}"
    assert group["type"] == "supergroup"
    assert bot.id in group["members"]
    led = await page.post(f"{path}/members", person="bot", do="promote")
    assert bot.id in led["admins"]
    hidden = await page.post(f"{path}/members", person=ADMIN, do="promote", anonymous=True)
    assert hidden["anonymous"] == [ADMIN]
    topic = await page.post(f"{path}/topics", name="T")
    await page.post("say", **by(OFFICIAL, group["id"], text="x", thread=topic["id"]))
    basic = await page.post("groups", title="B", members=[OFFICIAL, "bot"])
    migrated = await page.post(f"groups/{basic['id']}/migrate")
    assert migrated["type"] == "supergroup"
    shown = [item["id"] for item in (await page.get("state"))["groups"]]
    assert migrated["id"] in shown
    assert basic["id"] not in shown
    await page.post("privacy", on=False)
    assert server.town.privacy_mode is False


async def test_people_write_edit_press_and_delete(
    page: Page, bot: Bot, server: PlaygroundServer
) -> None:
    said = await page.post("say", **by(PARENT, text="a", forward_from="Біреу"))
    edited = await page.post("edit", **by(PARENT, message=said["message_id"], text="b"))
    assert edited["text"] == "b"
    sent = await bot.send_message(PARENT, "x", reply_markup=keyboard(["go"]))
    pressed = await page.post("press", **by(PARENT, message=sent.message_id, row=0, col=0))
    await bot.answer_callback_query(pressed["callback"], "ok")
    assert (await server.next_answer(pressed["callback"]))["text"] == "ok"
    await page.post("react", **by(PARENT, message=sent.message_id, emoji="👍"))
    await page.post("delete", chat=PARENT, message=sent.message_id)
    await page.post("press", **by(PARENT, message=sent.message_id, data="go"))
    refused = await page.post("press", 404, **by(PARENT, message=sent.message_id, row=0, col=0))
    assert "this message is gone" in refused["error"]
    assert kinds(await bot.get_updates()) == [
        "message",
        "edited_message",
        "callback_query",
        "callback_query",
    ]


async def test_people_share_places_and_contacts(page: Page) -> None:
    place = await page.post("location", **by(PARENT, lat=43.2, lon=76.9))
    assert place["location"] == {"latitude": 43.2, "longitude": 76.9}
    venue = await page.post("venue", **by(PARENT, lat=43.2, lon=76, title="A", address="B"))
    assert venue["venue"]["title"] == "A"
    contact = await page.post("contact", **by(PARENT, phone="+77", whose=OTHER_PARENT))
    assert contact["contact"]["user_id"] == OTHER_PARENT
    own = await page.post("contact", **by(PARENT, phone="+77", reply_to=venue["message_id"]))
    assert own["contact"]["user_id"] == PARENT
    assert own["reply_to_message"]["venue"]["title"] == "A"


def form(content: bytes, name: str, mime: str, **fields: Any) -> aiohttp.FormData:
    data = aiohttp.FormData()
    for field, value in fields.items():
        data.add_field(field.rstrip("_"), str(value))
    data.add_field("file", content, filename=name, content_type=mime)
    return data


async def uploaded(page: Page, content: bytes, name: str, mime: str, **fields: Any) -> Any:
    where = {"chat": PARENT, "from_": PARENT, "kind": "document", **fields}
    return await page.ask("POST", "upload", data=form(content, name, mime, **where))


async def test_uploads(page: Page) -> None:
    photo = await uploaded(
        page, png(), "a.png", "image/png", kind="photo", caption="қ", album="7", reply_to=""
    )
    assert (photo["caption"], photo["media_group_id"]) == ("қ", "7")
    wrong = form(b"x", "a.png", "image/png", chat=PARENT, from_=PARENT, kind="photo")
    refused = await page.ask("POST", "upload", 400, data=wrong)
    assert "send it as a document" in refused["error"]
    empty = aiohttp.FormData({"chat": str(PARENT), "from": str(PARENT), "kind": "photo"})
    empty.add_field("other", b"x", filename="x")
    refused = await page.ask("POST", "upload", 400, data=empty)
    assert refused["error"] == "the part `file` is missing"


@pytest.mark.parametrize(
    ("name", "mime", "shown_as"),
    [
        ("a.png", "image/png", "image/png"),
        ("a.pdf", "application/pdf", "application/pdf"),
        ("a.html", "text/html", None),
        ("a.svg", "image/svg+xml", None),
        ("a", "text/html", None),
        ("a.txt", "image/png", None),
        ('"; x="/é.xml', "text/xml", None),
    ],
)
async def test_only_harmless_files_are_shown_in_place(
    page: Page, web: aiohttp.ClientSession, name: str, mime: str, shown_as: str | None
) -> None:
    sent = await uploaded(page, b"<script>", name, mime)
    async with web.get(f"/play/api/file/{sent['document']['file_id']}") as response:
        assert await response.read() == b"<script>"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        disposition = response.headers["Content-Disposition"]
        if shown_as:
            assert response.content_type == shown_as
            assert disposition.startswith("inline; ")
        else:
            assert response.content_type == "application/octet-stream"
            assert disposition.startswith("attachment; ")
    assert "no such file" in (await page.get("file/none", 404))["error"]


async def test_inline_queries(page: Page, bot: Bot, server: PlaygroundServer) -> None:
    asked = await page.ask("POST", "inline", json={"from": PARENT, "query": "x"})
    result = {
        "type": "article",
        "id": "1",
        "title": "T",
        "input_message_content": {"message_text": "chosen"},
    }
    body = {"inline_query_id": asked["query_id"], "results": [result]}
    async with page._web.post(f"/bot{server.token}/answerInlineQuery", json=body) as response:
        assert response.status == 200
    choice = by(PARENT, query_id=asked["query_id"], result_id="1")
    chosen = await page.ask("POST", "inline/choose", json=choice)
    assert (chosen["text"], chosen["via_bot"]["id"]) == ("chosen", bot.id)
    wrong = by(PARENT, query_id=asked["query_id"], result_id="2")
    refused = await page.ask("POST", "inline/choose", 404, json=wrong)
    assert "no such result" in refused["error"]


async def test_webhook_targets(page: Page, server: PlaygroundServer) -> None:
    await page.post("webhook-targets", urls=["http://127.0.0.1:1/a", "http://127.0.0.1:2/b"])
    assert server.webhook.targets == ("http://127.0.0.1:1/a", "http://127.0.0.1:2/b")
    assert "addresses" in (await page.post("webhook-targets", 400, urls=[1]))["error"]


@pytest.mark.parametrize(
    ("path", "body", "why"),
    [
        ("say", {"chat": "x", "from": 1, "text": "a"}, "`chat` must be a whole number"),
        ("say", {"chat": PARENT, "from": True, "text": "a"}, "`from` must be a whole number"),
        ("say", by(PARENT, text=5), "`text` must be a text"),
        ("say", by(PARENT, text="x", anonymous="yes"), "`anonymous` must be true or false"),
        ("say", by(PARENT, text="x", forward_from=[1]), "`forward_from` must be a person's id"),
        ("location", by(PARENT, lat="43", lon=76), "`lat` must be a number"),
        ("location", by(PARENT, lat=143, lon=76), "is not a place"),
        ("people", {"first_name": " "}, "a person has a first name"),
        ("groups", {"title": "x", "members": 5}, "`members` must be a list"),
        ("groups", {"title": "", "members": [PARENT]}, "a group has a title"),
        ("groups/5/migrate", {}, "there is no group with the id 5"),
        ("say", by(77, text="x"), "there is no chat with the id 77"),
    ],
)
async def test_wrong_requests_are_explained(
    page: Page, path: str, body: dict[str, Any], why: str
) -> None:
    async with page._web.post(f"/play/api/{path}", json=body) as response:
        assert 400 <= response.status < 500
        assert why in (await response.json())["error"]


async def test_what_is_no_json_is_refused(page: Page) -> None:
    headers = {"Content-Type": "application/json"}
    refused = await page.ask("POST", "say", 400, data=b"{", headers=headers)
    assert "JSON" in refused["error"]
    refused = await page.ask("POST", "say", 400, data=b"[]", headers=headers)
    assert "expected an Object" in refused["error"]
    half = b'{"chat": 7000000001, "from": 7000000001, "text": "\\ud83d"}'
    refused = await page.ask("POST", "say", 400, data=half, headers=headers)
    assert "JSON" in refused["error"]
    headers = {"Content-Type": "multipart/form-data"}
    refused = await page.ask("POST", "upload", 400, data=b"x", headers=headers)
    assert "parts" in refused["error"]
