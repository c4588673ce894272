"""Drafts: what differs, whom it moves, from which day it is to hold, and publishing it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from core.publishing import Awaited, Faulty, Overtaken, Published, publish_draft
from core.release import DATA
from core.services.families import Moved, load_families, moved_families, moved_ways
from core.services.yaml_lines import Problem
from core.store import services
from dialogs.homeward import back_and_home
from dialogs.markup import bold, italic, lines, paragraphs
from dialogs.next_steps import read_day
from dialogs.paging import fitting_page, turning
from dialogs.publishing.actions import (
    AskBeginning,
    CompareAnew,
    ConfirmPublishing,
    DropDraft,
    OpenDraft,
    OpenMistakes,
    OpenMoved,
    OpenParts,
    OpenVersions,
    PublishDraft,
)
from dialogs.publishing.facts import Drafted, drafted, own_draft
from dialogs.publishing.uploading import keep_mistakes
from dialogs.publishing.versions import PUBLISHERS
from dialogs.publishing.words import difference_line, moved_line
from dialogs.rights import guarded_input, guarded_step, guarded_view
from dialogs.screen import Button, Screen
from dialogs.speech import Speech
from dialogs.turn import Dialog, Given, GoneError, Reply, Typed, Visit

AT_ONCE = 0
"""The day that stands for this very moment."""


@dataclass(frozen=True, slots=True)
class MovedFamilies:
    """Whom a draft moves."""

    drafted: Drafted
    moved: Sequence[Moved]
    ways: tuple[int, int]
    page: int


@dataclass(frozen=True, slots=True)
class Beginning:
    """A draft, and the day from which it is to hold."""

    drafted: Drafted
    day: int
    today: dt.date
    misread: bool = False


def show_draft(say: Speech, shown: Drafted) -> Screen:
    """Everything that would change, and what can be done."""
    number = shown.draft.id
    found = [difference_line(say, shown.compared, each) for each in shown.differences]
    page = fitting_page(found, shown.page)
    edit = Button(say.label("Change texts and terms"), OpenParts(number))
    publish = Button(say.label("Publish…"), AskBeginning(number))
    anew = Button(say.label("Compare with it"), CompareAnew(number))
    return Screen(
        paragraphs(
            lines(bold(say.of(shown.compared.new.short)), italic(say("A draft, seen by you only"))),
            say(
                "Meanwhile version {number} was published. Look at what differs from it before "
                "you publish.",
                number=shown.current.version,
            )
            if shown.overtaken
            else None,
            lines(say("<b>What would change:</b>"), *page.items)
            if found
            else say("Nothing differs from what holds now."),
            _families_line(say, shown),
        ),
        (
            *turning(say, page, lambda turned: OpenDraft(number, turned)),
            *(((anew,),) if shown.overtaken else ()),
            *(((Button(say.label("Whom it moves"), OpenMoved(number)),),) if shown.moved else ()),
            (edit,),
            *(((publish,),) if found and not shown.overtaken else ()),
            (Button(say.label("Throw it away"), DropDraft(number)),),
            back_and_home(say, OpenVersions(shown.draft.service)),
        ),
    )


def show_moved(say: Speech, shown: MovedFamilies) -> Screen:
    """The golden families whose result changes."""
    number = shown.drafted.draft.id
    found = [moved_line(say, shown.drafted.compared, each) for each in shown.moved]
    page = fitting_page(found, shown.page)
    moved, whole = shown.ways
    return Screen(
        paragraphs(
            bold(say.of(shown.drafted.compared.new.short)),
            _families_line(say, shown.drafted),
            say(
                "Of all {whole} ways through the questions {moved} end otherwise.",
                whole=say.number(whole),
                moved=say.number(moved),
            ),
            *page.items,
        ),
        (
            *turning(say, page, lambda turned: OpenMoved(number, turned)),
            back_and_home(say, OpenDraft(number)),
        ),
    )


def show_beginning(say: Speech, asked: Beginning) -> Screen:
    """The question from which day it is to hold."""
    number, today = asked.drafted.draft.id, asked.today
    tomorrow = today + dt.timedelta(days=1)
    month = (today.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return Screen(
        paragraphs(
            bold(say.of(asked.drafted.compared.new.short)),
            say("I could not read this day, or it is over.") if asked.misread else None,
            say(
                "Parents who have begun are told that the service was updated, and see their "
                "result by the new rules."
            ),
            say(
                "<b>From which day shall it hold?</b> Choose, or write a day: {example}",
                example=f"{month:%d.%m.%Y}",
            ),
        ),
        (
            (Button(say.label("At once"), ConfirmPublishing(number, AT_ONCE)),),
            (
                Button(say.date(tomorrow), ConfirmPublishing(number, tomorrow.toordinal())),
                Button(say.date(month), ConfirmPublishing(number, month.toordinal())),
            ),
            back_and_home(say, OpenDraft(number)),
        ),
    )


def show_confirmation(say: Speech, asked: Beginning) -> Screen:
    """Once more in short what is going to happen."""
    shown = asked.drafted
    number = shown.draft.id
    when = (
        say("It will hold at once.")
        if asked.day == AT_ONCE
        else say("It will hold from {day}.", day=say.date(dt.date.fromordinal(asked.day)))
    )
    return Screen(
        paragraphs(
            bold(say.of(shown.compared.new.short)),
            lines(
                say.plural("{number} difference.", "{number} differences.", len(shown.differences)),
                _families_line(say, shown),
                when,
            ),
            say("The version before stays readable and can be published anew."),
            say("<b>Publish it?</b>"),
        ),
        (
            (Button(say.label("Yes, publish it"), PublishDraft(number, asked.day)),),
            back_and_home(say, OpenDraft(number)),
        ),
    )


def _families_line(say: Speech, shown: Drafted) -> Markup:
    if not shown.moved:
        return say.plural(
            "The result of the one golden family stays as it is.",
            "The results of all {number} golden families stay as they are.",
            shown.families,
        )
    return say(
        "The result of <b>{moved}</b> of {whole} golden families changes.",
        moved=say.number(shown.moved),
        whole=say.number(shown.families),
    )


async def _draft(visit: Visit, opened: OpenDraft) -> Drafted:
    return await drafted(visit, opened.draft, opened.page)


async def _moved(visit: Visit, opened: OpenMoved) -> MovedFamilies:
    shown = await drafted(visit, opened.draft)
    old, new = shown.compared.old, shown.compared.new
    families = load_families(DATA, shown.draft.service)
    return MovedFamilies(
        shown, moved_families(old, new, families), moved_ways(old, new), opened.page
    )


async def _asking(visit: Visit, asked: AskBeginning) -> Beginning:
    today = visit.say.day(visit.now)
    return Beginning(await drafted(visit, asked.draft), AT_ONCE, today, asked.misread)


async def _confirming(visit: Visit, asked: ConfirmPublishing) -> Beginning:
    today = visit.say.day(visit.now)
    _beginning(visit, asked.day)
    return Beginning(await drafted(visit, asked.draft), asked.day, today)


async def _typed(visit: Visit, asked: AskBeginning, given: Given) -> Reply | None:
    if not isinstance(given, Typed):
        return None
    today = visit.say.day(visit.now)
    day = read_day(given.text, today)
    if day is None or day < today:
        return Reply(AskBeginning(asked.draft, misread=True))
    return Reply(ConfirmPublishing(asked.draft, AT_ONCE if day == today else day.toordinal()))


def _beginning(visit: Visit, day: int) -> dt.datetime:
    """The moment at which a version begins."""
    if day == AT_ONCE:
        return visit.now
    if not 0 < day <= dt.date.max.toordinal():
        raise GoneError(day)
    return visit.say.beginning(dt.date.fromordinal(day))


async def _publish(visit: Visit, wanted: PublishDraft) -> Reply:
    say, draft = visit.say, await own_draft(visit, wanted.draft)
    around, begins = visit.knowledge.library.around, _beginning(visit, wanted.day)
    match await publish_draft(visit.tx, draft, around, begins, visit.now):
        case Published(number):
            toast = say.label("Published as version {number}.", number=number)
            return Reply(OpenVersions(draft.service), toast=toast)
        case Overtaken():
            toast = say.label("Somebody published another version meanwhile. Look again.")
            return Reply(OpenDraft(draft.id), toast=toast, alert=True)
        case Awaited(planned):
            toast = say.label(
                "Version {number} is still to begin. Take it back first, or wait for its day.",
                number=planned.version,
            )
            return Reply(OpenVersions(draft.service), toast=toast, alert=True)
        case Faulty(faults):
            spoken = [Problem("", 0, ".".join(map(str, where)), what) for where, what in faults]
            keep_mistakes(visit, spoken)
            return Reply(OpenMistakes())


async def _anew(visit: Visit, wanted: CompareAnew) -> Reply:
    shown = await drafted(visit, wanted.draft)
    await services.keep_draft(
        visit.tx,
        shown.draft.service,
        shown.draft.body,
        based_on=shown.current.version,
        person=visit.person.id,
        now=visit.now,
    )
    return Reply(OpenDraft(wanted.draft))


async def _drop(visit: Visit, wanted: DropDraft) -> Reply:
    draft = await own_draft(visit, wanted.draft)
    await services.drop_draft(visit.tx, draft.id, visit.person.id)
    return Reply(OpenVersions(draft.service), toast=visit.say.label("Thrown away."))


DIALOG = Dialog(
    views=(
        guarded_view(OpenDraft, _draft, show_draft, *PUBLISHERS),
        guarded_view(OpenMoved, _moved, show_moved, *PUBLISHERS),
        guarded_view(AskBeginning, _asking, show_beginning, *PUBLISHERS),
        guarded_view(ConfirmPublishing, _confirming, show_confirmation, *PUBLISHERS),
    ),
    steps=(
        guarded_step(PublishDraft, _publish, *PUBLISHERS),
        guarded_step(CompareAnew, _anew, *PUBLISHERS),
        guarded_step(DropDraft, _drop, *PUBLISHERS),
    ),
    inputs=(guarded_input(AskBeginning, _typed, *PUBLISHERS),),
)
