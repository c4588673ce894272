"""Inline: the cards of offices as answers to what is typed behind the bot's name in any chat."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from core.directory.model import Office
from core.knowledge import Knowledge
from dialogs.markup import bold, italic, paragraphs
from dialogs.offices.card import Card, card_of, facts, provenance
from dialogs.offices.doubts import show_doubts
from dialogs.offices.meaning import telling
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


START_FINDING = "fo"
"""What the start command gets where nothing was found: the way to find an office in the bot."""


def find_inside(say: Speech) -> str:
    """What is offered above the answers: to look for an office in the bot itself."""
    return say.label("Find the office for your place")


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
            for each in knowledge.offices.find(telling(words))
        ]
    )
    for office in found[:MOST]:
        card = card_of(
            office,
            library=knowledge.library,
            calendar=knowledge.calendar,
            now=say.local(now),
        )
        title = say.of(knowledge.short_names.of(office))
        yield Offered(office.id, title, _where(say, office), _message(say, card, bot_name))


def _where(say: Speech, office: Office) -> str:
    """Its address, or that there is nobody there any more."""
    return say.label("Closed for good.") if office.closed else say.of(office.address)


def _message(say: Speech, card: Card, bot_name: str) -> Screen:
    # Read tomorrow, whether it was open when it was sent would mislead.
    card = replace(card, opening=None)
    address = f"https://t.me/{bot_name}?start=of-{card.office.id}"
    text = paragraphs(
        bold(say.of(card.office.name)),
        facts(say, card),
        show_doubts(say, card.office, card.acts),
        italic(provenance(say, card)),
    )
    return Screen(text, ((Button(say.label("Open in Bagyt"), Link(address)),),))
