"""Hostile people: whoever presses every button there is, with anybody's numbers, gets nowhere.

Buttons hold what anybody may forge. So every action of the house is pressed by somebody who may
not, with the numbers of what belongs to others, and followed by words, in case something listens.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

import pytest
from sqlalchemy import Table, select

from core.complaints import number
from core.store import tables
from core.store.database import Database
from dialogs.action import Action
from dialogs.complaints.actions import AskOwn, SendComplaint, SetContact
from dialogs.conversation import Conversation
from dialogs.doors import OpenComplaint, StartEnquiry
from dialogs.enquiry import Answer
from dialogs.officials.actions import AskRegister
from dialogs.short_ids import short
from dialogs.turn import Command
from tests.dialogs.complaints.steps import (
    ADMIN,
    OFFICE,
    OFFICIAL,
    SERVICE,
    WORDS,
    drafts,
    other,
    role,
)
from tests.dialogs.test_samples import announced, drafted, invited
from tests.dialogs.visits import Visitor

INTRUDER = 666
NAME, PHONE, LABEL, INCOMING = "Madeup Secretname", "+77010000042", "Secretchild", "SEC-77"
SECRETS = (WORDS[:20], NAME, PHONE, LABEL, INCOMING, "would not take my papers")
TYPED = "A-1 21.11.2026"
NUMBERS = (1, 2, 3)

WORTH: Mapping[str, Any] = {
    "service": SERVICE,
    "office": OFFICE,
    "gone": OFFICE,
    "into": "of0352",
    "purpose": "p",
    "place": short("karaganda"),
    "situation": "low_income",
    "question": "school",
    "option": "state",
    "subject": "refused",
    "contact": "unnamed",
    "language": "ru",
    "role": "admin",
    "kind": "school",
    "field": "phones",
    "how": "answered",
    "outcome": "answered",
    "person": OFFICIAL,
}
"""What a forger would put where; anything else is tried with numbers of others."""

STRICT = (
    tables.roles,
    tables.invites,
    tables.announcements,
    tables.service_versions,
    tables.service_drafts,
    tables.bindings,
    tables.boundaries,
    tables.places,
)
"""Nothing here may change at all."""

OWN = (
    tables.complaints,
    tables.complaint_events,
    tables.complaint_files,
    tables.enquiries,
    tables.watches,
    tables.reports,
)
"""Here nothing of others may change; what the intruder makes is their own."""

DIRECTORY = (tables.offices, tables.office_aliases, tables.changes, tables.imports)


def forged(action: type[Action]) -> Iterator[Action]:
    """An action with what a forger would put into it."""
    for each_number in NUMBERS:
        values: dict[str, Any] = {}
        for each in fields(action):
            if each.name in WORTH:
                values[each.name] = WORTH[each.name]
            elif "int" in str(each.type):
                values[each.name] = each_number
            elif "bool" in str(each.type):
                values[each.name] = True
            else:
                values[each.name] = str(each_number)
        made = made_of(action, values)
        if made is not None:
            yield made


def made_of(action: type[Action], values: dict[str, Any]) -> Action | None:
    """The action, if its fields are of these types; a role may be a name or a number."""
    for changes in ({}, {"role": 1}, {"person": OFFICIAL}, {"place": "1"}):
        try:
            made = action(**{**values, **{k: v for k, v in changes.items() if k in values}})
            made.pack()
        except (TypeError, ValueError):
            continue
        return made
    return None


async def rows(database: Database, some: tuple[Table, ...]) -> dict[str, set[str]]:
    """What stands in these tables, row by row."""
    found = {}
    async with database.reading() as tx:
        for table in some:
            found[table.name] = {repr(row._asdict()) for row in await tx.all(select(table))}
    return found


@pytest.fixture
async def treasure(visitor: Visitor) -> Visitor:
    """A parent with a complaint, a name and a phone, a child and papers; an official; an admin."""
    await role(visitor, ADMIN, "admin")
    await role(visitor, OFFICIAL, "official", regions=["karaganda"])
    admin = other(visitor, ADMIN)
    await admin.starts()
    for prepare in (announced, drafted, invited):
        await prepare(admin)
    await visitor.starts()
    await visitor.opens(StartEnquiry("free_school_meals"))
    await visitor.opens(Answer(1, "school", "state"))
    own = await drafts(visitor)
    await visitor.opens(SetContact(own, "named"))
    await visitor.opens(AskOwn(own, "name"))
    await visitor.types(NAME)
    await visitor.opens(AskOwn(own, "phone"))
    await visitor.types(PHONE)
    await visitor.opens(SendComplaint(own))
    official = other(visitor, OFFICIAL)
    await official.starts()
    await official.opens(AskRegister(own))
    await official.types(f"{INCOMING}, 20.11.2026")
    return visitor


def secrets_in(visitor: Visitor) -> list[str]:
    """What of the treasure stands on the screen, its buttons, its toast or before it."""
    shown = visitor.shown
    assert shown is not None
    told = [shown.toast, *(getattr(each, "text", "") for each in shown.before)]
    if shown.screen is not None:
        told += [shown.screen.text, *(each.label for row in shown.screen.rows for each in row)]
    whole = "\n".join(map(str, told))
    return [each for each in SECRETS if each in whole]


INTRUDERS: tuple[tuple[str, dict[str, list[str]]], ...] = (
    ("nobody", {}),
    ("viewer", {}),
    ("editor", {}),
    ("official", {"regions": ["akmola"]}),
)


@pytest.mark.parametrize(("who", "scope"), INTRUDERS, ids=[each[0] for each in INTRUDERS])
async def test_every_button_pressed_by_whoever_may_not(
    treasure: Visitor, conversation: Conversation, who: str, scope: dict[str, list[str]]
) -> None:
    if who != "nobody":
        await role(treasure, INTRUDER, who, **scope)
    intruder = other(treasure, INTRUDER)
    await intruder.starts()
    strict = STRICT if who == "editor" else (*STRICT, *DIRECTORY)
    before = await rows(treasure.database, strict)
    owned = await rows(treasure.database, OWN)
    pressed = 0
    for action in actions_of(conversation):
        for each in forged(action):
            await intruder.opens(each)
            assert not secrets_in(intruder), each
            await intruder.types(TYPED)
            assert not secrets_in(intruder), each
            pressed += 1
    for command in conversation.commands:
        if command != "forget":
            await intruder.does(Command(command, "1"))
            assert not secrets_in(intruder), command
    for link in conversation.links:
        for value in ("1", number.shown(1), OFFICE, SERVICE, "0" * 22):
            await intruder.starts(f"{link}-{value}")
            assert not secrets_in(intruder), (link, value)
    assert pressed > 400
    assert await rows(treasure.database, strict) == before
    after = await rows(treasure.database, OWN)
    for name, some in owned.items():
        assert some <= after[name], name
        assert all(str(INTRUDER) in each or "events" in name for each in after[name] - some), name


async def test_the_owner_sees_all_of_it(treasure: Visitor) -> None:
    """The treasure is there to be found, else the test above would prove nothing."""
    await treasure.opens(OpenComplaint(1))
    assert INCOMING in treasure.screen.text or NAME in treasure.screen.text
    official = replace(other(treasure, OFFICIAL), language="ru")
    await official.opens(OpenComplaint(1))
    assert "would not take my papers" in official.screen.text


def actions_of(conversation: Conversation) -> list[type[Action]]:
    """Every action that the house knows."""
    return sorted(conversation.codebook, key=lambda each: each.code)
