"""Granting: roles given and taken back, each step written down with who did it and from where."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.roles import RoleName
from core.store import bindings, invites, role_events, roles
from core.store.invites import Invite, Opening
from core.store.role_events import Kind, Origin
from core.store.roles import Role
from core.store.transaction import Transaction

SCOPED: frozenset[RoleName] = frozenset({"official"})
"""Roles that are bounded by offices, places and services; without bounds they mean nothing."""


HEARING = frozenset({"official", "admin"})
"""Roles whose holders are told of complaints, and may let a group hear of them."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose hand it was and when: an admin's in the chat, or an operator's, who has no id."""

    by: int | None
    origin: Origin
    at: datetime


def in_order(scope: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """A scope written in one way, so that equal ones are the same."""
    return {name: sorted(set(ids)) for name, ids in sorted(scope.items()) if ids}


async def seed_admins(tx: Transaction, ids: Iterable[int], now: datetime) -> None:
    """Make admins of those the settings name, each once: who was taken back stays so."""
    known = await roles.ever_admins(tx)
    for person in dict.fromkeys(ids):
        if person not in known:
            await grant(tx, Hand(None, "settings", now), person, "admin")


async def grant(
    tx: Transaction,
    hand: Hand,
    person_id: int,
    role: RoleName,
    *,
    scope: Mapping[str, Sequence[str]] | None = None,
    name: str | None = None,
    invite: int | None = None,
) -> int | None:
    """Give a role; return its number, or None if the person holds it already."""
    bounds = in_order(scope or {})
    number = await roles.grant(
        tx,
        person_id=person_id,
        role=role,
        scope=bounds,
        name=name or None,
        granted_by=hand.by,
        now=hand.at,
    )
    if number is not None or invite is not None:
        await _note(tx, hand, "granted", role, bounds, person_id=person_id, invite=invite)
    return number


async def revoke(tx: Transaction, hand: Hand, role: Role) -> bool:
    """Take a role back; tell whether it was held. Links made by an admin go with the role.

    Raises LastAdminError for the last admin.
    """
    if not await roles.revoke(tx, role.id, hand.at):
        return False
    await _note(tx, hand, "revoked", role.role, role.scope, person_id=role.person_id)
    if not any(each.role in HEARING for each in await roles.of(tx, role.person_id)):
        await bindings.end_of_person(tx, role.person_id, "revoked", hand.at)
    if role.role == "admin":
        for each in await invites.undecided(tx, hand.at):
            if each.made_by == role.person_id:
                await withdraw(tx, hand, each)
    return True


async def invite(
    tx: Transaction,
    hand: Hand,
    role: RoleName,
    scope: Mapping[str, Sequence[str]],
) -> tuple[Invite, str]:
    """Make a link for a role; only an admin in the chat can."""
    if hand.by is None:
        raise ValueError("a link is made by somebody")
    bounds = in_order(scope)
    made, token = await invites.make(tx, role=role, scope=bounds, made_by=hand.by, now=hand.at)
    await _note(tx, hand, "invited", role, bounds, invite=made.id)
    return made, token


async def open_link(
    tx: Transaction, token: str, person_id: int, name: str, now: datetime
) -> tuple[Opening, Invite | None]:
    """Let a person open a link; whoever comes first has asked for the role by that."""
    opening, found = await invites.open_by(tx, token, person_id, name, now)
    if opening == "asked" and found is not None:
        hand = Hand(person_id, "chat", now)
        role, scope = found.role, found.scope
        await _note(tx, hand, "opened", role, scope, person_id=person_id, invite=found.id)
    return opening, found


async def confirm(tx: Transaction, hand: Hand, opened: Invite) -> bool:
    """Give the role of a link to whoever opened it; tell whether it was still to be given."""
    if hand.by is None or opened.opened_by is None:
        return False
    if not await invites.decide(tx, opened.id, hand.by, hand.at, granted=True):
        return False
    await grant(
        tx,
        hand,
        opened.opened_by,
        opened.role,  # type: ignore[arg-type] # the table holds roles only
        scope=opened.scope,
        name=opened.opened_name,
        invite=opened.id,
    )
    return True


async def refuse(tx: Transaction, hand: Hand, opened: Invite) -> bool:
    """Give nothing to whoever opened a link; tell whether that was still to be said."""
    if hand.by is None:
        return False
    if not await invites.decide(tx, opened.id, hand.by, hand.at, granted=False):
        return False
    person, number = opened.opened_by, opened.id
    await _note(tx, hand, "refused", opened.role, opened.scope, person_id=person, invite=number)
    return True


async def withdraw(tx: Transaction, hand: Hand, made: Invite) -> bool:
    """Take a link back before it gives anything; tell whether it was still good."""
    if not await invites.revoke(tx, made.id, hand.at):
        return False
    await _note(tx, hand, "withdrawn", made.role, made.scope, invite=made.id)
    return True


async def _note(
    tx: Transaction,
    hand: Hand,
    kind: Kind,
    role: str,
    scope: Mapping[str, Any],
    *,
    person_id: int | None = None,
    invite: int | None = None,
) -> None:
    await role_events.add(
        tx,
        kind,
        at=hand.at,
        origin=hand.origin,
        by=hand.by,
        role=role,
        scope=scope,
        person_id=person_id,
        invite=invite,
    )
