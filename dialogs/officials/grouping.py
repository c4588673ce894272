"""Grouping: what bound groups see of a complaint, one message each time it comes to them.

Strangers may read along, so there is nothing of the parent in it; it changes in place with all
that happens, and opens in the private chat of whoever may see more.
"""

from collections.abc import Mapping

from markupsafe import Markup

from core.complaints.model import Event, EventKind
from core.outgoing import Lane, Parcel
from core.store import bindings, outgoing
from dialogs.complaints.words import Facts, happening
from dialogs.desk import Desk, speech_of
from dialogs.officials.notice import show_in_group
from dialogs.screen_json import screen_to_json
from dialogs.speech import Speech

IN_GROUP, CHANGED = "complaint in group", "complaint changed in group"
QUIET: frozenset[EventKind] = frozenset({"delivered", "undelivered", "untaken"})
"""These concern nobody in a group."""

LEAVING: frozenset[EventKind] = frozenset({"passed_on", "released"})
"""The last that those see who had it before."""

ANEW: frozenset[EventKind] = frozenset({"sent", "passed_on", "released", "reopened", "reminded"})
"""After these it comes to a group once more, below all that was said since."""

Place = tuple[int, int | None]
"""A group and the topic in it."""


async def tell_groups(desk: Desk, facts: Facts, event: Event, about: str) -> None:
    """Let the groups that have the complaint see what has become of it, and others that it went."""
    if event.kind in QUIET:
        return
    bound = await _bound(desk, facts)
    stands = {
        (chat, thread): name
        for chat, thread, name in await outgoing.shown(desk.tx, about, IN_GROUP)
    }
    for place in {**stands, **bound}:
        say = await speech_of(desk, bound[place]) if place in bound else desk.languages[None]
        if place in bound and event.kind in ANEW:
            name = f"{IN_GROUP}:{place[0]}:{place[1] or 0}:{event.id}"
            await _post(desk, place, (IN_GROUP, name, about), _body(say, facts, event))
        elif place in stands and (place in bound or await _leaves(desk, place, event)):
            body = {**_body(say, facts, event), "edits": stands[place]}
            await _post(desk, place, (CHANGED, f"{stands[place]}:{event.id}", about), body)


async def _bound(desk: Desk, facts: Facts) -> dict[Place, int]:
    """The groups of those who have it, and the first of them who bound each."""
    found: dict[Place, int] = {}
    for each in await bindings.of_people(desk.tx, facts.owners.people):
        found.setdefault((each.chat_id, each.thread_id), each.person_id)
    return found


async def _leaves(desk: Desk, place: Place, event: Event) -> bool:
    """Whether it goes away from a group that still hears of complaints."""
    return event.kind in LEAVING and bool(await bindings.of_chat(desk.tx, place[0]))


def _body(say: Speech, facts: Facts, event: Event) -> Mapping[str, object]:
    return screen_to_json(show_in_group(say, facts, Markup.escape(happening(say, event))))


async def _post(
    desk: Desk, place: Place, named: tuple[str, str, str], body: Mapping[str, object]
) -> None:
    chat, thread = place
    cause, once, about = named
    await desk.post(
        Parcel(
            chat_id=chat,
            thread_id=thread,
            body=body,
            lane=Lane.PERSONAL,
            cause=cause,
            once=once,
            about=about,
        )
    )
