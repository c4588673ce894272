"""Routing: which office gets a complaint, and who of its people, or of those above, has it.

The act's routes by subject and step lead to the office; where the act does not say, a complaint
about how people behaved goes above the office, any other to the office itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from core.complaints.deadlines import Body
from core.complaints.model import Complaint
from core.directory.finding import ABOVE, Finder
from core.directory.model import Office
from core.directory.whole import Directory
from core.services.model import Service, Subject

Has = Literal["officials", "above", "admins"]

# About these nobody should be the judge of their own case, where no act says who is.
ABOUT_PEOPLE: frozenset[Subject] = frozenset({"rude", "money"})


@dataclass(frozen=True, slots=True)
class Scope:
    """What an official answers for: these offices or areas, and these services of them.

    Named services bound the offices and areas; without them all services are meant. A scope that
    names nothing covers nothing.
    """

    offices: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()

    @classmethod
    def read(cls, scope: Mapping[str, Any]) -> "Scope":
        """As a role keeps it."""
        areas = (*scope.get("regions", ()), *scope.get("districts", ()))
        return cls(
            frozenset(scope.get("offices", ())),
            frozenset(areas),
            frozenset(scope.get("services", ())),
        )

    def covers(self, office: Office | None, service: str | None) -> bool:
        """Whether a complaint that this office has is theirs."""
        if self.services and service not in self.services:
            return False
        if self.offices or self.areas:
            if office is None:
                return False
            where = {office.region, office.district, office.locality}
            return office.id in self.offices or bool(self.areas & where)
        return bool(self.services)


@dataclass(frozen=True, slots=True)
class Holder:
    """A person with a scope."""

    person_id: int
    scope: Scope


@dataclass(frozen=True, slots=True)
class Owners:
    """Who has a complaint: people of its office, or of one above it, or the admins."""

    has: Has
    office: Office | None
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Addressed:
    """Where a complaint goes at a step: the office if the directory knows one, and in what part.

    `by_act` says that the act itself sends it there.
    """

    office: Office | None
    body: Body
    by_act: bool
    step: int


def address(
    finder: Finder,
    directory: Directory,
    *,
    service: Service | None,
    place: str | None,
    about: Office | None,
    subject: Subject,
    step: int = 1,
) -> Addressed:
    """The office that a complaint goes to first, or at a later step."""
    found = _by_act(finder, service, place or _place_of(about), subject, step)
    if found is not None:
        return Addressed(found, _body(found, about, service), by_act=True, step=step)
    if about is None:
        return Addressed(None, "higher", by_act=False, step=step)
    chain = [about, *above(directory, about)]
    start = 1 if subject in ABOUT_PEOPLE else 0
    at = min(start + step - 1, len(chain) - 1)
    return Addressed(chain[at], _body(chain[at], about, service), by_act=False, step=step)


def last_step(service: Service | None, subject: Subject) -> int:
    """The highest step that the act knows for a subject; 1 where it is silent."""
    routes = service.routes if service else ()
    return max((each.step for each in routes if subject in each.subjects), default=1)


def above(directory: Directory, office: Office) -> Iterator[Office]:
    """The offices above one, the nearest first, as far as the directory knows them."""
    for kind in ABOVE[office.kind]:
        for each in directory.offices.values():
            if each.kind == kind and not each.closed and _is_over(each, office):
                yield each
                break


def owners(
    directory: Directory,
    complaint: Complaint,
    officials: Sequence[Holder],
    admins: Iterable[int],
    *,
    barred: frozenset[int] = frozenset(),
) -> Owners:
    """Who has a complaint now; never nobody, as long as there is an admin.

    `barred` are people who gave it back as not theirs.
    """
    office = directory.office(complaint.addressee) if complaint.addressee else None
    chain = [] if office is None else [office, *above(directory, office)]
    for number, each in enumerate(chain):
        fitting = tuple(
            holder.person_id
            for holder in officials
            if holder.person_id not in barred and holder.scope.covers(each, complaint.service)
        )
        if fitting:
            return Owners("above" if number else "officials", each, tuple(dict.fromkeys(fitting)))
    return Owners("admins", None, tuple(admins))


def body_of(directory: Directory, complaint: Complaint, service: Service | None) -> Body:
    """In what part the office that has a complaint answers it."""
    office = directory.office(complaint.addressee) if complaint.addressee else None
    about = directory.office(complaint.office) if complaint.office else None
    return "higher" if office is None else _body(office, about, service)


def _by_act(
    finder: Finder, service: Service | None, place: str | None, subject: Subject, step: int
) -> Office | None:
    """The office that the act sends complaints about this to, where the family lives."""
    if service is None or place is None:
        return None
    routes = [each for each in service.routes if subject in each.subjects and each.step == step]
    if not any(each.to.kind != "court" for each in routes):
        return None
    finding = finder.find(service, place=place, purpose="complaint", subject=subject, step=step)
    if finding.territory == "outside":
        return None
    offices = [each.office for each in finding.offices]
    return offices[0] if offices else (finding.instead.office if finding.instead else None)


def _body(office: Office, about: Office | None, service: Service | None) -> Body:
    """Who gives the service answers as a provider; whoever stands above, as the higher body."""
    if about is not None and office.id == about.id:
        return "provider"
    giving = {each.kind for each in service.providers} if service else set()
    return "provider" if about is None and office.kind in giving else "higher"


def _place_of(office: Office | None) -> str | None:
    if office is None:
        return None
    return office.district or office.locality or office.region


def _is_over(upper: Office, lower: Office) -> bool:
    if upper.id == lower.id:
        return False
    if upper.kind == "ministry":
        return True
    if upper.region != lower.region:
        return False
    return upper.kind.startswith("region_") or upper.district == lower.district
