"""Turns: one update of one person, from the database to their phone, in order and only once.

The state is written in the same transaction as what the update caused, before anything is shown.
An update that comes again changes nothing and only draws the present screen once more, so a crash
between the two is healed by Telegram's own redelivery.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.telegram.courier import Courier
from bot.telegram.fate import Again, Delivered, Fate, Wait
from bot.telegram.files import Download, FileLostError, FileTooLargeError
from bot.watch.faults import Faults
from core.clock import Clock
from core.knowledge import CurrentKnowledge
from core.outgoing import Lane, Parcel
from core.people import Person, already_seen, remember
from core.store import outgoing, people
from core.store.database import Database, Transaction, Turn
from dialogs import apology
from dialogs.action import Action
from dialogs.conversation import Conversation, Shown
from dialogs.screen import Screen
from dialogs.speech import Languages
from dialogs.turn import Brought, Event, Fetch, Making, Trouble, Visit


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who an update is from, as far as Telegram says."""

    id: int
    language_code: str | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """Where a button was pressed, and how to answer that press."""

    callback_id: str
    message_id: int | None
    protected: bool = False
    """Whether the message cannot be forwarded; an edit cannot change that."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one transaction left behind: where the person is, and what they are to see."""

    person: Person
    shown: Shown
    fresh: bool
    posted: bool = False


