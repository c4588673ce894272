"""The card of every office fits a phone and says what is known, also what is doubtful."""

import datetime as dt
from dataclasses import replace

import pytest

from core.calendar import load_calendar
from core.directory.model import Office
from core.directory.opening import opening
from core.knowledge import CALENDAR_FILE, Knowledge, make_knowledge
from core.release import DATA
from dialogs.doors import (
    FindOffice,
    MakePoster,
    OpenOffice,
    OpenService,
    ReportOffice,
    StartComplaint,
)
from dialogs.offices.actions import OfficePrinted, OfficeSources, ShowMap
from dialogs.offices.card import Card, card_of, now_open, show_office
from dialogs.offices.maps import WORDS_LIMIT, is_in_village, map_button
from dialogs.offices.sources import Sources, show_printed, show_sources
from dialogs.screen import Inline, Link, visible_length
from dialogs.short_ids import short
from tests.dialogs.visits import LANGUAGES, Visitor

LONGEST_CARD = 1200
CALENDAR = load_calendar(DATA / CALENDAR_FILE)
MONDAY = dt.datetime(2026, 11, 30, 12, 0, tzinfo=dt.UTC)

BOTH = pytest.mark.parametrize("language", ["kk", "ru"])


def card(knowledge: Knowledge, office: Office, service: str | None = None) -> Card:
    return card_of(
        office,
        library=knowledge.library,
        calendar=CALENDAR,
        now=MONDAY,
        service=knowledge.library.services[service] if service else None,
    )


def with_hours(knowledge: Knowledge) -> Office:
    return knowledge.directory.offices["of0601"]


def with_office(visitor: Visitor, office: Office) -> None:
    """A directory in which one office is otherwise."""
    whole = visitor.knowledge
    offices = {**whole.directory.offices, office.id: office}
    directory = replace(whole.directory, offices=offices)
    visitor.knowledge = make_knowledge(whole.library, directory, whole.keep)


@BOTH
def test_the_card_of_every_office_fits_and_says_its_name(
    knowledge: Knowledge, language: str
) -> None:
    say = LANGUAGES[language]
    assert len(knowledge.directory.offices) == 1554
    for office in knowledge.directory.offices.values():
        for service in (None, *(each.service for each in office.serves)):
            screen = show_office(say, card(knowledge, office, service))
            assert say.of(office.name) in screen.text.unescape(), office.id
            assert visible_length(screen.text) <= LONGEST_CARD, office.id
            does = [each.does for row in screen.rows for each in row]
            assert StartComplaint(service, office.id) in does
            assert ReportOffice(office.id) in does
            assert Inline(office.id) in does


@BOTH
def test_the_sources_of_every_office_fit(knowledge: Knowledge, language: str) -> None:
    say = LANGUAGES[language]
    acts = knowledge.library.acts
    for office in knowledge.directory.offices.values():
        told = show_sources(say, Sources(office, acts, OfficeSources(office.id)))
        printed = show_printed(say, Sources(office, acts, OfficePrinted(office.id)))
        assert visible_length(told.text) <= 1000, office.id
        assert visible_length(printed.text) <= 1000, office.id
        assert office.listings[0].name in printed.text.unescape()


@BOTH
def test_a_card_says_from_which_act_it_is_and_that_the_act_is_repealed(
    knowledge: Knowledge, language: str
) -> None:
    say = LANGUAGES[language]
    for office in knowledge.directory.offices.values():
        text = show_office(say, card(knowledge, office)).text.unescape()
        newest = max(knowledge.library.acts[each.act].date for each in office.listings)
        act = next(each for each in knowledge.library.acts.values() if each.date == newest)
        assert act.number in text
        assert say.date(newest) in text
        assert act.repealed is not None
        assert say.date(act.repealed.date) in text


@BOTH
def test_no_doubt_is_hidden(knowledge: Knowledge, language: str) -> None:
    say = LANGUAGES[language]
    silent = {"corrected", "no_phone"}
    for office in knowledge.directory.offices.values():
        text = show_office(say, card(knowledge, office)).text.unescape()
        if {each.kind for each in office.flags} - silent:
            assert "⚠" in text, office.id
        if not office.phones_as_printed:
            assert str(say("I know no phone of it.")) in text, office.id


