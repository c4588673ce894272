"""Everyone who holds a role, the links that are out, and all that was ever done about roles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from core.granting import Hand, withdraw
from core.knowledge import Knowledge
from core.roles import EVERY_ROLE
from core.store import invites, role_events, roles
from core.store.invites import Invite
from core.store.role_events import Kind, RoleEvent
from core.store.roles import Role
from dialogs.doors import OpenAdmin
from dialogs.homeward import back_and_home, home
from dialogs.markup import bold, lines, paragraphs
from dialogs.paging import Page, page_of, turning
from dialogs.people.actions import (
    AskRevoke,
    AskWhichRole,
    ConfirmInvite,
    OpenInvite,
    OpenInvites,
    OpenPeople,
    OpenRole,
    OpenRoleEvents,
    RefuseInvite,
    WithdrawInvite,
)
from dialogs.people.words import (
    mention,
    names_of,
    person_called,
    role_named,
    role_names,
    scope_lines,
)
from dialogs.rights import guarded_command, guarded_step, guarded_view
from dialogs.screen import Button, Screen, clipped
from dialogs.speech import Speech
from dialogs.turn import Dialog, GoneError, Reply, Visit

PEOPLE_A_PAGE = 8
EVENTS_A_PAGE = 6
LAST_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class People:
    """One page of those who hold a role."""

    page: Page[Role]
    counts: Mapping[str, int]
    invites: int


@dataclass(frozen=True, slots=True)
class OneRole:
    """One role of one person, and who gave it."""

    role: Role
    names: Mapping[int, str]
    knowledge: Knowledge


@dataclass(frozen=True, slots=True)
class Links:
    """One page of links that are out."""

    page: Page[Invite]


@dataclass(frozen=True, slots=True)
class OneLink:
    """One link, and the names of those it speaks of."""

    invite: Invite
    waits: bool
    names: Mapping[int, str]
    knowledge: Knowledge


@dataclass(frozen=True, slots=True)
class Told:
    """One page of what was done about roles."""

    events: Sequence[RoleEvent]
    page: int
    more: bool
    names: Mapping[int, str]
    knowledge: Knowledge


def show_people(say: Speech, people: People) -> Screen:
    """How many hold each role, and who."""
    names = role_names(say)
    counted = [
        say("{role}: {number}", role=names[each], number=people.counts.get(each, 0))
        for each in EVERY_ROLE
    ]
    rows = tuple(
        (Button(clipped(f"{role_named(say, each.role)}: {_short(each)}"), OpenRole(each.id)),)
        for each in people.page.items
    )
    links = say.label("Open links: {number}", number=people.invites)
    text = paragraphs(
        bold(say.label("People and their roles")),
        lines(*counted),
        say("<b>Whom would you like to see?</b>"),
    )
    return Screen(
        text,
        (
            *rows,
            *turning(say, people.page, OpenPeople),
            (Button(say.label("Give a role"), AskWhichRole()), Button(links, OpenInvites())),
            (Button(say.label("All that was done"), OpenRoleEvents()),),
            back_and_home(say, OpenAdmin()),
        ),
    )


def _short(role: Role) -> str:
    return role.name or f"id {role.person_id}"


def show_role(say: Speech, one: OneRole) -> Screen:
    """Who holds it, for what, by whose word and since when."""
    role = one.role
    text = paragraphs(
        lines(bold(role_named(say, role.role)), mention(role.name or "", role.person_id)),
        scope_lines(say, one.knowledge, role.scope),
        say(
            "Given on {day} by {who}.",
            day=say.date(role.granted_at),
            who=person_called(say, one.names, role.granted_by),
        ),
        say("Taken back on {day}.", day=say.date(role.revoked_at)) if role.revoked_at else None,
    )
    rows = (
        [] if role.revoked_at else [(Button(say.label("Take the role back"), AskRevoke(role.id)),)]
    )
    return Screen(text, (*rows, to_people(say)))


def to_people(say: Speech) -> tuple[Button, ...]:
    """Back to the list, and home."""
    return (
        Button(say.label("All people"), OpenPeople()),
        home(say),
    )


def show_links(say: Speech, links: Links) -> Screen:
    """The links that wait for somebody or for an admin."""
    rows = tuple(
        (Button(clipped(_link_label(say, each)), OpenInvite(each.id)),) for each in links.page.items
    )
    text = (
        say("<b>Which link would you like to see?</b>")
        if rows
        else say("No link is out.\n\n<b>Give a role?</b>")
    )
    give = (Button(say.label("Give a role"), AskWhichRole()),)
    return Screen(text, (*rows, *turning(say, links.page, OpenInvites), give, to_people(say)))


def _link_label(say: Speech, invite: Invite) -> str:
    role = role_named(say, invite.role)
    if invite.waits_for_an_admin:
        name = invite.opened_name or f"id {invite.opened_by}"
        return say.label("{role}: {name} waits for you", role=role, name=name)
    return say.label("{role}: good until {day}", role=role, day=say.date(invite.expires_at))


def show_link(say: Speech, one: OneLink) -> Screen:
    """One link: for what it is, who opened it, and what can be done."""
    invite = one.invite
    rows: list[tuple[Button, ...]] = []
    if invite.waits_for_an_admin:
        rows.append((Button(say.label("Yes, give the role"), ConfirmInvite(invite.id)),))
        rows.append((Button(say.label("No, I do not know them"), RefuseInvite(invite.id)),))
    if one.waits:
        rows.append((Button(say.label("Take the link back"), WithdrawInvite(invite.id)),))
    rows.append((Button(say.label("Open links"), OpenInvites()),))
    return Screen(link_text(say, one), (*rows, to_people(say)))


def link_text(say: Speech, one: OneLink) -> Markup:
    """What is told to an admin of a link."""
    invite = one.invite
    head = say("A link for the role: {role}", role=role_named(say, invite.role))
    made = say(
        "Made on {day} by {who}.",
        day=say.date(invite.made_at),
        who=person_called(say, one.names, invite.made_by),
    )
    return paragraphs(
        lines(head, *filter(None, [scope_lines(say, one.knowledge, invite.scope)])),
        made,
        say("Opened by {person}", person=mention(invite.opened_name or "", invite.opened_by))
        if invite.opened_by
        else None,
        _became(say, one),
    )


def _became(say: Speech, one: OneLink) -> Markup:
    invite = one.invite
    if invite.waits_for_an_admin:
        return say("<b>Is this who you invited?</b> They see nothing until you say yes.")
    if invite.granted is not None and invite.decided_at is not None:
        who, day = person_called(say, one.names, invite.decided_by), say.date(invite.decided_at)
        if invite.granted:
            return say("The role was given on {day} by {who}.", day=day, who=who)
        return say("The role was refused on {day} by {who}.", day=day, who=who)
    if invite.revoked_at is not None:
        return say("Taken back on {day}.", day=say.date(invite.revoked_at))
    if one.waits:
        return say(
            "Nobody has opened it yet. It is good until {day}, {clock}.",
            day=say.date(invite.expires_at),
            clock=say.time(invite.expires_at),
        )
    return say("Nobody opened it in time.")


def show_told(say: Speech, told: Told) -> Screen:
    """What was done, the newest first."""
    parts = [_event(say, told, each) for each in told.events]
    if not parts:
        parts = [say("Nothing was done yet.")]
    page = Page(told.events, told.page, told.page + 1 if told.more else told.page)
    return Screen(
        paragraphs(bold(say.label("All that was done about roles")), *parts),
        (*turning(say, page, OpenRoleEvents), to_people(say)),
    )


def _event(say: Speech, told: Told, event: RoleEvent) -> Markup:
    who = person_called(say, told.names, event.by)
    if event.origin == "settings":
        who = say.label("the setting ADMIN_IDS")
    head = say(
        "{day}, {clock}: {what}: {role}",
        day=say.date(event.at),
        clock=say.time(event.at),
        what=_kinds(say)[event.kind],
        role=role_named(say, event.role),
    )
    by = say("by {who}", who=who)
    whom = (
        [say("to whom: {who}", who=person_called(say, told.names, event.person_id))]
        if event.person_id is not None and event.person_id != event.by
        else []
    )
    scope = scope_lines(say, told.knowledge, event.scope)
    return lines(head, by, *whom, *filter(None, [scope]))


def _kinds(say: Speech) -> dict[Kind, str]:
    return {
        "granted": say.label("role given"),
        "revoked": say.label("role taken back"),
        "invited": say.label("link made"),
        "withdrawn": say.label("link taken back"),
        "opened": say.label("link opened"),
        "refused": say.label("role refused"),
    }


async def _people(visit: Visit, opened: OpenPeople) -> People:
    held: list[Role] = []
    counts: dict[str, int] = {}
    for name in EVERY_ROLE:
        those = await roles.holders(visit.tx, name)
        counts[name] = len({each.person_id for each in those})
        held += those
    out = await invites.undecided(visit.tx, visit.now)
    return People(page_of(held, opened.page, PEOPLE_A_PAGE), counts, len(out))


async def role_known(visit: Visit, number: int) -> Role:
    """The role of this number."""
    found = await roles.find(visit.tx, number)
    if found is None:
        raise GoneError(number)
    return found


async def invite_known(visit: Visit, number: int) -> Invite:
    """The invite of this number."""
    found = await invites.find(visit.tx, number)
    if found is None:
        raise GoneError(number)
    return found


async def one_role(visit: Visit, opened: OpenRole | AskRevoke) -> OneRole:
    """What the screens of one role know."""
    role = await role_known(visit, opened.role)
    return OneRole(role, names_of(await roles.ever(visit.tx)), visit.knowledge)


async def _links(visit: Visit, opened: OpenInvites) -> Links:
    out = await invites.undecided(visit.tx, visit.now)
    return Links(page_of(out, opened.page, PEOPLE_A_PAGE))


async def one_link(visit: Visit, invite: Invite) -> OneLink:
    """What the screens of one link know."""
    names = names_of(await roles.ever(visit.tx))
    return OneLink(invite, invite.waits_for_somebody(visit.now), names, visit.knowledge)


async def _link(visit: Visit, opened: OpenInvite) -> OneLink:
    return await one_link(visit, await invite_known(visit, opened.invite))


async def _told(visit: Visit, opened: OpenRoleEvents) -> Told:
    page = min(max(0, opened.page), LAST_PAGE)
    after = page * EVENTS_A_PAGE
    found = await role_events.latest(visit.tx, EVENTS_A_PAGE + 1, after)
    names = names_of(await roles.ever(visit.tx))
    more = len(found) > EVENTS_A_PAGE
    return Told(found[:EVENTS_A_PAGE], page, more, names, visit.knowledge)


async def _withdraw(visit: Visit, pressed: WithdrawInvite) -> Reply:
    invite = await invite_known(visit, pressed.invite)
    hand = Hand(visit.person.id, "chat", visit.now)
    done = await withdraw(visit.tx, hand, invite)
    toast = visit.say.label("The link opens nothing any more.") if done else ""
    return Reply(OpenInvite(invite.id), toast=toast)


async def _command(_: Visit, __: str) -> Reply:
    return Reply(OpenPeople())


DIALOG = Dialog(
    views=(
        guarded_view(OpenPeople, _people, show_people, "admin"),
        guarded_view(OpenRole, one_role, show_role, "admin"),
        guarded_view(OpenInvites, _links, show_links, "admin"),
        guarded_view(OpenInvite, _link, show_link, "admin"),
        guarded_view(OpenRoleEvents, _told, show_told, "admin"),
    ),
    steps=(guarded_step(WithdrawInvite, _withdraw, "admin"),),
    commands={"people": guarded_command(_command, "admin")},
)
