"""The router: from Telegram's updates to turns, and to what happens in groups."""

from aiogram import Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import CallbackQuery, ChatMemberUpdated, InlineQuery, Message, Update, User

from bot.telegram.groups import Groups
from bot.telegram.inline import InlineQueries
from bot.telegram.reading import name_of, read_message
from bot.telegram.turns import Press, Turns, Visitor
from dialogs.turn import Edited, Pressed


def make_router(turns: Turns, groups: Groups, inline: InlineQueries, bot_name: str) -> Router:
    """The one router of the bot; what it has no handler for is not asked of Telegram."""
    router = Router(name="bagyt")

    @router.message()
    async def message(message: Message, event_update: Update) -> None:
        if message.chat.type != ChatType.PRIVATE:
            await groups.said(message)
            return
        event = read_message(message, bot_name)
        if event is not None and message.from_user is not None:
            await turns.take(event_update.update_id, _visitor(message.from_user), event)

    @router.edited_message()
    async def edited(message: Message, event_update: Update) -> None:
        if message.chat.type == ChatType.PRIVATE and message.from_user is not None:
            event = Edited(message.message_id, message.text or message.caption or "")
            await turns.take(event_update.update_id, _visitor(message.from_user), event)

    @router.callback_query()
    async def pressed(query: CallbackQuery, event_update: Update) -> None:
        message = query.message
        if message is not None and message.chat.type != ChatType.PRIVATE:
            await groups.pressed(query)
            return
        # Of an old message Telegram may say no more than where it stands.
        protected = isinstance(message, Message) and bool(message.has_protected_content)
        press = Press(query.id, message.message_id if message else None, protected)
        event = Pressed(query.data or "")
        await turns.take(event_update.update_id, _visitor(query.from_user), event, press)

    @router.inline_query()
    async def asked(query: InlineQuery) -> None:
        await inline.answer(query)

    @router.my_chat_member()
    async def membership(change: ChatMemberUpdated) -> None:
        out = change.new_chat_member.status in {ChatMemberStatus.KICKED, ChatMemberStatus.LEFT}
        await groups.joined_or_left(change.chat, out=out)

    return router


def _visitor(user: User) -> Visitor:
    return Visitor(user.id, user.language_code, name_of(user))
