"""Chaos: everything people may do to a bot, as acts to be thrown at it in any order."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, get_type_hints

from hypothesis import strategies as st

from bot.app import App
from bot.playground.errors import TownError
from bot.playground.server import PlaygroundServer
from bot.playground.town import Town
from core.knowledge import Knowledge, read_knowledge
from core.store import faults, people
from core.store.database import Transaction
from dialogs.action import SEPARATOR, Action, base36
from dialogs.house import make_conversation
from dialogs.turn import Visit
from tests.bot.playground.helpers import png

CROWD = 3
DATA_BYTES = 64
CONVERSATION = make_conversation()


@dataclass(frozen=True)
class Throw:
    """Something that one person of the crowd does; its name and its matter tell what."""

    who: int
    what: str
    matter: Any = None


WORDS = ("free_school_meals", "school", "state", "family", "assistance", "kk", "ru", "en", "x")


def actions() -> st.SearchStrategy[str]:
    """Callback data of every kind of action, with fields that fit, that nearly fit, or that lie."""
    number = (
        st.integers(0, 30).map(base36)
        | st.sampled_from([2**31, 2**63 - 1, 2**63, 36**20, -1, -(2**63) - 1]).map(base36)
        | st.sampled_from([" 1", "1_0", "+1", "\u0661", "-0", "zz z"])
    )
    word = st.sampled_from([*WORDS, "\x00", "\u0456", "nul\x00", "a b"])
    kinds: dict[type, st.SearchStrategy[str]] = {
        int: number,
        str: word,
        bool: st.sampled_from(["0", "1", "2"]),
    }

    def packed(action: type[Action]) -> st.SearchStrategy[str]:
        hints = get_type_hints(action)
        values = [
            kinds.get(hints[each.name], number | word) | st.just("") for each in fields(action)
        ]
        return st.tuples(st.just(action.code), *values).map(SEPARATOR.join)

    return st.sampled_from([*CONVERSATION.codebook]).flatmap(packed).map(fitting)


def fitting(data: str) -> str:
    """What Telegram would have let into a button."""
    return data.encode()[:DATA_BYTES].decode(errors="ignore") or "x"


letters = st.characters(exclude_categories=["Cs"])
forged = st.text(letters, min_size=1, max_size=64).map(fitting)
TEXTS = st.one_of(
    st.text(letters, min_size=1, max_size=80),
    st.sampled_from(
        [
            "\u0430" * 4096,
            "&" * 4096,
            "\U0001f46a" * 2048,
            "\u200b" * 50,
            "\u202e\u05d0\u05d1\u05d2 \u0430\u0431\u0432",
            "x\u0300" * 1000,
            "x\x00y",
            "/",
            "//",
            "/ start",
            "/\u0441\u0442\u0430\u0440\u0442",
            "/start s-",
            "/start s-free_school_meals",
            "/start zz-\U0001f600",
            "/start@",
            "/START",
            "/cancel now",
            "/mine",
            "/language",
            "/privacy",
            "/help",
            "/menu",
            "/nonsense" * 20,
            "<b>",
            "</b></i>&lt;&amp;<a href='x'>",
            "{query} {0} %s %(x)s",
            "0",
            "-" * 300,
            "2026-11-21",
            "a" * 4000 + " " + "b" * 90,
        ]
    ),
)
FILES = st.sampled_from(
    [
        ("voice", b"OggS", "v.ogg"),
        ("voice", b"\x00", ""),
        ("sticker", b"RIFF", "s.webp"),
        ("document", b"MZ" + b"\x00" * 9, "a.exe"),
        ("document", b"%PDF-1.4 broken", "../../etc/passwd"),
        ("document", b"x", "\u202egpj.exe"),
        ("document", b"x", "n" * 200),
        ("photo", png(), "p.png"),
        ("video", b"\x00\x00", "v.mp4"),
        ("audio", b"ID3", "a.mp3"),
    ]
)
EDGES = (-0.0, 0.0, 5e-324, 1e-300, 43.238949)
PLACES = st.tuples(
    st.sampled_from([*EDGES, 90.0, -90.0, 89.9999999]),
    st.sampled_from([*EDGES, 180.0, -180.0, 179.9999999]),
)
# What Telegram does not send, but a Bot API server between might.
NO_PLACES = st.sampled_from([(91.0, 0.0), (1e308, -1e308), (-90.0001, 180.0001)])
CONTACTS = st.sampled_from(["+77010000000", "7", "", "+" + "9" * 40, "not a number"])
MEANT = st.sampled_from(["living", "old", "foreign", "gone"])


def throws() -> st.SearchStrategy[list[Throw]]:
    """A sequence of acts of a small crowd."""
    data = actions() | forged
    things: dict[str, st.SearchStrategy[Any]] = {
        "says": TEXTS,
        "presses": st.tuples(MEANT, st.integers(0, 40)),
        "presses twice": st.integers(0, 40),
        "forges": st.tuples(MEANT, data),
        "uploads": st.tuples(FILES, st.sampled_from(["", "caption <b>", "\u0430" * 1024])),
        "sends an album": st.lists(FILES, min_size=2, max_size=5),
        "locates": PLACES,
        "locates nowhere": NO_PLACES,
        "comes to a venue": st.tuples(PLACES, st.sampled_from(["x", "<i>", "\u200b"])),
        "introduces": st.tuples(CONTACTS, st.sampled_from(["", "Somebody", "other"])),
        "edits": TEXTS,
        "forwards": TEXTS,
        "replies": TEXTS,
        "says in the group": TEXTS,
        "commands in the group": st.none(),
        "forges in the group": data,
        "changes language": st.sampled_from(["kk", "ru", "en", ""]),
        "blocks": st.none(),
        "unblocks": st.none(),
        "deletes": st.integers(0, 5),
        "sends what nobody knows": st.sampled_from(["message", "callback_query"]),
        "waits": st.none(),
    }
    often = ("presses", "presses", "presses", "says", "forges")
    kind = st.sampled_from([*things, *often])
    throw = kind.flatmap(
        lambda what: st.builds(Throw, st.integers(0, CROWD - 1), st.just(what), things[what])
    )
    return st.lists(throw, min_size=1, max_size=25)


@dataclass
class Crowd:
    """A few people nobody met before, and what the bot owes them."""

    server: PlaygroundServer
    app: App
    group: int
    ids: list[int] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)
    owed: Counter[int] = field(default_factory=Counter)
    away: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        for number in range(CROWD):
            person = self.town.add_person(f"P{number}", language_code=("kk", "ru", "")[number % 3])
            self.ids.append(person.id)
            self.town.set_member(self.group, person.id, "add")

    @property
    def town(self) -> Town:
        return self.server.town

    async def throw(self, act: Throw) -> None:
        """Do one act, as far as the town lets this person do it now."""
        me = self.ids[act.who]
        if act.what == "waits":
            await self.settled()
        elif act.what == "blocks":
            self.away.add(me)
            self.town.block(me)
        elif act.what == "unblocks":
            self.town.unblock(me)
        else:
            doing: Callable[[int, Any], None] = getattr(self, "_" + act.what.replace(" ", "_"))
            try:
                doing(me, act.matter)
            except TownError:
                # Telegram itself would not let that through.
                return

    async def settled(self) -> None:
        """Wait until the bot has nothing more to do."""
        await self.server.settled(all_answered=True, quiet=0.01, within=30)

    def answers(self, person: int) -> int:
        """How many messages of the bot this person got."""
        return len(self._ours(person))

    def _says(self, me: int, text: str) -> None:
        self.town.say(me, me, text)
        first = text.strip().split(" ")[0]
        # A command with another bot's name is not for us.
        if not (first.startswith("/") and first[1:2].isalpha() and "@" in first):
            self.owed[me] += 1

    def _presses(self, me: int, how: tuple[str, int]) -> None:
        meant, number = how
        source = me if meant != "foreign" else self.ids[(self.ids.index(me) + 1) % CROWD]
        messages = self._ours(source)
        if not messages:
            return
        message = messages[number % len(messages) if meant in {"old", "foreign"} else -1]
        data = [
            button["callback_data"]
            for row in message.get("reply_markup", {}).get("inline_keyboard", [])
            for button in row
        ]
        if data:
            self._forges(me, (meant, data[number % len(data)]))

    def _presses_twice(self, me: int, number: int) -> None:
        for _ in range(2):
            self._presses(me, ("living", number))

    def _forges(self, me: int, how: tuple[str, str]) -> None:
        meant, data = how
        messages = self._ours(me)
        at = messages[0 if meant == "old" else -1]["message_id"] if messages else 1
        if meant == "gone":
            if messages:
                self.town.delete(me, at)
            else:
                at = 999_999_999
        self.queries.append(self.town.press(me, me, at, data=data))

    def _uploads(self, me: int, thing: tuple[tuple[str, bytes, str], str]) -> None:
        (kind, content, name), caption = thing
        self.town.upload(me, me, kind, content, name, caption=caption)
        self.owed[me] += 1

    def _sends_an_album(self, me: int, files: list[tuple[str, bytes, str]]) -> None:
        album = self.town.fresh_token(8)
        for kind, content, name in files:
            self.town.upload(me, me, kind, content, name, album=album)
        self.owed[me] += 1

    def _locates(self, me: int, place: tuple[float, float]) -> None:
        self.town.share_location(me, me, *place)
        self.owed[me] += 1

    def _locates_nowhere(self, me: int, place: tuple[float, float]) -> None:
        where = dict(zip(("latitude", "longitude"), place, strict=True))
        self._raw(me, {"location": where})
        self.owed[me] += 1

    def _comes_to_a_venue(self, me: int, venue: tuple[tuple[float, float], str]) -> None:
        place, title = venue
        self.town.share_venue(me, me, *place, title=title)
        self.owed[me] += 1

    def _introduces(self, me: int, contact: tuple[str, str]) -> None:
        phone, whose = contact
        other = self.ids[(self.ids.index(me) + 1) % CROWD]
        self.town.share_contact(me, me, phone, {"": None, "other": other}.get(whose, whose))
        self.owed[me] += 1

    def _edits(self, me: int, text: str) -> None:
        own = [each for each in self._messages(me) if each["from"]["id"] == me]
        if own:
            self.town.edit(me, me, own[-1]["message_id"], text)

    def _forwards(self, me: int, text: str) -> None:
        self.town.say(me, me, text, forward_from="Somebody hidden")

    def _replies(self, me: int, text: str) -> None:
        messages = self._messages(me)
        if messages:
            self.town.say(me, me, text, reply_to=messages[0]["message_id"])

    def _says_in_the_group(self, me: int, text: str) -> None:
        self.town.say(self.group, me, text)

    def _commands_in_the_group(self, me: int, _: None) -> None:
        self.town.say(self.group, me, f"/start@{self.town.bot['username']}")
        self.owed[self.group] += 1

    def _forges_in_the_group(self, me: int, data: str) -> None:
        messages = self._ours(self.group)
        at = messages[-1]["message_id"] if messages else 1
        self.queries.append(self.town.press(self.group, me, at, data=data))

    def _changes_language(self, me: int, code: str) -> None:
        self.town.change_person(me, language_code=code)

    def _deletes(self, me: int, number: int) -> None:
        messages = self._messages(me)
        if messages:
            self.town.delete(me, messages[number % len(messages)]["message_id"])

    def _sends_what_nobody_knows(self, me: int, kind: str) -> None:
        """An update of a shape that a later Bot API may bring."""
        body = {"id": "never asked", "from": "a text where a person was", "of": "tomorrow"}
        self.town.updates.add(kind, body, ("chat", me))

    def _raw(self, me: int, content: Mapping[str, Any]) -> None:
        person = self.town.person(me)
        if person.blocked_bot:
            raise TownError("blocked")
        chat = self.town.chat(me)
        message = self.town.compose(chat, person.as_user(), **content)
        self.town.updates.add("message", message, ("chat", me))

    def _messages(self, chat: int) -> list[dict[str, Any]]:
        return list(self.town.chat(chat).messages.values())

    def _ours(self, chat: int) -> list[dict[str, Any]]:
        bot = self.town.bot_id
        return [each for each in self._messages(chat) if each["from"]["id"] == bot]


class Judge:
    """Looks at what is left when the dust has settled."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd

    async def judge(self) -> None:
        await self.crowd.settled()
        knowledge = await self._knowledge()
        async with self.crowd.app.database.reading() as tx:
            happened = [each.kind for each in await faults.latest(tx)]
            assert not happened, happened
            for person_id in self.crowd.ids:
                await self._stands_somewhere(tx, knowledge, person_id)
        self._every_press_was_answered_once()
        self._everybody_was_answered()

    async def _knowledge(self) -> Knowledge:
        app = self.crowd.app
        return await read_knowledge(app.database, app._clock.now(), app.settings.keep)

    async def _stands_somewhere(
        self, tx: Transaction, knowledge: Knowledge, person_id: int
    ) -> None:
        """The row of this person opens to a screen."""
        person = await people.find(tx, person_id)
        if person is None:
            return
        app = self.crowd.app
        visit = Visit(
            person=person,
            tx=tx,
            now=app._clock.now(),
            languages=app._languages,
            knowledge=knowledge,
            bot_name="bot",
            where=CONVERSATION.home,
        )
        shown = await CONVERSATION.present(visit)
        assert shown.screen is not None
        assert str(shown.screen.text).strip()
        assert shown.screen.rows

    def _every_press_was_answered_once(self) -> None:
        calls = self.crowd.server.calls.of("answerCallbackQuery")
        counted = Counter(str(each.params["callback_query_id"]) for each in calls)
        answered = [counted[each] for each in self.crowd.queries]
        assert answered == [1] * len(self.crowd.queries), answered
        refused = [each.error for each in calls if each.error]
        assert not refused, refused

    def _everybody_was_answered(self) -> None:
        calls = self.crowd.server.calls.of("sendMessage")
        sent = Counter(int(each.params["chat_id"]) for each in calls)
        for person in self.crowd.ids:
            if person not in self.crowd.away:
                assert sent[person] >= self.crowd.owed[person], "somebody waits for an answer"
        group = self.crowd.group
        assert sent[group] == self.crowd.owed[group], "in the group it answers only when named"
