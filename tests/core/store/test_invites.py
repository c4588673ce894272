"""Invites and the record of roles: once, for three days, and never in the clear."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from core.clock import FixedClock
from core.granting import Hand, confirm, grant, invite, open_link, refuse, revoke, seed_admins
from core.store import invites, role_events, roles
from core.store.database import Database
from core.store.roles import LastAdminError

ADMIN, OTHER, OPENER, STRANGER = 7000000004, 7000000005, 7000000003, 7000000009
SCOPE = {"offices": ["of0351"], "districts": [], "services": ["b", "a", "b"]}


async def events(database: Database) -> list[tuple[str, int | None, int | None]]:
    async with database.reading() as tx:
        found = await role_events.latest(tx, 50)
    return [(each.kind, each.by, each.person_id) for each in reversed(found)]


async def test_a_link_gives_a_role_once_and_only_after_a_yes(
    database: Database, clock: FixedClock
) -> None:
    now = clock.now()
    hand = Hand(ADMIN, "chat", now)
    async with database.writing() as tx:
        made, token = await invite(tx, hand, "official", SCOPE)
        kept = await tx.scalar(text("SELECT token_hash FROM invites"))
        assert token not in kept
        assert len(token) >= 22
        assert await open_link(tx, token, ADMIN, "Admin", now) == ("own", made)
        opening, opened = await open_link(tx, token, OPENER, "Нұрлан", now)
        assert opening == "asked"
        assert opened is not None
        assert await roles.of(tx, OPENER) == []
        assert (await open_link(tx, token, OPENER, "Нұрлан", now))[0] == "waiting"
        assert (await open_link(tx, token, STRANGER, "x", now))[0] == "used"
        assert await confirm(
            tx,
            hand,
            opened,
        )
        assert not await confirm(tx, hand, opened)
        assert not await refuse(tx, hand, opened)
        (role,) = await roles.of(tx, OPENER)
        assert role.scope == {"offices": ["of0351"], "services": ["a", "b"]}
        assert (role.name, role.granted_by) == ("Нұрлан", ADMIN)
        assert (await open_link(tx, token, OPENER, "Нұрлан", now))[0] == "confirmed"
        name = await tx.scalar(text("SELECT opened_name FROM invites"))
        assert "Нұрлан" not in name
    assert await events(database) == [
        ("invited", ADMIN, None),
        ("opened", OPENER, OPENER),
        ("granted", ADMIN, OPENER),
    ]


async def test_a_refused_opener_gets_nothing_and_the_link_is_spent(
    database: Database, clock: FixedClock
) -> None:
    hand = Hand(ADMIN, "chat", clock.now())
    async with database.writing() as tx:
        _, token = await invite(tx, hand, "editor", {})
        _, opened = await open_link(tx, token, STRANGER, "x", clock.now())
        assert opened is not None
        assert await refuse(tx, hand, opened)
        assert not await confirm(tx, hand, opened)
        assert await roles.of(tx, STRANGER) == []
        assert (await open_link(tx, token, STRANGER, "x", clock.now()))[0] == "refused"
        assert (await open_link(tx, token, OPENER, "x", clock.now()))[0] == "used"


async def test_a_link_ends_after_three_days_and_when_it_is_taken_back(
    database: Database, clock: FixedClock
) -> None:
    async with database.writing() as tx:
        made, token = await invite(tx, Hand(ADMIN, "chat", clock.now()), "viewer", {})
        _, other = await invite(tx, Hand(ADMIN, "chat", clock.now()), "viewer", {})
        assert await invites.revoke(tx, made.id, clock.now())
        assert (await open_link(tx, token, OPENER, "x", clock.now()))[0] == "withdrawn"
        clock.forward(invites.GOOD_FOR - timedelta(seconds=1))
        assert [each.id for each in await invites.undecided(tx, clock.now())] == [made.id + 1]
        clock.forward(timedelta(seconds=1))
        assert (await open_link(tx, other, OPENER, "x", clock.now()))[0] == "expired"
        assert await invites.undecided(tx, clock.now()) == []
        assert (await open_link(tx, "no-such-token", OPENER, "x", clock.now()))[0] == "unknown"


async def test_of_many_who_open_a_link_at_once_one_comes_first(
    database: Database, clock: FixedClock
) -> None:
    async with database.writing() as tx:
        _, token = await invite(tx, Hand(ADMIN, "chat", clock.now()), "official", SCOPE)

    async def opens(person: int) -> str:
        async with database.writing() as tx:
            return (await open_link(tx, token, person, "x", clock.now()))[0]

    openings = await asyncio.gather(*(opens(person) for person in range(1, 9)))
    assert sorted(openings) == ["asked"] + ["used"] * 7


async def test_admins_of_the_settings_are_made_once(database: Database, clock: FixedClock) -> None:
    async with database.writing() as tx:
        await seed_admins(tx, (ADMIN, ADMIN, OTHER), clock.now())
        await seed_admins(tx, (ADMIN, OTHER), clock.now())
        (first, second) = await roles.holders(tx, "admin")
        await revoke(tx, Hand(OTHER, "chat", clock.now()), first)
        await seed_admins(tx, (ADMIN, OTHER), clock.now())
        assert await roles.holders(tx, "admin") == [second]
        await grant(tx, Hand(None, "command", clock.now()), ADMIN, "admin")
        assert len(await roles.holders(tx, "admin")) == 2
    assert [kind for kind, *_ in await events(database)] == [
        *("granted", "granted", "revoked", "granted"),
    ]


async def test_the_last_admin_stays_also_when_two_go_for_each_other_at_once(
    database: Database, clock: FixedClock
) -> None:
    async with database.writing() as tx:
        await seed_admins(tx, (ADMIN, OTHER), clock.now())
        held = await roles.holders(tx, "admin")

    async def takes_back(by: int, number: int) -> bool:
        try:
            async with database.writing() as tx:
                return await revoke(tx, Hand(by, "chat", clock.now()), held[number])
        except LastAdminError:
            return False

    done = await asyncio.gather(takes_back(ADMIN, 1), takes_back(OTHER, 0))
    assert sorted(done) == [False, True]
    async with database.writing() as tx:
        (last,) = await roles.holders(tx, "admin")
        with pytest.raises(LastAdminError):
            await revoke(tx, Hand(None, "command", clock.now()), last)


async def test_the_links_of_an_admin_end_with_the_role(
    database: Database, clock: FixedClock
) -> None:
    async with database.writing() as tx:
        await seed_admins(tx, (ADMIN, OTHER), clock.now())
        _, token = await invite(tx, Hand(ADMIN, "chat", clock.now()), "admin", {})
        _, kept = await invite(tx, Hand(OTHER, "chat", clock.now()), "admin", {})
        await revoke(tx, Hand(OTHER, "chat", clock.now()), (await roles.of(tx, ADMIN))[0])
        assert (await open_link(tx, token, OPENER, "x", clock.now()))[0] == "withdrawn"
        assert (await open_link(tx, kept, OPENER, "x", clock.now()))[0] == "asked"
