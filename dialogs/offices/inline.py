"""Inline: the cards of offices as answers to what is typed behind the bot's name in any chat."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from core.knowledge import Knowledge
from dialogs.markup import bold, italic, paragraphs
from dialogs.offices.card import Card, card_of, facts, provenance
from dialogs.screen import Button, Link, Screen
from dialogs.speech import Speech

MOST = 10
LONGEST_QUERY = 100


@dataclass(frozen=True, slots=True)
class Offered:
    """One answer: what the list shows, and the message that is sent when it is chosen."""

    id: str
    title: str
    description: str
    screen: Screen


def offered(
    say: Speech, knowledge: Knowledge, bot_name: str, now: datetime, query: str
) -> Iterator[Offered]:
    """The offices that a query means: by id, as a card offers itself, or by words."""
    words = " ".join(query.split())[:LONGEST_QUERY]
    own = knowledge.directory.office(words)
    found = (
        [own]
        if own is not None
        else [
            knowledge.directory.offices[each.office]
            for each in knowledge.offices.find(words)
            if each.office in knowledge.directory.offices
        ]
    )
    for office in found[:MOST]:
        card = card_of(
            office,
            acts=knowledge.library.acts,
            calendar=knowledge.calendar,
            now=say.local(now),
        )
        yield Offered(
            office.id, say.of(office.name), say.of(office.address), _message(say, card, bot_name)
        )


def _message(say: Speech, card: Card, bot_name: str) -> Screen:
    address = f"https://t.me/{bot_name}?start=of-{card.office.id}"
    text = paragraphs(
        bold(say.of(card.office.name)), facts(say, card), italic(provenance(say, card))
    )
    return Screen(text, ((Button(say.label("Open in Bagyt"), Link(address)),),))
