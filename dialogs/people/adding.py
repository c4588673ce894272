"""Giving a role: which, for which offices, places and services, and by a link or by an id."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from markupsafe import Markup

from core.granting import SCOPED, Hand, grant, in_order, invite
from core.knowledge import Knowledge
from core.roles import EVERY_ROLE, RoleName
from core.services.model import Service
from core.store import people
from dialogs.action import Action
from dialogs.complaints.tending import check_owners
from dialogs.homeward import back_and_home, home
from dialogs.markup import bold, lines, paragraphs
from dialogs.offices.looking import place_in_full, remember
from dialogs.paging import Page, page_of, turning
from dialogs.people.actions import (
    AskGrant,
    AskHow,
    AskPerson,
    AskScope,
    AskScopeServices,
    AskWhichRole,
    Bound,
    ChooseRole,
    GrantRole,
    MakeLink,
    OpenInvite,
    OpenInvites,
    OpenPeople,
    OpenRole,
)
from dialogs.people.listing import to_people
from dialogs.people.telling import tell_granted
from dialogs.people.words import is_role, role_named, role_names, role_powers, scope_lines
from dialogs.rights import guarded_input, guarded_step, guarded_view
from dialogs.screen import Button, Screen, clipped
from dialogs.short_ids import name_of, short
from dialogs.speech import Speech
from dialogs.turn import Dialog, Given, GoneError, Reply, Typed, Visit

GIVING = "role to give"
"""Under this name an admin's memory holds the role and the scope that are being put together."""

NAMED = "scope words"
"""What was typed last to find an office or a place for the scope."""

