"""Words about people: what roles are called, how far they reach, and who somebody is."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from markupsafe import Markup

from core.knowledge import Knowledge
from core.roles import RoleName
from core.store.roles import Role
from dialogs.markup import lines
from dialogs.offices.looking import place_in_full
from dialogs.speech import Speech

AREAS = ("regions", "districts")
NAMED_AT_MOST = 6


def role_names(say: Speech) -> dict[RoleName, str]:
    """What the roles are called."""
    return {
        "admin": say.label("Admin"),
        "editor": say.label("Editor of the directory"),
        "official": say.label("Official"),
        "viewer": say.label("Viewer of statistics"),
    }


def role_powers(say: Speech) -> dict[RoleName, str]:
    """What each of them can do."""
    return {
        "admin": say.label("sees and does everything, and gives roles"),
        "editor": say.label("corrects offices, sees no complaints"),
        "official": say.label("gets the complaints of some offices and answers them"),
        "viewer": say.label("sees figures, no person and no complaint"),
    }


def role_named(say: Speech, role: str) -> str:
    """What one is called."""
    return {str(name): words for name, words in role_names(say).items()}.get(role, role)


def is_role(role: str) -> bool:
    """Whether there is such a role."""
    return role in get_args(RoleName)


def scope_lines(say: Speech, knowledge: Knowledge, scope: Mapping[str, Any]) -> Markup:
    """For which offices, places and services, a line each; empty where a role has no bounds."""
    return lines(*_scope_lines(say, knowledge, scope))


def _scope_lines(say: Speech, knowledge: Knowledge, scope: Mapping[str, Any]) -> Iterator[Markup]:
    directory = knowledge.directory
    offices = [
        say.of(office.name) if (office := directory.office(each)) else each
        for each in scope.get("offices", ())
    ]
    places = [
        place_in_full(say, directory.places[each], directory) if each in directory.places else each
        for name in AREAS
        for each in scope.get(name, ())
    ]
    services = [
        say.of(knowledge.library.services[each].short)
        if each in knowledge.library.services
        else each
        for each in scope.get("services", ())
    ]
    if offices:
        yield say("Offices: {offices}", offices=_some(say, offices))
    if places:
        yield say("Places: {places}", places=_some(say, places))
    if services:
        yield say("Services: {services}", services=_some(say, services))


def _some(say: Speech, names: Sequence[str]) -> str:
    shown = "; ".join(names[:NAMED_AT_MOST])
    left = len(names) - NAMED_AT_MOST
    return say.label("{names} and {left} more", names=shown, left=left) if left > 0 else shown


def person_called(say: Speech, names: Mapping[int, str], person: int | None) -> str:
    """A person by name and id, as far as they are known here; nobody stands for the operator."""
    if person is None:
        return say.label("the operator")
    name = names.get(person)
    return f"{name}, id {person}" if name else f"id {person}"


def names_of(roles: Sequence[Role]) -> dict[int, str]:
    """The last known name of everyone who ever held a role."""
    return {each.person_id: each.name for each in roles if each.name}


def mention(name: str, person: int) -> Markup:
    """A name that opens the person's card in Telegram, and their id."""
    return Markup('<a href="tg://user?id={}">{}</a>, id {}').format(person, name or person, person)
