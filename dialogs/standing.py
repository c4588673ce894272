"""Where an enquiry stands: read, replayed, and kept, for every dialog that is about one."""

import datetime as dt
from dataclasses import dataclass, replace

from core.calendar import Calendar
from core.services.acts import Act
from core.services.engine import (
    Outcome,
    State,
    current_document,
    replay_what_is_left,
)
from core.services.model import Service
from core.store import enquiries
from core.store.enquiries import Enquiry
from dialogs.speech import Speech
from dialogs.statements import Citations, citations_of
from dialogs.turn import GoneError, Visit


@dataclass(frozen=True, slots=True)
class Standing:
    """What the screens of an enquiry are drawn from."""

    enquiry: Enquiry
    state: State
    citations: Citations
    today: dt.date
    calendar: Calendar
    bot_name: str

    @property
    def service(self) -> Service:
        """The service that is enquired about."""
        return self.state.service

    @property
    def act(self) -> Act:
        """The act that the service was written from."""
        return self.citations.act

    @property
    def outcome(self) -> Outcome:
        """The outcome; only asked for where there is one."""
        if self.state.outcome is None:
            raise GoneError(self.enquiry.id)
        return self.state.outcome


def called(say: Speech, standing: Standing) -> str:
    """The service, and the name that the person gave this enquiry, if any."""
    return titled(say, standing.service, standing.enquiry.label)


def titled(say: Speech, service: Service, label: str | None) -> str:
    """A service, and what the person calls their enquiry about it, if they do."""
    title = say.of(service.short)
    return title if label is None else say.label("{title} – {name}", title=title, name=label)


async def standing(visit: Visit, number: int) -> Standing:
    """An enquiry replayed to where it stands."""
    return await standing_of(visit, await own_enquiry(visit, number))


async def standing_of(visit: Visit, enquiry: Enquiry) -> Standing:
    """An enquiry that was read, replayed."""
    service = service_named(visit, enquiry.service)
    ticked = (current_document(service, each) for each in enquiry.ticked)
    return Standing(
        replace(enquiry, ticked=tuple(each for each in ticked if each is not None)),
        replay_what_is_left(service, enquiry.answers),
        citations_of(service, visit.knowledge.library),
        visit.say.day(visit.now),
        visit.knowledge.calendar,
        visit.bot_name,
    )


async def own_enquiry(visit: Visit, number: int) -> Enquiry:
    """The enquiry of this number, if it is this person's."""
    enquiry = visit.enquiries.get(number)
    if enquiry is None:
        enquiry = await enquiries.find(visit.tx, number, visit.person.id)
        if enquiry is None:
            raise GoneError(number)
        visit.enquiries[number] = enquiry
    return enquiry


async def keep(visit: Visit, enquiry: Enquiry) -> str:
    """Write an enquiry under the rules of today; tell what to flash if those are new to it."""
    version = str(service_named(visit, enquiry.service).version)
    renewed = enquiry.rules_version != version
    enquiry = replace(enquiry, rules_version=version)
    await enquiries.keep(visit.tx, enquiry, visit.now)
    visit.enquiries[enquiry.id] = enquiry
    if not renewed:
        return ""
    return visit.say.label(
        "What is known of this service has been updated. I went through your answers again."
    )


def service_named(visit: Visit, service_id: str) -> Service:
    """The service of a button or a link; gone if there is none of this name any more."""
    service = visit.knowledge.library.services.get(service_id)
    if service is None:
        raise GoneError(service_id)
    return service
