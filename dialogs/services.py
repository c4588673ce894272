"""Services: the lists that lead to one, and the card that says what it is."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from markupsafe import Markup

from core.services.conditions import ALWAYS
from core.services.library import Situation
from core.services.model import Service
from core.services.seasons import Season, season_on
from core.services.sources import Sources
from core.store import enquiries
from core.store.enquiries import Enquiry
from dialogs.action import Action
from dialogs.doors import (
    FindOffice,
    OpenEnquiry,
    OpenGlossary,
    OpenRoutes,
    OpenService,
    OpenServices,
    OpenSituation,
    OpenTopic,
    StartEnquiry,
)
from dialogs.homeward import back_and_home, home
from dialogs.markup import bold, italic, lines, paragraphs
from dialogs.paging import Page, page_of, turning
from dialogs.screen import Button, Link, Rows, Screen
from dialogs.search import OpenFound
from dialogs.speech import Speech
from dialogs.standing import service_named
from dialogs.statements import Citations, citations_of, marks, state_of
from dialogs.telling import Told, Topic, has, provider_line, term_line
from dialogs.turn import Dialog, GoneError, Reply, View, Visit

TERMS_SHOWN = 3
PROVIDERS_SHOWN = 2
BEGUN_SHOWN = 3
LISTS = (OpenSituation, OpenServices, OpenFound, OpenEnquiry)
"""Views that a card is opened from and gone back to."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a service's card is drawn from."""

    service: Service
    citations: Citations
    today: dt.date
    bot_name: str
    begun: Sequence[Enquiry] = ()
    back: Action = field(default_factory=OpenServices)
    """The list it was chosen from, as far as that is known."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The services of one situation."""

    situation: Situation
    services: Sequence[Service]


def show_situation(say: Speech, choice: Choice) -> Screen:
    """What there is in this situation."""
    text = say(
        "<b>{title}</b>\n\nWhich of these do you need?", title=say.of(choice.situation.title)
    )
    return Screen(text, (*_services(say, choice.services), (home(say),)))


def show_services(say: Speech, page: Page[Service]) -> Screen:
    """All services, in the order of the acts."""
    return Screen(
        say("<b>All services</b>\n\nWhich one do you need?"),
        (*_services(say, page.items), *turning(say, page, OpenServices), (home(say),)),
    )


def show_card(say: Speech, card: Card) -> Screen:
    """What the service is, for whom, what it costs, how long it takes, where, and by which act."""
    service = card.service
    text = paragraphs(
        bold(say.of(service.short)),
        Markup.escape(say.of(service.about)),
        lines(*_figures(say, card)),
        italic(state_of(say, card.citations.act, service.successor)),
    )
    return Screen(
        text,
        (
            (Button(say.label("Is it for us? What is needed?"), StartEnquiry(service.id)),),
            *_begun(say, card),
            (Button(say.label("Find the office near us"), FindOffice(service.id)),),
            *_topics(say, card),
            (Button(say.label("What do these words mean?"), OpenGlossary(service.id)),),
            (Button(say.label("Send to someone"), _sharing(say, card)),),
            back_and_home(say, card.back),
        ),
    )


def _figures(say: Speech, card: Card) -> Iterator[Markup]:
    service = card.service
    if service.fee:
        yield _figure(say, card, say.of(service.fee.text), service.fee.source)
    elif "fee" in {each.fact for each in service.silent}:
        yield say("• The act does not say whether it costs anything: ask the office.")
    processing = [each for each in service.terms if each.what == "processing"]
    for term in processing[:TERMS_SHOWN]:
        yield _figure(say, card, term_line(say, service, term), term.source)
    season = season_on(service.terms, card.today)
    if season is not None:
        yield Markup("• {}").format(season_line(say, season))
    where = [each for each in service.providers if "accepts" in each.does]
    for provider in where[:PROVIDERS_SHOWN]:
        yield _figure(say, card, provider_line(say, provider), provider.source)


