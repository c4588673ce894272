"""What the screens of publishing are drawn from: versions and drafts, read and compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError

from core.release import DATA
from core.services.differences import Difference, differences
from core.services.families import load_families, moved_families
from core.services.mistakes import Mistake
from core.services.model import Service
from core.store import roles, services
from core.store.services import Draft, Version
from dialogs.people.words import names_of, person_called
from dialogs.publishing.words import Compared
from dialogs.speech import Speech
from dialogs.standing import service_named
from dialogs.turn import GoneError, Visit

MISTAKES = "mistakes"
"""Under this name memory holds what is wrong in what was sent or typed last."""

MOST_MISTAKES = 40


@dataclass(frozen=True, slots=True)
class Known:
    """The versions of a service, the one that counts most first, and who is who."""

    service: Service
    versions: Sequence[Version]
    now: datetime
    names: Mapping[int, str]
    draft: Draft | None = None
    offered: bool = False
    page: int = 0

    @property
    def current(self) -> Version | None:
        """The one that holds now."""
        return next((each for each in self.versions if each.holds(self.now)), None)

    @property
    def planned(self) -> Version | None:
        """The one that is to begin."""
        return next((each for each in self.versions if each.waits(self.now)), None)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft beside the version that holds now."""

    draft: Draft
    current: Version
    compared: Compared
    differences: Sequence[Difference]
    families: int
    moved: int
    page: int = 0

    @property
    def overtaken(self) -> bool:
        """Whether another version has become current since the draft was begun."""
        return self.draft.based_on != self.current.version


async def known_versions(visit: Visit, service_id: str) -> Known:
    """What is known of the versions of a service."""
    service = service_named(visit, service_id)
    drafts = await services.own_drafts(visit.tx, visit.person.id)
    offers = await services.all_offers(visit.tx)
    return Known(
        service,
        await services.versions_of(visit.tx, service.id),
        visit.now,
        names_of(await roles.ever(visit.tx)),
        next((each for each in drafts if each.service == service.id), None),
        any(each.service == service.id and each.declined_at is None for each in offers),
    )


async def version_named(visit: Visit, service_id: str, number: int) -> tuple[Known, Version]:
    """One version of a service."""
    known = await known_versions(visit, service_id)
    version = next((each for each in known.versions if each.number == number), None)
    if version is None:
        raise GoneError(number)
    return known, version


async def service_of(visit: Visit, version: Version) -> Service:
    """What a version says."""
    return read_body(await services.body_of(visit.tx, version.service, version.version))


def read_body(body: services.Body | None) -> Service:
    """The service that a version, an offer or a draft holds.

    One of another release, whose files had another form, is as if it were gone.
    """
    try:
        return Service.model_validate(body)
    except ValidationError as unreadable:
        raise GoneError("a service of another form") from unreadable


async def own_draft(visit: Visit, number: int) -> Draft:
    """A draft of the person."""
    draft = await services.own_draft(visit.tx, number, visit.person.id)
    if draft is None:
        raise GoneError(number)
    read_body(draft.body)
    return draft


async def drafted(visit: Visit, number: int, page: int = 0) -> Drafted:
    """A draft, compared with the version that holds now, as the database has it."""
    draft = await own_draft(visit, number)
    known = await services.versions_of(visit.tx, draft.service)
    current = next((each for each in known if each.holds(visit.now)), None)
    if current is None:
        raise GoneError(draft.service)
    old, new = await service_of(visit, current), read_body(draft.body)
    families = load_families(DATA, draft.service)
    return Drafted(
        draft,
        current,
        Compared(old, new, visit.knowledge.library),
        differences(old, new),
        len(families),
        len(moved_families(old, new, families)),
        page,
    )


def by_whom(say: Speech, known: Known, person: int | None) -> str:
    """Who published a version; a release is nobody's."""
    return say.label("a release") if person is None else person_called(say, known.names, person)


def write_mistake(what: Mistake) -> list[object]:
    """A mistake as memory can hold it."""
    return [what.phrase, dict(what.values), write_mistake(what.hint) if what.hint else None]


def read_mistake(kept: Sequence[object]) -> Mistake:
    """A mistake out of memory."""
    phrase, values, hint = kept
    values = values if isinstance(values, dict) else {}
    return Mistake(
        str(phrase),
        tuple((str(name), str(value)) for name, value in values.items()),
        read_mistake(hint) if isinstance(hint, list) else None,
    )
