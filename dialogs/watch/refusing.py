"""Refusing: on which ground it was refused, what the act says to that, and a complaint about it."""

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from core.services.model import Refusal
from core.watch import OTHER_GROUNDS, Watch
from dialogs.complaints.drafting import start
from dialogs.doors import OpenPapers, OpenRoutes
from dialogs.homeward import back_and_home
from dialogs.markup import italic, lines, paragraphs
from dialogs.screen import Button, Screen, clipped
from dialogs.speech import Speech
from dialogs.statements import marks, validity
from dialogs.turn import Dialog, GoneError, Input, Reply, Step, Typed, View, Visit
from dialogs.turn import Given as Came
from dialogs.watch.actions import ComplainRefused, OpenRefusal, OpenWatch, Refused, RefusedFor
from dialogs.watch.knowing import Watched, own_watch, watched, watched_now
from dialogs.watch.watching import keep, prefilled

LONGEST_REASON = 300
OTHER, UNSAID = OTHER_GROUNDS


def show_grounds(say: Speech, seen: Watched) -> Screen:
    """On which ground it was refused: those that the act knows, another, or none."""
    own = seen.watch.id
    known = [(say.of(each.text), each.id) for each in seen.refusals]
    listed = [
        Markup("{}. {}").format(number, words) for number, (words, _) in enumerate(known, start=1)
    ]
    rows = tuple(
        (Button(clipped(f"{number}. {words}"), RefusedFor(own, ground)),)
        for number, (words, ground) in enumerate(known, start=1)
    )
    text = paragraphs(
        italic(say.of(seen.service.short)),
        lines(say("The act of then knew these grounds for a refusal:"), *listed)
        if listed
        else say("The act named no ground for a refusal."),
        say("<b>On which ground was it refused?</b> Choose, or write what you were told."),
    )
    return Screen(
        text,
        (
            *rows,
            (
                Button(say.label("Another ground"), RefusedFor(own, OTHER)),
                Button(say.label("None was named"), RefusedFor(own, UNSAID)),
            ),
            back_and_home(say, OpenWatch(own)),
        ),
    )


def show_refusal(say: Speech, seen: Watched) -> Screen:
    """What the act says of the ground, what helps, and the ways on."""
    watch, ground = seen.watch, _ground(seen)
    helps = ground is not None and ground.avoid is not None and watch.enquiry is not None
    again: tuple[tuple[Button, ...], ...] = ()
    if helps and watch.enquiry is not None:
        again = ((Button(say.label("Open the papers"), OpenPapers(watch.enquiry)),),)
    text = paragraphs(
        italic(say.of(seen.service.short)),
        lines(*_told(say, seen, ground)),
        say(
            "Ask for the refusal in writing, with its ground. If you do not agree, a complaint "
            "with all you told me is one tap away."
        ),
        say("<b>What would you like to do?</b>"),
    )
    return Screen(
        text,
        (
            *again,
            (Button(say.label("Write a complaint"), ComplainRefused(watch.id)),),
            (Button(say.label("Where to complain"), OpenRoutes(seen.service.id)),),
            (Button(say.label("Another ground"), Refused(watch.id)),),
            back_and_home(say, OpenWatch(watch.id)),
        ),
    )


def _told(say: Speech, seen: Watched, ground: Refusal | None) -> Iterator[Markup]:
    """The ground, and what the act says of it: as history, if it holds no more."""
    if ground is not None:
        act = seen.citations.act
        yield say("Refused: {ground}", ground=say.of(ground.text))
        if ground.avoid is not None:
            yield say("→ What helps: {advice}", advice=say.of(ground.avoid))
        yield italic(
            say(
                "Act No. {number} of {date} ({where}): {state}.",
                number=act.number,
                date=say.date(act.date),
                where=marks(say, ground.source, seen.citations),
                state=validity(say, act),
            )
        )
    elif seen.watch.reason:
        yield say("Refused: {ground}", ground=seen.watch.reason)
        yield say("I do not know this ground from the act of then.")
    elif seen.watch.ground == UNSAID:
        yield say("Refused, and no ground was named.")
    else:
        yield say("Refused on a ground that is not in the act of then.")
        yield say("You can write here what you were told: it goes into the complaint.")


def _ground(seen: Watched) -> Refusal | None:
    """The ground of the act that was chosen; by its own service, for answers may have changed."""
    return next((e for e in seen.service.refusals if e.id == seen.watch.ground), None)


async def _seen(visit: Visit, opened: Refused | OpenRefusal) -> Watched:
    return await watched_now(visit, opened.watch)


async def _refused(visit: Visit, pressed: Refused) -> Reply:
    watch = await own_watch(visit, pressed.watch)
    if watch.state == "waiting":
        await keep(visit, replace(watch, state="refused"))
    return Reply(pressed)


async def _refused_for(visit: Visit, pressed: RefusedFor) -> Reply:
    watch = await own_watch(visit, pressed.watch)
    seen = await watched(visit, visit.say, watch)
    known = {each.id for each in seen.service.refusals} | set(OTHER_GROUNDS)
    if pressed.ground not in known:
        raise GoneError(pressed.ground)
    return await _keep_ground(visit, watch, pressed.ground, "")


async def _typed(visit: Visit, asked: Refused | OpenRefusal, given: Came) -> Reply | None:
    if not isinstance(given, Typed):
        return None
    watch = await own_watch(visit, asked.watch)
    reason = " ".join(given.text.split())[:LONGEST_REASON].strip()
    return await _keep_ground(visit, watch, OTHER, reason) if reason else None


async def _keep_ground(visit: Visit, watch: Watch, ground: str, reason: str) -> Reply:
    await keep(visit, replace(watch, state="refused", ground=ground, reason=reason))
    return Reply(OpenRefusal(watch.id))


async def _complain(visit: Visit, pressed: ComplainRefused) -> Reply:
    """A complaint that is already written; the parent agrees, adds words if any, and sends it."""
    watch = await own_watch(visit, pressed.watch)
    seen = await watched(visit, visit.say, watch)
    say = visit.say
    ground = _ground(seen)
    if ground is not None:
        why = _quoted(say, say.of(ground.text))
    elif watch.reason:
        why = _quoted(say, watch.reason)
    elif watch.ground == UNSAID:
        why = say.label("I was refused, and no ground was named to me.")
    else:
        why = say.label("I was refused.")
    wish = say.label("I do not agree. Please look at it again and answer me in writing.")
    said = prefilled(say, seen, (why, wish))
    return await start(visit, watch.service, watch.office, subject="refused", said=said)


def _quoted(say: Speech, ground: str) -> str:
    return say.label("I was refused on this ground: “{ground}”.", ground=ground.rstrip("."))


DIALOG = Dialog(
    views=(View(Refused, _seen, show_grounds), View(OpenRefusal, _seen, show_refusal)),
    steps=(
        Step(Refused, _refused),
        Step(RefusedFor, _refused_for),
        Step(ComplainRefused, _complain),
    ),
    inputs=(Input(Refused, _typed), Input(OpenRefusal, _typed)),
)
