"""Uploaded files as Telegram describes them: sizes of photos, names, kinds."""

import mimetypes
from pathlib import PurePosixPath
from typing import Any

from bot.playground.residents import StoredFile

PHOTO_SIDES = (90, 320, 800)
FOLDERS = {
    "photo": "photos",
    "document": "documents",
    "voice": "voice",
    "video_note": "video_notes",
    "animation": "animations",
    "video": "videos",
    "audio": "music",
    "sticker": "stickers",
}
EXTENSIONS = {
    "photo": ".jpg",
    "voice": ".oga",
    "video_note": ".mp4",
    "animation": ".mp4",
    "video": ".mp4",
    "audio": ".mp3",
    "sticker": ".webp",
}
MIMES = {
    "photo": "image/jpeg",
    "voice": "audio/ogg",
    "video_note": "video/mp4",
    "animation": "video/mp4",
    "video": "video/mp4",
    "audio": "audio/mpeg",
    "sticker": "image/webp",
}
JPEG_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB})

Size = tuple[int, int]


def guessed_mime(name: str, kind: str, declared: str = "") -> str:
    """What a file is, by its name first, then by what was said, then by its kind."""
    guessed = mimetypes.guess_type(name)[0] if name else None
    if guessed:
        return guessed
    if declared and declared != "application/octet-stream":
        return declared
    return MIMES.get(kind, "application/octet-stream")


def extension(name: str, kind: str) -> str:
    return PurePosixPath(name).suffix.lower() or EXTENSIONS.get(kind, "")


def image_size(content: bytes) -> Size | None:
    """Width and height of a PNG, JPEG, GIF or WebP picture; None when it is none of them."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:  # noqa: PLR2004
        return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    if content[:6] in {b"GIF87a", b"GIF89a"} and len(content) >= 10:  # noqa: PLR2004
        return int.from_bytes(content[6:8], "little"), int.from_bytes(content[8:10], "little")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp_size(content)
    if content.startswith(b"\xff\xd8"):
        return _jpeg_size(content)
    return None


def _webp_size(content: bytes) -> Size | None:
    form = content[12:16]
    if form == b"VP8X":
        width = int.from_bytes(content[24:27], "little") + 1
        return width, int.from_bytes(content[27:30], "little") + 1
    if form == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8 ":
        width = int.from_bytes(content[26:28], "little") & 0x3FFF
        return width, int.from_bytes(content[28:30], "little") & 0x3FFF
    return None


def _jpeg_size(content: bytes) -> Size | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:  # noqa: PLR2004
        if content[at + 1] in JPEG_FRAMES:
            height = int.from_bytes(content[at + 5 : at + 7], "big")
            return int.from_bytes(content[at + 7 : at + 9], "big"), height
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None


DOCUMENT = frozenset({"file_id", "file_unique_id", "file_size", "file_name", "mime_type"})


def photo_sizes(file: StoredFile, size: Size) -> list[dict[str, Any]]:
    """The sizes of a photo, smallest first; the bytes behind each are those of the original."""
    width, height = size
    longest = max(width, height)
    sides = [side for side in PHOTO_SIDES if side < longest]
    return [
        {
            "file_id": f"{file.id}-{side}" if side != longest else file.id,
            "file_unique_id": f"{file.unique_id}{'' if side == longest else side}",
            "file_size": file.size,
            "width": max(1, width * side // longest),
            "height": max(1, height * side // longest),
        }
        for side in [*sides, longest]
    ]


def media_content(file: StoredFile, size: Size | None = None) -> dict[str, Any]:
    """The part of a message that carries this file."""
    if file.kind == "photo":
        return {"photo": photo_sizes(file, size or (1, 1))}
    body: dict[str, Any] = {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
    }
    if file.kind == "sticker":
        width, height = size or (512, 512)
        body |= {
            "type": "regular",
            "width": width,
            "height": height,
            "is_animated": False,
            "is_video": False,
        }
        return {"sticker": body}
    body["mime_type"] = file.mime
    if file.kind not in {"voice", "video_note"} and file.name:
        body["file_name"] = file.name
    if file.kind in {"voice", "audio", "video", "video_note", "animation"}:
        body["duration"] = 1
    if file.kind in {"video", "animation"}:
        body |= {"width": 640, "height": 360}
    if file.kind == "video_note":
        del body["mime_type"]
        body["length"] = 240
    if file.kind == "animation":
        # For those who do not know animations it is a document, too.
        document = {name: body[name] for name in body if name in DOCUMENT}
        return {"animation": body, "document": document}
    return {file.kind: body}
