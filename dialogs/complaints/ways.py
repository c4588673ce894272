"""Ways: what the law in force says of complaints, what the act said, and where else one can go."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from core.complaints.deadlines import Appeals, WayOut
from core.services.model import Route
from core.store import complaints
from dialogs.complaints.actions import OpenDraft, OpenWays
from dialogs.complaints.history import history_heading, history_lines
from dialogs.complaints.instead import papers_row
from dialogs.complaints.owning import whole
from dialogs.complaints.sending import addressed
from dialogs.complaints.words import Facts
from dialogs.doors import OpenComplaint, OpenOffice
from dialogs.homeward import back_and_home
from dialogs.markup import bold, italic, lines, paragraphs
from dialogs.paging import fitting_page, turning
from dialogs.screen import Button, Link, Screen, clipped
from dialogs.speech import Speech
from dialogs.statements import Citations, citations_of, marks, state_of
from dialogs.turn import Dialog, GoneError, Step, View, Visit, aside

ROOM = 900


@dataclass(frozen=True, slots=True)
class Ways:
    """What the other ways for one complaint are told from."""

    facts: Facts
    appeals: Appeals
    citations: Citations | None
    page: int


def show_ways(say: Speech, ways: Ways) -> Screen:
    """What the act said of it, as history, and where else one can complain."""
    facts = ways.facts
    page = fitting_page(list(told(say, ways)), ways.page, room=ROOM)
    number = facts.complaint.id
    rows: list[tuple[Button, ...]] = list(
        turning(say, page, lambda turned: OpenWays(number, turned))
    )
    if facts.addressee is not None:
        label = clipped(say.of(facts.addressee.name))
        rows.append((Button(label, OpenOffice(facts.addressee.id, facts.complaint.service)),))
    rows += [
        (Button(say.label("Open {name}", name="eOtinish"), Link(str(each.url))),)
        for each in ways.appeals.ways
        if each.url is not None
    ]
    rows.append(papers_row(say, number))
    back = OpenDraft(number) if facts.complaint.state == "draft" else OpenComplaint(number)
    last = back_and_home(say, back)
    return Screen(paragraphs(*page.items), (*rows, last))


def told(say: Speech, ways: Ways) -> Iterator[Markup]:
    """The law of today first, then what the act said as history, then what stands open to all."""
    yield from _law(say, ways.facts, ways.appeals)
    if ways.facts.service is not None and ways.citations is not None:
        yield from _act(say, ways.facts, ways.citations)
    yield lines(
        bold(say.label("Open to everybody:")),
        *(_way(say, each, ways.appeals) for each in ways.appeals.ways),
    )


def _law(say: Speech, facts: Facts, appeals: Appeals) -> Iterator[Markup]:
    term = appeals.term(facts.body)
    ground = appeals.grounds[term.ground]
    yield say(
        "By the law in force ({act}, article {article}, as seen on {day}) an answer is due in "
        "{amount} working days from the day the office registers the complaint.",
        act=say.of(ground.act),
        article=ground.article,
        day=say.date(ground.as_of),
        amount=term.amount,
    )
    months = appeals.grounds[appeals.months_ground]
    yield say.plural(
        "There is {number} month for it from the day you learned of the matter "
        "(article {article}: {act}).",
        "There are {number} months for it from the day you learned of the matter "
        "(article {article}: {act}).",
        appeals.months_to_complain,
        article=months.article,
        act=say.of(months.act),
    )


def _act(say: Speech, facts: Facts, citations: Citations) -> Iterator[Markup]:
    service, subject = facts.service, facts.complaint.subject
    if service is None:
        return
    said = list(history_lines(say, service, subject, citations))
    routes = sorted(
        (each for each in service.routes if subject in each.subjects), key=lambda each: each.step
    )
    if said:
        yield lines(history_heading(say, citations), said[0])
        yield from said[1:]
    if routes:
        first, *others = (_route(say, each, marks(say, each.source, citations)) for each in routes)
        yield lines(bold(say.label("Where the act sent complaints, as history:")), first)
        yield from others
    if said or routes:
        yield italic(state_of(say, citations.act, service.successor))


def _route(say: Speech, route: Route, found: str) -> Markup:
    texts = [say.of(each) for each in (route.address, route.reception, route.needs) if each]
    texts += [each for each in (route.phone, route.email) if each]
    whom = say.of(route.to.text)
    head = say("Step {step}: {whom} ({marks})", step=route.step, whom=whom, marks=found)
    return lines(head, *(Markup("   {}").format(each) for each in texts))


def _way(say: Speech, way: WayOut, appeals: Appeals) -> Markup:
    line = Markup("• {}").format(say.of(way.text))
    if way.body is None:
        return line
    term = appeals.term(way.body)
    ground = appeals.grounds[term.ground]
    return (
        line
        + " "
        + say(
            "It answers in {amount} working days (article {article}: {act}).",
            amount=term.amount,
            article=ground.article,
            act=say.of(ground.act),
        )
    )


async def _ways(visit: Visit, opened: OpenWays) -> Ways:
    complaint = await complaints.find(visit.tx, opened.complaint)
    if complaint is None or complaint.person_id != visit.person.id:
        raise GoneError(opened.complaint)
    if complaint.state == "draft":
        complaint, _ = addressed(visit, complaint)
    facts = await whole(visit, visit.say, complaint)
    citations = citations_of(facts.service, visit.knowledge.library) if facts.service else None
    return Ways(facts, visit.knowledge.appeals, citations, opened.page)


DIALOG = Dialog(views=(View(OpenWays, _ways, show_ways),), steps=(Step(OpenWays, aside),))
