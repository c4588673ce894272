"""Changes of offices: who, when, from where, old and new; and everything comes back."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.clock import FixedClock
from core.directory.bodies import differences, fields_of, value_of, with_values
from core.directory.bringing import bring_release
from core.directory.changes import (
    ChangedMeanwhileError,
    Hand,
    NoOfficeError,
    accept_offer,
    add,
    decline_offer,
    edit,
    merge,
    new_ids,
)
from core.directory.undoing import undo
from core.store import changes, meta, offices
from core.store.changes import Change
from core.store.database import Database, Transaction
from core.store.offices import Entry
from core.store.revision import REVISION
from tests.core.directory.made_up import office

ADMIN = Hand("chat", person_id=7000000001)
A, B = office("of9001"), office("of9002", phones=["+77270000002"])


@pytest.fixture
async def filled(database: Database, clock: FixedClock) -> Database:
    async with database.writing() as tx:
        await bring_release(tx, [A, B], clock.now())
    return database


async def entry(tx: Transaction, office_id: str) -> Entry:
    return (await offices.entries(tx, [office_id]))[office_id]


async def change(tx: Transaction, number: int | None) -> Change:
    assert number is not None
    found = await changes.find(tx, number)
    assert found is not None
    return found


async def test_a_change_is_kept_with_who_when_from_where_old_and_new(
    filled: Database, clock: FixedClock
) -> None:
    clock.forward(timedelta(days=3))
    async with filled.writing() as tx:
        revision = await meta.get(tx, REVISION)
        values = {"phones": ["+77270000009"], "name.ru": "Пробная гимназия"}
        number = await edit(tx, ADMIN, "of9001", values, clock.now())
        kept = await change(tx, number)
        now = await entry(tx, "of9001")
        assert await meta.get(tx, REVISION) != revision
    assert (kept.office, kept.kind, kept.origin) == ("of9001", "changed", "chat")
    assert (kept.person_id, kept.at) == (ADMIN.person_id, clock.now())
    assert kept.fields == {
        "phones": [["+77270000001"], ["+77270000009"]],
        "name.ru": ["Пробная школа of9001", "Пробная гимназия"],
    }
    assert now.body == with_values(A, values)
    assert (now.origin, now.changed_at) == ("admin", clock.now())
    assert now.edited == {"phones": ["+77270000001"], "name.ru": "Пробная школа of9001"}


async def test_what_is_so_already_is_no_change(filled: Database, clock: FixedClock) -> None:
    async with filled.writing() as tx:
        assert await edit(tx, ADMIN, "of9001", {"postcode": "050000"}, clock.now()) is None
        assert await changes.latest(tx) == []


async def test_who_comes_too_late_is_told_what_is_there_now(
    filled: Database, clock: FixedClock
) -> None:
    async with filled.writing() as tx:
        await edit(tx, ADMIN, "of9001", {"postcode": "050001"}, clock.now())
        values, expected = {"postcode": "050002"}, {"postcode": "050000"}
        with pytest.raises(ChangedMeanwhileError) as late:
            await edit(tx, ADMIN, "of9001", values, clock.now(), expected=expected)
    assert (late.value.field, late.value.present) == ("postcode", "050001")


async def test_an_office_that_is_not_there_cannot_be_changed(
    filled: Database, clock: FixedClock
) -> None:
    async with filled.writing() as tx:
        with pytest.raises(NoOfficeError):
            await edit(tx, ADMIN, "of9999", {"postcode": "050002"}, clock.now())
        with pytest.raises(NoOfficeError):
            await merge(tx, ADMIN, "of9001", "of9001", clock.now())


async def test_undoing_brings_back_exactly_what_was_there(
    filled: Database, clock: FixedClock
) -> None:
    async with filled.writing() as tx:
        before = await offices.every_entry(tx)
        clock.forward(timedelta(days=40))
        number = await edit(tx, ADMIN, "of9001", {"phones": [], "closed": True}, clock.now())
        clock.forward(timedelta(days=40))
        undone = await undo(tx, ADMIN, await change(tx, number), clock.now())
        assert (undone.changes, undone.left) == (1, [])
        assert await offices.every_entry(tx) == before
        [latest, _] = await changes.of_office(tx, "of9001")
        assert latest.undoes == number
        assert latest.fields["closed"] == [True, False]
        again = await undo(tx, ADMIN, await change(tx, number), clock.now())
        assert (again.changes, again.left) == (0, [])


async def test_an_undoing_can_be_undone(filled: Database, clock: FixedClock) -> None:
    async with filled.writing() as tx:
        number = await edit(tx, ADMIN, "of9001", {"phones": []}, clock.now())
        changed = await entry(tx, "of9001")
        await undo(tx, ADMIN, await change(tx, number), clock.now())
        [undoing, *_] = await changes.of_office(tx, "of9001")
        await undo(tx, ADMIN, undoing, clock.now())
        assert await entry(tx, "of9001") == changed


async def test_what_was_edited_since_is_told_and_left_unless_forced(
    filled: Database, clock: FixedClock
) -> None:
    async with filled.writing() as tx:
        first = await edit(
            tx, ADMIN, "of9001", {"postcode": "050001", "faxes": ["+77270000003"]}, clock.now()
        )
        await edit(tx, ADMIN, "of9001", {"postcode": "050002"}, clock.now())
        undone = await undo(tx, ADMIN, await change(tx, first), clock.now())
        assert [(each.field, each.why, each.present) for each in undone.left] == [
            ("postcode", "edited_since", "050002")
        ]
        assert (await entry(tx, "of9001")).body == with_values(A, {"postcode": "050002"})
        undone = await undo(tx, ADMIN, await change(tx, first), clock.now(), force=True)
        assert undone.left == []
        now = await entry(tx, "of9001")
        assert now.body == A
        assert (now.origin, now.edited) == ("release", None)


async def test_an_added_office_goes_again_unless_it_is_in_use(
    filled: Database, clock: FixedClock
) -> None:
    async with filled.writing() as tx:
        [one, two] = await new_ids(tx, 2)
        assert (one, two) == ("ad0001", "ad0002")
        first = await add(tx, ADMIN, office(one), clock.now())
        second = await add(tx, ADMIN, office(two), clock.now())
        await merge(tx, ADMIN, "of9002", two, clock.now())
        assert (await undo(tx, ADMIN, await change(tx, first), clock.now())).changes == 1
        assert one not in await offices.every_entry(tx)
        undone = await undo(tx, ADMIN, await change(tx, second), clock.now())
        assert [(each.office, each.why) for each in undone.left] == [(two, "in_use")]
        undone = await undo(tx, ADMIN, await change(tx, second), clock.now(), force=True)
        assert value_of((await entry(tx, two)).body, "closed") is True
        assert await new_ids(tx, 1) == ["ad0003"]


async def test_merging_unites_and_parting_brings_both_back(
    filled: Database, clock: FixedClock
) -> None:
    other = {"service": "home_schooling", "as": "information"}
    async with filled.writing() as tx:
        await edit(tx, ADMIN, "of9002", {"serves": [*B["serves"], other]}, clock.now())
        before = await offices.every_entry(tx)
        number = await merge(tx, ADMIN, "of9002", "of9001", clock.now())
        assert await offices.aliases(tx) == {"of9002": "of9001"}
        assert (await entry(tx, "of9001")).body["serves"] == [*A["serves"], other]
        assert [each for each in await offices.office_bodies(tx) if '"id":"of9002"' in each] == []
        with pytest.raises(NoOfficeError):
            await edit(tx, ADMIN, "of9002", {"closed": True}, clock.now())
        with pytest.raises(NoOfficeError):
            await merge(tx, ADMIN, "of9001", "of9002", clock.now())
        # Either of the two changes undoes both.
        [taken_over, *_] = await changes.of_office(tx, "of9001")
        assert taken_over.together == number
        await undo(tx, ADMIN, taken_over, clock.now())
        assert await offices.aliases(tx) == {}
        assert await offices.every_entry(tx) == before
        assert (await changes.of_office(tx, "of9002"))[0].kind == "parted"


async def test_a_merger_of_mergers_leads_to_the_last(filled: Database, clock: FixedClock) -> None:
    async with filled.writing() as tx:
        await add(tx, ADMIN, office("ad0001"), clock.now())
        await merge(tx, ADMIN, "of9001", "of9002", clock.now())
        await merge(tx, ADMIN, "of9002", "ad0001", clock.now())
        assert await offices.aliases(tx) == {"of9001": "ad0001", "of9002": "ad0001"}
        await bring_release(tx, [A], clock.now())
        await offices.bring_aliases(tx, {"of8888": "of9001", "of9001": "of8888"})
        assert (await offices.aliases(tx))["of9001"] == "ad0001"
        assert (await offices.aliases(tx))["of8888"] == "ad0001"


async def test_a_later_release_changes_only_what_no_admin_edited(
    filled: Database, clock: FixedClock
) -> None:
    async with filled.writing() as tx:
        await edit(tx, ADMIN, "of9001", {"phones": ["+77270000009"]}, clock.now())
        newer = office("of9001", phones=["+77270000007"], postcode="050009")
        await bring_release(tx, [newer, B], clock.now())
        now = await entry(tx, "of9001")
        assert now.body == with_values(newer, {"phones": ["+77270000009"]})
        assert now.offered == {"phones": ["+77270000007"]}
        [told, _] = await changes.of_office(tx, "of9001")
        assert (told.origin, told.person_id) == ("release", None)
        assert told.fields == {"postcode": ["050000", "050009"]}
        assert [each.id for each in await offices.offers(tx)] == ["of9001"]


async def test_what_a_release_offers_is_taken_or_declined_for_good(
    filled: Database, clock: FixedClock
) -> None:
    newer = office("of9001", phones=["+77270000007"])
    async with filled.writing() as tx:
        await edit(tx, ADMIN, "of9001", {"phones": ["+77270000009"]}, clock.now())
        await bring_release(tx, [newer, B], clock.now())
        offered = await offices.every_entry(tx)
        number = await decline_offer(tx, ADMIN, "of9001", clock.now())
        assert await offices.offers(tx) == []
        await bring_release(tx, [newer, B], clock.now())
        assert await offices.offers(tx) == []
        await undo(tx, ADMIN, await change(tx, number), clock.now())
        assert await offices.every_entry(tx) == offered
        await accept_offer(tx, ADMIN, "of9001", clock.now())
        now = await entry(tx, "of9001")
        assert (now.body, now.origin, now.offered) == (newer, "release", None)
        assert await decline_offer(tx, ADMIN, "of9001", clock.now()) is None


async def test_what_a_release_no_longer_has_is_closed_and_not_lost(
    filled: Database, clock: FixedClock
) -> None:
    async with filled.writing() as tx:
        await bring_release(tx, [A], clock.now())
        assert (await entry(tx, "of9002")).body == with_values(B, {"closed": True})
        await bring_release(tx, [A], clock.now())
        assert len(await changes.of_office(tx, "of9002")) == 1
        await bring_release(tx, [A, B], clock.now())
        assert (await entry(tx, "of9002")).body == B


async def test_a_release_that_agrees_at_last_takes_the_field_back(
    filled: Database, clock: FixedClock
) -> None:
    async with filled.writing() as tx:
        await edit(tx, ADMIN, "of9001", {"postcode": "050009"}, clock.now())
        await bring_release(tx, [office("of9001", postcode="050009"), B], clock.now())
        now = await entry(tx, "of9001")
        assert (now.origin, now.edited, now.offered) == ("release", None, None)
        await add(tx, ADMIN, office("ad0001"), clock.now())
        await bring_release(tx, [A, B, office("ad0001", postcode="050008")], clock.now())
        assert (await entry(tx, "ad0001")).offered == {"postcode": "050008"}
        assert (await entry(tx, "ad0001")).body["postcode"] == "050000"


VALUES = st.fixed_dictionaries(
    {},
    optional={
        "name.ru": st.sampled_from(["Школа", "Гимназия", "=1+1"]),
        "phones": st.lists(st.sampled_from(["+77270000001", "+77270000002"]), max_size=2),
        "postcode": st.sampled_from([None, "050000", "050001"]),
        "closed": st.booleans(),
    },
)
STEPS = st.lists(
    st.tuples(st.sampled_from(["of9001", "of9002"]), VALUES),
    min_size=1,
    max_size=6,
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_undoing_all_backwards_leads_to_the_first_state(
    filled: Database, clock: FixedClock, steps: list[tuple[str, Any]]
) -> None:
    async with filled.writing() as tx:
        first, before = await changes.last(tx), await offices.every_entry(tx)
        for office_id, values in steps:
            clock.forward(timedelta(minutes=1))
            await edit(tx, ADMIN, office_id, values, clock.now())
        for each in await changes.latest(tx):
            if each.id > first:
                assert (await undo(tx, ADMIN, each, clock.now())).left == []
        after = await offices.every_entry(tx)
    assert {name: each.body for name, each in after.items()} == {
        name: each.body for name, each in before.items()
    }
    assert all(each.origin == "release" and not each.edited for each in after.values())


def test_a_body_is_seen_field_by_field() -> None:
    body = office()
    assert fields_of(body)["name.kk"] == "Сынақ мектебі of9001"
    assert differences(body, body) == {}
    changed = with_values(body, {"name.kk": "Басқа", "lat": None})
    assert body["name"]["kk"] != "Басқа"
    assert differences(body, changed) == {
        "name.kk": ("Сынақ мектебі of9001", "Басқа"),
        "lat": (43.25, None),
    }
    assert differences({}, {"closed": False}) == {"closed": (None, False)}
