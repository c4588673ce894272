"""Writing an announcement: to whom, in both languages, looked at, sent, held back or ended."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from core.announcements import Announcement, Audience
from core.directory.whole import Directory
from core.places.model import Place
from core.roles import EVERY_ROLE, RoleName
from core.store import announcements
from dialogs.action import Action
from dialogs.announcements.news import show_announcement
from dialogs.announcements.sending import how_many, is_day
from dialogs.doors import OpenAdmin, OpenAnnouncements
from dialogs.homeward import back_and_home
from dialogs.markup import bold, italic, lines, paragraphs
from dialogs.offices.looking import place_name
from dialogs.paging import Page, page_of, turning
from dialogs.rights import guarded_input, guarded_step, guarded_view
from dialogs.screen import Button, Rows, Screen, clipped, visible_length
from dialogs.speech import LANGUAGES, Speech
from dialogs.turn import Dialog, Given, GoneError, Reply, Typed, Visit

WRITERS: tuple[RoleName, ...] = ("admin",)
LONGEST = 3000
GLIMPSE = 150
"""So many signs of the words are shown where both languages stand together."""


@dataclass(frozen=True, slots=True)
class ChooseAudience(Action):
    """Ask whom to tell."""

    code: ClassVar[str] = "nc"


@dataclass(frozen=True, slots=True)
class ChooseArea(Action):
    """Ask in which region those with a role are meant."""

    code: ClassVar[str] = "na"
    role: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class BeginAnnouncement(Action):
    """Begin a draft for parents, or for people with a role, in a region or everywhere."""

    code: ClassVar[str] = "nb"
    parents: bool
    role: str | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class OpenAnnouncement(Action):
    """One announcement: the draft, or how far it has gone."""

    code: ClassVar[str] = "no"
    number: int


@dataclass(frozen=True, slots=True)
class AskWords(Action):
    """Ask for the words in one language; `overlong` after too many of them."""

    code: ClassVar[str] = "nt"
    number: int
    language: str
    overlong: bool = False


@dataclass(frozen=True, slots=True)
class PreviewAnnouncement(Action):
    """Send the writer just what others would get."""

    code: ClassVar[str] = "np"
    number: int
    language: str


@dataclass(frozen=True, slots=True)
class ConfirmAnnouncement(Action):
    """Ask once more before it goes out."""

    code: ClassVar[str] = "ny"
    number: int


@dataclass(frozen=True, slots=True)
class StartAnnouncement(Action):
    """Let it go out."""

    code: ClassVar[str] = "ns"
    number: int


@dataclass(frozen=True, slots=True)
class HoldAnnouncement(Action):
    """Hold it back, or let it go on."""

    code: ClassVar[str] = "nh"
    number: int
    on: bool


@dataclass(frozen=True, slots=True)
class StopAnnouncement(Action):
    """End it for good."""

    code: ClassVar[str] = "nk"
    number: int


@dataclass(frozen=True, slots=True)
class DropAnnouncement(Action):
    """Throw the draft away."""

    code: ClassVar[str] = "nd"
    number: int


@dataclass(frozen=True, slots=True)
class Shown:
    """An announcement, how many it is for, and what has become of it."""

    announcement: Announcement
    people: int
    progress: Mapping[str, int]
    directory: Directory
    by_day: bool
    """Whether it is for parents and it is night, so that it waits."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Announcements, the newest first."""

    page: Page[Announcement]
    directory: Directory


@dataclass(frozen=True, slots=True)
class Areas:
    """The regions to choose from."""

    role: str
    page: Page[Place]


@dataclass(frozen=True, slots=True)
class Asked:
    """Words that are asked for."""

    announcement: Announcement
    language: str
    overlong: bool


def show_list(say: Speech, listed: Listed) -> Screen:
    """What was told, and to whom."""
    found = listed.page.items
    text = paragraphs(
        say("<b>Announcements</b>"),
        lines(*(_line(say, each, listed.directory) for each in found))
        if found
        else say("Nothing has been announced yet."),
    )
    rows = tuple(
        (Button(_label(say, each, listed.directory), OpenAnnouncement(each.id)),) for each in found
    )
    return Screen(
        text,
        (
            (Button(say.label("Write a new one"), ChooseAudience()),),
            *rows,
            *turning(say, listed.page, OpenAnnouncements),
            back_and_home(say, OpenAdmin()),
        ),
    )


