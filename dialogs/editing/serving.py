"""What an office is for: the services that it gives, takes complaints about or informs of.

Each is put in or taken out by a button; together they are one field, saved like any other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from core.directory.bodies import Body
from core.directory.model import Role
from core.knowledge import Knowledge
from core.services.model import Service
from dialogs.editing.actions import (
    KEEPERS,
    AskServed,
    AskServes,
    EditOffice,
    PreviewEdit,
    PutServed,
)
from dialogs.editing.choosing import entry_of
from dialogs.editing.fields import EDIT, keep_given, page_with
from dialogs.homeward import back_and_home
from dialogs.markup import bold, italic, lines, paragraphs
from dialogs.paging import Page, page_of, turning
from dialogs.rights import guarded_step, guarded_view
from dialogs.screen import Button, Screen, clipped
from dialogs.short_ids import name_of, short
from dialogs.speech import Speech, alphabetical
from dialogs.turn import Dialog, GoneError, Reply, Visit

SERVES = "serves"
SERVICES_A_PAGE = 8

Served = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Serving:
    """One page of services, and what the office does as it would be saved now."""

    body: Body
    served: Served
    page: Page[Service]


@dataclass(frozen=True, slots=True)
class One:
    """One service, and what the office does for it."""

    body: Body
    served: Served
    service: Service
    knowledge: Knowledge


def show_services(say: Speech, serving: Serving) -> Screen:
    """The services, those it has to do with marked."""
    office = serving.body["id"]
    having = {each["service"] for each in serving.served}
    rows = tuple(
        (
            Button(
                clipped(f"{'✓' if each.id in having else '+'} {say.of(each.short)}"),
                AskServed(office, short(each.id)),
            ),
        )
        for each in serving.page.items
    )
    changed = list(serving.served) != list(serving.body[SERVES])
    look = (Button(say.label("Look at what changes"), PreviewEdit(office)),)
    text = paragraphs(
        bold(serving.body["name"][say.language]),
        say.plural(
            "It has to do with {number} service.",
            "It has to do with {number} services.",
            len(having),
        ),
        say("<b>For which service shall we change it?</b>"),
    )
    return Screen(
        text,
        (
            *rows,
            *turning(say, serving.page, lambda number: AskServes(office, number)),
            *((look,) if changed else ()),
            back_and_home(say, EditOffice(office, page_with(SERVES))),
        ),
    )


def show_one(say: Speech, one: One) -> Screen:
    """What it may do for one service, each to be put in or taken out."""
    office, service = one.body["id"], one.service.id
    doing = {each["as"] for each in one.served if each["service"] == service}
    words = one.knowledge.around.words.roles
    rows = []
    for each in get_args(Role):
        label = f"{'✓' if each in doing else '+'} {say.of(words[each])}"
        rows.append(
            (Button(clipped(label), PutServed(office, short(service), each, each not in doing)),)
        )
    changed = list(one.served) != list(one.body[SERVES])
    look = (Button(say.label("Look at what changes"), PreviewEdit(office)),)
    text = paragraphs(
        lines(bold(one.body["name"][say.language]), italic(say.of(one.service.title))),
        say("<b>What does it do for this service?</b> Press to put in or take out."),
    )
    return Screen(
        text,
        (
            *rows,
            *((look,) if changed else ()),
            back_and_home(say, AskServes(office)),
        ),
    )


def _served(visit: Visit, body: Body) -> Served:
    """What the office does as it would be saved now."""
    kept: Mapping[str, Any] = visit.person.memory.get(EDIT) or {}
    ours = (kept.get("office"), kept.get("field")) == (body["id"], SERVES)
    served: Served = kept["given"] if ours else body[SERVES]
    return served


def _service(visit: Visit, number: int) -> Service:
    services = visit.knowledge.library.services
    name = name_of(number, services)
    if name is None:
        raise GoneError(number)
    return services[name]


async def _serving(visit: Visit, opened: AskServes) -> Serving:
    body = (await entry_of(visit, opened.office)).body
    every = sorted(
        visit.knowledge.library.services.values(),
        key=lambda each: alphabetical(visit.say.of(each.short)),
    )
    return Serving(body, _served(visit, body), page_of(every, opened.page, SERVICES_A_PAGE))


async def _one(visit: Visit, opened: AskServed) -> One:
    body = (await entry_of(visit, opened.office)).body
    return One(body, _served(visit, body), _service(visit, opened.service), visit.knowledge)


async def _put(visit: Visit, pressed: PutServed) -> Reply:
    if pressed.role not in get_args(Role):
        raise GoneError(pressed.role)
    body = (await entry_of(visit, pressed.office)).body
    service = _service(visit, pressed.service)
    this = {"service": service.id, "as": pressed.role}
    others = [each for each in _served(visit, body) if dict(each) != this]
    # What stands there already keeps its place, so that putting it back is no change.
    wanted = [*others, this] if pressed.on else others
    kept = [each for each in body[SERVES] if each in wanted]
    keep_given(
        visit,
        body["id"],
        SERVES,
        "served",
        [*kept, *(each for each in wanted if each not in kept)],
    )
    return Reply(AskServed(body["id"], pressed.service))


DIALOG = Dialog(
    views=(
        guarded_view(AskServes, _serving, show_services, *KEEPERS),
        guarded_view(AskServed, _one, show_one, *KEEPERS),
    ),
    steps=(guarded_step(PutServed, _put, *KEEPERS),),
)
