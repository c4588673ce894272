"""What an operator does about people's roles on the command line."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.input_error import InputError
from bot.offstage import at_desk
from bot.settings import Settings
from core.granting import SCOPED, Hand, grant
from core.knowledge import Knowledge
from core.roles import EVERY_ROLE, RoleName
from core.store import roles
from core.store.roles import LastAdminError, Role
from dialogs.complaints.tending import check_owners
from dialogs.desk import OwnDesk
from dialogs.people.revoking import take_back
from dialogs.people.telling import tell_granted


@dataclass(frozen=True, slots=True)
class Bounds:
    """For which offices, places and services a role is given, as it was typed."""

    offices: Sequence[str] = ()
    places: Sequence[str] = ()
    services: Sequence[str] = ()

    def __bool__(self) -> bool:
        return bool(self.offices or self.places or self.services)


def list_roles(settings: Settings) -> list[dict[str, Any]]:
    """Every role that is held; names of people stay in the database."""

    async def read(desk: OwnDesk) -> list[dict[str, Any]]:
        return [
            _as_json(each) for name in EVERY_ROLE for each in await roles.holders(desk.tx, name)
        ]

    return asyncio.run(at_desk(settings, read))


def grant_role(settings: Settings, person: int, role: str, bounds: Bounds) -> bool:
    """Give a role; tell whether the person did not hold it already."""
    name = _role(role)
    if bool(bounds) is not (name in SCOPED):
        wanted = "--office, --place or --service" if name in SCOPED else "no --office or the like"
        raise InputError(f"{role}: {wanted} is wanted with this role")

    async def give(desk: OwnDesk) -> bool:
        scope = _scope(desk.knowledge, bounds)
        hand = Hand(None, "command", desk.now)
        given = await grant(desk.tx, hand, person, name, scope=scope)
        if given is not None:
            await tell_granted(desk, person, name, scope)
            await check_owners(desk)
        return given is not None

    return asyncio.run(at_desk(settings, give))


def revoke_roles(settings: Settings, person: int, role: str) -> int:
    """Take a role back from a person wherever they hold it; tell how many that were."""
    name = _role(role)

    async def take(desk: OwnDesk) -> int:
        held = [each for each in await roles.of(desk.tx, person) if each.role == name]
        hand = Hand(None, "command", desk.now)
        try:
            return sum([await take_back(desk, hand, each) for each in held])
        except LastAdminError as wrong:
            raise InputError(
                f"{person} is the last admin; grant somebody else the role first"
            ) from wrong

    return asyncio.run(at_desk(settings, take))


def _role(role: str) -> RoleName:
    for each in EVERY_ROLE:
        if each == role:
            return each
    raise InputError(f"there is no role {role!r}; there are: {', '.join(EVERY_ROLE)}")


def _scope(knowledge: Knowledge, bounds: Bounds) -> dict[str, list[str]]:
    directory = knowledge.directory
    _check("office", bounds.offices, directory.offices, "find one with `office find`")
    _check("place", bounds.places, directory.places, "find its id with `place TEXT`")
    _check("service", bounds.services, knowledge.library.services, "list them with `services`")
    regions = [each for each in bounds.places if directory.places[each].kind == "region"]
    return {
        "offices": list(bounds.offices),
        "regions": regions,
        "districts": [each for each in bounds.places if each not in regions],
        "services": list(bounds.services),
    }


def _check(what: str, asked: Iterable[str], known: Iterable[str], advice: str) -> None:
    there = set(known)
    for each in asked:
        if each not in there:
            raise InputError(f"there is no {what} {each!r}; {advice}")


def _as_json(role: Role) -> dict[str, Any]:
    return {
        "id": role.id,
        "person": role.person_id,
        "role": role.role,
        "scope": dict(role.scope),
        "granted_by": role.granted_by,
        "granted_at": role.granted_at.isoformat(),
    }
