"""Every service in every region, district and city has an answer through the dialog itself."""

import pytest

from core.directory.finding import Finding
from core.knowledge import Knowledge
from dialogs.doors import FindOffice, OpenOffice, OpenService
from dialogs.offices.actions import OfficesAt
from dialogs.screen import visible_length
from dialogs.short_ids import short
from tests.dialogs.test_every_path import assert_fits
from tests.dialogs.visits import Visitor

BOTH = pytest.mark.parametrize("language", ["kk", "ru"])
LONGEST_LIST = 1300
"""Five offices with their full addresses, and a sentence why for each kind."""


def found(knowledge: Knowledge, service: str, place: str, purpose: str) -> Finding:
    role = {"p": "provider", "c": "complaint", "i": "information"}[purpose]
    return knowledge.finder.find(
        knowledge.library.services[service],
        place=place,
        purpose=role,  # type: ignore[arg-type]
    )


@BOTH
@pytest.mark.parametrize("purpose", ["p", "c", "i"])
async def test_every_service_has_an_answer_in_every_region(
    visitor: Visitor, language: str, purpose: str
) -> None:
    visitor.language = language
    knowledge = visitor.knowledge
    regions = [each for each in knowledge.directory.places.values() if each.parent is None]
    assert len(regions) == 19
    for service in knowledge.library.services.values():
        for region in regions:
            await visitor.opens(OfficesAt(short(service.id), purpose, short(region.id)))
            answers(visitor, service.id, region.id, purpose)


@BOTH
async def test_every_service_has_an_answer_in_every_district_and_city(
    visitor: Visitor, language: str
) -> None:
    visitor.language = language
    knowledge = visitor.knowledge
    places = [
        each
        for each in knowledge.directory.places.values()
        if each.kind in {"district", "city", "city_district"}
    ]
    assert len(places) > 200
    # Two districts of each region for each service, others for each; all of them for one.
    for number, service in enumerate(knowledge.library.services.values()):
        step = 1 if service.id == "guardianship_certificate" else 12
        for place in places[number % step :: step]:
            await visitor.opens(OfficesAt(short(service.id), "p", short(place.id)))
            answers(visitor, service.id, place.id, "p")


def answers(visitor: Visitor, service: str, place: str, purpose: str) -> None:
    """There is an office, with a sentence why or what to do instead, and ways on."""
    say, screen = visitor.say(), visitor.screen
    assert_fits(screen, say)
    assert visible_length(screen.text) <= LONGEST_LIST, (service, place)
    does = [each.does for each in visitor.buttons()]
    cards = [each for each in does if isinstance(each, OpenOffice)]
    assert cards, (service, place)
    assert all(each.service == service for each in cards)
    assert FindOffice(service, purpose) in does
    finding = found(visitor.knowledge, service, place, purpose)
    text = screen.text.unescape()
    if finding.instead is not None:
        assert say.of(finding.instead.why) in text
        if finding.instead.service is not None:
            assert OpenService(finding.instead.service) in does
    else:
        # Responsible first, with the reason.
        assert cards[0].office == finding.offices[0].office.id
        assert say.of(finding.offices[0].why) in text
