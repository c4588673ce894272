"""Helpers for tests of keeping the directory: offices in the database, and who keeps them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

from core.directory.as_json import office_json
from core.directory.bringing import bring_release
from core.directory.changes import Hand, edit
from core.reports import Said, Topic
from core.store import changes, offices, outgoing, reports
from core.store.changes import Change
from core.store.outgoing import Posting
from dialogs.action import Action
from dialogs.doors import ReportOffice
from dialogs.editing.actions import (
    AnswerReport,
    AskDecline,
    AskMerge,
    AskNewKind,
    AskNewName,
    AskNewPlace,
    AskOfficeField,
    AskReport,
    AskReporter,
    AskServed,
    AskServes,
    EditOffice,
    FindToEdit,
    OpenChange,
    OpenHistory,
    OpenLatest,
    OpenReport,
    OpenReports,
    PreviewEdit,
    PreviewMerge,
    PreviewNew,
    PutField,
    Reported,
    SetNewKind,
    SetNewPlace,
)
from dialogs.editing.values import EDITABLE, PAGES
from dialogs.language import SetLanguage
from dialogs.short_ids import short
from tests.dialogs.visits import NOW, Visitor

BALKASH, NEXT = "of0351", "of0352"
KEPT = (BALKASH, NEXT, "of0001")

EDITING: tuple[Action, ...] = (
    FindToEdit(),
    *(EditOffice(BALKASH, number) for number in range(len(PAGES))),
    *(AskOfficeField(BALKASH, each) for each in EDITABLE if each != "serves"),
    AskServes(BALKASH, 1),
    AskServed(BALKASH, short("free_school_meals")),
    PutField(BALKASH, "closed", "1"),
    PreviewEdit(BALKASH),
    AskMerge(BALKASH),
    PreviewMerge("of0001", BALKASH),
    AskNewKind(),
    SetNewKind("school"),
    AskNewPlace(),
    SetNewPlace(short("karaganda.balkash_city")),
    AskNewName("ru"),
    OpenReports(),
    OpenReport(1),
    AskDecline(1),
    AskReporter(1),
    ReportOffice(BALKASH),
    *(AskReport(BALKASH, each) for each in get_args(Topic)),
    Reported(BALKASH),
    AnswerReport(2),
    OpenHistory(BALKASH),
    OpenLatest(),
    OpenChange(1),
)
"""For an admin, in an order in which each leads on; what is put together is remembered."""

TYPED_FIRST = (PreviewNew(),)
"""What is seen only after something was typed; it has tests of its own."""


async def bring(visitor: Visitor, *ids: str) -> None:
    """Real offices in the database, as a release brings them."""
    known = visitor.knowledge.directory.offices
    bodies = [office_json(known[each]) for each in ids or KEPT]
    async with visitor.database.writing() as tx:
        await bring_release(tx, bodies, NOW)


async def reported(visitor: Visitor) -> None:
    """Two reports by the visitor, who is asked something about the second, and a change."""
    async with visitor.database.writing() as tx:
        made: dict[str, Any] = {"person_id": visitor.id, "language": "ru", "now": NOW}
        made |= {"office": BALKASH, "topic": "phones", "said": Said("Abc 123", (46.8, 74.9))}
        await reports.add(tx, **made)
        second, _ = await reports.add(tx, **made)
        said = replace(second.said, question="Abc?")
        await reports.turn_out(tx, second, "asked", NOW, said=said, asked_by=visitor.id)
        values = {"postcode": "100310", "phones": ["+77103600000"]}
        await edit(tx, Hand("chat", visitor.id), BALKASH, values, NOW)


async def ready(person: Visitor) -> None:
    """Whoever has chosen a language."""
    await person.starts()
    await person.opens(SetLanguage(person.language))


async def body_of(visitor: Visitor, office: str) -> dict[str, Any]:
    """An office as the database has it."""
    async with visitor.database.reading() as tx:
        return dict((await offices.entries(tx, [office]))[office].body)


async def changes_of(visitor: Visitor, office: str) -> Sequence[Change]:
    """Its changes, the latest first."""
    async with visitor.database.reading() as tx:
        return await changes.of_office(tx, office)


async def taken(visitor: Visitor) -> list[Posting]:
    """All that waits in the queue, one chat after another; it is sent by that."""
    async with visitor.database.writing() as tx:
        found: list[Posting] = []
        while batch := await outgoing.take(tx, NOW, 50):
            found += batch
            for each in batch:
                await outgoing.mark_sent(tx, each.id, each.id, NOW)
        return found
