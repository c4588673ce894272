"""The card of every office fits a phone and says what is known, also what is doubtful."""

import datetime as dt

import pytest

from core.calendar import load_calendar
from core.directory.model import Office
from core.knowledge import CALENDAR_FILE, Knowledge
from core.release import DATA
from dialogs.doors import OpenOffice
from dialogs.offices.actions import OfficeSources, ShowMap
from dialogs.offices.card import Card, card_of, now_open, show_office, show_sources
from dialogs.offices.inline import offered
from dialogs.screen import visible_length
from dialogs.short_ids import short
from tests.dialogs.visits import LANGUAGES, NOW, Visitor

LONGEST_CARD = 1200
CALENDAR = load_calendar(DATA / CALENDAR_FILE)
MONDAY = dt.datetime(2026, 11, 30, 12, 0, tzinfo=dt.UTC)


def card(knowledge: Knowledge, office: Office, service: str | None = None) -> Card:
    return card_of(
        office,
        acts=knowledge.library.acts,
        calendar=CALENDAR,
        now=MONDAY,
        service=knowledge.library.services[service] if service else None,
    )


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_card_of_every_office_fits_and_says_its_name(
    knowledge: Knowledge, language: str
) -> None:
    say = LANGUAGES[language]
    for office in knowledge.directory.offices.values():
        for service in (None, *(each.service for each in office.serves[:1])):
            screen = show_office(say, card(knowledge, office, service))
            assert say.of(office.name) in screen.text.unescape(), office.id
            assert visible_length(screen.text) <= LONGEST_CARD, office.id
        sources = show_sources(say, card(knowledge, office))
        assert visible_length(sources.text) <= 4096, office.id


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_doubt_is_hidden(knowledge: Knowledge, language: str) -> None:
    say = LANGUAGES[language]
    silent = {"corrected", "no_phone"}
    for office in knowledge.directory.offices.values():
        if {each.kind for each in office.flags} - silent:
            assert "⚠" in show_office(say, card(knowledge, office)).text, office.id
        if not office.phones_as_printed:
            unknown = str(say("I know no phone of it."))
            assert unknown in show_office(say, card(knowledge, office)).text, office.id


def with_hours(knowledge: Knowledge) -> Office:
    return knowledge.directory.offices["of0601"]


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (dt.datetime(2026, 11, 30, 8, 59, tzinfo=dt.UTC), "Closed now, opens today at {clock}"),
        (dt.datetime(2026, 11, 30, 9, 0, tzinfo=dt.UTC), "Open now, until {clock}"),
        (
            dt.datetime(2026, 11, 30, 13, 30, tzinfo=dt.UTC),
            "Lunch break now, open again at {clock}",
        ),
        (dt.datetime(2026, 11, 30, 17, 59, tzinfo=dt.UTC), "Open now, until {clock}"),
        (dt.datetime(2026, 11, 30, 18, 0, tzinfo=dt.UTC), "Closed now, opens on {day} at {clock}"),
        (dt.datetime(2026, 11, 29, 12, 0, tzinfo=dt.UTC), "Closed now, opens on {day} at {clock}"),
        # The day of independence is a Wednesday in 2026.
        (dt.datetime(2026, 12, 16, 10, 0, tzinfo=dt.UTC), "Closed now, opens on {day} at {clock}"),
    ],
)
def test_it_says_whether_it_is_open_now(
    knowledge: Knowledge, moment: dt.datetime, said: str
) -> None:
    say = LANGUAGES["ru"]
    office = with_hours(knowledge)
    found = card_of(office, acts={}, calendar=CALENDAR, now=moment)
    assert found.opening is not None
    assert found.opening.until is not None
    words = now_open(say, found.opening, moment)
    clock, day = f"{found.opening.until:%H:%M}", say.date(found.opening.until.date())
    assert words == say.label(said, clock=clock, day=day)


def test_hours_that_are_not_known_are_not_made_up(knowledge: Knowledge) -> None:
    office = with_hours(knowledge).model_copy(update={"hours": ()})
    screen = show_office(LANGUAGES["kk"], card(knowledge, office))
    assert str(LANGUAGES["kk"]("I do not know its hours: call first.")) in screen.text


async def test_a_position_of_the_very_house_is_sent_as_a_point_on_the_map(
    visitor: Visitor,
) -> None:
    shown = await visitor.opens(ShowMap("of0601"))
    (venue,) = shown.before
    assert venue.venue is not None  # type: ignore[union-attr]
    exact = with_hours(visitor.knowledge).model_copy(update={"position": "exact"})
    labels = [
        each.does
        for row in show_office(LANGUAGES["ru"], card(visitor.knowledge, exact)).rows
        for each in row
    ]
    assert ShowMap("of0601") in labels


async def test_a_link_opens_the_card_with_its_service(visitor: Visitor) -> None:
    await visitor.starts("of-of0601-targeted_social_assistance")
    await visitor.opens(OpenOffice("of0601", "targeted_social_assistance"))
    service = visitor.knowledge.library.services["targeted_social_assistance"]
    assert visitor.say().of(service.short) in visitor.screen.text.unescape()
    await visitor.opens(OfficeSources("of0601"))
    assert "420" in visitor.screen.text


def test_short_numbers_tell_all_names_apart(knowledge: Knowledge) -> None:
    for names in (knowledge.library.services, knowledge.directory.places):
        assert len({short(each) for each in names}) == len(names)


def test_inline_answers_are_cards_with_a_way_into_the_bot(knowledge: Knowledge) -> None:
    for say in (LANGUAGES["kk"], LANGUAGES["ru"]):
        found = list(offered(say, knowledge, "bagyt_bot", NOW, "мектеп 41"))
        assert found
        assert "41" in found[0].title
        assert all(each.screen.rows for each in found)
        (own,) = offered(say, knowledge, "bagyt_bot", NOW, "of0601")
        assert own.id == "of0601"
        assert not list(offered(say, knowledge, "bagyt_bot", NOW, "  "))