class Turns:
    """Takes the updates of all people through the conversation."""

    def __init__(
        self,
        *,
        database: Database,
        conversation: Conversation,
        knowledge: CurrentKnowledge,
        languages: Languages,
        courier: Courier,
        faults: Faults,
        clock: Clock,
        bot_name: str,
        ring: Callable[[], None],
        download: Download,
    ) -> None:
        self._download = download
        self._database = database
        self._conversation = conversation
        self._knowledge = knowledge
        self._languages = languages
        self._courier = courier
        self._ring = ring
        self._faults = faults
        self._clock = clock
        self._bot_name = bot_name

    async def take(
        self, update_id: int, visitor: Visitor, event: Event, press: Press | None = None
    ) -> None:
        """One update, wholly: state first, then the screen; one after another for one person."""
        async with self._database.turn(visitor.id) as turn:
            try:
                outcome = await self._settle(turn, update_id, visitor, event, press)
            except Exception as fault:
                if self._database.is_away(fault):
                    raise
                await self._faults.report("turn", fault, update_id=update_id)
                await self._apologise(visitor, press)
                return
            if outcome.posted:
                self._ring()
            await self._show(turn, visitor, outcome, press)
            if outcome.shown.fetch is not None:
                await self._fetch(turn, visitor, outcome.shown.fetch)

    async def _fetch(self, turn: Turn, visitor: Visitor, fetch: Fetch) -> None:
        """Bring a file, and let the dialog go on with what it holds, still in the same turn."""
        brought = await self._brought(fetch)
        try:
            outcome = await self._settle(turn, None, visitor, brought, None)
        except Exception as fault:
            if self._database.is_away(fault):
                raise
            await self._faults.report("turn", fault, file=fetch.name)
            await self._apologise(visitor, None)
            return
        if outcome.posted:
            self._ring()
        await self._show(turn, visitor, outcome, None)

    async def _brought(self, fetch: Fetch) -> Brought:
        try:
            content = await self._download(fetch.file_id, fetch.most)
        except FileTooLargeError:
            return Brought(fetch.name, trouble=Trouble.LARGE)
        except FileLostError:
            return Brought(fetch.name, trouble=Trouble.LOST)
        try:
            return Brought(fetch.name, await asyncio.to_thread(fetch.read, content))
        except Exception as fault:  # noqa: BLE001 - the person is told, and can send another
            await self._faults.report("reading", fault)
            return Brought(fetch.name, trouble=Trouble.BROKEN)

    async def refresh(
        self, person_id: int, view: Action, before: Sequence[Screen | Making] = ()
    ) -> bool:
        """Draw the screen anew where the person is still at this view; tell whether they are.

        What comes before it pushes it down, so that it is then a new message.
        """
        visitor = Visitor(person_id, None)
        async with self._database.turn(person_id) as turn:
            async with turn.writing() as tx:
                person = await people.find(tx, person_id)
                if person is None or person.view != view.pack():
                    return False
                shown = await self._conversation.present(self._visit(tx, person))
            shown = replace(shown, before=tuple(before))
            outcome = Outcome(person, shown, fresh=bool(before))
            await self._show(turn, visitor, outcome, None)
            return True

    async def redraw(self, person_id: int) -> Shown:
        """The present screen of a person, for the queue that shows it later."""
        async with self._database.reading() as tx:
            person = await people.find(tx, person_id)
            if person is None:
                return Shown(None)
            return await self._conversation.present(self._visit(tx, person))

    async def _settle(
        self,
        turn: Turn,
        update_id: int | None,
        visitor: Visitor,
        event: Event,
        press: Press | None,
    ) -> Outcome:
        async with turn.writing() as tx:
            person = await people.meet(tx, visitor.id, self._clock.now())
            if person.language is None:
                guess = self._languages.guess(visitor.language_code)
                person = replace(person, language=guess)
            visit = self._visit(tx, person, visitor.name)
            if update_id is not None and already_seen(person.seen, update_id):
                shown = await self._conversation.present(visit)
                return Outcome(person, shown, fresh=_must_not_replace(shown, press))
            shown = await self._conversation.turn(visit, event)
            settled = visit.person
            if update_id is not None:
                settled = replace(settled, seen=remember(person.seen, update_id))
            fresh = not shown.in_place and (
                _must_not_replace(shown, press)
                or await self._wants_new_message(tx, person, settled, press)
            )
            await people.keep(tx, settled, self._clock.now())
            return Outcome(settled, shown, fresh or bool(shown.before), visit.posted)

    async def _wants_new_message(
        self, tx: Transaction, before: Person, after: Person, press: Press | None
    ) -> bool:
        """Whether the screen goes below what was said last, not in the place of the old one.

        It does after words, and after a button under something the queue has sent, for that is a
        record and must stay readable; but not twice when that button is tapped twice.
        """
        if press is None:
            return True
        if press.message_id is None or press.message_id == before.message_id:
            return False
        answered = before.message_id is not None and before.message_id > press.message_id
        if answered and before.view == after.view:
            return False
        return await outgoing.about(tx, before.id, press.message_id) is not None

    async def _show(
        self, turn: Turn, visitor: Visitor, outcome: Outcome, press: Press | None
    ) -> None:
        person, shown = outcome.person, outcome.shown
        if shown.before:
            # What comes before may take a while, and a press is answered at once.
            await self._answer(press, shown)
            press = None
            await self._bring(visitor, shown.before)
        answer = self._answer(press, shown)
        if shown.screen is None:
            await answer
            return
        living = person.message_id
        if press is not None and press.message_id is not None and not outcome.fresh:
            living = press.message_id
        fate, _ = await asyncio.gather(
            self._courier.show(visitor.id, shown.screen, living=living, fresh=outcome.fresh),
            answer,
        )
        await self._keep_fate(turn, person, fate)

    async def _bring(self, visitor: Visitor, before: Sequence[Screen | Making]) -> None:
        """Send what comes before the living message; what takes long is made beside the loop."""
        for each in before:
            try:
                screen = await asyncio.to_thread(each.make) if isinstance(each, Making) else each
            except Exception as fault:  # noqa: BLE001 - the person is told, and the rest goes on
                await self._faults.report("making", fault)
                await self._apologise(visitor, None)
                return
            await self._courier.send(visitor.id, screen)

    async def _keep_fate(self, turn: Turn, person: Person, fate: Fate) -> None:
        match fate:
            case Delivered(message_id) if message_id != person.message_id:
                async with turn.writing() as tx:
                    await people.keep_message(tx, person.id, message_id, self._clock.now())
            case Wait() | Again():
                parcel = Parcel(
                    chat_id=person.id,
                    body={"redraw": True},
                    lane=Lane.REPLY,
                    cause="turn",
                    once=f"redraw:{person.id}:{person.version}",
                )
                async with turn.writing() as tx:
                    await outgoing.put(tx, parcel, self._clock.now())
                self._ring()
            case _:
                return

    async def _answer(self, press: Press | None, shown: Shown) -> None:
        if press is not None:
            await self._courier.answer(press.callback_id, shown.toast, alert=shown.alert)

    async def _apologise(self, visitor: Visitor, press: Press | None) -> None:
        say = self._languages[self._languages.guess(visitor.language_code)]
        if press is not None:
            await self._courier.answer(press.callback_id, apology.toast(say), alert=True)
        else:
            await self._courier.send(visitor.id, apology.screen(say))

    def _visit(self, tx: Transaction, person: Person, name: str = "") -> Visit:
        return Visit(
            person=person,
            tx=tx,
            now=self._clock.now(),
            languages=self._languages,
            knowledge=self._knowledge.value,
            bot_name=self._bot_name,
            where=self._conversation.home,
            name=name,
        )


def _must_not_replace(shown: Shown, press: Press | None) -> bool:
    """Whether a screen that nobody may forward would stand in a message that anybody may.

    An edit keeps what a message was sent with.
    """
    guarded = shown.screen is not None and shown.screen.protect
    return guarded and not (press is not None and press.protected)
