"""Files that the bot sends, their sizes and kinds, albums, and downloads."""

from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge
from aiogram.types import (
    BufferedInputFile,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
)

from bot.playground.files import image_size
from bot.playground.server import PlaygroundServer
from tests.bot.playground.helpers import keyboard, png

MEGABYTE = 1024 * 1024
GIF = b"GIF89a\x05\x00\x06\x00"
JPEG = b"\xff\xd8\xff\xe0\x00\x04xx\xff\xc0\x00\x11\x08\x00\x06\x00\x05" + b"\0" * 9
WEBP = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x04\0\0\x05\0\0"


def file(content: bytes = b"abc", name: str = "a.txt") -> BufferedInputFile:
    return BufferedInputFile(content, name)


@pytest.mark.parametrize("kind", ["document", "voice", "video", "audio"])
async def test_file_of_each_kind_is_sent_and_sent_again_by_id(
    bot: Bot, parent: int, kind: str
) -> None:
    send: Any = getattr(bot, f"send_{kind}")
    sent = await send(parent, file(), caption="<b>x</b>", reply_markup=keyboard(["a"]))
    assert sent.html_text == "<b>x</b>"
    again = await send(parent, getattr(sent, kind).file_id)
    assert getattr(again, kind).file_unique_id == getattr(sent, kind).file_unique_id
    stored = await bot.get_file(getattr(sent, kind).file_id)
    assert stored.file_path is not None
    content = await bot.download_file(stored.file_path)
    assert content is not None
    assert content.read() == b"abc"


async def test_photo_is_sent(bot: Bot, parent: int) -> None:
    sent = await bot.send_photo(parent, file(png(100, 50), "a.png"))
    assert sent.photo is not None
    assert [(size.width, size.height) for size in sent.photo] == [(90, 45), (100, 50)]
    assert (await bot.send_photo(parent, sent.photo[0].file_id)).photo is not None
    assert (await bot.send_sticker(parent, file(png(), "s.webp"))).sticker is not None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"text", "IMAGE_PROCESS_FAILED"),
        (b"", "file must be non-empty"),
        (png(6000, 4001), "PHOTO_INVALID_DIMENSIONS"),
        (
            png() + b"\0" * 10 * MEGABYTE,
            (
                f"file of size {10 * MEGABYTE + len(png())} bytes is too big for a photo; "
                "the maximum size is 10485760 bytes"
            ),
        ),
    ],
)
async def test_wrong_photo_is_refused(bot: Bot, parent: int, content: bytes, why: str) -> None:
    with pytest.raises(TelegramBadRequest) as error:
        await bot.send_photo(parent, file(content, "a.png"))
    assert error.value.message == f"Bad Request: {why}"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("https://e.kz/a.pdf", "failed to get HTTP URL content"),
        ("nonsense", "wrong file identifier/HTTP URL specified"),
    ],
)
async def test_file_from_nowhere_is_refused(bot: Bot, parent: int, given: str, why: str) -> None:
    with pytest.raises(TelegramBadRequest) as error:
        await bot.send_document(parent, given)
    assert error.value.message == f"Bad Request: {why}"


async def test_kinds_are_not_mixed_up(bot: Bot, parent: int) -> None:
    sent = await bot.send_document(parent, file())
    assert sent.document is not None
    with pytest.raises(TelegramBadRequest) as error:
        await bot.send_voice(parent, sent.document.file_id)
    assert error.value.message == "Bad Request: can't use file of type Document as Voice"


async def test_longest_caption(bot: Bot, parent: int) -> None:
    assert (await bot.send_document(parent, file(), caption="x" * 1024)).caption
    with pytest.raises(TelegramBadRequest) as error:
        await bot.send_document(parent, file(), caption="x" * 1025)
    assert error.value.message == "Bad Request: message caption is too long"


async def test_upload_over_50_megabytes_is_refused(bot: Bot, parent: int) -> None:
    with pytest.raises(TelegramEntityTooLarge) as error:
        await bot.send_document(parent, file(b"\0" * (50 * MEGABYTE + 1)))
    assert error.value.message == "Request Entity Too Large"


async def test_download_over_20_megabytes_is_refused(
    bot: Bot, server: PlaygroundServer, parent: int
) -> None:
    sent = server.town.upload(parent, parent, "document", b"\0" * (20 * MEGABYTE + 1), "big.bin")
    with pytest.raises(TelegramBadRequest) as error:
        await bot.get_file(sent["document"]["file_id"])
    assert error.value.message == "Bad Request: file is too big"


async def test_unknown_file(bot: Bot, web: aiohttp.ClientSession, server: PlaygroundServer) -> None:
    with pytest.raises(TelegramBadRequest, match="wrong file_id or the file is temporarily"):
        await bot.get_file("nonsense")
    async with web.get(f"/file/bot{server.token}/documents/none.txt") as response:
        assert response.status == 404
    async with web.get("/file/bot1:x/documents/none.txt") as response:
        assert response.status == 401


async def test_album(bot: Bot, parent: int, server: PlaygroundServer) -> None:
    sent = await bot.send_media_group(
        parent,
        [
            InputMediaPhoto(media=file(png(), "a.png"), caption="<b>x</b>"),
            InputMediaVideo(media=file(name="b.mp4")),
        ],
    )
    assert len({message.media_group_id for message in sent}) == 1
    assert [message.html_text for message in sent] == ["<b>x</b>", ""]
    assert len(server.town.chat(parent).messages) == 3


async def test_album_counts_as_its_messages(bot: Bot, parent: int) -> None:
    await bot.send_media_group(parent, [InputMediaDocument(media=file())] * 3)
    with pytest.raises(Exception, match="Too Many Requests"):
        await bot.send_message(parent, "x")


@pytest.mark.parametrize(
    ("album", "why"),
    [
        (
            [InputMediaPhoto(media=file(png(), "a.png")), InputMediaDocument(media=file())],
            "document can't be mixed with other media types",
        ),
        ([InputMediaDocument(media=file())] * 11, "too many messages to send as an album"),
        ([], "there are no messages to send"),
    ],
)
async def test_wrong_album_is_refused(bot: Bot, parent: int, album: list[Any], why: str) -> None:
    with pytest.raises(TelegramBadRequest) as error:
        await bot.send_media_group(parent, album)
    assert error.value.message == f"Bad Request: {why}"


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (png(4, 3), (4, 3)),
        (GIF, (5, 6)),
        (JPEG, (5, 6)),
        (WEBP, (5, 6)),
        (b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0/\x04\x40\x01\x00\x00", (5, 6)),
        (b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x05\x00\x06\x00", (5, 6)),
        (b"RIFF\0\0\0\0WEBPVP9 ", None),
        (b"\xff\xd8\xff\xd9", None),
        (b"text", None),
    ],
)
def test_size_of_a_picture_is_read_from_its_head(
    content: bytes, size: tuple[int, int] | None
) -> None:
    assert image_size(content) == size
