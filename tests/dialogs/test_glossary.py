"""What official words mean is one tap from where they stand, and leads back."""

import pytest

from dialogs.checklist import document_forms
from dialogs.doors import (
    GoOn,
    OpenGlossary,
    OpenHelp,
    OpenMenu,
    OpenPapers,
    OpenService,
    StartEnquiry,
)
from dialogs.enquiry import Answer
from dialogs.language import SetLanguage
from dialogs.screen import visible_length
from dialogs.turn import Command
from tests.dialogs.visits import Visitor

MEALS = "free_school_meals"
HELP = {"kk": "атаулы әлеуметтік көмек", "ru": "адресная социальная помощь"}
SCREEN = 760


async def begins(visitor: Visitor, language: str) -> None:
    visitor.language = language
    await visitor.starts()
    await visitor.opens(SetLanguage(language))


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_card_a_checklist_and_the_help_have_it_one_tap_away(
    visitor: Visitor, language: str
) -> None:
    await begins(visitor, language)
    await visitor.opens(StartEnquiry(MEALS))
    await visitor.opens(Answer(1, "school", "state"))
    await visitor.opens(Answer(1, "family", "assistance"))
    for view in (OpenService(MEALS), OpenPapers(1), OpenHelp()):
        await visitor.opens(view)
        before = visitor.screen.text
        await visitor.presses(visitor.say().label("What do these words mean?"))
        assert HELP[language] in visitor.screen.text
        await visitor.opens(GoOn())
        assert visitor.screen.text == before


async def test_a_service_has_its_own_words_and_all_are_one_tap_further(visitor: Visitor) -> None:
    await begins(visitor, "ru")
    await visitor.opens(OpenGlossary("subsidiary_farm_certificate"))
    assert "подсобное хозяйство" in visitor.screen.text
    await visitor.presses("Все слова")
    assert "подсобное хозяйство" not in visitor.screen.text
    assert OpenMenu() in [each.does for each in visitor.buttons()]


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_every_word_is_on_some_page_and_no_page_is_long(
    visitor: Visitor, language: str
) -> None:
    await begins(visitor, language)
    await visitor.does(Command("glossary"))
    told = []
    for page in range(30):
        await visitor.opens(OpenGlossary(page=page))
        told.append(str(visitor.screen.text))
        assert visible_length(visitor.screen.text) <= SCREEN
        if OpenGlossary(None, page + 1) not in [each.does for each in visitor.buttons()]:
            break
    whole = "\n".join(told)
    for word in visitor.knowledge.glossary:
        assert word.term.said(language) in whole.replace("&#34;", '"')


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_forms_of_documents_are_explained_by_the_words_of_the_checklist(
    visitor: Visitor, language: str
) -> None:
    visitor.language = language
    forms = document_forms(visitor.say())
    explained = [each for each in visitor.knowledge.glossary if each.forms]
    assert explained
    for word in explained:
        assert word.term.said(language).casefold() == forms[word.forms[0]]


async def test_a_service_that_is_gone_leads_back_kindly(visitor: Visitor) -> None:
    await begins(visitor, "ru")
    shown = await visitor.opens(OpenGlossary("made_up"))
    assert shown.toast
