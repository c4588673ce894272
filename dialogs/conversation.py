"""The conversation: takes one event of one person to the dialog it is for, and to a screen.

Order of precedence: commands, then buttons by what they mean, then what the present view waits
for; anything else is an interruption, never an error.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from core.store import outgoing
from dialogs import interruption
from dialogs.action import Action, ActionError, Codebook
from dialogs.counting import keep_count
from dialogs.doors import GoOn
from dialogs.markup import italic, paragraphs
from dialogs.screen import CAPTION_LIMIT, TEXT_LIMIT, Screen, visible_length
from dialogs.turn import (
    Command,
    Dialog,
    Edited,
    Event,
    Fetch,
    Given,
    GoneError,
    Input,
    Making,
    Pressed,
    Reply,
    Sent,
    Step,
    Typed,
    View,
    Visit,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the edge has to show after a turn; no screen means that nothing is to change."""

    screen: Screen | None
    toast: str = ""
    alert: bool = False
    before: tuple[Screen | Making, ...] = ()
    fetch: Fetch | None = None
    in_place: bool = False


def _said_aloud(shown: Shown) -> Shown:
    """Only a press is answered by a toast; after words it stands above the screen."""
    screen = shown.screen
    if not shown.toast or screen is None or screen.venue:
        return shown
    text = paragraphs(italic(shown.toast), screen.text)
    if visible_length(text) > (CAPTION_LIMIT if screen.file else TEXT_LIMIT):
        return shown
    return replace(shown, screen=replace(screen, text=text))


class Conversation:
    """All dialogs together."""

    def __init__(self, dialogs: Iterable[Dialog], home: Action) -> None:
        dialogs = tuple(dialogs)
        self.home = home
        self._views: dict[type[Action], View[Any, Any]] = {}
        self._steps: dict[type[Action], Step[Any]] = {}
        self._inputs: dict[type[Action], Input[Any]] = {}
        for each in dialogs:
            self._views |= {view.action: view for view in each.views}
            self._steps |= {step.action: step for step in each.steps}
            self._inputs |= {given.action: given for given in each.inputs}
        self._replies = {kind: step for each in dialogs for kind, step in each.replies.items()}
        self._unasked = [each.unasked for each in dialogs if each.unasked is not None]
        self._passing = {key: at for each in dialogs for key, at in each.passing.items()}
        self.codebook = Codebook((*self._views, *self._steps, GoOn))
        self.commands = {name: step for each in dialogs for name, step in each.commands.items()}
        self.links = {name: step for each in dialogs for name, step in each.links.items()}

    @property
    def views(self) -> tuple[View[Any, Any], ...]:
        """Every view there is, for those who prove things about all of them."""
        return tuple(self._views.values())

    async def turn(self, visit: Visit, event: Event) -> Shown:
        """What this event leads to; the visit's person then is where the event took them."""
        visit.where = self._read(visit.person.view)
        try:
            shown = await self._shown(visit, await self._reply(visit, event))
        except GoneError:
            gone = Reply(self.home, toast=interruption.gone(visit.say), alert=True)
            shown = await self._shown(visit, gone)
        await keep_count(visit, self._read(visit.person.view))
        return shown if isinstance(event, Pressed) else _said_aloud(shown)

    async def present(self, visit: Visit) -> Shown:
        """The screen where the person is now, drawn anew from what is true now."""
        visit.where = self._read(visit.person.view)
        was = visit.person.was
        try:
            shown = await self._shown(visit, Reply(visit.where))
        except GoneError:
            return await self._shown(visit, Reply(self.home))
        visit.person = replace(visit.person, was=was)
        return shown

    async def _reply(self, visit: Visit, event: Event) -> Reply:
        match event:
            case Command(name, argument):
                step = self.commands.get(name)
                return await step(visit, argument) if step else interruption.command(visit)
            case Pressed(packed):
                return await self._pressed(visit, packed)
            case _:
                return await self._given(visit, event)

    async def _pressed(self, visit: Visit, packed: str) -> Reply:
        try:
            action = self.codebook.unpack(packed)
        except ActionError:
            return Reply(visit.where, toast=interruption.old_button(visit.say), alert=True)
        step = self._steps.get(type(action))
        return await step.take(visit, action) if step else Reply(action)

    async def _given(self, visit: Visit, given: Given) -> Reply:
        answered = await self._replied(visit, given)
        if answered is not None:
            return answered
        waiting = self._inputs.get(type(visit.where))
        reply = await waiting.take(visit, visit.where, given) if waiting else None
        if reply is not None:
            return reply
        if isinstance(given, Edited):
            return Reply()
        if isinstance(given, Sent):
            for take in self._unasked:
                if (reply := await take(visit, given)) is not None:
                    return reply
        return interruption.given(visit, given)

    async def _replied(self, visit: Visit, given: Given) -> Reply | None:
        """Where a reply leads: to what the message that it replies to was about."""
        if not isinstance(given, Typed | Sent) or given.reply_to is None:
            return None
        about = await outgoing.about(visit.tx, visit.person.id, given.reply_to)
        kind, _, number = (about or "").partition(":")
        step = self._replies.get(kind)
        return await step(visit, int(number), given) if step and number.isdigit() else None

    async def _shown(self, visit: Visit, reply: Reply) -> Shown:
        if reply.view is None:
            return Shown(None, reply.toast, reply.alert, reply.before, reply.fetch)
        place = self._read(visit.person.was) if isinstance(reply.view, GoOn) else reply.view
        view = self._views[type(place)]
        screen = view.show(visit.say, await view.load(visit, place))
        was = visit.person.was or reply.back_to.pack() if reply.back_to else None
        visit.person = replace(visit.person, view=place.pack(), was=was)
        self._forget_what_passed(visit)
        return Shown(
            screen, reply.toast, reply.alert, reply.before, reply.fetch, in_place=reply.in_place
        )

    def _forget_what_passed(self, visit: Visit) -> None:
        """Let go of what was to be remembered only at views that the person has left."""
        memory = visit.person.memory
        here = (self._read(visit.person.view), self._read(visit.person.was))
        passed = {
            key
            for key in self._passing.keys() & memory.keys()
            if not any(isinstance(each, self._passing[key]) for each in here)
        }
        if passed:
            kept = {key: value for key, value in memory.items() if key not in passed}
            visit.person = replace(visit.person, memory=kept)

    def _read(self, packed: str | None) -> Action:
        """The view that was kept as this text; home if there is none, or none any more."""
        if not packed:
            return self.home
        try:
            place = self.codebook.unpack(packed)
        except ActionError:
            return self.home
        return place if type(place) in self._views else self.home
