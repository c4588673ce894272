"""What a table says is done wholly or not at all, and is undone to the last letter."""

import asyncio
import os
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.clock import FixedClock
from core.directory.bringing import bring_release
from core.directory.changes import Hand, edit, merge
from core.directory.exporting import COLUMNS, row_of
from core.directory.importing import OvertakenError, undo_applied
from core.places.loading import load_places
from core.release import DATA
from core.services.library import Library, load_library
from core.store import changes, imports, meta, offices
from core.store.database import Database
from core.store.imports import Import
from core.store.offices import bring_places
from core.store.revision import REVISION
from core.store.sealing import Sealer
from core.store.start import open_ready
from tests.core.directory.made_up import office
from tests.core.directory.tables import applied, exported, keep_services, room, sheet, tried
from tests.databases import KEY

ADMIN = Hand("chat", person_id=7000000002)
FEW = [office(f"of900{n}", phones=[f"+7727000000{n}"]) for n in range(1, 6)]
START = datetime(2026, 1, 1, tzinfo=UTC)
PLACES = {"almaty_city", "almaty_city.almaly", "almaty_city.bostandyk"}
SERVICES = ("school_admission", "free_school_meals")
NEW = {
    "id": "",
    "kind": "детский сад",
    "name_kk": "Сынақ балабақшасы",
    "name_ru": "Пробный сад",
    "region": "almaty_city",
}


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(DATA)


@pytest.fixture
async def filled(database: Database, clock: FixedClock, library: Library) -> Database:
    places = [e.model_dump(mode="json") for e in load_places(DATA).values() if e.id in PLACES]
    async with database.writing() as tx:
        await keep_services(tx, library, SERVICES, clock.now())
        await bring_places(tx, places)
        await bring_release(tx, FEW, clock.now())
    return database


async def found(database: Database, number: int) -> Import:
    async with database.reading() as tx:
        kept = await imports.find(tx, number)
    assert kept is not None
    return kept


async def state(database: Database) -> dict[str, Any]:
    async with database.reading() as tx:
        return await offices.every_entry(tx)


async def test_all_of_a_table_is_done_with_its_history(filled: Database, clock: FixedClock) -> None:
    content = sheet(
        {**dict.fromkeys(NEW, ""), **keep("of9001"), "phones": "8 727 000 00 09", "closed": "да"},
        {**NEW, "phones": "", "closed": ""},
    )
    with room() as folder:
        run = await tried(filled, folder, content, clock.now())
        assert run.may_be_applied
        clock.forward(timedelta(minutes=5))
        async with filled.writing() as tx:
            revision = await meta.get(tx, REVISION)
            number = await applied(tx, run, clock.now())
            assert await meta.get(tx, REVISION) != revision
            [added, changed] = await changes.of_import(tx, number)
    assert (changed.office, changed.origin, changed.person_id) == ("of9001", "import", 7000000001)
    assert changed.at == clock.now()
    assert changed.fields == {
        "phones": [["+77270000001"], ["+77270000009"]],
        "closed": [False, True],
    }
    assert (added.office, added.kind) == ("ad0001", "added")
    now = await state(filled)
    assert now["of9001"].edited == {"phones": ["+77270000001"], "closed": False}
    assert now["ad0001"].body["serves"] == [], "there is no kindergarten to go by"
    kept = await found(filled, number)
    assert (kept.state, kept.applied_by, kept.file_name) == ("applied", 7000000001, "a.csv")


def keep(office_id: str) -> dict[str, Any]:
    """The cells of an office that a new one needs, as they are."""
    [body] = [each for each in FEW if each["id"] == office_id]
    return {
        "id": office_id,
        "kind": body["kind"],
        "name_kk": body["name"]["kk"],
        "name_ru": body["name"]["ru"],
        "region": body["region"],
    }


async def test_what_changed_since_the_dry_run_stops_all_of_it(
    filled: Database, clock: FixedClock
) -> None:
    content = sheet({"id": "of9001", "postcode": "050001"}, {"id": "of9002", "postcode": "050002"})
    with room() as folder:
        run = await tried(filled, folder, content, clock.now())
        async with filled.writing() as tx:
            await edit(tx, ADMIN, "of9005", {"closed": True}, clock.now())
        before = await state(filled)
        with pytest.raises(OvertakenError):
            async with filled.writing() as tx:
                await applied(tx, run, clock.now())
    assert await state(filled) == before
    async with filled.reading() as tx:
        assert await imports.latest(tx) == []


