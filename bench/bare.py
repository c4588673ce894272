"""Two bare aiogram bots to compare with: `python -m bench.bare echo|edit TOKEN URL`.

`echo` answers a message with the same words. `edit` changes the pressed message into a question as
long as one of ours, with as many buttons, answers the press, and keeps nothing.
"""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

TEXT = "<i>A service · question {turn} of 3</i>\n\n" + "A line of help. " * 8 + "\n\n<b>So?</b>"
LABELS = ("Yes, of course", "No, not at all", "I do not know", "Back", "Menu")


def keyboard() -> InlineKeyboardMarkup:
    """As many buttons as a question of ours has."""
    rows = [
        [InlineKeyboardButton(text=label, callback_data=f"an:1:school:{index}")]
        for index, label in enumerate(LABELS)
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


async def main(kind: str, token: str, url: str) -> None:
    """Poll until killed."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    dispatcher = Dispatcher(disable_fsm=True)
    turn = 0

    if kind == "echo":

        @dispatcher.message()
        async def echo(message: Message) -> None:
            await message.answer(message.text or "")

    else:

        @dispatcher.callback_query()
        async def edit(query: CallbackQuery) -> None:
            nonlocal turn
            turn += 1
            if isinstance(query.message, Message):
                await query.message.edit_text(
                    TEXT.format(turn=turn), reply_markup=keyboard(), parse_mode="HTML"
                )
            await query.answer()

    await dispatcher.start_polling(Bot(token, session=session), handle_signals=False)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