FOUND_AT_MOST = 5
SURE = 0.6
LONGEST_WORDS = 100
LONGEST_NAME = 60
SERVICES_A_PAGE = 7
_PERSON = re.compile(r"^\s*(?:id\s*)?(\d{1,15})(?:\s+(.*\S))?\s*$", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Giving:
    """The role that is being put together."""

    role: str
    scope: Mapping[str, Sequence[str]]
    knowledge: Knowledge

    @property
    def whole(self) -> bool:
        """Whether it can be given: a role that has bounds needs some."""
        return self.role not in SCOPED or any(self.scope.values())


@dataclass(frozen=True, slots=True)
class Scoping:
    """The scope so far, and what the last words may mean."""

    giving: Giving
    words: str
    offices: Sequence[str]
    places: Sequence[str]


@dataclass(frozen=True, slots=True)
class Serving:
    """One page of services to choose from."""

    giving: Giving
    page: Page[Service]


@dataclass(frozen=True, slots=True)
class Whom:
    """To whom a role is to be given; `met` once they have opened the bot."""

    giving: Giving
    person: int
    name: str
    met: bool


def show_roles(say: Speech, _: AskWhichRole) -> Screen:
    """What roles there are and what each can do."""
    names, powers = role_names(say), role_powers(say)
    told = [Markup("• <b>{}</b>: {}").format(names[each], powers[each]) for each in EVERY_ROLE]
    rows = tuple((Button(names[each], ChooseRole(each)),) for each in EVERY_ROLE)
    return Screen(
        paragraphs(lines(*told), say("<b>Which role shall it be?</b>")), (*rows, to_people(say))
    )


def show_scope(say: Speech, scoping: Scoping) -> Screen:
    """What the scope holds, and what can be put into it."""
    giving = scoping.giving
    directory = giving.knowledge.directory
    rows = [
        (_toggle(giving, "o", each, say.of(directory.offices[each].name)),)
        for each in scoping.offices
    ]
    for each in scoping.places:
        name = place_in_full(say, directory.places[each], directory)
        rows.append((_toggle(giving, "p", each, name),))
    missed = scoping.words and not rows
    rows.append((Button(say.label("Only some services"), AskScopeServices()),))
    if giving.whole:
        rows.append((Button(say.label("That is all, go on"), AskHow()),))
    text = paragraphs(
        bold(role_named(say, giving.role)),
        scope_lines(say, giving.knowledge, giving.scope),
        say("I found no office and no place like “{words}”.", words=scoping.words)
        if missed
        else None,
        say(
            "<b>Which offices or places does this official answer for?</b>\nWrite a name, a number "
            "or a place. A place stands for all offices in it. Press what is found to put it in or "
            "take it out."
        ),
    )
    return Screen(text, (*rows, _leaving(say, AskWhichRole())))


def _toggle(giving: Giving, kind: str, what: str, name: str) -> Button:
    has = what in _in_scope(giving, kind)
    label = f"✓ {name}" if has else f"+ {name}"
    return Button(clipped(label), Bound(kind, short(what), on=not has))


def _in_scope(giving: Giving, kind: str) -> Sequence[str]:
    if kind == "p":
        return [*giving.scope.get("regions", ()), *giving.scope.get("districts", ())]
    return giving.scope.get({"o": "offices", "s": "services"}[kind], ())


def show_services(say: Speech, serving: Serving) -> Screen:
    """The services, each to be put in or taken out."""
    giving = serving.giving
    rows: list[tuple[Button, ...]] = []
    for each in serving.page.items:
        has = each.id in giving.scope.get("services", ())
        name = say.of(each.short)
        label = f"✓ {name}" if has else f"+ {name}"
        pressed = Bound("s", short(each.id), on=not has, page=serving.page.number)
        rows.append((Button(clipped(label), pressed),))
    text = paragraphs(
        bold(role_named(say, giving.role)),
        scope_lines(say, giving.knowledge, giving.scope),
        say("<b>Which services?</b> If none is chosen, all are meant."),
    )
    back = back_and_home(say, AskScope())
    return Screen(text, (*rows, *turning(say, serving.page, AskScopeServices), back))


def show_how(say: Speech, giving: Giving) -> Screen:
    """By a link or by an id."""
    return Screen(
        paragraphs(
            lines(
                bold(role_named(say, giving.role)),
                *filter(None, [scope_lines(say, giving.knowledge, giving.scope)]),
            ),
            say(
                "With a link: you send it to the person; it works once, for three days, and gives "
                "nothing before you have seen who opened it and said yes.\n"
                "By id: if you know the person's number in Telegram."
            ),
            say("<b>How shall the role be given?</b>"),
        ),
        (
            (Button(say.label("Make a link"), MakeLink()),),
            (Button(say.label("By id"), AskPerson()),),
            _leaving(say, AskScope() if giving.role in SCOPED else AskWhichRole()),
        ),
    )


def show_person(say: Speech, asked: tuple[Giving, bool]) -> Screen:
    """The question for the id."""
    giving, misread = asked
    return Screen(
        paragraphs(
            bold(role_named(say, giving.role)),
            say("I could not read this.") if misread else None,
            say(
                "<b>What is the person's id?</b>\nA number, and behind it the name you know them "
                "by, for example: {example}",
                example=say.label("123456789 A. Akhmetova"),
            ),
        ),
        (_leaving(say, AskHow()),),
    )


def show_grant(say: Speech, whom: Whom) -> Screen:
    """Whether it is to be given."""
    giving = whom.giving
    return Screen(
        paragraphs(
            lines(
                bold(role_named(say, giving.role)),
                *filter(None, [scope_lines(say, giving.knowledge, giving.scope)]),
            ),
            say("To whom: {person}", person=f"{whom.name} id {whom.person}".strip()),
            None
            if whom.met
            else say(
                "This person has never opened the bot: I can write to them only after they do."
            ),
            say("<b>Give the role?</b>"),
        ),
        (
            (Button(say.label("Yes, give the role"), GrantRole(whom.person)),),
            _leaving(say, AskPerson()),
        ),
    )


def show_made(say: Speech, giving: Giving, link: str) -> Screen:
    """The link itself, to be sent on; it is never shown again."""
    return Screen(
        paragraphs(
            say("<b>A link for one person</b>: {role}", role=role_named(say, giving.role)),
            Markup("<code>{}</code>").format(link),
            say(
                "Send it to the person you mean. It works once and for three days, and I cannot "
                "show it again."
            ),
        )
    )


def _leaving(say: Speech, back: Action) -> tuple[Button, ...]:
    return (
        Button(say.label("← Back"), back),
        Button(say.label("Give up"), OpenPeople()),
        home(say),
    )


def giving_now(visit: Visit) -> Giving:
    """The role that this admin is putting together."""
    kept: dict[str, Any] | None = visit.person.memory.get(GIVING)
    if kept is None:
        raise GoneError(GIVING)
    return Giving(kept["role"], kept["scope"], visit.knowledge)


async def _giving(visit: Visit, _: Action) -> Giving:
    return giving_now(visit)


async def _asked_person(visit: Visit, opened: AskPerson) -> tuple[Giving, bool]:
    return giving_now(visit), opened.misread


async def _roles(_: Visit, opened: AskWhichRole) -> AskWhichRole:
    return opened


async def _choose(visit: Visit, chosen: ChooseRole) -> Reply:
    if not is_role(chosen.role):
        raise GoneError(chosen.role)
    remember(visit, **{GIVING: {"role": chosen.role, "scope": {}}, NAMED: None})
    return Reply(AskScope() if chosen.role in SCOPED else AskHow())


async def _scoping(visit: Visit, _: AskScope) -> Scoping:
    giving = giving_now(visit)
    words = str(visit.person.memory.get(NAMED, ""))
    knowledge = visit.knowledge
    offices = [
        each.office
        for each in (knowledge.offices.find(words) if words else ())
        if each.score >= SURE and each.office in knowledge.directory.offices
    ]
    places = [
        each.place.id
        for each in (knowledge.places.find(words).results if words else ())
        if each.score >= SURE
    ]
    return Scoping(giving, words, offices[:FOUND_AT_MOST], places[:FOUND_AT_MOST])


async def _typed_scope(visit: Visit, _: AskScope, given: Given) -> Reply | None:
    if not isinstance(given, Typed):
        return None
    remember(visit, **{NAMED: " ".join(given.text.split())[:LONGEST_WORDS]})
    return Reply(AskScope())


async def _services(visit: Visit, opened: AskScopeServices) -> Serving:
    every = sorted(
        visit.knowledge.library.services.values(), key=lambda each: visit.say.of(each.short)
    )
    return Serving(giving_now(visit), page_of(every, opened.page, SERVICES_A_PAGE))


async def _bound(visit: Visit, bound: Bound) -> Reply:
    giving = giving_now(visit)
    where, what = _meant(visit, bound)
    ids = [each for each in giving.scope.get(where, ()) if each != what]
    if bound.on:
        ids.append(what)
    scope = in_order({**giving.scope, where: ids})
    remember(visit, **{GIVING: {"role": giving.role, "scope": scope}})
    return Reply(AskScope() if bound.page is None else AskScopeServices(bound.page))


def _meant(visit: Visit, bound: Bound) -> tuple[str, str]:
    """Under which name of the scope something goes, and its whole id."""
    directory = visit.knowledge.directory
    match bound.kind:
        case "o":
            where, what = "offices", name_of(bound.what, directory.offices)
        case "p":
            what = name_of(bound.what, directory.places)
            is_region = what is not None and directory.places[what].kind == "region"
            where = "regions" if is_region else "districts"
        case "s":
            where, what = "services", name_of(bound.what, visit.knowledge.library.services)
        case _:
            raise GoneError(bound.kind)
    if what is None:
        raise GoneError(bound.what)
    return where, what


async def _make_link(visit: Visit, _: MakeLink) -> Reply:
    if GIVING not in visit.person.memory:
        # A second tap: the link was made and shown.
        return Reply(OpenInvites())
    giving = _finished(visit)
    hand = Hand(visit.person.id, "chat", visit.now)
    role = cast("RoleName", giving.role)
    made, token = await invite(visit.tx, hand, role, giving.scope)
    remember(visit, **{GIVING: None, NAMED: None})
    link = f"https://t.me/{visit.bot_name}?start=j-{token}"
    return Reply(OpenInvite(made.id), before=(show_made(visit.say, giving, link),))


def _finished(visit: Visit) -> Giving:
    giving = giving_now(visit)
    if not giving.whole:
        raise GoneError(GIVING)
    return giving


async def _typed_person(visit: Visit, _: AskPerson, given: Given) -> Reply | None:
    if not isinstance(given, Typed):
        return None
    found = _PERSON.match(given.text)
    if found is None or not int(found[1]):
        return Reply(AskPerson(misread=True))
    giving = giving_now(visit)
    kept = {"role": giving.role, "scope": giving.scope, "name": (found[2] or "")[:LONGEST_NAME]}
    remember(visit, **{GIVING: kept})
    return Reply(AskGrant(int(found[1])))


async def _whom(visit: Visit, opened: AskGrant) -> Whom:
    met = await people.find(visit.tx, opened.person) is not None
    return Whom(giving_now(visit), opened.person, _typed_name(visit), met)


def _typed_name(visit: Visit) -> str:
    return str(visit.person.memory.get(GIVING, {}).get("name", ""))


async def _grant(visit: Visit, pressed: GrantRole) -> Reply:
    if GIVING not in visit.person.memory:
        return Reply(OpenPeople())
    giving = _finished(visit)
    role = cast("RoleName", giving.role)
    number = await grant(
        visit.tx,
        Hand(visit.person.id, "chat", visit.now),
        pressed.person,
        role,
        scope=giving.scope,
        name=_typed_name(visit),
    )
    remember(visit, **{GIVING: None, NAMED: None})
    if number is None:
        return Reply(OpenPeople(), toast=visit.say.label("They hold this role already."))
    await tell_granted(visit, pressed.person, role, giving.scope)
    await check_owners(visit)
    return Reply(OpenRole(number), toast=visit.say.label("The role is given."))


STEPS_OF_GIVING = (AskScope, AskScopeServices, AskHow, AskPerson, AskGrant)

DIALOG = Dialog(
    views=(
        guarded_view(AskWhichRole, _roles, show_roles, "admin"),
        guarded_view(AskScope, _scoping, show_scope, "admin"),
        guarded_view(AskScopeServices, _services, show_services, "admin"),
        guarded_view(AskHow, _giving, show_how, "admin"),
        guarded_view(AskPerson, _asked_person, show_person, "admin"),
        guarded_view(AskGrant, _whom, show_grant, "admin"),
    ),
    steps=(
        guarded_step(ChooseRole, _choose, "admin"),
        guarded_step(Bound, _bound, "admin"),
        guarded_step(MakeLink, _make_link, "admin"),
        guarded_step(GrantRole, _grant, "admin"),
    ),
    inputs=(
        guarded_input(AskScope, _typed_scope, "admin"),
        guarded_input(AskPerson, _typed_person, "admin"),
    ),
    passing={GIVING: STEPS_OF_GIVING, NAMED: STEPS_OF_GIVING},
)
