"""Merging: two records that are the same office become one, and the other's id leads to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from core.directory.bodies import Body
from core.directory.changes import Hand, NoOfficeError, merge
from core.directory.model import Office
from core.directory.whole import Directory
from core.knowledge import Knowledge
from dialogs.editing.actions import KEEPERS, AskMerge, EditOffice, MergeOffices, PreviewMerge
from dialogs.editing.choosing import as_words, entry_of, office_label, offices_found
from dialogs.editing.values import value_told
from dialogs.homeward import back_and_home
from dialogs.markup import bold, italic, lines, paragraphs
from dialogs.offices.looking import remember, short_name
from dialogs.rights import guarded_input, guarded_step, guarded_view
from dialogs.screen import Button, Screen
from dialogs.speech import Speech
from dialogs.turn import Dialog, Given, GoneError, Reply, Typed, Visit

WORDS = "words of the same office"
"""What was typed last to find the other record."""

OFFICES_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Merging:
    """An office, and the records that the last words name."""

    body: Body
    words: str
    others: Sequence[tuple[Office, str]]
    directory: Directory


@dataclass(frozen=True, slots=True)
class Pair:
    """The two records."""

    gone: Body
    into: Body
    knowledge: Knowledge


def show_asking(say: Speech, merging: Merging) -> Screen:
    """The records that may be the same, and the question for others."""
    office = merging.body["id"]
    rows = tuple(
        (Button(office_label(say, merging.directory, each, name), PreviewMerge(each.id, office)),)
        for each, name in merging.others
    )
    text = paragraphs(
        bold(merging.body["name"][say.language]),
        say("I found no other office like “{words}”.", words=merging.words)
        if merging.words and not rows
        else None,
        say("<b>Which other record is the same office?</b>\nWrite its name, number or place."),
    )
    back = back_and_home(say, EditOffice(office))
    return Screen(text, (*rows, back))


def show_pair(say: Speech, pair: Pair) -> Screen:
    """Which goes and which stays."""
    gone, into = pair.gone["id"], pair.into["id"]
    text = paragraphs(
        lines(say("<b>This one goes:</b>"), *_record(say, pair, pair.gone)),
        lines(say("<b>This one stays:</b>"), *_record(say, pair, pair.into)),
        say(
            "What the acts say of the first, and its services, go over to the second. Links and "
            "complaints about the first lead to the second. It can be undone in the history."
        ),
        say("<b>Join them?</b>"),
    )
    return Screen(
        text,
        (
            (Button(say.label("Yes, join them"), MergeOffices(gone, into)),),
            (Button(say.label("The other way round"), PreviewMerge(into, gone)),),
            back_and_home(say, AskMerge(into)),
        ),
    )


def _record(say: Speech, pair: Pair, body: Body) -> Sequence[str]:
    told = (value_told(say, pair.knowledge, body, each) for each in _told_in(say))
    name = f"{body['name'][say.language]} ({body['id']})"
    return [Markup.escape(name), *(italic(each) for each in told if each)]


def _told_in(say: Speech) -> Sequence[str]:
    return ("place", f"address_{say.language}", "phones")


async def _merging(visit: Visit, opened: AskMerge) -> Merging:
    entry = await entry_of(visit, opened.office)
    words = str(visit.person.memory.get(WORDS, ""))
    others = [each for each in offices_found(visit, words) if each.id != entry.id][:OFFICES_SHOWN]
    named = [(each, short_name(visit, each)) for each in others]
    return Merging(entry.body, words, named, visit.knowledge.directory)


async def _typed(visit: Visit, asked: AskMerge, given: Given) -> Reply | None:
    if not isinstance(given, Typed):
        return None
    remember(visit, **{WORDS: as_words(given.text)})
    return Reply(asked)


async def _pair(visit: Visit, opened: PreviewMerge) -> Pair:
    gone, into = await entry_of(visit, opened.gone), await entry_of(visit, opened.into)
    if gone.id == into.id:
        raise GoneError(opened.gone)
    return Pair(gone.body, into.body, visit.knowledge)


async def _merge(visit: Visit, pressed: MergeOffices) -> Reply:
    gone, into = await entry_of(visit, pressed.gone), await entry_of(visit, pressed.into)
    if gone.id == into.id:
        same = visit.say.label("These two are one record already.")
        return Reply(EditOffice(into.id), toast=same)
    try:
        await merge(visit.tx, Hand("chat", visit.person.id), gone.id, into.id, visit.now)
    except NoOfficeError as lost:
        raise GoneError(gone.id) from lost
    remember(visit, **{WORDS: None})
    return Reply(EditOffice(into.id), toast=visit.say.label("They are one record now."))


async def _preview(visit: Visit, pressed: PreviewMerge) -> Reply:
    gone, into = await entry_of(visit, pressed.gone), await entry_of(visit, pressed.into)
    if gone.id == into.id:
        same = visit.say.label("These two are one record already.")
        return Reply(AskMerge(into.id), toast=same, alert=True)
    return Reply(pressed)


DIALOG = Dialog(
    views=(
        guarded_view(AskMerge, _merging, show_asking, *KEEPERS),
        guarded_view(PreviewMerge, _pair, show_pair, *KEEPERS),
    ),
    steps=(
        guarded_step(PreviewMerge, _preview, *KEEPERS),
        guarded_step(MergeOffices, _merge, *KEEPERS),
    ),
    inputs=(guarded_input(AskMerge, _typed, *KEEPERS),),
    passing={WORDS: (AskMerge, PreviewMerge)},
)
