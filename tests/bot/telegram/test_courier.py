"""The courier brings every kind of screen, falls back when it must, and names what happened."""

import asyncio
from base64 import b64decode
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from markupsafe import Markup

from bot.outgoing.limiter import Limiter
from bot.playground.faults import Fault
from bot.playground.residents import Message
from bot.telegram.fate import Again, Delivered, Gone, Moved, Refused, Wait
from core.chats import ChatState
from dialogs.action import Action
from dialogs.screen import Ask, Button, File, FileKind, Inline, Link, Request, Screen
from tests.bot.outgoing.timer import StillTimer
from tests.bot.telegram.conftest import Post

AIGUL = 7000000001
GROUP = -4000000001
OFFICIAL = 7000000003
PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


@dataclass(frozen=True, slots=True)
class Open(Action):
    code: ClassVar[str] = "test-courier"
    number: int


def screen(text: str = "<b>Сәлем</b>", *labels: str) -> Screen:
    rows = tuple((Button(label, Open(number)),) for number, label in enumerate(labels))
    return Screen(Markup(text), rows)


def standing(post: Post, chat_id: int, message_id: int) -> Message:
    return post.server.town.chat(chat_id).messages[message_id]


async def delivered(post: Post, chat_id: int, what: Screen, **how: Any) -> int:
    fate = await post.courier.send(chat_id, what, **how)
    assert isinstance(fate, Delivered), fate
    return fate.message_id


@pytest.fixture(autouse=True)
def _known(post: Post) -> None:
    post.server.town.say(AIGUL, AIGUL, "/start")


async def test_text_and_every_kind_of_button_arrive(post: Post) -> None:
    rows = (
        (Button("Иә", Open(35)), Button("Сайт", Link("https://egov.kz/"))),
        (Button("Бөлісу", Inline("садик")),),
    )
    number = await delivered(post, AIGUL, Screen(Markup("<b>Сәлем</b> & бұл"), rows))
    message = standing(post, AIGUL, number)
    assert message["text"] == "Сәлем & бұл"
    assert message["entities"][0]["type"] == "bold"
    assert message["reply_markup"]["inline_keyboard"] == [
        [
            {"text": "Иә", "callback_data": "test-courier:z"},
            {"text": "Сайт", "url": "https://egov.kz/"},
        ],
        [{"text": "Бөлісу", "switch_inline_query": "садик"}],
    ]


@pytest.mark.parametrize(
    ("ask", "field"), [(Ask.LOCATION, "request_location"), (Ask.CONTACT, "request_contact")]
)
async def test_a_request_is_a_key_under_the_composer(post: Post, ask: Ask, field: str) -> None:
    await delivered(post, AIGUL, Screen(Markup("Қайдасыз?"), request=Request(ask, "Жіберу")))
    markup = post.server.calls[-1].params["reply_markup"]
    assert markup["keyboard"] == [[{"text": "Жіберу", field: True}]]
    assert markup["one_time_keyboard"] is True


@pytest.mark.parametrize("quiet", [True, False])
async def test_what_can_wait_makes_no_sound(post: Post, quiet: bool) -> None:
    await delivered(post, AIGUL, Screen(Markup("Хабар"), quiet=quiet))
    assert ("disable_notification" in post.server.calls[-1].params) is quiet


@pytest.mark.parametrize("kind", FileKind)
async def test_files_arrive_whole_and_go_again_by_their_id(post: Post, kind: FileKind) -> None:
    content = PIXEL if kind is FileKind.PHOTO else b"%PDF-1.7 not empty"
    made = Screen(Markup("Тізім"), file=File(kind, "list.pdf", content), protect=True)
    message = standing(post, AIGUL, await delivered(post, AIGUL, made))
    there = message[kind.value]
    file_id = there[-1]["file_id"] if kind is FileKind.PHOTO else there["file_id"]
    stored = post.server.town.file(file_id)
    assert stored is not None
    assert stored.content == content
    # A round video has no room for words.
    first, second = (None, None) if kind is FileKind.VIDEO_NOTE else ("Тізім", "Тағы")
    assert (message.get("caption"), message["has_protected_content"]) == (first, True)

    known = Screen(Markup("Тағы"), file=File(kind, telegram_id=file_id))
    again = standing(post, AIGUL, await delivered(post, AIGUL, known))
    assert again.get("caption") == second
    assert kind.value in again


