"""Making posters, following their codes, and counting how often that happens."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.directory.model import Office
from core.papers.making import as_poster
from core.papers.model import Poster
from core.roles import RoleName
from core.services.model import Service
from core.statistics import report
from core.statistics.kinds import Count
from core.statistics.report import last_days
from dialogs.doors import MakePoster, OpenAdmin, OpenOffice, OpenPosters, OpenService
from dialogs.homeward import back_and_home
from dialogs.markup import paragraphs
from dialogs.offices.looking import office_named
from dialogs.paging import Page, page_of, turning
from dialogs.rights import guarded_step, guarded_view
from dialogs.screen import Button, File, FileKind, Screen
from dialogs.speech import LANGUAGES, Bilingual, Languages, Speech
from dialogs.standing import service_named
from dialogs.statistics.saying import SERVICE_MARK
from dialogs.turn import Dialog, GoneError, Making, Reply, Visit

MAKERS: tuple[RoleName, ...] = ("admin", "editor")
OFFICE_LINK, SERVICE_LINK = "po", "ps"
"""What the addresses in the codes begin with; printed on walls, so they never change."""

COUNTED_DAYS = 30
FILE_NAME = "bagyt-{what}.pdf"


@dataclass(frozen=True, slots=True)
class Posters:
    """The services to make a poster of, and how often those that hang were scanned."""

    page: Page[Service]
    scans: Mapping[str, int]


def show_posters(say: Speech, posters: Posters) -> Screen:
    """What a poster is for, and of which service one can be made."""
    number = sum(posters.scans.values())
    text = paragraphs(
        say("<b>Posters</b>"),
        say(
            "A page to print and hang up in a foyer, in both languages. Its code opens me at the "
            "service or at the office. For the poster of an office open its card."
        ),
        say("Scanned in the last 30 days: <b>{number}</b>", number=say.number(number)),
        say("<b>Of which service shall I make a poster?</b>"),
    )
    rows = tuple(
        (
            Button(
                _labelled(say, each, posters.scans.get(f"{SERVICE_MARK}{each.id}", 0)),
                MakePoster(None, each.id),
            ),
        )
        for each in posters.page.items
    )
    return Screen(
        text,
        (
            *rows,
            *turning(say, posters.page, OpenPosters),
            back_and_home(say, OpenAdmin()),
        ),
    )


def _labelled(say: Speech, service: Service, scans: int) -> str:
    name = say.of(service.short)
    return f"{name} · {say.number(scans)}" if scans else name


def poster_of(languages: Languages, bot_name: str, about: Bilingual, link: str) -> Poster:
    """What a poster says of an office or a service, in both languages."""
    speeches = [languages[each] for each in LANGUAGES]

    def both(phrases: Sequence[str]) -> tuple[str, str]:
        kk, ru = phrases
        return kk, ru

    return Poster(
        title=f"Bagyt: {about.said(LANGUAGES[0])}",
        url=f"https://t.me/{bot_name}?start={link}",
        bot=f"@{bot_name}",
        headline=both([say.label("Which papers does your child need?") for say in speeches]),
        about=both([say.of(about) for say in speeches]),
        scan=both([say.label("Point the camera of your phone here") for say in speeches]),
        points=[both(each) for each in zip(*map(_points, speeches), strict=True)],
        footer=both(
            [say.label("Free of charge, in Telegram. Bagyt is no state body.") for say in speeches]
        ),
    )


def _points(say: Speech) -> Iterator[str]:
    """What the bot does for a parent, in as few words as fit a wall."""
    yield say.label("Is the service for you? A few plain questions, and you know.")
    yield say.label("Exactly your papers: which, how many, where to get each.")
    yield say.label("The right office: its address, phones, hours.")
    yield say.label("If the answer is late: where to complain.")


async def _posters(visit: Visit, opened: OpenPosters) -> Posters:
    services = tuple(visit.knowledge.library.services.values())
    period = last_days(visit.say.day(visit.now), COUNTED_DAYS)
    scans = await report.opened(visit.tx, period, Count.POSTER)
    return Posters(page_of(services, opened.page), scans)


async def _make(visit: Visit, wanted: MakePoster) -> Reply:
    about: Office | Service
    words: Bilingual
    if wanted.office is not None:
        office = office_named(visit, wanted.office)
        about, words = office, office.name
        link = f"{OFFICE_LINK}-{office.id}"
    elif wanted.service is not None:
        about = service_named(visit, wanted.service)
        words, link = about.short, f"{SERVICE_LINK}-{about.id}"
    else:
        raise GoneError(wanted)
    poster = poster_of(visit.languages, visit.bot_name, words, link)
    caption = paragraphs(
        visit.say("A poster: {name}", name=visit.say.of(words)),
        visit.say("Print it on A4 in its full size and hang it where people wait."),
    )
    name = FILE_NAME.format(what=about.id)

    def make() -> Screen:
        return Screen(caption, file=File(FileKind.DOCUMENT, name, as_poster(poster)))

    return Reply(visit.where, before=(Making(make),))


async def _at_office(visit: Visit, argument: str) -> Reply:
    office = office_named(visit, argument)
    visit.count(Count.POSTER, office.id)
    return Reply(OpenOffice(office.id), back_to=visit.where)


async def _at_service(visit: Visit, argument: str) -> Reply:
    service = service_named(visit, argument)
    visit.count(Count.POSTER, f"{SERVICE_MARK}{service.id}")
    return Reply(OpenService(service.id))


DIALOG = Dialog(
    views=(guarded_view(OpenPosters, _posters, show_posters, *MAKERS),),
    steps=(guarded_step(MakePoster, _make, *MAKERS),),
    links={OFFICE_LINK: _at_office, SERVICE_LINK: _at_service},
)
