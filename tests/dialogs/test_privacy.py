"""What is kept is told, and goes when asked; nothing personal stands in clear in the file."""

from datetime import timedelta
from pathlib import Path

import pytest

from core.forgetting import forget_old
from core.keep import Keep
from core.store import complaints, enquiries, watches
from dialogs.complaints.actions import SetContact
from dialogs.doors import OpenPrivacy, StartEnquiry
from dialogs.enquiry import Answer
from dialogs.language import SetLanguage
from dialogs.officials.actions import AskRegister
from dialogs.privacy import AskToForget, Forget, Forgotten
from dialogs.turn import Command
from dialogs.watch.actions import HandedIn
from tests.dialogs.complaints.steps import (
    ADMIN,
    WORDS,
    complaint_of,
    drafts,
    other,
    posted,
    role,
    sends,
    text_of,
)
from tests.dialogs.test_every_path import assert_fits
from tests.dialogs.visits import LANGUAGES, NOW, Visitor

MEALS = "free_school_meals"
NAME, SLIP = "Made-up Surname", "MADE-UP-77"


async def lives(visitor: Visitor) -> int:
    """An enquiry, a watch, a draft with a name, and a complaint that was sent."""
    await role(visitor, ADMIN, "admin")
    await visitor.starts()
    await visitor.opens(StartEnquiry(MEALS))
    await visitor.opens(Answer(1, "school", "state"))
    await visitor.opens(Answer(1, "family", "assistance"))
    await visitor.opens(HandedIn(1, NOW.toordinal()))
    await visitor.types("30.11.2026")
    await visitor.types(SLIP)
    own = await sends(visitor)
    draft = await drafts(visitor)
    await visitor.opens(SetContact(draft, "named"))
    await visitor.types(NAME)
    return own


def all_bytes(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.glob("dialogs.db*"))


async def test_nothing_that_people_wrote_stands_in_clear_in_the_file(
    visitor: Visitor, tmp_path: Path
) -> None:
    await lives(visitor)
    kept = all_bytes(tmp_path)
    # The queue must know when to remind; of the day itself nothing else stands there.
    for word in (WORDS[:24], NAME, SLIP, '"assistance"', '"handed_in"'):
        assert word.encode() not in kept, word


async def test_forgetting_takes_everything_but_what_an_office_registered(
    visitor: Visitor,
) -> None:
    own = await lives(visitor)
    notices = len(await posted(visitor, ADMIN))
    await visitor.does(Command("forget"))
    assert (await visitor.person()).view == AskToForget().pack()
    await visitor.opens(Forget())
    assert (await visitor.person()).view == Forgotten().pack()
    async with visitor.database.reading() as tx:
        assert await complaints.find(tx, own) is None
        assert await complaints.draft_of(tx, visitor.id) is None
        assert not await watches.of(tx, visitor.id)
        assert not await enquiries.of(tx, visitor.id)
    told = await posted(visitor, ADMIN)
    # The notices with the words are gone, and one without them has come.
    assert len(told) == 1 <= notices
    assert "made-up words" not in text_of(told[0])
    assert not (await visitor.person()).memory


async def test_an_official_complaint_stays_and_that_is_said(visitor: Visitor) -> None:
    own = await lives(visitor)
    admin = other(visitor, ADMIN)
    await admin.opens(AskRegister(own))
    await admin.types("A-1, 20.11.2026")
    await visitor.opens(Forget())
    assert (await complaint_of(visitor, own)).person_id == visitor.id
    assert "1" in visitor.screen.text


async def test_what_has_lain_long_enough_goes_and_nothing_before(visitor: Visitor) -> None:
    await lives(visitor)
    keep = Keep(12, 3)
    async with visitor.database.writing() as tx:
        early = await forget_old(tx, NOW + keep.idle, keep)
        assert (early.enquiries, early.watches, early.complaints) == (0, 0, 0)
    async with visitor.database.writing() as tx:
        late = await forget_old(tx, NOW + keep.idle + timedelta(seconds=1), keep)
        assert (late.enquiries, late.watches) == (1, 1)
    async with visitor.database.writing() as tx:
        drafts_gone = await forget_old(tx, NOW + keep.complaints + timedelta(seconds=1), keep)
        # The draft goes; the complaint that is still open stays whatever its age.
        assert drafts_gone.complaints == 1


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_its_screens_fit(visitor: Visitor, language: str) -> None:
    await lives(visitor)
    await visitor.opens(SetLanguage(language))
    for action in (OpenPrivacy(), AskToForget(), Forgotten()):
        await visitor.opens(action)
        assert_fits(visitor.screen, LANGUAGES[language])