def show_audiences(say: Speech, parents: int) -> Screen:
    """Whom it can be for."""
    names = role_names(say)
    return Screen(
        paragraphs(
            say(
                "Parents are told only if they agreed to news: now these are <b>{number}</b>.",
                number=say.number(parents),
            ),
            say("<b>Who is it for?</b>"),
        ),
        (
            (Button(say.label("Parents who agreed"), BeginAnnouncement(parents=True)),),
            *(
                (Button(names[each], _next_for(each)),)
                for each in ("official", "editor", "viewer", "admin")
            ),
            (
                Button(
                    say.label("Everybody with a role"),
                    BeginAnnouncement(parents=False),
                ),
            ),
            back_and_home(say, OpenAnnouncements()),
        ),
    )


def show_areas(say: Speech, areas: Areas) -> Screen:
    """Where those with a role are meant."""
    role = areas.role
    everywhere = Button(say.label("In the whole country"), BeginAnnouncement(False, role))
    rows = tuple(
        (Button(place_name(say, each), BeginAnnouncement(False, role, each.id)),)
        for each in areas.page.items
    )
    return Screen(
        paragraphs(role_names(say)[role], say("<b>In which region?</b>")),
        (
            (everywhere,),
            *rows,
            *turning(say, areas.page, lambda number: ChooseArea(role, number)),
            back_and_home(say, ChooseAudience()),
        ),
    )


def show_words(say: Speech, asked: Asked) -> Screen:
    """The question for the words of one language."""
    announcement, number = asked.announcement, asked.announcement.id
    there = announcement.said(asked.language)
    in_kazakh = asked.language == "kk"
    return Screen(
        paragraphs(
            italic(audience_name(say, announcement.audience, None)),
            say("That is too long: {most} letters at most.", most=say.number(LONGEST))
            if asked.overlong
            else None,
            say("Now: {text}", text=_glimpse(there)) if there else None,
            say("<b>Write the announcement in Kazakh.</b>")
            if in_kazakh
            else say("<b>Write the announcement in Russian.</b>"),
        ),
        (back_and_home(say, OpenAnnouncement(number)),),
    )


def show_one(say: Speech, shown: Shown) -> Screen:
    """The draft with what can still be done, or how far it has gone."""
    announcement = shown.announcement
    text = paragraphs(
        lines(
            bold(state_name(say, announcement)),
            italic(audience_name(say, announcement.audience, shown.directory)),
        ),
        *_words(say, announcement),
        *_progress(say, shown),
    )
    return Screen(text, (*_doing(say, shown), back_and_home(say, OpenAnnouncements())))


def show_confirmation(say: Speech, shown: Shown) -> Screen:
    """The last question before it goes out."""
    number = shown.announcement.id
    audience = audience_name(say, shown.announcement.audience, shown.directory)
    people = say.plural("{number} person", "{number} people", shown.people)
    return Screen(
        paragraphs(
            italic(audience),
            say("It is night: it will go out from 9:00 on.") if shown.by_day else None,
            say("It goes out slowly and can be held back at any moment."),
            say("<b>Send it to {people}?</b>", people=people),
        ),
        (
            (Button(say.label("Yes, send it"), StartAnnouncement(number)),),
            back_and_home(say, OpenAnnouncement(number)),
        ),
    )


def role_names(say: Speech) -> dict[str, str]:
    """Those with a role, as one speaks of them all."""
    return {
        "official": say.label("Officials"),
        "editor": say.label("Editors of the directory"),
        "viewer": say.label("Viewers of the statistics"),
        "admin": say.label("Admins"),
    }


def audience_name(say: Speech, audience: Audience, directory: Directory | None) -> str:
    """Who is told."""
    if audience.parents:
        return say.label("Parents who agreed")
    who = role_names(say)[audience.role] if audience.role else say.label("Everybody with a role")
    area = directory.places.get(audience.area or "") if directory else None
    return say.label("{who}: {where}", who=who, where=place_name(say, area)) if area else who


def state_name(say: Speech, announcement: Announcement) -> str:
    """What has become of it, in a word or two."""
    return {
        "draft": say.label("A draft"),
        "sending": say.label("Going out"),
        "paused": say.label("Held back"),
        "stopped": say.label("Stopped"),
        "sent": say.label("Sent to all"),
    }[announcement.state]


def _next_for(role: str) -> Action:
    """Only officials have regions; of all others the whole country is meant."""
    return ChooseArea(role) if role == "official" else BeginAnnouncement(False, role)


def _words(say: Speech, announcement: Announcement) -> Iterator[Markup]:
    names = {"kk": say.label("In Kazakh"), "ru": say.label("In Russian")}
    for language in LANGUAGES:
        words = announcement.said(language)
        said = Markup.escape(_glimpse(words)) if words else say("not written yet")
        # The words are those of the message, whatever language the reader's screen is in.
        yield lines(bold(names[language]), said)


