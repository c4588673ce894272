"""What only some may do looks to everybody else as if it were not there."""

import pytest

from core.people import Person
from core.store import people, roles
from core.store.database import Transaction
from dialogs.doors import OpenQueue
from dialogs.rights import demand, guarded_step
from dialogs.turn import GoneError, Reply, Visit
from tests.dialogs.visits import NOW, Visitor


async def visit_of(visitor: Visitor, tx: Transaction) -> Visit:
    person: Person = await people.meet(tx, 7000000005, NOW)
    return visitor._visit(tx, person)


async def test_a_right_is_asked_for_at_the_moment_of_pressing(visitor: Visitor) -> None:
    async def take(_: Visit, pressed: OpenQueue) -> Reply:
        return Reply(pressed)

    step = guarded_step(OpenQueue, take, "official")
    async with visitor.database.writing() as tx:
        visit = await visit_of(visitor, tx)
        with pytest.raises(GoneError):
            await step.take(visit, OpenQueue())
        number = await roles.grant(tx, person_id=visit.person.id, role="official", now=NOW)
        assert await step.take(visit, OpenQueue()) == Reply(OpenQueue())
        assert number is not None
        await roles.revoke(tx, number, NOW)
        with pytest.raises(GoneError):
            await step.take(visit, OpenQueue())


async def test_one_role_is_not_another(visitor: Visitor) -> None:
    async with visitor.database.writing() as tx:
        visit = await visit_of(visitor, tx)
        await roles.grant(tx, person_id=visit.person.id, role="editor", now=NOW)
        assert [each.role for each in await demand(visit, "admin", "editor")] == ["editor"]
        with pytest.raises(GoneError):
            await demand(visit, "admin")
