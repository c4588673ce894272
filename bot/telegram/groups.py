"""Groups: what the bot does where several people read: little, and nothing personal."""

from collections.abc import Callable

from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Chat, Message

from bot.desks import Desks
from bot.telegram.courier import Courier
from bot.telegram.reading import is_command, read_command
from core.chats import ChatState
from core.clock import Clock
from core.store import chats
from core.store.database import Database
from dialogs import group
from dialogs.officials import binding
from dialogs.officials.binding import Asking
from dialogs.screen import Screen
from dialogs.speech import Speech
from dialogs.turn import Command


class Groups:
    """Keeps track of the chats the bot is in, and answers commands in groups."""

    def __init__(
        self,
        *,
        database: Database,
        courier: Courier,
        clock: Clock,
        say: Speech,
        desks: Desks,
        ring: Callable[[], None],
    ) -> None:
        self._database = database
        self._courier = courier
        self._clock = clock
        self._say = say
        self._desks = desks
        self._ring = ring

    async def said(self, message: Message) -> None:
        """A message in a group: its move to another id is kept, a command is answered."""
        if message.migrate_to_chat_id is not None:
            await self._moved(message.chat.id, message.migrate_to_chat_id)
            return
        command = self._command(message)
        screen = await self._answer(message, command) if command else None
        if screen is not None:
            await self._courier.send(
                message.chat.id,
                screen,
                thread_id=_topic(message),
                reply_to=message.message_id,
            )

    async def pressed(self, query: CallbackQuery) -> None:
        """A button in a group; none of ours stands there yet, so it is an old one."""
        await self._courier.answer(query.id, group.private_only(self._say), alert=True)

    async def joined_or_left(self, chat: Chat, *, out: bool) -> None:
        """The bot was let in or thrown out; in a private chat that means unblocked or blocked."""
        gone = ChatState.BLOCKED if chat.type == ChatType.PRIVATE else ChatState.KICKED
        state = gone if out else ChatState.ACTIVE
        now = self._clock.now()
        async with self._database.writing() as tx:
            await chats.set_state(tx, chat.id, chat.type, state, now)
            if out and chat.type != ChatType.PRIVATE:
                await binding.lost(self._desks.at(tx, now), chat.id, chat.title or "")
        self._ring()

    async def _moved(self, old: int, new: int) -> None:
        async with self._database.writing() as tx:
            await chats.migrate(tx, old, new, self._clock.now())

    def _command(self, message: Message) -> Command | None:
        """A command in a group that is for us: by our name, or one that only we know."""
        text = message.text
        if message.chat.type == ChatType.CHANNEL or not text or not is_command(text):
            return None
        command = read_command(text, self._desks.bot_name)
        named = "@" in text.partition(" ")[0]
        return command if command and (named or command.name in OURS) else None

    async def _answer(self, message: Message, command: Command) -> Screen | None:
        asked_by_link = command == Command("start", BIND)
        do = OURS.get(BIND if asked_by_link else command.name)
        if do is None:
            return group.show_invitation(self._say, self._desks.bot_name)
        asking = await self._asking(message)
        async with self._database.writing() as tx:
            return await do(self._desks.at(tx, self._clock.now()), asking)

    async def _asking(self, message: Message) -> Asking:
        chat, topic = message.chat.id, _topic(message)
        # Whoever speaks as a channel, or as the group itself, cannot be recognised.
        if message.from_user is None or message.sender_chat is not None:
            return Asking(chat, topic, None, leads=False)
        person = message.from_user.id
        return Asking(chat, topic, person, leads=await self._courier.leads(chat, person))


BIND, UNBIND = "bind", "unbind"
OURS = {BIND: binding.bind, UNBIND: binding.unbind}
"""What can be done in a group, by its command."""


def _topic(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None
