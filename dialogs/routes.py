"""Routes: where one can complain as the act tells it, by what it is about and step by step."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, cast

from markupsafe import Markup

from core.directory.model import Office
from core.services.model import Route, Service, Subject
from dialogs.action import Action
from dialogs.complaints.words import subjects as subject_names
from dialogs.doors import FindOffice, GoOn, OpenOffice, OpenRoutes, StartComplaint
from dialogs.homeward import back_and_home
from dialogs.markup import bold, italic, lines, paragraphs
from dialogs.offices.looking import home_of, short_name
from dialogs.screen import Button, Screen, clipped
from dialogs.speech import Speech
from dialogs.standing import service_named
from dialogs.statements import Citations, citations_of, marks, state_of
from dialogs.turn import Dialog, GoneError, Step, View, Visit, aside


@dataclass(frozen=True, slots=True)
class OpenRoute(Action):
    """Where to go with a complaint about this."""

    code: ClassVar[str] = "rt"
    service: str
    subject: str


@dataclass(frozen=True, slots=True)
class Routes:
    """What the routes of a service are told from; with a subject only those for it."""

    service: Service
    citations: Citations
    subject: str = ""
    known: Sequence[tuple[Office, str]] = ()
    """The offices that the act means, as far as the directory knows which these are here."""


def show_subjects(say: Speech, routes: Routes) -> Screen:
    """What a complaint can be about."""
    subjects = dict.fromkeys(each for route in routes.service.routes for each in route.subjects)
    names = subject_names(say)
    rows = tuple(
        (Button(words, OpenRoute(routes.service.id, each)),)
        for each, words in names.items()
        if each in subjects
    )
    question = (
        say("<b>What happened?</b> I will say where one can complain about it.")
        if rows
        else say(
            "The act does not say where to complain. Ask the akimat of your district or city, or "
            "the office itself."
        )
    )
    text = paragraphs(italic(say.of(routes.service.short)), _state(say, routes), question)
    write = Button(say.label("Write a complaint here"), StartComplaint(routes.service.id))
    return Screen(text, (*rows, (write,), back_and_home(say, GoOn())))


def show_route(say: Speech, routes: Routes) -> Screen:
    """The offices that take such a complaint, first those to go to first."""
    service = routes.service
    fitting = [each for each in service.routes if routes.subject in each.subjects]
    steps: list[Markup] = []
    for number, step in enumerate(sorted({each.step for each in fitting}), start=1):
        heading = (
            say("<b>First, to one of these:</b>")
            if number == 1
            else say("<b>If that does not help:</b>")
        )
        told = [_route(say, routes, each) for each in fitting if each.step == step]
        steps.append(lines(heading, *told))
    extras = []
    if service.complaint_slip is not None:
        extras.append(
            say(
                "Ask for the receipt: {slip} ({marks})",
                slip=say.of(service.complaint_slip.text),
                marks=marks(say, service.complaint_slip.source, routes.citations),
            )
        )
    text = paragraphs(
        italic(say.of(service.short)),
        bold({str(key): words for key, words in subject_names(say).items()}[routes.subject]),
        *steps,
        *extras,
        _state(say, routes),
    )
    other = Button(say.label("Something else happened"), OpenRoutes(service.id))
    near = Button(say.label("Find the office near us"), FindOffice(service.id, "c"))
    write = Button(say.label("Write a complaint here"), StartComplaint(service.id))
    cards = tuple(
        (Button(clipped(name), OpenOffice(office.id, service.id)),) for office, name in routes.known
    )
    return Screen(text, ((write,), *cards, (near,), (other,), back_and_home(say, GoOn())))


def _route(say: Speech, routes: Routes, route: Route) -> Markup:
    ways = {
        "post": say.label("by post"),
        "in_person": say.label("in person"),
        "online": say.label("online"),
        "phone": say.label("by phone"),
        "oral": say.label("by word of mouth"),
    }
    texts = (route.address, route.reception, route.needs)
    details: Sequence[str | None] = (
        ", ".join(ways[each] for each in route.ways),
        *(say.of(each) if each else None for each in texts),
        route.phone,
        route.email,
    )
    head = Markup("• {} ({})").format(
        say.of(route.to.text), marks(say, route.source, routes.citations)
    )
    return lines(head, *(Markup("   {}").format(each) for each in details if each))


def _state(say: Speech, routes: Routes) -> Markup:
    return italic(state_of(say, routes.citations.act, None))


async def _routes(visit: Visit, opened: OpenRoutes) -> Routes:
    service = service_named(visit, opened.service)
    return Routes(service, citations_of(service, visit.knowledge.library))


async def _route_for(visit: Visit, opened: OpenRoute) -> Routes:
    service = service_named(visit, opened.service)
    if opened.subject not in {each for route in service.routes for each in route.subjects}:
        raise GoneError(opened.subject)
    citations = citations_of(service, visit.knowledge.library)
    known = [(each, short_name(visit, each)) for each in _known(visit, service, opened.subject)]
    return Routes(service, citations, opened.subject, known)


def _known(visit: Visit, service: Service, subject: str) -> Iterator[Office]:
    """The very offices of the routes where the person lives; all over the region none is it.

    Where they live is known once they have looked for an office; a service of one region or city
    names the offices of its region all the same.
    """
    home = home_of(visit)
    place = home.id if home else service.jurisdiction.place
    if place is None:
        return
    fitting = [each for each in service.routes if subject in each.subjects]
    seen: set[str] = set()
    for step in sorted({each.step for each in fitting}):
        finding = visit.knowledge.finder.find(
            service, place=place, purpose="complaint", subject=cast("Subject", subject), step=step
        )
        kinds = Counter(each.office.kind for each in finding.offices)
        named = {each.to.kind for each in fitting if each.step == step}
        for each in finding.offices:
            office = each.office
            if office.kind in named and kinds[office.kind] == 1 and office.id not in seen:
                seen.add(office.id)
                yield office


DIALOG = Dialog(
    views=(View(OpenRoutes, _routes, show_subjects), View(OpenRoute, _route_for, show_route)),
    steps=(Step(OpenRoutes, aside), Step(OpenRoute, aside)),
)
