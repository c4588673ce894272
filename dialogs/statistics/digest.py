"""The weekly summary: on Monday morning, to those who asked for it and still may know."""

import datetime as dt

from core.knowledge import Knowledge
from core.outgoing import Lane, Parcel
from core.statistics.report import Period
from core.store import meta, outgoing, people, roles, wishes
from core.store.transaction import Transaction
from dialogs.doors import OpenStatistics
from dialogs.markup import bold, italic, lines, paragraphs
from dialogs.screen import Button, Screen
from dialogs.screen_json import screen_to_json
from dialogs.speech import Languages, Speech
from dialogs.statistics.board import READERS, SwitchDigest
from dialogs.statistics.facts import Facts, Topic, load_facts
from dialogs.statistics.saying import overview, span

EVERY = dt.timedelta(minutes=1)
HOUR = 9
WEEK = 7
LATEST = dt.timedelta(days=2)
"""A bot that was away on Monday still tells of the week; later it is no news any more."""

TOLD = "digest"
"""Under this name stands the Monday for which all have been told."""


def show_digest(say: Speech, facts: Facts) -> Screen:
    """The week in a line each."""
    text = paragraphs(
        lines(bold(say.label("Your week with Bagyt")), italic(span(say, facts.period))),
        overview(say, facts),
    )
    return Screen(
        text,
        (
            (Button(say.label("All the statistics"), OpenStatistics(WEEK)),),
            (Button(say.label("No more summaries"), SwitchDigest(on=False, days=WEEK)),),
        ),
    )


async def put_digests(
    tx: Transaction, now: dt.datetime, languages: Languages, knowledge: Knowledge
) -> None:
    """Put the summary of the week that is over into the queue, once for each who wants it."""
    say = languages[None]
    today = say.day(now)
    monday = today - dt.timedelta(days=today.weekday())
    due = say.beginning(monday, HOUR)
    if not due <= now < due + LATEST or await meta.get(tx, TOLD) == monday.isoformat():
        return
    week = Period(monday - dt.timedelta(days=WEEK), monday - dt.timedelta(days=1))
    for person_id in await wishes.who(tx, wishes.DIGEST, due):
        person = await people.find(tx, person_id)
        held = {each.role for each in await roles.of(tx, person_id)}
        if person is None or not held & set(READERS):
            continue
        say = languages[person.language]
        facts = await load_facts(tx, knowledge, say, Topic.ALL, week)
        parcel = Parcel(
            chat_id=person_id,
            body=screen_to_json(show_digest(say, facts)),
            lane=Lane.REMINDER,
            cause="digest",
            once=f"digest:{monday.isoformat()}:{person_id}",
        )
        await outgoing.put(tx, parcel, now)
    await meta.put(tx, TOLD, monday.isoformat())