async def test_an_office_that_merged_by_a_release_stops_it_too(
    filled: Database, clock: FixedClock
) -> None:
    with room() as folder:
        content = sheet({"id": "of9001", "postcode": "050001"})
        run = await tried(filled, folder, content, clock.now())
        async with filled.writing() as tx:
            await offices.bring_aliases(tx, {"of9001": "of9002"})
        with pytest.raises(OvertakenError):
            async with filled.writing() as tx:
                await applied(tx, run, clock.now())


async def test_of_two_admins_at_once_one_wins_and_one_is_told(
    filled: Database, clock: FixedClock
) -> None:
    async def one(postcode: str) -> bool:
        content = sheet({"id": "of9001", "postcode": postcode})
        with room() as folder:
            run = await tried(filled, folder, content, clock.now())
            await ready.wait()
            try:
                async with filled.writing() as tx:
                    await applied(tx, run, clock.now())
            except OvertakenError:
                return False
        return True

    ready = asyncio.Barrier(2)
    won = await asyncio.gather(one("050001"), one("050002"))
    assert sorted(won) == [False, True]
    winner = "050001" if won[0] else "050002"
    assert (await state(filled))["of9001"].body["postcode"] == winner
    async with filled.reading() as tx:
        assert len(await changes.latest(tx)) == 1


async def test_a_failure_in_the_middle_leaves_nothing(
    filled: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.directory.importing.AT_ONCE", 2)
    before = await state(filled)
    content = sheet(*({"id": each["id"], "postcode": "050009"} for each in FEW))
    with room() as folder:
        run = await tried(filled, folder, content, clock.now())
        lines = run.plan.read_bytes().splitlines(keepends=True)
        run.plan.write_bytes(b"".join([*lines[:-1], b"{broken\n"]))
        with pytest.raises(ValueError, match="Expecting"):
            async with filled.writing() as tx:
                await applied(tx, run, clock.now())
    assert await state(filled) == before
    async with filled.reading() as tx:
        assert await changes.last(tx) == 0


# Applies a table of many rows, and dies after the last row and before the end.
DOOMED = """
import asyncio, os, signal, sys
from pathlib import Path
from core.clock import SystemClock
from core.store.database import Database
from core.store.sealing import Sealer
from core.store.start import open_ready
from tests.core.directory.tables import applied, tried

async def die(url, key, folder):
    now = SystemClock().now()
    database = await open_ready(url, Sealer.from_setting(key))
    content = (folder / "sent.csv").read_bytes()
    run = await tried(database, folder, content, now)
    async with database.writing() as tx:
        await applied(tx, run, now)
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(die(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
"""


async def test_a_crash_in_the_middle_leaves_nothing(
    filled: Database, clock: FixedClock, database_url: str, sealer: Sealer
) -> None:
    before = await exported(filled)
    with room() as folder:
        rows = ({"id": each["id"], "postcode": "050009"} for each in FEW)
        (folder / "sent.csv").write_bytes(sheet(*rows))
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", DOOMED, database_url, KEY, str(folder)),
            cwd=DATA.parent,
            env={**os.environ, "PYTHONPATH": str(DATA.parent)},
            stderr=asyncio.subprocess.PIPE,
        )
        _, said = await process.communicate()
        assert process.returncode == -signal.SIGKILL, said.decode()
    again = await open_ready(database_url, sealer, clock=clock)
    try:
        assert await exported(again) == before
        async with again.reading() as tx:
            assert (await changes.latest(tx), await imports.latest(tx)) == ([], [])
    finally:
        await again.close()


