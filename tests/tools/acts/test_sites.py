"""Two spellings of one site or mailbox."""

import pytest

from tools.acts.sites import alike, host, mailbox, misprint_of


@pytest.mark.parametrize("site", ["http://www.town.kz/", "www.Town.kz", "https://town.kz"])
def test_a_browser_needs_only_the_host(site: str) -> None:
    assert host(site) == "town.kz"


def test_a_mailbox_knows_no_capitals() -> None:
    assert mailbox("www.Town_Akimat@list.ru") == "town_akimat@list.ru"


def test_a_letter_or_two_make_a_site_alike() -> None:
    assert alike("www.ulutau.kz", "u1utau.kz")
    assert not alike("www.town.kz", "http://town.kz")
    assert not alike("town.kz", "district.kz")
    assert not alike("a.kz", "b.kz")


def test_what_one_row_prints_and_others_nearly_is_a_misprint() -> None:
    table = ["atown-akimat.kz", *5 * ["town-akimat.kz"], "village.kz"]
    assert misprint_of("atown-akimat.kz", table) == "town-akimat.kz"
    assert misprint_of("town-akimat.kz", table) is None
    assert misprint_of("village.kz", table) is None
    assert misprint_of("atown-akimat.kz", table[:4]) is None
