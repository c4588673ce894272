"""Kinds of column that mean the same on SQLite and on PostgreSQL."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

from core.store.sealing import Sealed

# SQLite numbers rows by itself only in a column of type INTEGER, which holds 64 bits there.
Id = BigInteger().with_variant(Integer(), "sqlite")


class Moment(TypeDecorator[datetime]):
    """An aware moment; SQLite keeps it in UTC as text that sorts, PostgreSQL with its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone, which would mean something else on every machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError(f"{value!r} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give back an aware moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class Json(TypeDecorator[Any]):
    """A value of JSON as text, always written in one way so that equal values are equal texts."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        """Write it."""
        if value is None:
            return None
        return _CANONICAL(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Any:
        """Read it."""
        return None if value is None else json.loads(value)


class SealedText(TypeDecorator[Sealed]):
    """Words that never stand in clear: only what a sealer sealed can be written."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Sealed | None, _dialect: Dialect) -> str | None:
        """Refuse anything that is not sealed, without repeating it."""
        if value is None:
            return None
        if type(value) is not Sealed:
            raise TypeError("this column takes sealed text only: seal the value first")
        return str(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Sealed | None:
        """Give it back sealed."""
        return None if value is None else Sealed(value)