@BOTH
def test_both_readings_are_shown_where_sources_disagree(
    knowledge: Knowledge, language: str
) -> None:
    say = LANGUAGES[language]
    differing = [
        each
        for each in knowledge.directory.offices.values()
        if "phone_differs" in {flag.kind for flag in each.flags}
    ]
    assert len(differing) > 100
    for office in differing:
        text = show_office(say, card(knowledge, office)).text.unescape()
        readings = {", ".join(each.phones) for each in office.listings if each.phones}
        assert sum(each in text for each in readings) >= 2, office.id


def test_an_address_that_differs_is_read_word_for_word(knowledge: Knowledge) -> None:
    office = knowledge.directory.offices["of0006"]
    readings = {each.address for each in office.listings}
    assert len(readings) == 2
    kazakh = show_office(LANGUAGES["kk"], card(knowledge, office)).text.unescape()
    assert all(each in kazakh for each in readings)
    opened = OfficePrinted(office.id)
    printed = show_printed(LANGUAGES["ru"], Sources(office, knowledge.library.acts, opened))
    assert all(each in printed.text.unescape() for each in readings)
    russian = show_sources(
        LANGUAGES["ru"], Sources(office, knowledge.library.acts, OfficeSources(office.id))
    )
    assert opened in [each.does for row in russian.rows for each in row]


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
@BOTH
def test_it_says_whether_it_is_open_now(
    knowledge: Knowledge, moment: dt.datetime, said: str, language: str
) -> None:
    say = LANGUAGES[language]
    office = with_hours(knowledge)
    found = opening(office.hours, CALENDAR, moment)
    assert found is not None
    assert found.until is not None
    clock, day = f"{found.until:%H:%M}", say.date(found.until.date())
    words = say.label(said, clock=clock, day=day)
    assert now_open(say, found, moment) == words
    drawn = card_of(office, library=knowledge.library, calendar=CALENDAR, now=moment)
    assert words in show_office(say, drawn).text.unescape()


@BOTH
def test_hours_that_are_not_known_are_not_made_up(knowledge: Knowledge, language: str) -> None:
    say = LANGUAGES[language]
    office = with_hours(knowledge).model_copy(update={"hours": ()})
    screen = show_office(say, card(knowledge, office))
    assert str(say("I do not know its hours: call first.")) in screen.text


@BOTH
def test_a_closed_office_says_so_and_is_never_open(knowledge: Knowledge, language: str) -> None:
    say = LANGUAGES[language]
    closed = with_hours(knowledge).model_copy(update={"closed": True})
    text = show_office(say, card(knowledge, closed)).text
    assert say("<b>This office is closed for good.</b>") in text
    for state in ("Open now, until {clock}", "Closed now, opens today at {clock}"):
        assert say.label(state, clock="").strip() not in text


@BOTH
def test_what_an_admin_checked_says_when(knowledge: Knowledge, language: str) -> None:
    say = LANGUAGES[language]
    checked = with_hours(knowledge).model_copy(update={"verified_on": dt.date(2026, 11, 2)})
    text = show_office(say, card(knowledge, checked)).text
    assert say("Checked on {day}.", day=say.date(dt.date(2026, 11, 2))) in text


@BOTH
async def test_a_position_of_the_very_house_is_sent_as_a_point_on_the_map(
    visitor: Visitor, language: str
) -> None:
    visitor.language = language
    house = with_hours(visitor.knowledge).model_copy(
        update={"position": "exact", "lat": 43.25, "lon": 76.5}
    )
    with_office(visitor, house)
    await visitor.opens(OpenOffice(house.id))
    shown = await visitor.presses(visitor.say().label("On the map"))
    (screen,) = shown.before
    venue = screen.venue  # type: ignore[union-attr]
    assert venue is not None
    assert (venue.lat, venue.lon) == (43.25, 76.5)
    assert "≈" not in venue.title
    assert venue.address == visitor.say().of(house.address)


