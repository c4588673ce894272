"""Logs: one line an event, structured, and never a name, a phone, a text or a token."""

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog

TOKEN = re.compile(r"(?<!\d)\d{5,}:[\w-]{20,}")
HERE = f"{Path(__file__).resolve().parents[2]}/"
MASKED_TOKEN = "<token>"  # noqa: S105 - what stands in its place


def set_up_logs(level: str, style: str | None) -> None:
    """Send our events and those of libraries to standard error, in one form."""
    machine = style == "json" or (style is None and not sys.stderr.isatty())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _frames_only,
        _mask_tokens,
    ]
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if machine
        else structlog.dev.ConsoleRenderer()
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    # These repeat at info what our own events say, or say it with texts of people in it.
    for name in ("aiogram", "aiohttp", "aiosqlite", "asyncio", "sqlalchemy", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)


def where_it_broke(fault: BaseException) -> list[str]:
    """The way to a fault, innermost last; without its message, which may quote a person."""
    return [
        f"{_near(frame.filename)}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(fault.__traceback__)
    ]


def _near(file: str) -> str:
    """A file without the folders of this machine."""
    return file.removeprefix(HERE).rsplit("site-packages/", 1)[-1]


def _frames_only(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    fault = event.pop("exc_info", None)
    if fault is True:
        fault = sys.exc_info()[1]
    if isinstance(fault, tuple):
        fault = fault[1]
    if isinstance(fault, BaseException):
        event["fault"] = type(fault).__name__
        event["at"] = where_it_broke(fault)
    return event


def _mask_tokens(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str) and TOKEN.search(value):
            event[key] = TOKEN.sub(MASKED_TOKEN, value)
    return event
