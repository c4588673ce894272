"""Inline: cards for any chat, in the language of whoever asks, within Telegram's limits."""

import pytest

from core.knowledge import Knowledge
from dialogs.offices.inline import LONGEST_QUERY, MOST, find_inside, offered
from dialogs.screen import Link, visible_length
from dialogs.speech import Speech
from tests.dialogs.visits import LANGUAGES, NOW

BOTH = pytest.mark.parametrize("say", list(LANGUAGES), ids=["kk", "ru"])


@BOTH
def test_answers_are_cards_with_a_way_into_the_bot(knowledge: Knowledge, say: Speech) -> None:
    found = list(offered(say, knowledge, "bagyt_bot", NOW, "мектеп 41"))
    assert 0 < len(found) <= MOST
    assert "41" in found[0].title
    for each in found:
        (button,) = each.screen.rows[0]
        assert button.does == Link(f"https://t.me/bagyt_bot?start=of-{each.id}")
        office = knowledge.directory.offices[each.id]
        assert say.of(office.name) in each.screen.text.unescape()


@BOTH
def test_a_card_offers_itself_by_its_id(knowledge: Knowledge, say: Speech) -> None:
    (own,) = offered(say, knowledge, "bagyt_bot", NOW, "of0601")
    assert own.id == "of0601"


@BOTH
def test_a_message_that_stays_does_not_say_what_passes(knowledge: Knowledge, say: Speech) -> None:
    (own,) = offered(say, knowledge, "bagyt_bot", NOW, "of0601")
    for phrase in ("Open now, until {clock}", "Closed now, opens on {day} at {clock}"):
        words = say.label(phrase, clock="|", day="|").split("|")[0]
        assert words not in own.screen.text


@BOTH
def test_every_office_can_be_offered(knowledge: Knowledge, say: Speech) -> None:
    for office in knowledge.directory.offices:
        (own,) = offered(say, knowledge, "bagyt_bot", NOW, office)
        assert own.title.strip()
        assert 1 <= visible_length(own.screen.text) <= 1200
        assert 1 <= len(own.id.encode()) <= 64


@BOTH
@pytest.mark.parametrize("words", ["", "  ", "qqqq zzzz", "<b>", "\N{PILE OF POO}", "a" * 5000])
def test_words_that_mean_nothing_get_nothing(knowledge: Knowledge, say: Speech, words: str) -> None:
    assert not list(offered(say, knowledge, "bagyt_bot", NOW, words))
    assert find_inside(say)


@BOTH
def test_only_the_beginning_of_a_long_query_is_looked_at(knowledge: Knowledge, say: Speech) -> None:
    padded = "мектеп 41" + " " * 50 + "a" * LONGEST_QUERY
    assert list(offered(say, knowledge, "bagyt_bot", NOW, padded[:60].strip()))
