"""The town: all people's acts over one state, with the bot's profile; it knows nothing of HTTP."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.playground.errors import TownError
from bot.playground.groups import Groups, group_json
from bot.playground.residents import Person
from bot.playground.state import FIRST_PERSON, InlineAsk

Command = dict[str, str]


@dataclass(slots=True)
class Profile:
    """What the bot says about itself, by language; "" is for every other language."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Command]] = field(default_factory=dict)
    menu_buttons: dict[int, dict[str, Any]] = field(default_factory=dict)


class Town(Groups):
    """Everything the page and the tests play with."""

    def __init__(
        self,
        clock: Callable[[], float],
        seed: int | None = None,
        cast: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(clock, seed, cast)
        self.profile = Profile()

    def add_person(
        self,
        first_name: str,
        last_name: str = "",
        *,
        username: str = "",
        language_code: str = "",
        role_hint: str = "",
        id: int | None = None,  # noqa: A002 - Telegram's own name
    ) -> Person:
        """A newcomer, who has not started the bot yet."""
        if not first_name.strip():
            raise TownError("a person has a first name")
        number = FIRST_PERSON + self.fresh_id() if id is None else id
        if number in self.people or number <= 0:
            raise TownError(f"the id {number} is taken or is not a person's")
        person = Person(number, first_name.strip(), last_name, username, language_code, role_hint)
        self.people[number] = person
        self._tell_person(person)
        return person

    def change_person(
        self,
        person: int,
        *,
        language_code: str | None = None,
        blocked_bot: bool | None = None,
        deactivated: bool | None = None,
    ) -> Person:
        """Change the language, block or unblock the bot, delete the account."""
        who = self.person(person)
        if language_code is not None:
            who.language_code = language_code
        if blocked_bot is not None:
            (self.block if blocked_bot else self.unblock)(person)
        if deactivated is not None:
            who.deactivated = deactivated
        self._tell_person(who)
        return who

    def ask_inline(self, person: int, query: str, chat: int | None = None) -> str:
        """Type a query after the bot's name; the results come as an event."""
        who = self.person(person)
        place = self.chat(person if chat is None else chat)
        self._present_person(place, person)
        query_id = self.fresh_query_id()
        self.inline_asks[query_id] = InlineAsk(person, query, self.clock())
        body = {
            "id": query_id,
            "from": who.as_user(),
            "query": query,
            "offset": "",
            "chat_type": "sender" if place.is_private else place.type,
        }
        self.updates.add("inline_query", body, ("inline", person))
        return query_id

    def choose_inline(
        self, person: int, chat: int, query_id: str, result_id: str
    ) -> dict[str, Any]:
        """Send one of the results into a chat; the bot is told which was chosen."""
        ask = self.inline_asks.get(query_id)
        if ask is None or ask.person != person or result_id not in ask.results:
            raise TownError("there is no such result for this person", 404)
        place = self.chat(chat)
        who = self._present_person(place, person)
        result = ask.results[result_id]
        message = self.compose(place, who.as_user(), via_bot=self.bot, **result["content"])
        chosen: dict[str, Any] = {"result_id": result_id, "from": who.as_user(), "query": ask.query}
        if markup := result.get("reply_markup"):
            message["reply_markup"] = markup
            inline_id = self.fresh_token(18)
            self.inline_messages[inline_id] = (chat, message["message_id"])
            chosen["inline_message_id"] = inline_id
        place.last_act = self.post(place, message)
        if self._bot_sees(place, message):
            self.updates.add("message", message, ("chat", chat))
        self.updates.add("chosen_inline_result", chosen, ("chosen", person))
        return message

    def commands_by_language(self) -> dict[str, list[Command]]:
        """The commands that every private chat shows, by language."""
        found: dict[str, list[Command]] = {"kk": [], "ru": [], "": []}
        for scope in ("default", "all_private_chats"):
            for (kept_scope, language), commands in self.profile.commands.items():
                if kept_scope == scope:
                    found[language] = commands
        return found

    def as_json(self) -> dict[str, Any]:
        """The whole town as the page first sees it."""
        bot = {name: self.bot[name] for name in ("id", "first_name", "username")}
        bot |= {
            "commands": self.commands_by_language(),
            "description": self.profile.descriptions.get("", ""),
            "short_description": self.profile.short_descriptions.get("", ""),
            "descriptions": self.profile.descriptions,
            "short_descriptions": self.profile.short_descriptions,
        }
        groups = [chat for chat in self.chats.values() if not chat.is_private]
        return {
            "bot": bot,
            "people": [person_json(person) for person in self.people.values()],
            "groups": [group_json(chat) for chat in groups if chat.migrated_to is None],
            "places": self.places,
            "next": self.feed.last,
        }

    def _tell_person(self, person: Person) -> None:
        self.feed.add("person", person.id, person=person_json(person))


def person_json(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "username": person.username,
        "language_code": person.language_code,
        "role_hint": person.role_hint,
        "started": person.started,
        "blocked_bot": person.blocked_bot,
        "deactivated": person.deactivated,
    }
