"""Versions: all services with what holds of each, every version there ever was, and releases."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from core.roles import RoleName
from core.services.differences import Difference, differences
from core.services.model import Service
from core.services.writing import yaml_of
from core.store import services
from core.store.services import Draft, Version
from dialogs.doors import OpenAdmin, OpenPublishing
from dialogs.homeward import back_and_home
from dialogs.markup import bold, italic, lines, paragraphs
from dialogs.paging import Page, fitting_page, page_of, turning
from dialogs.publishing.actions import (
    AskFile,
    DeclineOffer,
    DraftVersion,
    OpenDraft,
    OpenOffer,
    OpenVersion,
    OpenVersions,
    SendVersion,
    TakeOffer,
    TakeVersionBack,
)
from dialogs.publishing.facts import (
    Known,
    by_whom,
    known_versions,
    read_body,
    service_of,
    version_named,
)
from dialogs.publishing.words import Compared, difference_line
from dialogs.rights import guarded_step, guarded_view
from dialogs.screen import Button, File, FileKind, Screen, clipped
from dialogs.speech import Speech
from dialogs.turn import Dialog, GoneError, Making, Reply, Visit

PUBLISHERS: tuple[RoleName, ...] = ("admin",)
VERSIONS_A_PAGE = 5
WAITS, OFFERED, DRAFTED = "⏳", "❗", "✎"


@dataclass(frozen=True, slots=True)
class Shelf:
    """All services, with what is to be told of each."""

    page: Page[Service]
    planned: frozenset[str]
    offered: frozenset[str]
    drafts: Sequence[Draft]


@dataclass(frozen=True, slots=True)
class Told:
    """A version, or what a release offers, and what differs from what was before it."""

    known: Known
    version: Version | None
    compared: Compared | None
    differences: Sequence[Difference]
    page: int


def show_shelf(say: Speech, shelf: Shelf) -> Screen:
    """The services, each with a sign where something is to be decided or to begin."""
    marks = {
        WAITS: (shelf.planned, say("{sign} a new version is to begin", sign=WAITS)),
        OFFERED: (shelf.offered, say("{sign} the last release says otherwise", sign=OFFERED)),
        DRAFTED: (
            frozenset(each.service for each in shelf.drafts),
            say("{sign} you have a draft", sign=DRAFTED),
        ),
    }
    rows = tuple(
        (
            Button(
                clipped(
                    "".join(sign for sign, (names, _) in marks.items() if each.id in names)
                    + f" {say.of(each.short)} · {each.version}".lstrip()
                ),
                OpenVersions(each.id),
            ),
        )
        for each in shelf.page.items
    )
    text = paragraphs(
        say("<b>Services and their versions</b>"),
        lines(*(words for names, words in marks.values() if names)),
        say("<b>Which service is it about?</b> Behind the name stands the number of the version."),
    )
    return Screen(
        text,
        (
            (Button(say.label("Send a file"), AskFile()),),
            *rows,
            *turning(say, shelf.page, OpenPublishing),
            back_and_home(say, OpenAdmin()),
        ),
    )


def show_versions(say: Speech, known: Known) -> Screen:
    """Which version holds, which is to come, and all that were."""
    service = known.service
    page = page_of(known.versions, known.page, VERSIONS_A_PAGE)
    text = paragraphs(
        bold(say.of(service.short)),
        lines(*(_version_line(say, known, each) for each in page.items)),
        say("The last release says otherwise than you.") if known.offered else None,
    )
    versions = tuple(
        Button(
            say.label("Version {number}", number=each.version),
            OpenVersion(service.id, each.number),
        )
        for each in page.items
    )
    return Screen(
        text,
        (
            *_doing(say, known),
            *(tuple(versions[at : at + 2]) for at in range(0, len(versions), 2)),
            *turning(say, page, lambda number: OpenVersions(service.id, number)),
            back_and_home(say, OpenPublishing()),
        ),
    )


def _doing(say: Speech, known: Known) -> Iterator[tuple[Button, ...]]:
    service, current = known.service.id, known.current
    if known.offered:
        yield (Button(say.label("What the release says"), OpenOffer(service)),)
    if known.draft is not None:
        yield (Button(say.label("Go on with my draft"), OpenDraft(known.draft.id)),)
    if current is not None:
        yield (Button(say.label("Get the file"), SendVersion(service, current.number)),)
        if known.draft is None:
            edit = DraftVersion(service, current.number)
            yield (Button(say.label("Change texts and terms"), edit),)
    yield (Button(say.label("Send a new file"), AskFile()),)


def show_version(say: Speech, told: Told) -> Screen:
    """One version, and what it changed."""
    known, version = told.known, told.version
    if version is None:
        raise GoneError(known.service.id)
    service = known.service.id
    page = fitting_page(_difference_lines(say, told), told.page)
    can_return = version is not known.current and not version.waits(known.now)
    text = paragraphs(
        lines(
            bold(say.of(known.service.short)),
            _version_line(say, known, version),
            italic(say("Published on {day}.", day=say.date(version.published_at))),
        ),
        lines(_heading(say, told), *page.items),
    )
    anew = Button(say.label("Publish it anew"), DraftVersion(service, version.number))
    withdraw = Button(say.label("Take it back"), TakeVersionBack(service, version.number))
    return Screen(
        text,
        (
            *turning(say, page, lambda number: OpenVersion(service, version.number, number)),
            (Button(say.label("Get the file"), SendVersion(service, version.number)),),
            *(((anew,),) if can_return else ()),
            *(((withdraw,),) if version.waits(known.now) else ()),
            back_and_home(say, OpenVersions(service)),
        ),
    )


def show_offer(say: Speech, told: Told) -> Screen:
    """What the last release says of a service that an admin published."""
    service = told.known.service.id
    page = fitting_page(_difference_lines(say, told), told.page)
    return Screen(
        paragraphs(
            bold(say.of(told.known.service.short)),
            say(
                "You published a version of your own, so the last release did not change it. "
                "This is what the release says otherwise:"
            ),
            lines(*page.items),
            say("<b>Take what the release says?</b> You will see it all once more as a draft."),
        ),
        (
            *turning(say, page, lambda number: OpenOffer(service, number)),
            (
                Button(say.label("Take what it says"), TakeOffer(service)),
                Button(say.label("Leave ours"), DeclineOffer(service)),
            ),
            back_and_home(say, OpenVersions(service)),
        ),
    )


def _heading(say: Speech, told: Told) -> Markup:
    if told.compared is None:
        return say("The first version, or of a form that I can no longer read.")
    before = told.compared.old.version
    return say("<b>What differs from version {number}:</b>", number=before)


def _difference_lines(say: Speech, told: Told) -> Sequence[Markup]:
    if told.compared is None:
        return []
    compared = told.compared
    found = [difference_line(say, compared, each) for each in told.differences]
    return found or [say("Nothing.")]


def _version_line(say: Speech, known: Known, version: Version) -> Markup:
    """Which version, how it stands, since when and by whom."""
    day = say.date(version.begins)
    if version.withdrawn_at is not None:
        state = say.label("taken back before it began")
    elif version.waits(known.now):
        state = say.label("begins on {day}", day=day)
    elif version is known.current:
        state = say.label("holds since {day}", day=day)
    else:
        state = say.label("held from {day}", day=day)
    return say(
        "• <b>{number}</b>: {state} ({who})",
        number=version.version,
        state=state,
        who=by_whom(say, known, version.published_by),
    )


def file_screen(say: Speech, visit: Visit, service: Service) -> Making:
    """A service as a file, made beside the loop."""
    act = visit.knowledge.library.acts[service.acts[0]]
    words = say(
        "Change it in any text editor and send it back. What is wrong in it I will tell you line "
        "by line, and nothing is published before you have seen what differs."
    )

    def make() -> Screen:
        content = yaml_of(service, act).encode()
        return Screen(words, file=File(FileKind.DOCUMENT, f"{service.id}.yaml", content))

    return Making(make)


async def _shelf(visit: Visit, opened: OpenPublishing) -> Shelf:
    every = await services.every(visit.tx)
    offers = await services.all_offers(visit.tx)
    return Shelf(
        page_of(tuple(visit.knowledge.library.services.values()), opened.page),
        frozenset(each.service for each in every if each.waits(visit.now)),
        frozenset(each.service for each in offers if each.declined_at is None),
        await services.own_drafts(visit.tx, visit.person.id),
    )


async def _versions(visit: Visit, opened: OpenVersions) -> Known:
    return replace(await known_versions(visit, opened.service), page=opened.page)


async def _version(visit: Visit, opened: OpenVersion) -> Told:
    known, version = await version_named(visit, opened.service, opened.version)
    before = max(
        (each for each in known.versions if each.number < version.number),
        key=lambda each: each.number,
        default=None,
    )
    if before is None:
        return Told(known, version, None, (), opened.page)
    try:
        old, new = await service_of(visit, before), await service_of(visit, version)
    except GoneError:
        return Told(known, version, None, (), opened.page)
    compared = Compared(old, new, visit.knowledge.library)
    return Told(known, version, compared, differences(old, new), opened.page)


async def _offer(visit: Visit, opened: OpenOffer) -> Told:
    known = await known_versions(visit, opened.service)
    theirs = await _offered(visit, opened.service)
    if known.current is None:
        raise GoneError(opened.service)
    old = await service_of(visit, known.current)
    compared = Compared(old, theirs, visit.knowledge.library)
    return Told(known, None, compared, differences(old, theirs), opened.page)


async def _offered(visit: Visit, service_id: str) -> Service:
    offers = await services.all_offers(visit.tx)
    offer = next((e for e in offers if e.service == service_id and e.declined_at is None), None)
    if offer is None:
        raise GoneError(service_id)
    return read_body(offer.body)


async def _take_offer(visit: Visit, wanted: TakeOffer) -> Reply:
    return await begin_draft(visit, await _offered(visit, wanted.service))


async def _decline(visit: Visit, wanted: DeclineOffer) -> Reply:
    declined = await services.decline_offer(visit.tx, wanted.service, visit.person.id, visit.now)
    toast = visit.say.label("Left as it is.") if declined else ""
    return Reply(OpenVersions(wanted.service), toast=toast)


async def _send(visit: Visit, wanted: SendVersion) -> Reply:
    _, version = await version_named(visit, wanted.service, wanted.version)
    service = await service_of(visit, version)
    return Reply(visit.where, before=(file_screen(visit.say, visit, service),))


async def _draft_version(visit: Visit, wanted: DraftVersion) -> Reply:
    _, version = await version_named(visit, wanted.service, wanted.version)
    return await begin_draft(visit, await service_of(visit, version))


async def begin_draft(visit: Visit, service: Service) -> Reply:
    """Make this the person's draft of the service, upon the version that holds now."""
    known = await known_versions(visit, service.id)
    if known.current is None:
        raise GoneError(service.id)
    body = service.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    number = await services.keep_draft(
        visit.tx,
        service.id,
        body,
        based_on=known.current.version,
        person=visit.person.id,
        now=visit.now,
    )
    return Reply(OpenDraft(number))


async def _take_back(visit: Visit, wanted: TakeVersionBack) -> Reply:
    done = await services.withdraw(
        visit.tx, wanted.service, str(wanted.version), visit.person.id, visit.now
    )
    toast = (
        visit.say.label("Taken back. It will not begin.")
        if done
        else visit.say.label("It has begun, or somebody has taken it back already.")
    )
    return Reply(OpenVersions(wanted.service), toast=toast)


DIALOG = Dialog(
    views=(
        guarded_view(OpenPublishing, _shelf, show_shelf, *PUBLISHERS),
        guarded_view(OpenVersions, _versions, show_versions, *PUBLISHERS),
        guarded_view(OpenVersion, _version, show_version, *PUBLISHERS),
        guarded_view(OpenOffer, _offer, show_offer, *PUBLISHERS),
    ),
    steps=(
        guarded_step(TakeOffer, _take_offer, *PUBLISHERS),
        guarded_step(DeclineOffer, _decline, *PUBLISHERS),
        guarded_step(SendVersion, _send, *PUBLISHERS),
        guarded_step(DraftVersion, _draft_version, *PUBLISHERS),
        guarded_step(TakeVersionBack, _take_back, *PUBLISHERS),
    ),
)