async def test_weeks_later_what_was_edited_since_is_kept_and_told(
    filled: Database, clock: FixedClock
) -> None:
    before = await exported(filled)
    content = sheet(
        *({**keep(each), "phones": "+77270000077", "postcode": "050007"} for each in IDS),
        {**NEW, "phones": "", "postcode": ""},
    )
    with room() as folder:
        run = await tried(filled, folder, content, clock.now())
        async with filled.writing() as tx:
            number = await applied(tx, run, clock.now())
    clock.forward(timedelta(weeks=9))
    async with filled.writing() as tx:
        await edit(tx, ADMIN, "of9001", {"postcode": "050099"}, clock.now())
        await edit(tx, ADMIN, "ad0001", {"postcode": "050098"}, clock.now())
        await merge(tx, ADMIN, "of9003", "of9002", clock.now())
    async with filled.writing() as tx:
        undone = await undo_applied(tx, ADMIN, await found_in(tx, number), clock.now())
    left = {(each.office, each.field, each.why) for each in undone.left}
    assert ("of9001", "postcode", "edited_since") in left
    assert ("ad0001", "postcode", "edited_since") in left
    now = await state(filled)
    assert now["of9001"].body["postcode"] == "050099"
    assert now["of9001"].body["phones"] == ["+77270000001"]
    assert now["of9002"].body["phones"] == ["+77270000002"]
    assert now["ad0001"].body["postcode"] == "050098"
    kept = await found(filled, number)
    assert kept.undone_by == ADMIN.person_id
    assert kept.findings is not None
    assert kept.findings["whole"] == len(undone.left)
    async with filled.writing() as tx:
        await undo_applied(tx, ADMIN, await found_in(tx, number), clock.now(), force=True)
    forced = await state(filled)
    assert forced["of9001"].body == FEW[0]
    assert forced["ad0001"].body["closed"], "it stays readable, for somebody worked on it"
    assert before.splitlines()[0] in (await exported(filled)).splitlines()


async def found_in(tx: Any, number: int) -> Import:
    kept = await imports.find(tx, number)
    assert kept is not None
    return kept


IDS = [each["id"] for each in FEW]
CELLS = st.fixed_dictionaries(
    {"id": st.sampled_from(IDS)},
    optional={
        "kind": st.sampled_from(["мектеп", "school", "детский сад", "колледж"]),
        "name_kk": st.sampled_from(["Сынақ гимназиясы", "=1+1 мектебі", "'Тырнақша"]),
        "name_ru": st.sampled_from(["Пробная гимназия", "-Школа", 'Школа;\n«с кавычками"']),
        "district": st.sampled_from(["", "almaty_city.almaly", "almaty_city.bostandyk"]),
        "locality": st.sampled_from(["", "almaty_city"]),
        "address_ru": st.sampled_from(["", "ул. Другая, 2"]),
        "postcode": st.sampled_from(["", "050000", "050001", "A01A0A1"]),
        "phones": st.sampled_from(["", "87270000001", "+7 727 000 00 02; +77270000003"]),
        "emails": st.sampled_from(["", "a@example.kz", "a@example.kz; b@example.kz"]),
        "hours": st.sampled_from(["", "пн-пт 9:00-18:00 (13:00-14:00)", "дс-жм 8-17; сб 9-13"]),
        "position": st.sampled_from(["", "точно", "аудан"]),
        "closed": st.sampled_from(["", "1", "жоқ", "да"]),
        "verified_on": st.sampled_from(["", "01.09.2026", "2026-11-21"]),
        "serves": st.sampled_from(["", "school_admission", "free_school_meals (complaint)"]),
    },
)
TABLES = st.tuples(
    st.lists(CELLS, max_size=5, unique_by=lambda each: each["id"]), st.booleans(), st.booleans()
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tables=st.lists(TABLES, min_size=1, max_size=3))
async def test_any_tables_undone_lead_to_the_first_state_byte_for_byte(
    filled: Database, clock: FixedClock, tables: list[tuple[list[dict[str, Any]], bool, bool]]
) -> None:
    first, before = await exported(filled), await state(filled)
    done: list[int] = []
    for rows, adds, whole in tables:
        clock.forward(timedelta(days=1))
        present = await state(filled)
        sent = [{**as_row(present[each["id"]].body), **each} for each in rows]
        sent += [{**dict.fromkeys(COLUMNS, ""), **NEW}] * adds
        with room() as folder:
            run = await tried(filled, folder, sheet(*sent), clock.now(), whole=whole)
            assert run.refused is None
            assert run.summary.added == adds or run.problems
            if run.may_be_applied:
                async with filled.writing() as tx:
                    done.append(await applied(tx, run, clock.now()))
    clock.forward(timedelta(weeks=6))
    for number in reversed(done):
        async with filled.writing() as tx:
            undone = await undo_applied(tx, ADMIN, await found_in(tx, number), clock.now())
            assert undone.left == []
    assert await exported(filled) == first
    after = await state(filled)
    # When an office was touched last is not part of what it is.
    assert {name: replace(each, changed_at=START) for name, each in after.items()} == {
        name: replace(each, changed_at=START) for name, each in before.items()
    }


def as_row(body: Any) -> dict[str, Any]:
    """An office as the export has it."""
    return dict(zip(COLUMNS, row_of(body), strict=True))
