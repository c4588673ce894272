"""Services: the lists that lead to one, and the card that says what it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from core.services.acts import Act
from core.services.library import Situation
from core.services.model import Fact, Service
from dialogs.doors import OpenMenu, OpenService, OpenServices, OpenSituation, StartEnquiry
from dialogs.markup import bold, italic, lines, paragraphs
from dialogs.paging import Page, page_of, turning
from dialogs.screen import Button, Rows, Screen
from dialogs.speech import Speech
from dialogs.statements import act_of, marks, state_of
from dialogs.turn import Dialog, GoneError, Reply, View, Visit


@dataclass(frozen=True, slots=True)
class Card:
    """What a service's card is drawn from."""

    service: Service
    act: Act


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
    return Screen(text, (*_services(say, choice.services), _menu(say)))


def show_services(say: Speech, page: Page[Service]) -> Screen:
    """All services, in the order of the acts."""
    return Screen(
        say("<b>All services</b>\n\nWhich one do you need?"),
        (*_services(say, page.items), *turning(say, page, OpenServices), _menu(say)),
    )


def show_card(say: Speech, card: Card) -> Screen:
    """What the service is, for whom, what it costs, how long it takes, and what it rests on."""
    service = card.service
    text = paragraphs(
        bold(say.of(service.short)),
        Markup.escape(say.of(service.about)),
        lines(*_figures(say, service)),
        italic(state_of(say, card.act, service.successor)),
    )
    return Screen(
        text,
        (
            (Button(say.label("Is it for us? What is needed?"), StartEnquiry(service.id)),),
            _menu(say),
        ),
    )


def _figures(say: Speech, service: Service) -> list[Markup]:
    fee = (
        _figure(say, service.fee)
        if service.fee
        else say("• The act does not say whether it costs anything: ask the office.")
    )
    processing = [each for each in service.terms if each.what == "processing"]
    return [fee, *(_figure(say, each) for each in processing[:2])]


def _figure(say: Speech, fact: Fact) -> Markup:
    return Markup("• {} ({})").format(say.of(fact.text), marks(say, fact.source))


def _services(say: Speech, services: Sequence[Service]) -> Rows:
    return tuple((Button(say.of(each.short), OpenService(each.id)),) for each in services)


def _menu(say: Speech) -> tuple[Button, ...]:
    return (Button(say.label("Main menu"), OpenMenu()),)


def service_named(visit: Visit, service_id: str) -> Service:
    """The service of a button or a link; gone if there is none of this name any more."""
    service = visit.knowledge.library.services.get(service_id)
    if service is None:
        raise GoneError(service_id)
    return service


async def _card(visit: Visit, opened: OpenService) -> Card:
    service = service_named(visit, opened.service)
    return Card(service, act_of(service, visit.knowledge.library.acts.values()))


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
