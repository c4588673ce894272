"""Groups: what the bot does where several people read: little, and nothing personal."""

from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Chat, Message

from bot.telegram.courier import Courier
from bot.telegram.reading import is_command, read_command
from core.chats import ChatState
from core.clock import Clock
from core.store import chats
from core.store.database import Database
from dialogs import group
from dialogs.speech import Speech


class Groups:
    """Keeps track of the chats the bot is in, and answers commands in groups."""

    def __init__(
        self, *, database: Database, courier: Courier, clock: Clock, say: Speech, bot_name: str
    ) -> None:
        self._database = database
        self._courier = courier
        self._clock = clock
        self._say = say
        self._bot_name = bot_name

    async def said(self, message: Message) -> None:
        """A message in a group: its move to another id is kept, a command is answered."""
        if message.migrate_to_chat_id is not None:
            await self._moved(message.chat.id, message.migrate_to_chat_id)
        elif message.chat.type != ChatType.CHANNEL and self._is_for_us(message.text):
            await self._courier.send(
                message.chat.id,
                group.show_invitation(self._say, self._bot_name),
                thread_id=message.message_thread_id if message.is_topic_message else None,
                reply_to=message.message_id,
            )

    async def pressed(self, query: CallbackQuery) -> None:
        """A button in a group; none of ours stands there yet, so it is an old one."""
        await self._courier.answer(query.id, group.private_only(self._say), alert=True)

    async def joined_or_left(self, chat: Chat, *, out: bool) -> None:
        """The bot was let in or thrown out; in a private chat that means unblocked or blocked."""
        gone = ChatState.BLOCKED if chat.type == ChatType.PRIVATE else ChatState.KICKED
        state = gone if out else ChatState.ACTIVE
        async with self._database.writing() as tx:
            await chats.set_state(tx, chat.id, chat.type, state, self._clock.now())

    async def _moved(self, old: int, new: int) -> None:
        async with self._database.writing() as tx:
            await chats.migrate(tx, old, new, self._clock.now())

    def _is_for_us(self, text: str | None) -> bool:
        return bool(
            text and is_command(text) and "@" in text and read_command(text, self._bot_name)
        )