def _progress(say: Speech, shown: Shown) -> Iterator[Markup]:
    announcement, progress = shown.announcement, shown.progress
    if announcement.state == "draft":
        people = say.plural("{number} person", "{number} people", shown.people)
        yield say("It would go to {people} now.", people=people)
        return
    failed = progress.get("failed", 0) + progress.get("cancelled", 0)
    yield say(
        "Arrived: <b>{sent}</b> of {whole}. On the way: {waiting}. Not reached: {failed}.",
        sent=say.number(progress.get("sent", 0)),
        whole=say.number(max(announcement.expected, announcement.put)),
        waiting=say.number(progress.get("waiting", 0) + progress.get("sending", 0)),
        failed=say.number(failed),
    )
    if announcement.state == "sending" and shown.by_day:
        yield say("It is night: it will go on from 9:00.")


def _doing(say: Speech, shown: Shown) -> Rows:
    announcement, number = shown.announcement, shown.announcement.id
    looks = (
        Button(say.label("See it in Kazakh"), PreviewAnnouncement(number, "kk")),
        Button(say.label("See it in Russian"), PreviewAnnouncement(number, "ru")),
    )
    stop = Button(say.label("Stop for good"), StopAnnouncement(number))
    again = Button(say.label("Look again"), OpenAnnouncement(number))
    match announcement.state:
        case "draft":
            ready = announcement.is_whole
            return (
                (
                    Button(say.label("Kazakh words"), AskWords(number, "kk")),
                    Button(say.label("Russian words"), AskWords(number, "ru")),
                ),
                *((looks,) if ready else ()),
                *(((Button(say.label("Send it"), ConfirmAnnouncement(number)),),) if ready else ()),
                (Button(say.label("Throw it away"), DropAnnouncement(number)),),
            )
        case "sending":
            pause = Button(say.label("Hold it back"), HoldAnnouncement(number, on=True))
            return ((pause, stop), (again,), looks)
        case "paused":
            go_on = Button(say.label("Let it go on"), HoldAnnouncement(number, on=False))
            return ((go_on, stop), (again,), looks)
        case _:
            return ((again,), looks)


def _line(say: Speech, announcement: Announcement, directory: Directory) -> Markup:
    return say(
        "• {day}: {who} – {state}",
        day=say.date(announcement.created_at),
        who=audience_name(say, announcement.audience, directory),
        state=state_name(say, announcement).lower(),
    )


def _label(say: Speech, announcement: Announcement, directory: Directory) -> str:
    who = audience_name(say, announcement.audience, directory)
    return clipped(f"{say.date(announcement.created_at)} · {who}")


def _glimpse(words: str) -> str:
    return words if len(words) <= GLIMPSE else f"{words[:GLIMPSE]}…"


async def _list(visit: Visit, opened: OpenAnnouncements) -> Listed:
    found = await announcements.latest(visit.tx)
    return Listed(page_of(found, opened.page, 6), visit.knowledge.directory)


async def _parents(visit: Visit, _: ChooseAudience) -> int:
    return await announcements.how_many_parents(visit.tx)


async def _areas(visit: Visit, opened: ChooseArea) -> Areas:
    _role(opened.role)
    places = visit.knowledge.directory.places.values()
    regions: Sequence[Place] = [each for each in places if each.parent is None]
    return Areas(opened.role, page_of(regions, opened.page))


async def _one(visit: Visit, opened: OpenAnnouncement | ConfirmAnnouncement) -> Shown:
    announcement = await _found(visit, opened.number)
    known = announcement.counted
    if known is None:
        known = await announcements.progress(visit.tx, announcement.id)
    people = 0
    if announcement.state == "draft":
        people = await how_many(visit.tx, announcement, visit.knowledge)
    night = announcement.audience.parents and not is_day(visit.say, visit.now)
    return Shown(announcement, people, known, visit.knowledge.directory, night)


async def _confirmed(visit: Visit, opened: ConfirmAnnouncement) -> Shown:
    shown = await _one(visit, opened)
    if shown.announcement.state != "draft" or not shown.announcement.is_whole:
        raise GoneError(opened.number)
    return shown


async def _asking(visit: Visit, asked: AskWords) -> Asked:
    announcement = await _draft(visit, asked.number)
    if asked.language not in LANGUAGES:
        raise GoneError(asked.language)
    return Asked(announcement, asked.language, asked.overlong)


