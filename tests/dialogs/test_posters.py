"""Posters: who makes them, where their codes lead, and that scans are counted."""

from typing import Any

import pytest

from core.statistics.kinds import Count
from core.store import counters
from dialogs.doors import MakePoster, OpenOffice, OpenPosters, OpenService
from dialogs.language import SetLanguage
from dialogs.posters.making import poster_of
from dialogs.turn import Making
from tests.dialogs.visits import LANGUAGES, NOW, Visitor

MEALS, OFFICE = "free_school_meals", "of0351"
TODAY = LANGUAGES["ru"].day(NOW)


async def scans(visitor: Visitor) -> dict[str, int]:
    async with visitor.database.reading() as tx:
        return await counters.by_key(tx, Count.POSTER, TODAY, TODAY)


async def test_a_code_leads_to_the_office_and_is_counted(visitor: Visitor) -> None:
    await visitor.starts(f"po-{OFFICE}")
    assert await scans(visitor) == {OFFICE: 1}
    await visitor.opens(SetLanguage("kk"))
    assert (await visitor.person()).view == OpenOffice(OFFICE).pack()
    await visitor.starts(f"po-{OFFICE}")
    assert await scans(visitor) == {OFFICE: 2}


async def test_a_code_leads_to_the_service_and_is_counted(visitor: Visitor) -> None:
    await visitor.starts()
    await visitor.opens(SetLanguage("kk"))
    await visitor.starts(f"ps-{MEALS}")
    assert (await visitor.person()).view == OpenService(MEALS).pack()
    assert await scans(visitor) == {f"s-{MEALS}": 1}


@pytest.mark.parametrize("payload", ["po-", "po-of999999", "ps-nothing", "po", "ps-%00"])
async def test_a_code_of_nothing_opens_the_menu(visitor: Visitor, payload: str) -> None:
    await visitor.starts()
    await visitor.opens(SetLanguage("kk"))
    shown = await visitor.starts(payload)
    assert shown.screen is not None
    assert await scans(visitor) == {}


@pytest.mark.parametrize("role", ["admin", "editor"])
@pytest.mark.parametrize("wanted", [MakePoster(OFFICE), MakePoster(None, MEALS)])
async def test_a_poster_is_a_page_in_pdf(visitor: Visitor, role: Any, wanted: MakePoster) -> None:
    await visitor.starts()
    await visitor.holds(role)
    await visitor.opens(OpenPosters())
    shown = await visitor.opens(wanted)
    (making,) = shown.before
    assert isinstance(making, Making)
    screen = making.make()
    assert screen.file is not None
    assert screen.file.content.startswith(b"%PDF")
    assert (await visitor.person()).view == OpenPosters().pack()


@pytest.mark.parametrize("role", [None, "viewer", "official"])
async def test_others_make_none(visitor: Visitor, role: Any) -> None:
    await visitor.starts()
    if role:
        await visitor.holds(role)
    for action in (OpenPosters(), MakePoster(OFFICE), MakePoster(None, MEALS)):
        shown = await visitor.opens(action)
        assert shown.alert
        assert not shown.before


async def test_a_poster_of_nothing_is_not_made(visitor: Visitor) -> None:
    await visitor.starts()
    await visitor.holds("admin")
    for action in (MakePoster(), MakePoster("of999999"), MakePoster(None, "nothing")):
        assert (await visitor.opens(action)).alert


async def test_the_list_tells_of_the_scans(visitor: Visitor) -> None:
    await visitor.starts()
    await visitor.opens(SetLanguage("ru"))
    await visitor.holds("editor")
    first = next(iter(visitor.knowledge.library.services))
    await visitor.starts(f"ps-{first}")
    await visitor.opens(OpenPosters())
    assert "<b>1</b>" in visitor.screen.text
    assert any(each.endswith("· 1") for each in visitor.labels())


def test_every_poster_speaks_both_languages_and_fits_a_payload(visitor: Visitor) -> None:
    knowledge = visitor.knowledge
    for service in knowledge.library.services.values():
        link = f"ps-{service.id}"
        poster = poster_of(LANGUAGES, "bagyt_bot", service.short, link)
        assert len(link) <= 64
        assert poster.url == f"https://t.me/bagyt_bot?start={link}"
        assert all(kk and ru and kk != ru for kk, ru in (*poster.points, poster.headline))
    assert max(len(f"po-{each}") for each in knowledge.directory.offices) <= 64


@pytest.mark.parametrize(("role", "may"), [("admin", True), ("editor", True), ("viewer", False)])
async def test_those_who_may_find_it_on_the_card_of_an_office(
    visitor: Visitor, role: Any, may: bool
) -> None:
    await visitor.starts()
    await visitor.opens(SetLanguage("ru"))
    await visitor.opens(OpenOffice(OFFICE))
    assert "Сделать плакат" not in visitor.labels()
    await visitor.holds(role)
    await visitor.opens(OpenOffice(OFFICE))
    assert ("Сделать плакат" in visitor.labels()) is may
