"""Steps that tests of complaints share: a parent who complains, an official who may see it."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from core.complaints.model import Complaint, Event, EventKind
from core.store import complaints, outgoing, roles, tables
from core.store.outgoing import Posting
from dialogs.complaints.actions import (
    AskContact,
    AskFiles,
    Consent,
    SendComplaint,
    SetContact,
    SetSubject,
)
from dialogs.doors import StartComplaint
from tests.dialogs.visits import NOW, Visitor

PARENT, OFFICIAL, OTHER, ADMIN = 501, 601, 602, 701
OFFICE, SERVICE = "of0351", "guardianship_certificate"
WORDS = "The made-up words of a test: <b>they</b> would not take my papers"


async def role(visitor: Visitor, person: int, name: str, **scope: list[str]) -> None:
    """Somebody is given a role."""
    async with visitor.database.writing() as tx:
        await roles.grant(
            tx, person_id=person, role=name, now=NOW, scope=scope, name=f"Made-up {person}"
        )


def other(visitor: Visitor, person: int) -> Visitor:
    """Somebody else in conversation with the same bot."""
    return replace(visitor, id=person, shown=None)


async def drafts(visitor: Visitor, office: str | None = OFFICE, subject: str = "not_taken") -> int:
    """A draft with everything in it but the sending; gives its number."""
    await visitor.opens(StartComplaint(SERVICE, office))
    draft = await draft_of(visitor)
    await visitor.opens(SetSubject(draft.id, subject))
    await visitor.opens(Consent(draft.id))
    await visitor.types(WORDS)
    await visitor.opens(AskFiles(draft.id))
    await visitor.opens(AskContact(draft.id))
    await visitor.opens(SetContact(draft.id, "telegram"))
    return draft.id


async def sends(visitor: Visitor, office: str | None = OFFICE, subject: str = "not_taken") -> int:
    """A complaint that was sent; gives its number."""
    draft = await drafts(visitor, office, subject)
    await visitor.opens(SendComplaint(draft))
    return draft


async def draft_of(visitor: Visitor) -> Complaint:
    """The visitor's draft."""
    async with visitor.database.reading() as tx:
        draft = await complaints.draft_of(tx, visitor.id)
    assert draft is not None
    return draft


async def complaint_of(visitor: Visitor, number: int) -> Complaint:
    """A complaint as the database has it."""
    async with visitor.database.reading() as tx:
        found = await complaints.find(tx, number)
    assert found is not None
    return found


async def events_of(visitor: Visitor, number: int) -> list[Event]:
    """What happened to it."""
    async with visitor.database.reading() as tx:
        return list(await complaints.events(tx, number))


async def posted(visitor: Visitor, chat: int) -> list[Posting]:
    """What the queue has for a chat, in its order."""
    async with visitor.database.reading() as tx:
        rows = await tx.all(
            select(tables.outgoing)
            .where(tables.outgoing.c.chat_id == chat)
            .order_by(tables.outgoing.c.id)
        )
        return [outgoing._posting(tx, row) for row in rows]


async def kinds(visitor: Visitor, number: int) -> list[EventKind]:
    """What kinds of things happened to a complaint, in their order."""
    return [each.kind for each in await events_of(visitor, number)]


async def arrives(visitor: Visitor, posting: Posting) -> int:
    """A message of the queue comes to its chat; gives its number there."""
    message = 9000 + posting.id
    async with visitor.database.writing() as tx:
        await outgoing.mark_sent(tx, posting.id, message, NOW)
    return message


def text_of(posting: Posting) -> str:
    """What a message of the queue says."""
    body: Any = posting.body
    return str(body["text"])
