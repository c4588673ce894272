"""The menu of those with a role: what they may do, each entry for the roles that may.

A conversation for admins adds itself to `ENTRIES`.
"""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from core.roles import EVERY_ROLE, RoleName
from dialogs.action import Action
from dialogs.doors import (
    OpenAdmin,
    OpenAnnouncements,
    OpenPosters,
    OpenPublishing,
    OpenQueue,
    OpenStatistics,
)
from dialogs.editing.actions import KEEPERS, FindToEdit, OpenLatest, OpenReports
from dialogs.homeward import home
from dialogs.importing.actions import OpenTables
from dialogs.markup import bold, paragraphs
from dialogs.people.actions import OpenPeople
from dialogs.people.words import role_named
from dialogs.rights import demand
from dialogs.screen import Button, Screen
from dialogs.speech import Speech
from dialogs.turn import Dialog, Reply, View, Visit


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be done, and who may do it."""

    label: Callable[[Speech], str]
    opens: Action
    roles: tuple[RoleName, ...]


ENTRIES = (
    Entry(lambda say: say.label("Complaints that wait"), OpenQueue(), ("admin", "official")),
    Entry(lambda say: say.label("Change or add an office"), FindToEdit(), KEEPERS),
    Entry(lambda say: say.label("Reports of parents"), OpenReports(), KEEPERS),
    Entry(lambda say: say.label("History of the offices"), OpenLatest(), KEEPERS),
    Entry(lambda say: say.label("Tables of offices"), OpenTables(), KEEPERS),
    Entry(lambda say: say.label("Posters for foyers"), OpenPosters(), ("admin", "editor")),
    Entry(lambda say: say.label("Statistics"), OpenStatistics(), ("admin", "viewer")),
    Entry(lambda say: say.label("People and roles"), OpenPeople(), ("admin",)),
    Entry(lambda say: say.label("Announcements"), OpenAnnouncements(), ("admin",)),
    Entry(lambda say: say.label("Services: new versions"), OpenPublishing(), ("admin",)),
)


@dataclass(frozen=True, slots=True)
class Held:
    """What a person may do here."""

    roles: AbstractSet[str]


def show_admin(say: Speech, held: Held) -> Screen:
    """Everything that this person may do."""
    roles = ", ".join(role_named(say, each) for each in EVERY_ROLE if each in held.roles)
    rows = tuple(
        (Button(each.label(say), each.opens),)
        for each in ENTRIES
        if held.roles & frozenset(each.roles)
    )
    text = paragraphs(
        bold(say.label("For those who keep Bagyt true")),
        say("Your role: {roles}.", roles=roles),
        say("<b>What shall we do?</b>"),
    )
    return Screen(text, (*rows, (home(say),)))


async def _held(visit: Visit, _: OpenAdmin) -> Held:
    return Held(frozenset(each.role for each in await demand(visit, *EVERY_ROLE)))


async def _command(visit: Visit, _: str) -> Reply:
    await demand(visit, *EVERY_ROLE)
    return Reply(OpenAdmin())


DIALOG = Dialog(views=(View(OpenAdmin, _held, show_admin),), commands={"admin": _command})
