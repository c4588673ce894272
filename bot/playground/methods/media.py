"""Sending files, one or an album, and reading those that people sent."""

from collections.abc import Callable
from typing import Any

from bot.playground.calls import Call
from bot.playground.errors import bad_request
from bot.playground.exchange import Exchange
from bot.playground.files import image_size, media_content
from bot.playground.methods.registry import method
from bot.playground.methods.sending import ENVELOPE, checked_caption, envelope, send
from bot.playground.residents import Message, StoredFile
from bot.playground.talk import WITHOUT_CAPTION

LARGEST_PHOTO = 10 * 1024 * 1024
LARGEST_DOWNLOAD = 20 * 1024 * 1024
WIDEST_PHOTO = 10_000
MOST_IN_ALBUM = 10
CAPTION = ("caption", "parse_mode", "caption_entities")
ALBUM_KINDS = frozenset({"photo", "video", "document", "audio"})
NOT_MIXED = frozenset({"document", "audio"})


def send_file(kind: str) -> Callable[[Exchange, Call], Message]:
    """The method that sends a file of this kind."""

    def handle(exchange: Exchange, call: Call) -> Message:
        chat = exchange.writable(call)
        content = stored_content(exchange, call, kind, call.text(kind), field=kind)
        if kind not in WITHOUT_CAPTION:
            content |= checked_caption(
                call.text("caption"), call.text("parse_mode"), call.objects("caption_entities")
            )
        return send(exchange, call, content, chat)

    return handle


def stored_content(
    exchange: Exchange, call: Call, kind: str, value: str, *, field: str = ""
) -> Message:
    """The file meant by an upload, an `attach://` name or a file id, as message content."""
    name = value.removeprefix("attach://") if value.startswith("attach://") else field
    upload = call.files.get(name)
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        size = image_size(upload.content)
        if kind == "photo":
            _check_photo(upload.content, size)
        stored = exchange.town.add_file(upload.content, upload.name, kind, upload.mime)
        return media_content(stored, size)
    if not value or value.startswith("attach://"):
        raise bad_request(f"there is no {kind} in the request")
    if "://" in value:
        raise bad_request("failed to get HTTP URL content")
    found = exchange.town.file(value)
    if found is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if found.kind != kind:
        raise bad_request(f"can't use file of type {found.kind.title()} as {kind.title()}")
    return media_content(found, image_size(found.content))


def _check_photo(content: bytes, size: tuple[int, int] | None) -> None:
    if len(content) > LARGEST_PHOTO:
        raise bad_request(
            f"file of size {len(content)} bytes is too big for a photo; "
            f"the maximum size is {LARGEST_PHOTO} bytes"
        )
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > WIDEST_PHOTO or max(size) > 20 * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def input_media(exchange: Exchange, call: Call, item: dict[str, Any]) -> Message:
    """The content that an InputMedia object describes."""
    kind = str(item.get("type", ""))
    if kind not in ALBUM_KINDS:
        raise bad_request("can't parse InputMedia: invalid type specified")
    content = stored_content(exchange, call, kind, str(item.get("media", "")))
    return content | checked_caption(
        str(item.get("caption") or ""),
        str(item.get("parse_mode") or ""),
        item.get("caption_entities"),
    )


def send_media_group(exchange: Exchange, call: Call) -> list[Message]:
    town = exchange.town
    chat = exchange.writable(call)
    items = call.objects("media")
    if not items:
        raise bad_request("there are no messages to send")
    if len(items) > MOST_IN_ALBUM:
        raise bad_request("too many messages to send as an album")
    kinds = {str(item.get("type", "")) for item in items}
    if len(kinds) > 1 and kinds & NOT_MIXED:
        lonely = min(kinds & NOT_MIXED)
        raise bad_request(f"{lonely} can't be mixed with other media types")
    contents = [input_media(exchange, call, item) for item in items]
    extra = envelope(exchange, call, chat)
    exchange.limits.spend(chat.id, len(contents))
    if len(contents) > 1:
        extra["media_group_id"] = town.fresh_query_id()
    messages = [town.compose(chat, town.bot, **extra, **content) for content in contents]
    for message in messages:
        town.post(chat, message)
    return messages


def get_file(exchange: Exchange, call: Call) -> dict[str, Any]:
    file_id = call.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    found = exchange.town.file(file_id)
    if found is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if found.size > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return file_json(found, file_id)


def file_json(file: StoredFile, file_id: str) -> dict[str, Any]:
    return {
        "file_id": file_id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }


METHODS = (
    *(
        method(name, send_file(kind), *ENVELOPE, *CAPTION, kind)
        for name, kind in (
            ("sendPhoto", "photo"),
            ("sendDocument", "document"),
            ("sendVoice", "voice"),
            ("sendVideo", "video"),
            ("sendAudio", "audio"),
            ("sendAnimation", "animation"),
        )
    ),
    method("sendVideoNote", send_file("video_note"), *ENVELOPE, "video_note"),
    method("sendSticker", send_file("sticker"), *ENVELOPE, "sticker"),
    method(
        "sendMediaGroup",
        send_media_group,
        *(name for name in ENVELOPE if name != "reply_markup"),
        "media",
    ),
    method("getFile", get_file, "file_id"),
)
