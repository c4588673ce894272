"""The PostgreSQL of the tests is a real one, and each test has a database of its own in it."""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from tests.postgres import PostgresServer

pytestmark = pytest.mark.postgres


async def test_server_answers(postgres_url: str) -> None:
    engine = create_async_engine(postgres_url)
    try:
        async with engine.connect() as connection:
            version = (await connection.execute(text("select version()"))).scalar_one()
    finally:
        await engine.dispose()
    assert version.startswith("PostgreSQL ")


@pytest.mark.parametrize("turn", ["first", "second"])
async def test_database_is_empty_every_time(postgres_url: str, turn: str) -> None:
    engine: AsyncEngine = create_async_engine(postgres_url)
    try:
        async with engine.begin() as connection:
            # A table left behind by the other turn would make this fail.
            await connection.execute(text("create table marks (turn text)"))
            await connection.execute(text("insert into marks values (:turn)"), {"turn": turn})
            kept = (await connection.execute(text("select turn from marks"))).scalars().all()
    finally:
        await engine.dispose()
    assert kept == [turn]


def test_statement_that_fails_says_why(postgres_server: PostgresServer) -> None:
    with pytest.raises(RuntimeError, match='database "nowhere" does not exist'):
        postgres_server.run("drop database nowhere")