async def _begin(visit: Visit, wanted: BeginAnnouncement) -> Reply:
    role = _role(wanted.role) if wanted.role else None
    if wanted.area is not None and wanted.area not in visit.knowledge.directory.places:
        raise GoneError(wanted.area)
    audience = Audience(wanted.parents, role, wanted.area)
    number = await announcements.begin(visit.tx, audience, visit.person.id, visit.now)
    return Reply(AskWords(number, LANGUAGES[0]))


async def _written(visit: Visit, asked: AskWords, given: Given) -> Reply | None:
    if not isinstance(given, Typed):
        return None
    words = given.text.strip()
    if not words or visible_length(Markup.escape(words)) > LONGEST:
        return Reply(AskWords(asked.number, asked.language, overlong=True))
    if asked.language not in LANGUAGES:
        raise GoneError(asked.language)
    if not await announcements.write(visit.tx, asked.number, asked.language, words):
        return Reply(OpenAnnouncement(asked.number))
    announcement = await _draft(visit, asked.number)
    missing = [each for each in LANGUAGES if not announcement.said(each)]
    return Reply(AskWords(asked.number, missing[0]) if missing else OpenAnnouncement(asked.number))


async def _preview(visit: Visit, wanted: PreviewAnnouncement) -> Reply:
    announcement = await _found(visit, wanted.number)
    if wanted.language not in LANGUAGES or not announcement.said(wanted.language):
        raise GoneError(wanted.language)
    screen = show_announcement(visit.languages[wanted.language], announcement)
    return Reply(OpenAnnouncement(wanted.number), before=(screen,))


async def _start(visit: Visit, wanted: StartAnnouncement) -> Reply:
    announcement = await _found(visit, wanted.number)
    expected = await how_many(visit.tx, announcement, visit.knowledge)
    begun = await announcements.start(visit.tx, wanted.number, expected, visit.now)
    toast = visit.say.label("It is going out.") if begun else ""
    return Reply(OpenAnnouncement(wanted.number), toast=toast)


async def _hold(visit: Visit, wanted: HoldAnnouncement) -> Reply:
    change = announcements.pause if wanted.on else announcements.resume
    changed = await change(visit.tx, wanted.number)
    return _after(visit, wanted.number, changed=changed)


async def _stop(visit: Visit, wanted: StopAnnouncement) -> Reply:
    changed = await announcements.stop(visit.tx, wanted.number, visit.now)
    return _after(visit, wanted.number, changed=changed)


async def _drop(visit: Visit, wanted: DropAnnouncement) -> Reply:
    if not await announcements.drop(visit.tx, wanted.number):
        return _after(visit, wanted.number, changed=False)
    return Reply(OpenAnnouncements(), toast=visit.say.label("Thrown away."))


def _after(visit: Visit, number: int, *, changed: bool) -> Reply:
    """Back to the announcement; of two who press at once the second learns how it stands."""
    late = visit.say.label("Somebody else was quicker. This is how it stands now.")
    return Reply(OpenAnnouncement(number), toast="" if changed else late)


async def _found(visit: Visit, number: int) -> Announcement:
    announcement = await announcements.find(visit.tx, number)
    if announcement is None:
        raise GoneError(number)
    return announcement


async def _draft(visit: Visit, number: int) -> Announcement:
    announcement = await _found(visit, number)
    if announcement.state != "draft":
        raise GoneError(number)
    return announcement


def _role(name: str) -> RoleName:
    known = next((each for each in EVERY_ROLE if each == name), None)
    if known is None:
        raise GoneError(name)
    return known


DIALOG = Dialog(
    views=(
        guarded_view(OpenAnnouncements, _list, show_list, *WRITERS),
        guarded_view(ChooseAudience, _parents, show_audiences, *WRITERS),
        guarded_view(ChooseArea, _areas, show_areas, *WRITERS),
        guarded_view(OpenAnnouncement, _one, show_one, *WRITERS),
        guarded_view(AskWords, _asking, show_words, *WRITERS),
        guarded_view(ConfirmAnnouncement, _confirmed, show_confirmation, *WRITERS),
    ),
    steps=(
        guarded_step(BeginAnnouncement, _begin, *WRITERS),
        guarded_step(PreviewAnnouncement, _preview, *WRITERS),
        guarded_step(StartAnnouncement, _start, *WRITERS),
        guarded_step(HoldAnnouncement, _hold, *WRITERS),
        guarded_step(StopAnnouncement, _stop, *WRITERS),
        guarded_step(DropAnnouncement, _drop, *WRITERS),
    ),
    inputs=(guarded_input(AskWords, _written, *WRITERS),),
)
