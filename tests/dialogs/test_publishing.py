"""New versions of services: read, compared, published from a day, taken back, told to parents."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from core.publishing import all_faults
from core.release import DATA, body_of, keep_surroundings, read_library
from core.services.differences import differences
from core.services.families import load_families, moved_families
from core.services.mistakes import mistake
from core.services.model import Service
from core.services.writing import yaml_of
from core.store import roles, services
from dialogs.checklist import TurnPapers
from dialogs.doors import OpenEnquiry, OpenPublishing, StartEnquiry
from dialogs.enquiry import Answer
from dialogs.language import SetLanguage
from dialogs.publishing.actions import (
    AskBeginning,
    AskFile,
    AskValue,
    ConfirmPublishing,
    DeclineOffer,
    DraftVersion,
    OpenDraft,
    OpenMistakes,
    OpenMoved,
    OpenOffer,
    OpenParts,
    OpenVersion,
    OpenVersions,
    PublishDraft,
    SendVersion,
    TakeOffer,
    TakeVersionBack,
)
from dialogs.publishing.facts import read_mistake, write_mistake
from dialogs.publishing.uploading import read_service
from dialogs.publishing.words import Compared, difference_line, moved_line
from dialogs.turn import Brought, Fetch, Kind, Making, Sent, Trouble
from tests.core.services.test_yaml_lines import HOSTILE
from tests.dialogs.visits import LANGUAGES, NOW, Visitor

MEALS = "free_school_meals"


@pytest.fixture
async def admin(visitor: Visitor) -> Visitor:
    library = visitor.knowledge.library
    async with visitor.database.writing() as tx:
        await keep_surroundings(tx, library)
        await services.bring_release(tx, [body_of(library.services[MEALS])], NOW)
    await visitor.starts()
    await visitor.opens(SetLanguage("ru"))
    await visitor.holds("admin")
    return visitor


def other(admin: Visitor) -> Visitor:
    """Another admin of the same bot."""
    return Visitor(admin.conversation, admin.database, admin.knowledge, id=502)


def written(admin: Visitor, *changes: tuple[str, str]) -> bytes:
    """The file of the service with something else in the place of something."""
    service = admin.knowledge.library.services[MEALS]
    text = yaml_of(service, admin.knowledge.library.acts[service.acts[0]])
    for old, new in changes:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    return text.encode()


async def sends(admin: Visitor, content: bytes, name: str = f"{MEALS}.yaml") -> None:
    """A file, as the edge brings it: asked for by the dialog, read, and given back to it."""
    await admin.opens(AskFile())
    shown = await admin.does(Sent(Kind.DOCUMENT, "f1", name, len(content)))
    assert shown.screen is None
    assert isinstance(shown.fetch, Fetch)
    await admin.does(Brought(name, shown.fetch.read(content)))


async def learns(admin: Visitor, now: dt.datetime = NOW) -> None:
    """What every copy of the bot does when something was published."""
    async with admin.database.reading() as tx:
        learned = (await read_library(tx, now)).services
    library = admin.knowledge.library
    library = replace(library, services={**library.services, **learned})
    admin.knowledge = replace(admin.knowledge, library=library)


async def test_a_file_becomes_a_draft_with_its_differences(admin: Visitor) -> None:
    service = admin.knowledge.library.services[MEALS]
    term = next(each for each in service.terms if each.amount)
    await sends(admin, written(admin, (f"amount: {term.amount}", "amount: 9")))
    text = admin.screen.text
    assert "Срок" in text
    assert f"<s>{term.amount}</s> → <b>9</b>" in text
    assert "Среди примеров" in text
    await admin.presses("Кого это затронет")
    assert "•" in admin.screen.text


async def test_mistakes_are_told_line_by_line_in_words(admin: Visitor) -> None:
    await sends(admin, written(admin, ("says: eligible", "says: perhaps"), ("source:", "sorce:")))
    assert (await admin.person()).view == OpenMistakes().pack()
    text = admin.screen.text
    assert "в нём 2 ошибки" in text
    assert text.count("строка") == 2
    assert "<code>perhaps</code>" in text
    async with admin.database.reading() as tx:
        assert await services.own_drafts(tx, admin.id) == []
    await admin.opens(OpenPublishing())
    assert "mistakes" not in (await admin.person()).memory, "what was wrong is let go of"


@pytest.mark.parametrize(("content", "line", "_"), HOSTILE, ids=[each[2] for each in HOSTILE])
async def test_hostile_files_are_refused_in_words(
    admin: Visitor, content: bytes, line: int, _: str
) -> None:
    if len(content) > 300_000:
        await admin.opens(AskFile())
        await admin.does(Sent(Kind.DOCUMENT, "f1", "a.yaml", len(content)))
        assert (await admin.person()).view == AskFile(Trouble.LARGE.value).pack()
        return
    await sends(admin, content)
    assert f"строка {line}" in admin.screen.text


@pytest.mark.parametrize("trouble", list(Trouble))
async def test_a_file_that_does_not_come_is_told(admin: Visitor, trouble: Trouble) -> None:
    await admin.opens(AskFile())
    await admin.does(Brought("a.yaml", trouble=trouble))
    assert (await admin.person()).view == AskFile(trouble.value).pack()
    assert len(admin.screen.text) > 200


async def test_what_is_no_file_is_told(admin: Visitor) -> None:
    await admin.opens(AskFile())
    await admin.does(Sent(Kind.PHOTO, "f1"))
    assert "файлом" in admin.screen.text


async def test_a_service_that_is_not_ours_is_refused(admin: Visitor) -> None:
    await sends(admin, written(admin, (f"id: {MEALS}", "id: something_new")))
    assert "<code>something_new</code>" in admin.screen.text


async def test_it_is_published_and_begun_enquiries_are_told(admin: Visitor) -> None:
    await admin.opens(StartEnquiry(MEALS))
    await admin.opens(Answer(1, "school", "state"))
    await admin.opens(Answer(1, "family", "assistance"))
    service = admin.knowledge.library.services[MEALS]
    first = service.documents[0].text.ru
    await sends(admin, written(admin, (first, "Заявление иначе названное")))
    await admin.presses("Опубликовать")
    await admin.presses("Сразу")
    assert "1 отличие" in admin.screen.text
    shown = await admin.presses("Да, опубликовать")
    assert "версия 2" in shown.toast
    assert "Версия 2" in admin.labels()
    await learns(admin)
    shown = await admin.opens(OpenEnquiry(1))
    assert shown.alert
    assert "Сведения об этой услуге обновились" in shown.toast
    shown = await admin.opens(OpenEnquiry(1))
    assert not shown.alert, "it is told once"
    await admin.opens(TurnPapers(1, 0))
    assert "Заявление иначе названное" in admin.screen.text


async def test_a_planned_version_waits_and_can_be_taken_back(admin: Visitor) -> None:
    await sends(
        admin, written(admin, ("short: {kk: Мектептегі тегін тамақ", "short: {kk: Тегін тамақ"))
    )
    await admin.presses("Опубликовать")
    await admin.types("1.1.2027")
    assert "1 января 2027" in admin.screen.text
    await admin.presses("Да, опубликовать")
    assert "начнёт действовать: 1 января 2027" in admin.screen.text
    await learns(admin)
    assert admin.knowledge.library.services[MEALS].version == 1
    await admin.opens(OpenPublishing())
    assert any("⏳" in each for each in admin.labels())
    await sends(admin, written(admin, ("short: {kk: Мектептегі тегін тамақ", "short: {kk: Тамақ")))
    draft = (await admin.person()).view
    shown = await admin.opens(PublishDraft(int(draft.split(":")[1], 36), 0))
    assert shown.alert
    assert "Версия 2" in shown.toast
    await admin.opens(OpenVersion(MEALS, 2))
    shown = await admin.presses("Отозвать")
    assert "Отозвано" in shown.toast
    shown = await admin.opens(TakeVersionBack(MEALS, 2))
    assert "Отозвано" not in shown.toast
    assert "отозвана до начала" in admin.screen.text


async def test_of_two_admins_the_second_looks_again(admin: Visitor) -> None:
    second = other(admin)
    await second.starts()
    await second.opens(SetLanguage("ru"))
    await second.holds("admin")
    for each, word in ((admin, "Бірінші"), (second, "Екінші")):
        await sends(
            each, written(admin, ("short: {kk: Мектептегі тегін тамақ", f"short: {{kk: {word}"))
        )
    numbers = [int((await e.person()).view.split(":")[1], 36) for e in (admin, second)]
    shown = await admin.opens(PublishDraft(numbers[0], 0))
    assert "версия 2" in shown.toast
    shown = await second.opens(PublishDraft(numbers[1], 0))
    assert shown.alert
    assert "версия 2" in second.screen.text
    assert not any("Опубликовать" in each for each in second.labels())
    await second.presses("Сравнить с ней")
    assert "Бірінші" in second.screen.text
    await second.presses("Опубликовать")
    await second.presses("Сразу")
    shown = await second.presses("Да, опубликовать")
    assert "версия 3" in shown.toast
    shown = await second.opens(OpenDraft(numbers[0]))
    assert shown.alert, "another's draft is nobody's business"


async def test_an_old_version_is_published_anew(admin: Visitor) -> None:
    await sends(admin, written(admin, ("short: {kk: Мектептегі тегін тамақ", "short: {kk: Қате")))
    number = int((await admin.person()).view.split(":")[1], 36)
    await admin.opens(PublishDraft(number, 0))
    await admin.opens(OpenVersion(MEALS, 1))
    await admin.presses("Опубликовать заново")
    assert "Мектептегі тегін тамақ" in admin.screen.text
    await admin.presses("Опубликовать")
    await admin.presses("Сразу")
    await admin.presses("Да, опубликовать")
    await learns(admin)
    found = admin.knowledge.library.services[MEALS]
    assert (found.version, found.short.kk) == (3, "Мектептегі тегін тамақ")
    await admin.opens(OpenVersion(MEALS, 2))
    assert "Қате" in admin.screen.text, "what was is still to be read"


async def test_versions_tell_since_when_and_by_whom(admin: Visitor) -> None:
    await sends(admin, written(admin, ("short: {kk: Мектептегі тегін тамақ", "short: {kk: Тамақ")))
    number = int((await admin.person()).view.split(":")[1], 36)
    await admin.opens(PublishDraft(number, 0))
    text = admin.screen.text
    assert f"id {admin.id}" in text
    assert "выпуск" in text
    assert "21 ноября 2026" in text
    shown = await admin.opens(SendVersion(MEALS, 1))
    (making,) = shown.before
    assert isinstance(making, Making)
    file = making.make().file
    assert file is not None
    found = read_service(file.name, file.content, admin.knowledge.library.around)
    assert isinstance(found, Service)
    assert found == admin.knowledge.library.services[MEALS]


async def test_texts_and_terms_are_changed_in_the_chat(admin: Visitor) -> None:
    await admin.opens(OpenVersions(MEALS))
    await admin.presses("Изменить тексты и сроки")
    await admin.presses("Изменить тексты и сроки")
    await admin.presses("Срок")
    number = int((await admin.person()).view.split(":")[1], 36)
    service = admin.knowledge.library.services[MEALS]
    at = next(i for i, each in enumerate(service.terms) if each.amount)
    await admin.opens(AskValue(number, f"terms.{at}.amount"))
    for bad in ("пять", "0", "-1", "1.5", "99999", "٣"):
        await admin.types(bad)
        assert "целое число" in admin.screen.text, bad
    await admin.types("12")
    await admin.opens(AskValue(number, f"terms.{at}.text", "kk"))
    await admin.types("Жауап 12 күнде бeріледі")
    assert "<code>бeріледі</code>" in admin.screen.text
    await admin.types("Жауап 12 күнде беріледі")
    assert (await admin.person()).view == AskValue(number, f"terms.{at}.text", "ru").pack()
    await admin.types("Ответ за 12 күн")
    assert "<code>ү</code>" in admin.screen.text
    await admin.types("Ответ за 12 дней")
    await admin.opens(OpenDraft(number))
    assert "→ <b>12</b>" in admin.screen.text
    assert "Ответ за 12 дней" in admin.screen.text
    await admin.presses("Опубликовать")
    await admin.presses("Сразу")
    await admin.presses("Да, опубликовать")
    await learns(admin)
    changed = admin.knowledge.library.services[MEALS]
    assert (changed.terms[at].amount, changed.terms[at].text.ru) == (12, "Ответ за 12 дней")
    assert all_faults(changed, admin.knowledge.library.around) == []


async def test_what_is_typed_for_nothing_changes_nothing(admin: Visitor) -> None:
    await admin.opens(DraftVersion(MEALS, 1))
    number = int((await admin.person()).view.split(":")[1], 36)
    for path in ("terms.99.text", "rules.0.source", "id", "version", "x", "short.kk"):
        shown = await admin.opens(AskValue(number, path, "kk"))
        assert shown.alert, path
    shown = await admin.opens(AskValue(number, "short", "en"))
    assert shown.alert
    shown = await admin.opens(AskValue(number, "short"))
    assert shown.alert


async def test_what_an_old_release_wrote_is_offered_and_decided(admin: Visitor) -> None:
    await sends(
        admin, written(admin, ("short: {kk: Мектептегі тегін тамақ", "short: {kk: Біздікі"))
    )
    number = int((await admin.person()).view.split(":")[1], 36)
    await admin.opens(PublishDraft(number, 0))
    service = admin.knowledge.library.services[MEALS]
    text = service.short.model_copy(update={"kk": "Шығарылым"})
    newer = service.model_copy(update={"version": 2, "short": text})
    async with admin.database.writing() as tx:
        await services.bring_release(tx, [body_of(newer)], NOW)
    await admin.opens(OpenPublishing())
    assert any("❗" in each for each in admin.labels())
    await admin.opens(OpenOffer(MEALS))
    assert "Біздікі" in admin.screen.text
    assert "Шығарылым" in admin.screen.text
    await admin.opens(TakeOffer(MEALS))
    await admin.presses("Опубликовать")
    await admin.presses("Сразу")
    await admin.presses("Да, опубликовать")
    await learns(admin)
    assert admin.knowledge.library.services[MEALS].short.kk == "Шығарылым"
    assert (await admin.opens(OpenOffer(MEALS))).alert, "it is decided"
    async with admin.database.writing() as tx:
        await services.bring_release(tx, [body_of(service)], NOW)
    await admin.opens(DeclineOffer(MEALS))
    assert (await admin.opens(OpenOffer(MEALS))).alert
    assert admin.knowledge.library.services[MEALS].short.kk == "Шығарылым"


@pytest.mark.parametrize("role", [None, "editor", "viewer", "official"])
async def test_only_admins_publish(visitor: Visitor, role: Any) -> None:
    await visitor.starts()
    if role:
        await visitor.holds(role)
    for action in (
        OpenPublishing(),
        OpenVersions(MEALS),
        OpenVersion(MEALS, 1),
        SendVersion(MEALS, 1),
        DraftVersion(MEALS, 1),
        AskFile(),
        OpenDraft(1),
        PublishDraft(1, 0),
        TakeVersionBack(MEALS, 1),
        OpenOffer(MEALS),
    ):
        shown = await visitor.opens(action)
        assert shown.alert, action
        assert not shown.before


async def test_a_role_that_is_taken_back_takes_the_file_with_it(admin: Visitor) -> None:
    content = written(admin)
    await admin.opens(AskFile())
    shown = await admin.does(Sent(Kind.DOCUMENT, "f1", "a.yaml", len(content)))
    assert shown.fetch is not None
    async with admin.database.writing() as tx:
        await roles.grant(tx, person_id=502, role="admin", now=NOW)
        (held,) = await roles.of(tx, admin.id)
        await roles.revoke(tx, held.id, NOW)
    shown = await admin.does(Brought("a.yaml", shown.fetch.read(content)))
    assert shown.alert
    async with admin.database.reading() as tx:
        assert await services.own_drafts(tx, admin.id) == []


@pytest.mark.parametrize("day", ["вчера", "20.11.2026", "31.2.2027", "1.1.2035"])
async def test_days_that_are_over_or_no_days_are_asked_again(admin: Visitor, day: str) -> None:
    await admin.opens(DraftVersion(MEALS, 1))
    number = int((await admin.person()).view.split(":")[1], 36)
    await admin.opens(AskBeginning(number))
    await admin.types(day)
    assert (await admin.person()).view == AskBeginning(number, misread=True).pack()


async def test_forged_days_are_gone(admin: Visitor) -> None:
    await admin.opens(DraftVersion(MEALS, 1))
    number = int((await admin.person()).view.split(":")[1], 36)
    for day in (-5, 10**12):
        assert (await admin.opens(ConfirmPublishing(number, day))).alert
        assert (await admin.opens(PublishDraft(number, day))).alert


async def test_a_draft_without_differences_is_not_published(admin: Visitor) -> None:
    await admin.opens(DraftVersion(MEALS, 1))
    assert not any("Опубликовать" in each for each in admin.labels())
    await admin.presses("Удалить")
    async with admin.database.reading() as tx:
        assert await services.own_drafts(tx, admin.id) == []


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_every_kind_of_difference_is_said_in_both_languages(
    admin: Visitor, language: str
) -> None:
    """From every service to every other: there is hardly a key that does not differ."""
    library, say = admin.knowledge.library, LANGUAGES[language]
    known = list(library.services.values())
    told = 0
    for old, new in zip(known, [*known[1:], known[0]], strict=True):
        compared = Compared(old, new, library)
        for each in differences(old, new):
            line = difference_line(say, compared, each)
            assert "None" not in line
            assert "object at" not in line
            told += 1
        for moved in moved_families(old, new, load_families(DATA, old.id)):
            assert moved_line(say, compared, moved)
    assert told > 1000


def test_a_mistake_goes_through_memory() -> None:
    said = replace(mistake("`{name}` is missing", name="x"), hint=mistake("high, medium or low"))
    kept: Any = write_mistake(said)
    assert read_mistake(kept) == said


async def test_parts_and_families_are_one_tap_away(admin: Visitor) -> None:
    await admin.opens(DraftVersion(MEALS, 1))
    number = int((await admin.person()).view.split(":")[1], 36)
    await admin.opens(OpenMoved(number))
    assert "0" in admin.screen.text
    await admin.opens(OpenParts(number))
    assert len(admin.labels()) > 10