def _figure(say: Speech, card: Card, text: str, sources: Sources) -> Markup:
    return Markup("• {} ({})").format(text, marks(say, sources, card.citations))


def season_line(say: Speech, season: Season) -> Markup:
    """Whether one can apply now, and until or from which day."""
    line = (
        say("Open now, until {day}.", day=say.date(season.ends))
        if season.open
        else say("Opens on {day}.", day=say.date(season.starts))
    )
    case = season.term.when_text or (season.term.text if season.term.when != ALWAYS else None)
    return say("{case}: {season}", case=say.of(case), season=line) if case else line


def _begun(say: Speech, card: Card) -> Iterator[tuple[Button, ...]]:
    """A way on with each enquiry of this service that was begun already, the latest first."""
    for each in card.begun[:BEGUN_SHOWN]:
        name = each.label or say.date(each.created_at)
        yield (Button(say.label("Go on: {name}", name=name), OpenEnquiry(each.id)),)


def _topics(say: Speech, card: Card) -> Iterator[tuple[Button, ...]]:
    def button(label: str, topic: Topic) -> tuple[Button, ...]:
        told = Told(topic, card.service, card.citations)
        opens = OpenTopic(card.service.id, topic.value)
        return (Button(label, opens),) if has(say, told) else ()

    rows = (
        (
            *button(say.label("Where to go"), Topic.WHERE),
            *_complaining(say, card.service),
        ),
        (
            *button(say.label("More about it"), Topic.MORE),
            *button(say.label("What is unclear"), Topic.UNSURE),
        ),
        button(say.label("What is different today"), Topic.TODAY),
    )
    yield from (row for row in rows if row)


def _complaining(say: Speech, service: Service) -> tuple[Button, ...]:
    return (Button(say.label("Where to complain"), OpenRoutes(service.id)),)


def _sharing(say: Speech, card: Card) -> Link:
    """Telegram's own way to send the address of this card to a friend."""
    address = link_to(card.bot_name, card.service)
    words = quote(say.of(card.service.short))
    return Link(f"https://t.me/share/url?url={quote(address, safe='')}&text={words}")


def link_to(bot_name: str, service: Service) -> str:
    """The address that opens the card of a service."""
    return f"https://t.me/{bot_name}?start=s-{service.id}"


def _services(say: Speech, services: Sequence[Service]) -> Rows:
    return tuple((Button(say.of(each.short), OpenService(each.id)),) for each in services)


async def _card(visit: Visit, opened: OpenService) -> Card:
    service = service_named(visit, opened.service)
    begun = await enquiries.of(visit.tx, visit.person.id)
    return Card(
        service,
        citations_of(service, visit.knowledge.library),
        visit.say.day(visit.now),
        visit.bot_name,
        tuple(each for each in begun if each.service == service.id and each.answers),
        _back(visit, service),
    )


def _back(visit: Visit, service: Service) -> Action:
    """The list or the outcome that led here; to one that comes from elsewhere, its situation."""
    if isinstance(visit.where, LISTS):
        return visit.where
    return OpenSituation(service.situations[0]) if service.situations else OpenServices()


async def _situation(visit: Visit, opened: OpenSituation) -> Choice:
    library = visit.knowledge.library
    situation = next((each for each in library.situations if each.id == opened.situation), None)
    if situation is None:
        raise GoneError(opened.situation)
    return Choice(situation, library.in_situation(situation.id))


async def _services_page(visit: Visit, opened: OpenServices) -> Page[Service]:
    return page_of(tuple(visit.knowledge.library.services.values()), opened.page)


async def _linked(visit: Visit, service_id: str) -> Reply:
    return Reply(OpenService(service_named(visit, service_id).id))


DIALOG = Dialog(
    views=(
        View(OpenSituation, _situation, show_situation),
        View(OpenServices, _services_page, show_services),
        View(OpenService, _card, show_card),
    ),
    links={"s": _linked},
)
