"""A small bot that shows and echoes everything the page must be able to play."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CallbackQuery,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InputMediaDocument,
    InputMediaPhoto,
    InputTextMessageContent,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from tests.browser.pictures import png

TOKEN = "7000000000:page-tests"

FORMATTED = (
    "<b>bold</b> <i>italic</i> <u>under</u> <s>struck</s> <code>code</code>\n"
    "<tg-spoiler>hidden words</tg-spoiler>\n"
    "<blockquote>short quote</blockquote>\n"
    "<blockquote expandable>" + "a long quote line\n" * 9 + "its end</blockquote>\n"
    '<a href="https://example.org/path">a named link</a> '
    '<a href="https://t.me/bagyt_playground_bot?start=from_link">deep link</a> https://example.org'
)

router = Router()


def inline(*rows: list[tuple[str, str]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=text, callback_data=data) for text, data in row]
            for row in rows
        ]
    )


def counter(count: int) -> InlineKeyboardMarkup:
    return inline([("minus", f"count:{count - 1}"), ("plus", f"count:{count + 1}")])


@router.message(CommandStart())
async def start(message: Message, command: CommandObject) -> None:
    await message.answer(f"started with {command.args or 'nothing'}")


@router.message(Command("count"))
async def count(message: Message) -> None:
    await message.answer("count 0", reply_markup=counter(0))


@router.callback_query(F.data.startswith("count:"))
async def counted(query: CallbackQuery) -> None:
    value = int(str(query.data).partition(":")[2])
    if isinstance(query.message, Message):
        await query.message.edit_text(f"count {value}", reply_markup=counter(value))
    await query.answer()


@router.message(Command("answers"))
async def answers(message: Message) -> None:
    rows = [[("toast", "toast"), ("alert", "alert")], [("link", "link")]]
    await message.answer("answers", reply_markup=inline(*rows))


@router.callback_query(F.data == "toast")
async def toast(query: CallbackQuery) -> None:
    await query.answer("a passing word")


@router.callback_query(F.data == "alert")
async def alert(query: CallbackQuery) -> None:
    await query.answer("a word to close", show_alert=True)


@router.callback_query(F.data == "link")
async def link(query: CallbackQuery) -> None:
    await query.answer(url="https://t.me/bagyt_playground_bot?start=from_answer")


@router.message(Command("buttons"))
async def buttons(message: Message) -> None:
    rows = [
        [InlineKeyboardButton(text="site", url="https://example.org/a")],
        [InlineKeyboardButton(text="inline", switch_inline_query_current_chat="kin")],
        [InlineKeyboardButton(text="copy", copy_text=CopyTextButton(text="copied words"))],
    ]
    await message.answer("buttons", reply_markup=InlineKeyboardMarkup(inline_keyboard=rows))


@router.message(Command("keyboard"))
async def keyboard(message: Message) -> None:
    rows = [
        [KeyboardButton(text="my place", request_location=True)],
        [KeyboardButton(text="my phone", request_contact=True), KeyboardButton(text="plain")],
    ]
    await message.answer("keyboard", reply_markup=ReplyKeyboardMarkup(keyboard=rows))


@router.message(Command("bare"))
async def bare(message: Message) -> None:
    await message.answer("bare", reply_markup=ReplyKeyboardRemove())


@router.message(Command("formatted"))
async def formatted(message: Message) -> None:
    await message.answer(FORMATTED, parse_mode="HTML")


@router.message(Command("typing"))
async def typing(message: Message, bot: Bot) -> None:
    await bot.send_chat_action(message.chat.id, "typing")


@router.message(Command("guarded"))
async def guarded(message: Message) -> None:
    await message.answer("guarded words", protect_content=True)


@router.message(Command("pictures"))
async def pictures(message: Message) -> None:
    photos = [BufferedInputFile(png(320, 200, shade), f"{shade}.png") for shade in (40, 120, 200)]
    await message.answer_media_group(
        [InputMediaPhoto(media=photo, caption=f"picture {n}") for n, photo in enumerate(photos)]
    )


@router.message(Command("papers"))
async def papers(message: Message) -> None:
    await message.answer_media_group(
        [
            InputMediaDocument(media=BufferedInputFile(f"paper {n}".encode(), f"paper{n}.txt"))
            for n in range(2)
        ]
    )


@router.message(Command("venue"))
async def venue(message: Message) -> None:
    await message.answer_venue(43.2567, 76.9286, title="Office", address="Abay 1")


@router.message(F.location)
async def location(message: Message) -> None:
    if message.location:
        await message.answer(f"at {message.location.latitude}, {message.location.longitude}")


@router.message(F.contact)
async def contact(message: Message) -> None:
    if message.contact and message.from_user:
        whose = "own" if message.contact.user_id == message.from_user.id else "another"
        await message.answer(f"{whose} phone {message.contact.phone_number}")


@router.message(F.document)
async def document(message: Message) -> None:
    if message.document:
        await message.answer_document(message.document.file_id, caption="here it is again")


@router.message(F.photo | F.voice | F.sticker | F.video)
async def medium(message: Message) -> None:
    album = " of an album" if message.media_group_id else ""
    kind = next(kind for kind in ("photo", "voice", "sticker", "video") if getattr(message, kind))
    await message.reply(f"got {kind}{album}: {message.caption or 'no words'}")


@router.message(F.text)
async def text(message: Message) -> None:
    replied = " (a reply)" if message.reply_to_message else ""
    await message.answer(f"heard{replied}: {message.text}")


@router.edited_message(F.text)
async def edited(message: Message) -> None:
    await message.answer(f"now: {message.text}")


@router.inline_query()
async def inline_query(query: InlineQuery) -> None:
    found = [name for name in ("kindergarten", "kin", "school") if query.query in name]
    await query.answer(
        [
            InlineQueryResultArticle(
                id=name,
                title=name,
                description=f"about {name}",
                input_message_content=InputTextMessageContent(message_text=f"chose {name}"),
            )
            for name in found
        ],
        cache_time=0,
    )


@asynccontextmanager
async def echoing(bot_api_url: str) -> AsyncIterator[Bot]:
    """The bot, listening by long polling until the block ends."""
    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    session = AiohttpSession(api=TelegramAPIServer.from_base(bot_api_url))
    bot = Bot(TOKEN, session=session)
    try:
        await bot.set_my_commands([BotCommand(command="count", description="a counter to press")])
        await bot.set_my_description("Echoes what it hears.")
        polling = asyncio.create_task(
            dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False)
        )
        yield bot
        await dispatcher.stop_polling()
        await polling
    finally:
        dispatcher.sub_routers.clear()
        router._parent_router = None
        await bot.session.close()
