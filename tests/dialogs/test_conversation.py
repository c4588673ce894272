"""One person's conversation, from the first word on, with every wrong turn."""

from dataclasses import replace

import pytest

from dialogs.checklist import Tick
from dialogs.doors import (
    GoOn,
    OpenAnswers,
    OpenEnquiry,
    OpenGrounds,
    OpenHelp,
    OpenLanguage,
    OpenMenu,
    OpenPapers,
    OpenPrivacy,
    OpenService,
    StartEnquiry,
)
from dialogs.enquiry import Answer, AskAgain
from dialogs.language import SetLanguage
from dialogs.turn import (
    Command,
    Edited,
    Introduced,
    Kind,
    Located,
    Pressed,
    Sent,
)
from tests.dialogs.visits import Visitor

MEALS = "free_school_meals"


async def begun(visitor: Visitor) -> int:
    """Past the language, with an enquiry about meals open; its number."""
    await visitor.starts()
    await visitor.opens(SetLanguage("ru"))
    await visitor.opens(StartEnquiry(MEALS))
    return int((await visitor.person()).view.split(":")[1], 36)


async def finished(visitor: Visitor) -> int:
    number = await begun(visitor)
    await visitor.opens(Answer(number, "school", "state"))
    await visitor.opens(Answer(number, "family", "assistance"))
    return number


async def test_the_language_is_asked_once_and_then_the_menu_comes(visitor: Visitor) -> None:
    await visitor.starts()
    assert visitor.labels() == ["Қазақша", "Русский"]
    shown = await visitor.presses("Қазақша")
    assert "Балаңызға не керек?" in visitor.screen.text
    assert shown.toast == "Енді қазақша сөйлесеміз."
    await visitor.starts()
    assert "Балаңызға не керек?" in visitor.screen.text


async def test_a_link_survives_the_question_of_the_language(visitor: Visitor) -> None:
    await visitor.starts(f"s-{MEALS}")
    assert visitor.labels() == ["Қазақша", "Русский"]
    await visitor.presses("Русский")
    assert "Бесплатное питание в школе" in visitor.screen.text
    assert (await visitor.person()).view == OpenService(MEALS).pack()


async def test_a_link_that_means_nothing_leads_to_the_menu(visitor: Visitor) -> None:
    await visitor.starts("s-no_such_service")
    assert (await visitor.person()).view == OpenMenu().pack()


async def test_the_language_changes_on_the_present_screen(visitor: Visitor) -> None:
    number = await begun(visitor)
    russian = visitor.screen.text
    await visitor.does(Command("language"))
    await visitor.presses("Қазақша")
    assert (await visitor.person()).view == OpenEnquiry(number).pack()
    assert "Балаңыз мемлекеттік мектепте оқи ма?" in visitor.screen.text
    assert visitor.screen.text != russian


async def test_an_aside_within_an_aside_still_leads_back(visitor: Visitor) -> None:
    number = await begun(visitor)
    await visitor.types("что-то непонятное")
    await visitor.does(Sent(Kind.STICKER))
    await visitor.opens(OpenLanguage())
    await visitor.presses("Русский")
    assert (await visitor.person()).view == OpenEnquiry(number).pack()


async def test_questions_lead_to_a_result_with_reasons(visitor: Visitor) -> None:
    await begun(visitor)
    assert "вопрос 1 из" in visitor.screen.text
    await visitor.presses("Да, в государственной")
    await visitor.presses("Получаем АСП")
    assert "эта услуга для вас" in visitor.screen.text
    assert "п. 6" in visitor.screen.text
    assert "утратил силу" in visitor.screen.text


async def test_going_back_keeps_what_was_answered(visitor: Visitor) -> None:
    number = await begun(visitor)
    await visitor.opens(Answer(number, "school", "state"))
    await visitor.presses("Назад")
    assert "• Да, в государственной" in visitor.labels()
    await visitor.presses("Назад")
    assert (await visitor.person()).view == OpenService(MEALS).pack()


async def test_one_changed_answer_leaves_the_others(visitor: Visitor) -> None:
    number = await finished(visitor)
    await visitor.opens(OpenAnswers(number))
    await visitor.presses("Изменить ответ 1")
    await visitor.presses("Да, в государственной")
    assert "эта услуга для вас" in visitor.screen.text
    await visitor.opens(Answer(number, "school", "not_state"))
    assert "услуга не для вас" in visitor.screen.text
    await visitor.opens(Answer(number, "school", "state"))
    assert "эта услуга для вас" in visitor.screen.text