async def test_a_reply_and_a_topic_are_told(post: Post) -> None:
    town = post.server.town
    forum = town.add_group("Forum", [OFFICIAL, town.bot_id], is_forum=True)
    topic = town.add_topic(forum.id, "Complaints")
    first = await delivered(post, forum.id, screen(), thread_id=topic.id)
    second = await delivered(post, forum.id, screen("Екі"), thread_id=topic.id, reply_to=first)
    message = standing(post, forum.id, second)
    assert message["message_thread_id"] == topic.id
    assert message["reply_to_message"]["message_id"] == first


async def test_what_was_for_a_topic_that_is_gone_goes_to_its_group(post: Post) -> None:
    town = post.server.town
    forum = town.add_group("Forum", [OFFICIAL, town.bot_id], is_forum=True)
    number = await delivered(post, forum.id, screen(), thread_id=987654)
    assert "message_thread_id" not in standing(post, forum.id, number)


async def test_the_living_message_is_changed_in_place(post: Post) -> None:
    living = await delivered(post, AIGUL, screen("Бір", "Иә"))
    fate = await post.courier.show(AIGUL, screen("Екі", "Жоқ"), living=living, fresh=False)
    assert fate == Delivered(living)
    message = standing(post, AIGUL, living)
    assert message["text"] == "Екі"
    assert message["reply_markup"]["inline_keyboard"][0][0]["text"] == "Жоқ"
    same = await post.courier.show(AIGUL, screen("Екі", "Жоқ"), living=living, fresh=False)
    assert same == Delivered(living), "what says the same already is shown"
    bare = await post.courier.show(AIGUL, screen("Үш"), living=living, fresh=False)
    assert bare == Delivered(living)
    assert "reply_markup" not in standing(post, AIGUL, living)


async def test_a_fresh_screen_leaves_the_old_one_with_its_buttons(post: Post) -> None:
    living = await delivered(post, AIGUL, screen("Бір", "Иә"))
    fate = await post.courier.show(AIGUL, screen("Екі"), living=living, fresh=True)
    assert isinstance(fate, Delivered)
    assert fate.message_id > living
    assert standing(post, AIGUL, living)["reply_markup"]["inline_keyboard"]


@pytest.mark.parametrize("what", ["deleted", "never there", "a file", "the person's own"])
async def test_what_cannot_be_changed_is_sent_anew(post: Post, what: str) -> None:
    pdf = Screen(Markup("Тізім"), file=File(FileKind.DOCUMENT, "list.pdf", b"%PDF"))
    match what:
        case "deleted":
            living = await delivered(post, AIGUL, screen("Бір"))
            post.server.town.delete(AIGUL, living)
        case "a file":
            living = await delivered(post, AIGUL, pdf)
        case "the person's own":
            living = post.server.town.say(AIGUL, AIGUL, "сәлем")["message_id"]
        case _:
            living = 999_999_999
    fate = await post.courier.show(AIGUL, screen("Екі"), living=living, fresh=False)
    assert isinstance(fate, Delivered)
    assert fate.message_id != living
    assert standing(post, AIGUL, fate.message_id)["text"] == "Екі"
    assert post.refused == []


async def test_a_file_or_a_key_is_never_put_into_the_living_message(post: Post) -> None:
    living = await delivered(post, AIGUL, screen("Бір"))
    pdf = Screen(Markup("Тізім"), file=File(FileKind.DOCUMENT, "list.pdf", b"%PDF"))
    key = Screen(Markup("Қайдасыз?"), request=Request(Ask.LOCATION, "Жіберу"))
    for each in (pdf, key):
        fate = await post.courier.show(AIGUL, each, living=living, fresh=False)
        assert isinstance(fate, Delivered)
        assert fate.message_id != living


async def test_a_press_is_answered_and_an_old_one_quietly_not(post: Post) -> None:
    number = await delivered(post, AIGUL, screen("Бір", "Иә"))
    callback = post.server.town.press(AIGUL, AIGUL, number, row=0, col=0)
    await post.courier.answer(callback, "Сақталды", alert=True)
    answer = await post.server.next_answer(callback)
    assert (answer["text"], answer["alert"]) == ("Сақталды", True)
    await post.courier.answer("no such press")
    await post.courier.answer(callback)
    assert post.refused == []


@pytest.mark.parametrize("fault", [Fault(code=500), Fault("close")])
async def test_an_answer_that_got_lost_is_given_again(post: Post, fault: Fault) -> None:
    number = await delivered(post, AIGUL, screen("Бір", "Иә"))
    callback = post.server.town.press(AIGUL, AIGUL, number, row=0, col=0)
    post.server.faults.next("answerCallbackQuery", fault)
    await post.courier.answer(callback, "Сақталды")
    assert (await post.server.next_answer(callback))["text"] == "Сақталды"


