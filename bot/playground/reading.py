"""Reading what came over HTTP: parameters as JSON, as a form or in parts, with files."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, MultipartReader, StreamReader

from bot.playground.calls import Upload, parse_json
from bot.playground.errors import bad_request

LARGEST_UPLOAD = 50 * 1024 * 1024
LARGEST_FIELD = 1024 * 1024
CHUNK = 256 * 1024

Parameters = tuple[dict[str, Any], dict[str, Upload]]


class TooLarge(Exception):  # noqa: N818 - it is what happened, not whose mistake
    """A body or a file is larger than allowed."""


async def read_parameters(
    headers: Mapping[str, str], content: StreamReader, largest: int = LARGEST_UPLOAD
) -> Parameters:
    """The parameters and the files of a body, by its content type; none for any other type."""
    declared = headers.get("Content-Type", "")
    kind = declared.partition(";")[0].strip().lower()
    if kind.startswith("multipart/"):
        try:
            return await _read_parts(MultipartReader(headers, content), largest)
        except ValueError as error:
            raise bad_request("can't parse request body as parts") from error
    body = await _read_all(content, largest)
    if kind == "application/x-www-form-urlencoded":
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
        return dict(pairs), {}
    if kind == "application/json" and body:
        return read_object(body), {}
    return {}, {}


def read_object(body: bytes) -> dict[str, Any]:
    try:
        params = parse_json(body.decode())
    except ValueError as error:
        raise bad_request("can't parse request body as JSON") from error
    if not isinstance(params, dict):
        raise bad_request("can't parse request body: expected an Object")
    return params


async def _read_all(content: StreamReader, largest: int) -> bytes:
    body = bytearray()
    while chunk := await content.readany():
        body += chunk
        if len(body) > largest:
            raise TooLarge
    return bytes(body)


async def _read_parts(reader: MultipartReader, largest: int) -> Parameters:
    params: dict[str, Any] = {}
    files: dict[str, Upload] = {}
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise bad_request("can't parse request body: nested or unnamed part")
        is_file = part.filename is not None
        body = await _read_part(part, largest if is_file else LARGEST_FIELD)
        if is_file:
            mime = part.headers.get("Content-Type", "")
            files[part.name] = Upload(part.filename or "", body, mime)
        else:
            params[part.name] = body.decode("utf-8", "replace")
    return params, files


async def _read_part(part: BodyPartReader, largest: int) -> bytes:
    body = bytearray()
    while chunk := await part.read_chunk(CHUNK):
        body += chunk
        if len(body) > largest:
            raise TooLarge
    return bytes(body)
