"""Small pictures made on the spot, so that none need be kept."""

import struct
import zlib


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, shade: int = 128) -> bytes:
    """A PNG of one colour, the darker the smaller its shade (0 to 255)."""
    row = b"\0" + bytes((shade, (shade + 60) % 256, 160)) * width
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(row * height)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")
    )
