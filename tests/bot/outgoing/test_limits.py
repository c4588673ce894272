"""A rush under Telegram's own limits, as the playground enforces them, arrives whole and in order.

That no window is exceeded is proved for the limiter itself; here a busy machine may delay a call.
"""

from bot.playground.server import PlaygroundServer
from core.store.database import Database
from core.store.sealing import Sealer
from core.store.start import open_ready
from tests.bot.outgoing.conftest import KEY
from tests.bot.outgoing.post_office import (
    GROUP,
    PEOPLE,
    PostOffice,
    numbered,
    parcel,
    sent_texts,
    working,
)
from tests.bot.outgoing.timer import QuickTimer


async def test_a_rush_arrives_whole_and_in_order(sqlite_url: str) -> None:
    timer = QuickTimer()
    database: Database = await open_ready(sqlite_url, Sealer.from_setting(KEY))
    async with PlaygroundServer(limits=True, clock=timer.time) as server:
        crowd = [server.town.add_person(f"Person {n}").id for n in range(60)]
        for each in (*crowd, *PEOPLE):
            server.town.say(each, each, "/start")
        office = PostOffice(database, timer, timer, server.bot_api_url, server.token)
        try:
            await office.put(
                *numbered(GROUP, 25),
                *(parcel(each, "сәлем") for each in crowd),
                *(parcel(each, f"{n}") for n in range(5) for each in PEOPLE),
            )
            async with working(office.worker()):
                rows = await office.emptied()
        finally:
            await office.session.close()
            await database.close()
    assert rows.states == ["sent"] * 105
    for each in PEOPLE:
        assert sent_texts(server, each) == [str(n) for n in range(5)]
    assert sent_texts(server, GROUP) == [f"{GROUP} {n}" for n in range(25)]
    assert len(sent_texts(server)) == 105
