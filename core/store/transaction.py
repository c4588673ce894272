"""A transaction: how statements run, whatever the database."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, TypeVar

from sqlalchemy import CursorResult, Executable, Row
from sqlalchemy.ext.asyncio import AsyncConnection

from core.store.sealing import Sealer

Dialect = Literal["sqlite", "postgresql"]
Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None
One = Mapping[str, Any] | None
Taken = TypeVar("Taken")


class Transaction(ABC):
    """One transaction; what its statements answer is always read to the end."""

    __slots__ = ("dialect", "sealer")

    def __init__(self, dialect: Dialect, sealer: Sealer) -> None:
        """Know what the statements must be written for and what seals."""
        self.dialect = dialect
        self.sealer = sealer

    async def execute(self, statement: Executable, parameters: One = None) -> int:
        """Run a statement; return how many rows it touched."""
        return await self._run(statement, parameters, _touched)

    async def execute_many(
        self, statement: Executable, parameters: Sequence[Mapping[str, Any]]
    ) -> None:
        """Run a statement for each of many parameters, in one trip."""
        if parameters:
            await self._run(statement, parameters, _touched)

    async def all(self, statement: Executable, parameters: One = None) -> Sequence[Row[Any]]:
        """Run a statement; return every row."""
        return await self._run(statement, parameters, _all)

    async def first(self, statement: Executable, parameters: One = None) -> Row[Any] | None:
        """Run a statement; return the first row, if there is one."""
        return await self._run(statement, parameters, _first)

    async def one(self, statement: Executable, parameters: One = None) -> Row[Any]:
        """Run a statement that must answer exactly one row."""
        return await self._run(statement, parameters, _one)

    async def scalar(self, statement: Executable, parameters: One = None) -> Any:
        """Run a statement; return the first value of the first row, or None."""
        return await self._run(statement, parameters, _scalar)

    async def scalars(self, statement: Executable, parameters: One = None) -> Sequence[Any]:
        """Run a statement; return the first value of every row."""
        return await self._run(statement, parameters, _scalars)

    @abstractmethod
    async def _run(
        self,
        statement: Executable,
        parameters: Parameters,
        take: Callable[[CursorResult[Any]], Taken],
    ) -> Taken:
        """Run a statement and take from its result what is wanted."""


class AsyncTransaction(Transaction):
    """A transaction on an asynchronous connection."""

    __slots__ = ("_connection",)

    def __init__(self, connection: AsyncConnection, dialect: Dialect, sealer: Sealer) -> None:
        """Run on a connection whose transaction has begun."""
        super().__init__(dialect, sealer)
        self._connection = connection

    async def _run(
        self,
        statement: Executable,
        parameters: Parameters,
        take: Callable[[CursorResult[Any]], Taken],
    ) -> Taken:
        return take(await self._connection.execute(statement, parameters))


def _touched(result: CursorResult[Any]) -> int:
    if result.returns_rows:
        return len(result.all())
    return result.rowcount


def _all(result: CursorResult[Any]) -> Sequence[Row[Any]]:
    return result.all()


def _first(result: CursorResult[Any]) -> Row[Any] | None:
    # Not `first()`: a statement that changes rows is only complete when all it returns is read.
    rows = result.all()
    return rows[0] if rows else None


def _one(result: CursorResult[Any]) -> Row[Any]:
    return result.one()


def _scalar(result: CursorResult[Any]) -> Any:
    row = _first(result)
    return None if row is None else row[0]


def _scalars(result: CursorResult[Any]) -> Sequence[Any]:
    return result.scalars().all()
