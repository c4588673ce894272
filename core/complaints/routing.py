"""Routing: which office gets a complaint, and who of its people, or of those above, has it.

The act's routes by subject and step lead to the office; where the act does not say, a complaint
about how people behaved goes above the office, any other to the office itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, overload

from core.complaints.deadlines import Body
from core.complaints.model import Complaint
from core.directory.finding import ABOVE, Finder
from core.directory.model import Office
from core.directory.whole import Directory
from core.kinds import OfficeKind
from core.services.model import Route, Service, Subject

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
    def read(cls, scope: Mapping[str, Any], directory: Directory) -> "Scope":
        """As a role keeps it; for an office that merged away stands the one that is it today."""
        areas = (*scope.get("regions", ()), *scope.get("districts", ()))
        return cls(
            frozenset(map(directory.id_now, scope.get("offices", ()))),
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


class Holders(Sequence[Holder]):
    """All who hold a role, found by what they answer for, so that nobody asks each of them."""

    def __init__(self, every: Iterable[Holder]) -> None:
        """Sort them by the offices and areas that they name."""
        self._every = tuple(every)
        self._naming: dict[str, list[int]] = defaultdict(list)
        self._naming_none: list[int] = []
        for place, holder in enumerate(self._every):
            names = holder.scope.offices | holder.scope.areas
            for name in names:
                self._naming[name].append(place)
            if not names:
                self._naming_none.append(place)

    @overload
    def __getitem__(self, place: int) -> Holder: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Holder]: ...

    def __getitem__(self, place: int | slice) -> Holder | Sequence[Holder]:
        return self._every[place]

    def __len__(self) -> int:
        return len(self._every)

    def perhaps_for(self, office: Office) -> Iterator[Holder]:
        """Everybody whose scope may cover an office, in their order."""
        names = {office.id, office.region, office.district, office.locality} - {None}
        places = {place for name in names for place in self._naming.get(str(name), ())}
        return (self._every[place] for place in sorted(places.union(self._naming_none)))


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
    """The office that a complaint goes to first, or at a later step; the last one there is."""
    steps = ladder(finder, directory, service=service, place=place, about=about, subject=subject)
    if not steps:
        return Addressed(None, "higher", by_act=False, step=step)
    return steps[min(step, len(steps)) - 1]


def ladder(
    finder: Finder,
    directory: Directory,
    *,
    service: Service | None,
    place: str | None,
    about: Office | None,
    subject: Subject,
) -> tuple[Addressed, ...]:
    """All offices that a complaint can go to, step by step, each higher than the one before.

    First the steps that the act knows, then the offices above. No office comes twice, so that
    whoever goes one step further always comes to somebody new.
    """
    matter = _Matter(finder, directory, service, _place_of(about) or place, about, subject)
    steps: list[Addressed] = []

    def climb(office: Office | None, *, by_act: bool) -> None:
        if office is not None and all(each.office != office for each in steps):
            body = _body(office, about, service)
            steps.append(Addressed(office, body, by_act=by_act, step=len(steps) + 1))

    for number in range(1, last_step(service, subject) + 1):
        climb(matter.by_act(number, steps[-1].office if steps else None), by_act=True)
    if not steps and about is not None and subject not in ABOUT_PEOPLE:
        climb(about, by_act=False)
    highest = steps[-1].office if steps else about
    for each in above(directory, highest) if highest else ():
        climb(each, by_act=False)
    if not steps:
        climb(about or matter.of_the_place(), by_act=False)
    return tuple(steps)


def next_step(steps: Sequence[Addressed], complaint: Complaint) -> Addressed | None:
    """Where a complaint goes after the office that had it; None where nobody is above."""
    names = [each.office.id for each in steps if each.office]
    had = complaint.addressee
    at = names.index(had) + 1 if had in names else complaint.step
    return steps[at] if at < len(steps) else None


def last_step(service: Service | None, subject: Subject) -> int:
    """The highest step that the act knows for a subject; 1 where it is silent."""
    routes = service.routes if service else ()
    return max((each.step for each in routes if subject in each.subjects), default=1)


def above(directory: Directory, office: Office) -> Iterator[Office]:
    """The offices above one, the nearest first, as far as the directory knows them."""
    for kind in ABOVE[office.kind]:
        everywhere = kind == "ministry"
        there = directory.of_kind(kind) if everywhere else directory.in_region(kind, office.region)
        for each in there:
            if _is_over(each, office):
                yield each
                break


def owners(
    directory: Directory,
    complaint: Complaint,
    officials: Holders,
    admins: Iterable[int],
    *,
    barred: frozenset[int] = frozenset(),
    held: bool = False,
) -> Owners:
    """Who has a complaint now; never nobody, as long as there is an admin.

    `barred` are people who gave it back as not theirs; what is `held` is the admins' first. Whoever
    made it has it only if there is no admin besides them.
    """
    every = tuple(admins)
    others = tuple(each for each in every if each != complaint.person_id)
    with_admins = Owners("admins", None, others or every)
    if held:
        return with_admins
    office = directory.office(complaint.addressee) if complaint.addressee else None
    chain = [] if office is None else [office, *above(directory, office)]
    for number, each in enumerate(chain):
        fitting = tuple(
            holder.person_id
            for holder in officials.perhaps_for(each)
            if holder.person_id not in barred
            and holder.person_id != complaint.person_id
            and may_judge(holder.scope, complaint, each, directory)
        )
        if fitting:
            return Owners("above" if number else "officials", each, tuple(dict.fromkeys(fitting)))
    return with_admins


def may_judge(
    scope: Scope, complaint: Complaint, office: Office | None, directory: Directory
) -> bool:
    """Whether this scope covers a complaint that an office has.

    What went higher does not come back to the people it is about, whatever else they have.
    """
    about = directory.id_now(complaint.office) if complaint.office else None
    went_higher = office is not None and about != office.id
    own = went_higher and about in scope.offices
    return scope.covers(office, complaint.service) and not own


def body_of(directory: Directory, complaint: Complaint, service: Service | None) -> Body:
    """In what part the office that has a complaint answers it."""
    office = directory.office(complaint.addressee) if complaint.addressee else None
    about = directory.office(complaint.office) if complaint.office else None
    return "higher" if office is None else _body(office, about, service)


@dataclass(frozen=True, slots=True)
class _Matter:
    """What a complaint is about, ready to be asked whom the act names for it."""

    finder: Finder
    directory: Directory
    service: Service | None
    place: str | None
    about: Office | None
    subject: Subject

    def by_act(self, step: int, after: Office | None) -> Office | None:
        """The office that the act sends it to at a step, higher than the one of the step before.

        An office of the kind that the act names is the office itself, never one of its likes.
        Where the act names it and one above it at the same step, it goes to the one above.
        """
        kinds = self._kinds(step)
        if self.service is None or self.place is None or not kinds:
            return None
        finding = self.finder.find(
            self.service, place=self.place, purpose="complaint", subject=self.subject, step=step
        )
        if finding.territory == "outside":
            return None
        named = [each.office for each in finding.offices if each.office.kind in kinds]
        if finding.instead is not None and finding.instead.office is not None:
            named.append(finding.instead.office)
        lower = after or self.about
        if lower is None:
            return self._of_place(named)
        higher = self._higher(named, lower)
        if higher is None and after is None and lower.kind in kinds:
            return lower
        return higher

    def of_the_place(self) -> Office | None:
        """The akimat where it was: all local offices are below it."""
        if self.place is None:
            return None
        there = [office for office, _ in self.finder.all_at(self.place)]
        for kind in ("district_akimat", "region_akimat"):
            for each in there:
                if each.kind == kind:
                    return each
        return None

    def _kinds(self, step: int) -> frozenset[OfficeKind]:
        """The kinds that the act names at a step, by the way of applying that the office serves."""
        service = self.service
        if service is None:
            return frozenset()
        fitting = [
            each
            for each in service.routes
            if self.subject in each.subjects and each.step == step and self._is_served(each)
        ]
        return frozenset(each.to.kind for each in fitting if each.to.kind != "court")

    def _is_served(self, route: Route) -> bool:
        if route.channel is None or self.about is None or self.service is None:
            return True
        serving = {
            each.kind for each in self.service.providers if each.channel in (None, route.channel)
        }
        return self.about.kind in serving

    def _higher(self, named: Sequence[Office], lower: Office) -> Office | None:
        """Of those named, whoever stands above; else whoever is of a higher level there."""
        upper = {each.id for each in above(self.directory, lower)}
        over = [each for each in named if each.id in upper]
        if over:
            return over[0]
        return next((each for each in named if _outranks(each, lower)), None)

    def _of_place(self, named: Sequence[Office]) -> Office | None:
        """Where nobody knows which office it was: one that answers for all of them there."""
        for each in named:
            if _rank(each) > 0:
                return each
        return next(iter(above(self.directory, named[0])), None) if named else None


def _body(office: Office, about: Office | None, service: Service | None) -> Body:
    """Who gives the service answers as a provider; whoever stands above, as the higher body."""
    if about is not None and office.id == about.id:
        return "provider"
    giving = {each.kind for each in service.providers} if service else set()
    return "provider" if about is None and office.kind in giving else "higher"


def _rank(office: Office) -> int:
    """How high an office stands: of a settlement, a district, a region, or of the country."""
    if office.kind == "ministry":
        return 3
    if office.kind.startswith("region_"):
        return 2
    return 1 if office.kind.startswith("district_") else 0


def _outranks(upper: Office, lower: Office) -> bool:
    here = upper.kind == "ministry" or upper.region == lower.region
    near = not upper.kind.startswith("district_") or upper.district == lower.district
    return here and near and _rank(upper) > _rank(lower)


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
