"""The control API, by which the page and the tests play the people (`/play/api/…`).

Everything is JSON, refusals are `{"error": text}` with a 4xx status. Beyond the plain calls:

- `state.groups[].members` holds the bot's id while the bot is in the group; `POST groups` puts the
  bot in when its id or `"bot"` is among `members`. Groups also tell `anonymous` and `migrated_to`;
  people tell `started` and `deactivated`; the bot tells `descriptions` by language.
- `events`: `message` events have `keyboard` when the bot sent a reply keyboard (or removed one);
  `deleted` and `reaction` have `message_id`; `callback_answer` has `callback`; `action` has
  `thread`; `inline_results` has `query_id`, `results` and `button`; `membership` has `person` (the
  bot's id for the bot itself) and `status`; `group` and `person` carry the whole object; the chat
  of `commands` is 0. Only the latest 20,000 events are kept; `missed` is true when some are gone
  or the playground was restarted, and the page has to read the state again.
- Privacy mode is on, as with a new Telegram bot: in a group where it is no admin the bot sees
  commands, replies to its messages and service messages only. `POST privacy {on}` changes it.
- A person who blocked the bot is unblocked by saying `/start`.
- `POST react {chat, from, message, emoji?}`; `POST webhook-targets {urls}` makes updates go to
  these addresses in turn instead of the webhook's own.
- `thread` is accepted wherever `reply_to` is; `whose` of a contact is a person's id, or a name for
  somebody without Telegram; `forward_from` is a person's id, or a name for a hidden one.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot.playground.errors import ApiError, TownError
from bot.playground.feed import Event
from bot.playground.given import Given
from bot.playground.groups import group_json
from bot.playground.guard import Guard
from bot.playground.reading import TooLarge, read_parameters
from bot.playground.rendering import render_html
from bot.playground.residents import Chat, Message
from bot.playground.town import Town, person_json

LARGEST_FROM_PERSON = 100 * 1024 * 1024
LONGEST_WAIT = 55.0
MOST_MESSAGES = 1_000
INLINE_KINDS = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"})


Act = Callable[[Given], Any]


class Control:
    """Turns requests into the acts of people."""

    def __init__(self, town: Town, guard: Guard, set_targets: Callable[[list[str]], None]) -> None:
        self._town = town
        self._guard = guard
        self._set_targets = set_targets
        self._stopping = False

    def routes(self) -> list[web.RouteDef]:
        acts: dict[str, Act] = {
            "people": self._add_person,
            "groups": self._add_group,
            "say": self._say,
            "edit": self._edit,
            "press": self._press,
            "location": self._location,
            "venue": self._venue,
            "contact": self._contact,
            "upload": self._upload,
            "inline": self._inline,
            "inline/choose": self._choose,
            "delete": self._delete,
            "react": self._react,
            "privacy": self._privacy,
            "webhook-targets": self._targets,
            "groups/{id}/members": self._members,
            "groups/{id}/migrate": self._migrate,
            "groups/{id}/topics": self._topics,
        }
        reads: dict[str, Callable[[web.Request], Awaitable[web.StreamResponse]]] = {
            "state": self._state,
            "events": self._events,
            "chat/{chat}": self._chat,
            "file/{file_id}": self._file,
        }
        return [
            *(
                web.post(f"/play/api/{path}", self._guard.wrap(_acting(act)))
                for path, act in acts.items()
            ),
            web.patch("/play/api/people/{id}", self._guard.wrap(_acting(self._change_person))),
            *(
                web.get(f"/play/api/{path}", self._guard.wrap(_reading(read)))
                for path, read in reads.items()
            ),
        ]

    def stop(self) -> None:
        """Let waiting pages go."""
        self._stopping = True
        self._town.feed.grew.ring()

    def event_json(self, event: Event) -> Event:
        """An event as the page gets it: messages with who sent them and how they look."""
        message = event.get("message")
        return event if message is None else {**event, **self._shown(message)}

    def _shown(self, message: Message) -> dict[str, Any]:
        text: str = message.get("text") or message.get("caption") or ""
        entities = message.get("entities") or message.get("caption_entities") or []
        return {
            "message": message,
            "from_bot": message["from"]["id"] == self._town.bot_id,
            "html": render_html(text, entities),
        }

    async def _state(self, request: web.Request) -> web.Response:
        del request
        return answer(self._town.as_json())

    async def _events(self, request: web.Request) -> web.Response:
        given = Given(dict(request.query))
        after = given.integer_or_none("after") or 0
        wait = min(max(0, given.integer_or_none("wait") or 0), LONGEST_WAIT)
        feed = self._town.feed
        if wait and feed.last == after and not self._stopping:
            await feed.grew.heard(wait)
            await asyncio.sleep(0)
        events = [self.event_json(event) for event in feed.after(after)]
        missed = after > feed.last or len(events) < feed.last - after
        return answer({"events": events, "next": feed.last, "missed": missed})

    async def _chat(self, request: web.Request) -> web.Response:
        given = Given({**request.query, **request.match_info})
        chat, viewer = self._town.chat(given.integer("chat")), given.integer("as")
        if not (chat.id == viewer if chat.is_private else chat.present(viewer)):
            raise TownError("this person is not in the chat", HTTPStatus.FORBIDDEN)
        limit = given.integer_or_none("limit") or 100
        messages = list(chat.messages.values())[-min(max(1, limit), MOST_MESSAGES) :]
        return answer({"messages": [self._history_item(chat, message) for message in messages]})

    def _history_item(self, chat: Chat, message: Message) -> dict[str, Any]:
        item = {"kind": "message", "chat": chat.id, **self._shown(message)}
        if keyboard := chat.keyboards.get(message["message_id"]):
            item["keyboard"] = keyboard
        return item

    async def _file(self, request: web.Request) -> web.Response:
        file = self._town.file(request.match_info["file_id"])
        if file is None:
            raise TownError("there is no such file", HTTPStatus.NOT_FOUND)
        shown = file.mime in INLINE_KINDS
        response = web.Response(
            body=file.content,
            content_type=file.mime if shown else "application/octet-stream",
        )
        response.headers["Content-Disposition"] = _disposition(shown, file.name or "file")
        return response

    def _add_person(self, given: Given) -> Any:
        person = self._town.add_person(
            given.text("first_name"),
            given.text("last_name", ""),
            username=given.text("username", ""),
            language_code=given.text("language_code", ""),
            role_hint=given.text("role_hint", ""),
        )
        return person_json(person)

    def _change_person(self, given: Given) -> Any:
        person = self._town.change_person(
            given.integer("id"),
            language_code=given.text("language_code") if given.has("language_code") else None,
            blocked_bot=given.flag_or_none("blocked_bot"),
            deactivated=given.flag_or_none("deactivated"),
        )
        return person_json(person)

    def _add_group(self, given: Given) -> Any:
        group = self._town.add_group(
            given.text("title"),
            [self._member(value) for value in given.integers("members")],
            [self._member(value) for value in given.integers("admins")],
            is_forum=given.flag("is_forum"),
        )
        return group_json(group)

    def _member(self, value: Any) -> int:
        if value == "bot":
            return self._town.bot_id
        return Given({"person": value}).integer("person")

    def _members(self, given: Given) -> Any:
        group = given.integer("id")
        self._town.set_member(
            group,
            self._member(given.values.get("person")),
            given.text("do"),
            anonymous=given.flag_or_none("anonymous"),
        )
        return group_json(self._town.group(group))

    def _migrate(self, given: Given) -> Any:
        return group_json(self._town.migrate(given.integer("id")))

    def _topics(self, given: Given) -> Any:
        topic = self._town.add_topic(given.integer("id"), given.text("name"))
        return {"id": topic.id, "name": topic.name}

    def _say(self, given: Given) -> Any:
        return self._town.say(
            given.integer("chat"),
            given.integer("from"),
            given.text("text"),
            anonymous=given.flag("anonymous"),
            forward_from=given.person_or_name("forward_from"),
            **given.place,
        )

    def _edit(self, given: Given) -> Any:
        return self._town.edit(
            given.integer("chat"),
            given.integer("from"),
            given.integer("message"),
            given.text("text"),
        )

    def _press(self, given: Given) -> Any:
        query_id = self._town.press(
            given.integer("chat"),
            given.integer("from"),
            given.integer("message"),
            row=given.integer_or_none("row"),
            col=given.integer_or_none("col"),
            data=given.text("data") if given.has("data") else None,
        )
        return {"callback": query_id}

    def _location(self, given: Given) -> Any:
        return self._town.share_location(
            given.integer("chat"),
            given.integer("from"),
            given.number("lat"),
            given.number("lon"),
            **given.place,
        )

    def _venue(self, given: Given) -> Any:
        return self._town.share_venue(
            given.integer("chat"),
            given.integer("from"),
            given.number("lat"),
            given.number("lon"),
            title=given.text("title"),
            address=given.text("address", ""),
            **given.place,
        )

    def _contact(self, given: Given) -> Any:
        return self._town.share_contact(
            given.integer("chat"),
            given.integer("from"),
            given.text("phone"),
            given.person_or_name("whose"),
            **given.place,
        )

    def _upload(self, given: Given) -> Any:
        file = given.files.get("file")
        if file is None:
            raise TownError("the part `file` is missing")
        return self._town.upload(
            given.integer("chat"),
            given.integer("from"),
            given.text("kind"),
            file.content,
            file.name,
            mime=file.mime,
            caption=given.text("caption", ""),
            album=given.text("album", ""),
            **given.place,
        )

    def _inline(self, given: Given) -> Any:
        query_id = self._town.ask_inline(
            given.integer("from"), given.text("query"), given.integer_or_none("chat")
        )
        return {"query_id": query_id}

    def _choose(self, given: Given) -> Any:
        return self._town.choose_inline(
            given.integer("from"),
            given.integer("chat"),
            given.text("query_id"),
            given.text("result_id"),
        )

    def _delete(self, given: Given) -> Any:
        self._town.delete(given.integer("chat"), given.integer("message"))
        return {"deleted": True}

    def _react(self, given: Given) -> Any:
        self._town.react(
            given.integer("chat"),
            given.integer("from"),
            given.integer("message"),
            given.text("emoji", ""),
        )
        return {"reacted": True}

    def _privacy(self, given: Given) -> Any:
        self._town.privacy_mode = given.flag("on")
        return {"on": self._town.privacy_mode}

    def _targets(self, given: Given) -> Any:
        urls = given.integers("urls")
        if not all(isinstance(url, str) for url in urls):
            raise TownError("`urls` must be a list of addresses")
        self._set_targets(urls)
        return {"urls": urls}


def answer(body: Any, status: int = HTTPStatus.OK) -> web.Response:
    raw = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return web.Response(body=raw, status=status, content_type="application/json")


def _acting(act: Act) -> Callable[[web.Request], Awaitable[web.Response]]:
    """A handler that carries out one act with what the request gave."""

    async def handler(request: web.Request) -> web.Response:
        try:
            values, files = await read_parameters(
                request.headers, request.content, LARGEST_FROM_PERSON
            )
            return answer(act(Given({**values, **request.match_info}, files)))
        except TownError as refused:
            return answer({"error": str(refused)}, refused.status)
        except ApiError as refused:
            return answer({"error": refused.description}, refused.code)
        except TooLarge:
            most = LARGEST_FROM_PERSON // 1024 // 1024
            return answer({"error": f"a file may have at most {most} MB here"}, 413)

    return handler


def _reading(
    read: Callable[[web.Request], Awaitable[web.StreamResponse]],
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handler(request: web.Request) -> web.StreamResponse:
        try:
            return await read(request)
        except TownError as refused:
            return answer({"error": str(refused)}, refused.status)

    return handler


def _disposition(inline: bool, name: str) -> str:
    return f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{quote(name, safe='')}"