@BOTH
async def test_of_a_village_its_middle_is_shown_and_says_so(
    visitor: Visitor, language: str
) -> None:
    visitor.language = language
    directory = visitor.knowledge.directory
    village = next(each for each in directory.offices.values() if is_in_village(each, directory))
    await visitor.opens(OpenOffice(village.id))
    shown = await visitor.presses(visitor.say().label("On the map, ≈"))
    venue = shown.before[0].venue  # type: ignore[union-attr]
    assert venue is not None
    assert venue.title.startswith("≈")
    assert visitor.say().of(village.address) in venue.address


async def test_in_a_town_the_address_is_searched_and_no_middle_is_passed_for_a_house(
    visitor: Visitor,
) -> None:
    say = LANGUAGES["ru"]
    office = visitor.knowledge.directory.offices["of0006"]
    button = map_button(say, office, None, in_village=False)
    assert isinstance(button.does, Link)
    assert button.does.url.startswith("https://2gis.kz/search/%D0%B3")
    # An old button of an office whose position turned out not to be exact sends no wrong point.
    shown = await visitor.opens(ShowMap(office.id))
    assert shown.before == ()
    assert say.of(office.name) in visitor.screen.text.unescape()


def test_a_point_on_the_map_has_room_for_every_name(knowledge: Knowledge) -> None:
    for say in LANGUAGES:
        for office in knowledge.directory.offices.values():
            assert len(say.of(office.name)) <= WORDS_LIMIT
            assert len(say.of(office.address)) <= WORDS_LIMIT


@BOTH
async def test_a_link_opens_the_card_with_its_service(visitor: Visitor, language: str) -> None:
    visitor.language = language
    await visitor.starts("of-of0601-targeted_social_assistance")
    await visitor.presses({"kk": "Қазақша", "ru": "Русский"}[language])
    service = visitor.knowledge.library.services["targeted_social_assistance"]
    office = visitor.knowledge.directory.offices["of0601"]
    assert visitor.say().of(office.name) in visitor.screen.text.unescape()
    assert visitor.say().of(service.short) in visitor.screen.text.unescape()
    await visitor.opens(OfficeSources("of0601"))
    assert "420" in visitor.screen.text


async def test_links_to_nothing_open_what_there_is(visitor: Visitor) -> None:
    await visitor.starts()
    await visitor.presses("Русский")
    shown = await visitor.starts("of-of9999999")
    assert shown.alert
    await visitor.starts("of-of0601-no_such_service")
    assert "of0601" in (await visitor.person()).view
    await visitor.starts("fo-free_school_meals")
    assert (await visitor.person()).view == FindOffice("free_school_meals").pack()
    await visitor.starts("fo-no_such_service")
    assert (await visitor.person()).view == FindOffice().pack()


def test_every_link_is_one_that_telegram_takes(knowledge: Knowledge) -> None:
    longest = max(knowledge.library.services, key=len)
    for office in knowledge.directory.offices:
        payload = f"of-{office}-{longest}"
        assert len(payload) <= 64
        assert payload.replace("-", "").replace("_", "").isalnum()


async def test_the_poster_is_offered_to_those_who_may_make_it(visitor: Visitor) -> None:
    await visitor.opens(OpenOffice("of0601"))
    assert MakePoster("of0601") not in [each.does for each in visitor.buttons()]
    await visitor.holds("editor")
    await visitor.opens(OpenOffice("of0601"))
    assert MakePoster("of0601") in [each.does for each in visitor.buttons()]


async def test_back_from_a_card_is_where_one_came_from(visitor: Visitor) -> None:
    await visitor.opens(OpenService("guardianship_certificate"))
    await visitor.opens(OpenOffice("of0601", "guardianship_certificate"))
    await visitor.opens(OfficeSources("of0601", "guardianship_certificate"))
    await visitor.presses(visitor.say().label("The office"))
    assert visitor.say().label("To the list") not in visitor.labels()
    await visitor.presses(visitor.say().label("← Back"))
    assert (await visitor.person()).view == OpenService("guardianship_certificate").pack()


def test_short_numbers_tell_all_names_apart(knowledge: Knowledge) -> None:
    for names in (knowledge.library.services, knowledge.directory.places):
        assert len({short(each) for each in names}) == len(names)