async def test_a_chat_where_nobody_reads_is_told(post: Post) -> None:
    post.server.town.block(AIGUL)
    fate = await post.courier.send(AIGUL, screen())
    assert fate == Gone(ChatState.BLOCKED)
    post.server.town.set_member(GROUP, post.server.town.bot_id, "remove")
    assert await post.courier.send(GROUP, screen()) == Gone(ChatState.KICKED)
    assert post.gone == [(AIGUL, fate), (GROUP, Gone(ChatState.KICKED))]


async def test_a_group_that_moved_is_told_with_its_new_id(post: Post) -> None:
    new = post.server.town.migrate(GROUP)
    assert await post.courier.send(GROUP, screen()) == Moved(new.id)
    assert post.gone == [(GROUP, Moved(new.id))]


async def test_what_telegram_refuses_is_reported_without_its_words(post: Post) -> None:
    fate = await post.courier.send(AIGUL, screen("<secret>Сәлем</secret>"))
    assert isinstance(fate, Refused)
    assert "secret" not in fate.reason
    assert post.refused == [("sendMessage", fate.reason)]


async def test_a_short_wait_is_waited_out(post: Post) -> None:
    timer = StillTimer()
    post.use(Limiter(30, timer))
    post.server.faults.next("sendMessage", Fault(code=429, retry_after=2))
    sending = asyncio.create_task(post.courier.send(AIGUL, screen()))
    async with asyncio.timeout(10):
        while timer.next_at() is None:
            await post.server._api.quiet.heard(0.01)
    timer.forward_to(timer.now + 1.9)
    assert not sending.done()
    timer.forward_to(timer.now + 0.2)
    assert isinstance(await sending, Delivered)


async def test_a_long_wait_is_handed_back(post: Post) -> None:
    post.use(Limiter(30, StillTimer()))
    post.server.faults.next("sendMessage", Fault(code=429, retry_after=30))
    assert await post.courier.send(AIGUL, screen()) == Wait(30)
    assert await post.courier.send(AIGUL, screen()) == Wait(30), "not even asked again"
    assert await post.courier.show(AIGUL, screen(), living=1, fresh=False) == Wait(30)
    assert len(post.server.calls.of("sendMessage")) == 0


async def test_a_change_that_got_lost_is_made_again(post: Post) -> None:
    living = await delivered(post, AIGUL, screen("Бір"))
    post.server.faults.next("editMessageText", Fault("close"))
    fate = await post.courier.show(AIGUL, screen("Екі"), living=living, fresh=False)
    assert fate == Delivered(living)
    assert standing(post, AIGUL, living)["text"] == "Екі"


@pytest.mark.parametrize(
    "fault",
    [Fault(code=500), Fault("close"), Fault("close", after=True), Fault("silence", after=True)],
)
async def test_a_message_that_may_have_arrived_is_not_sent_twice(post: Post, fault: Fault) -> None:
    post.server.faults.next("sendMessage", fault)
    fate = await post.courier.send(AIGUL, screen())
    assert isinstance(fate, Again)
    assert fate.perhaps_arrived
    arrived = [each for each in post.server.calls.of("sendMessage") if each.error is None]
    assert len(arrived) == int(fault.after)


async def test_a_screen_for_somebody_who_blocked_the_bot_is_told_too(post: Post) -> None:
    living = await delivered(post, AIGUL, screen("Бір"))
    post.server.town.block(AIGUL)
    for fresh in (True, False):
        fate = await post.courier.show(AIGUL, screen("Екі"), living=living, fresh=fresh)
        assert fate == Gone(ChatState.BLOCKED)
    assert post.gone == [(AIGUL, Gone(ChatState.BLOCKED))] * 2


async def test_an_edit_waits_out_a_short_pause_and_hands_back_a_long_one(post: Post) -> None:
    living = await delivered(post, AIGUL, screen("Бір"))
    post.server.faults.next("editMessageText", Fault(code=429, retry_after=3))
    fate = await post.courier.show(AIGUL, screen("Екі"), living=living, fresh=False)
    assert fate == Delivered(living)
    post.server.faults.next("editMessageText", Fault(code=429, retry_after=3), times=9)
    fate = await post.courier.show(AIGUL, screen("Үш"), living=living, fresh=False)
    assert fate == Wait(3)