async def test_papers_are_ticked_off_and_stay_so(visitor: Visitor) -> None:
    number = await finished(visitor)
    await visitor.opens(OpenPapers(number))
    total = sum("ещё нет" in each for each in visitor.labels())
    assert total > 0
    for _ in range(total):
        await visitor.presses("ещё нет")
    assert "Всё готово" in visitor.screen.text
    await visitor.looks_again()
    assert "Всё готово" in visitor.screen.text
    await visitor.presses("1: готов")
    assert "Всё готово" not in visitor.screen.text


async def test_ticking_twice_is_ticking_once(visitor: Visitor) -> None:
    number = await finished(visitor)
    await visitor.opens(OpenPapers(number))
    tick = next(each.does for each in visitor.buttons() if isinstance(each.does, Tick))
    await visitor.opens(tick)
    once = visitor.screen
    await visitor.opens(tick)
    assert visitor.screen == once


async def test_beginning_twice_begins_once(visitor: Visitor) -> None:
    number = await begun(visitor)
    await visitor.opens(StartEnquiry(MEALS))
    assert (await visitor.person()).view == OpenEnquiry(number).pack()


async def test_a_second_child_has_an_enquiry_of_its_own(visitor: Visitor) -> None:
    first = await finished(visitor)
    await visitor.opens(StartEnquiry(MEALS))
    assert (await visitor.person()).view != OpenEnquiry(first).pack()
    await visitor.does(Command("mine"))
    assert sum("Бесплатное питание" in each for each in visitor.labels()) == 2


async def test_what_is_another_persons_is_gone(visitor: Visitor) -> None:
    number = await finished(visitor)
    stranger = replace(visitor, id=502)
    await stranger.starts()
    for action in (
        OpenEnquiry(number),
        OpenPapers(number),
        OpenAnswers(number),
        OpenGrounds(number),
        AskAgain(number, "school"),
        Answer(number, "school", "state"),
        Tick(number, "application", ready=True),
    ):
        shown = await stranger.opens(action)
        assert shown.alert
        assert (await stranger.person()).view == OpenMenu().pack()


@pytest.mark.parametrize(
    "packed", ["", "zz", "an:1:school", "e:zzzzzz", "s:no_such", "si:none", "ls:en", "m:2", "\x00"]
)
async def test_a_button_of_any_age_is_answered(visitor: Visitor, packed: str) -> None:
    await finished(visitor)
    shown = await visitor.does(Pressed(packed))
    assert shown.screen is not None
    assert shown.toast


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (Sent(Kind.VOICE, "f"), "Голосовые сообщения"),
        (Sent(Kind.PHOTO, "f"), "файл сейчас не нужен"),
        (Sent(Kind.STICKER), "Я понимаю слова и кнопки"),
        (Located(43.2, 76.9), "В каком районе вы живёте?"),
        (Introduced("+77010000000", own=True), "номер телефона сейчас не нужен"),
        (Command("frobnicate"), "Такой команды"),
    ],
)
async def test_the_unexpected_is_answered_and_leads_back(
    visitor: Visitor, event: Sent | Located | Introduced | Command, words: str
) -> None:
    number = await begun(visitor)
    await visitor.does(event)
    assert words in visitor.screen.text
    await visitor.opens(GoOn())
    assert (await visitor.person()).view == OpenEnquiry(number).pack()


async def test_an_album_is_answered_once(visitor: Visitor) -> None:
    await begun(visitor)
    shown = [await visitor.does(Sent(Kind.PHOTO, str(n), album="one")) for n in range(5)]
    assert [each.screen is not None for each in shown] == [True, False, False, False, False]
    assert (await visitor.does(Sent(Kind.PHOTO, "6", album="two"))).screen is not None


async def test_words_are_tried_as_a_search(visitor: Visitor) -> None:
    await begun(visitor)
    await visitor.types("  бесплатное питание\n в школе ")
    assert "Бесплатное питание в школе" in visitor.labels()
    await visitor.types("<b>погода</b>")
    assert "&lt;b&gt;погода" in visitor.screen.text
    assert "ничего не нашлось" in visitor.screen.text


async def test_an_edited_message_changes_nothing(visitor: Visitor) -> None:
    await begun(visitor)
    before = await visitor.person()
    shown = await visitor.does(Edited(7, "другое"))
    assert shown.screen is None
    assert (await visitor.person()).view == before.view


async def test_commands_win_everywhere(visitor: Visitor) -> None:
    await begun(visitor)
    for command, view in (
        ("help", OpenHelp()),
        ("privacy", OpenPrivacy()),
        ("menu", OpenMenu()),
        ("cancel", OpenMenu(stopped=True)),
    ):
        await visitor.does(Command(command))
        assert (await visitor.person()).view == view.pack()


async def test_papers_of_an_unfinished_enquiry_ask_the_next_question(visitor: Visitor) -> None:
    number = await begun(visitor)
    for action in (OpenPapers(number), OpenGrounds(number)):
        await visitor.opens(action)
        assert "вопрос 1 из" in visitor.screen.text
