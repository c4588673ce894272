"""Complaints on paper: what the law demands stands on them, in the language that was asked for."""

import io

import pytest
from docx import Document

from core.complaints import number
from core.papers.model import Address, Blank, Code, Said
from dialogs.complaints.actions import OpenDraft, SavePaper, SaveReceipt, SendComplaint, SetContact
from dialogs.complaints.owning import whole
from dialogs.complaints.papers import complaint_paper, link_to, receipt_paper
from dialogs.desk import OwnDesk
from dialogs.language import SetLanguage
from dialogs.turn import Kind, Making, Sent
from tests.dialogs.complaints.steps import ADMIN, WORDS, complaint_of, drafts, role, sends
from tests.dialogs.visits import LANGUAGES, NOW, Visitor

HOSTILE = "<b>& =1+1 </para> \x0b\x1f 🙂 \u202e" * 40


def words_of(content: bytes) -> str:
    """All words of a Word file."""
    return "\n".join(each.text for each in Document(io.BytesIO(content)).paragraphs)


def made(visitor: Visitor) -> list[bytes]:
    """The files that came before the last screen."""
    assert visitor.shown is not None
    screens = [each.make() for each in visitor.shown.before if isinstance(each, Making)]
    return [each.file.content for each in screens if each.file]


@pytest.fixture
async def draft(visitor: Visitor) -> int:
    """A draft of somebody who wants to be named, with a file."""
    await role(visitor, ADMIN, "admin")
    own = await drafts(visitor)
    await visitor.opens(SetContact(own, "named"))
    await visitor.types("Made-up Name")
    await visitor.types("8 701 000 00 00")
    await visitor.types("Made-up Street 1")
    return own


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_the_paper_has_all_that_the_law_demands(
    visitor: Visitor, draft: int, language: str
) -> None:
    say = LANGUAGES[language]
    await visitor.opens(SavePaper(draft, language))
    pdf, docx = made(visitor)
    assert pdf.startswith(b"%PDF")
    words = words_of(docx)
    knowledge = visitor.knowledge
    addressee = next(
        each
        for each in knowledge.directory.offices.values()
        if say.of(each.name) == words.splitlines()[0]
    )
    # It goes where the act sends it, not to the office that it is about.
    assert addressee.kind == "district_akimat"
    for wanted in (
        say.of(addressee.address),
        say.label("from {name}", name="Made-up Name"),
        "Made-up Street 1",
        "+7 701 000 0000",
        say.label("Complaint"),
        WORDS,
        say.label("I ask you to look into this, to put it right, and to answer me."),
        say.label("Date"),
        say.label("Signature"),
    ):
        assert wanted in words
    for demand in knowledge.appeals.demands:
        assert say.of(demand) in words
    ground = knowledge.appeals.grounds[knowledge.appeals.term("higher").ground]
    assert say.of(ground.act) in words
    other = LANGUAGES["ru" if language == "kk" else "kk"]
    assert other.label("Complaint") not in words.splitlines()


async def test_what_is_not_known_is_left_to_be_filled_in(visitor: Visitor) -> None:
    await role(visitor, ADMIN, "admin")
    own = await sends(visitor)
    async with visitor.database.writing() as tx:
        desk = OwnDesk(tx, NOW, LANGUAGES, visitor.knowledge, "bagyt_bot")
        facts = await whole(desk, LANGUAGES["ru"], await complaint_of(visitor, own))
    paper = complaint_paper(LANGUAGES["ru"], facts, visitor.knowledge.appeals)
    blanks = [each.text for each in paper.parts if isinstance(each, Address)][1:]
    assert len(blanks) == 4
    assert all(each.endswith("____") for each in blanks)
    assert sum(isinstance(each, Blank) for each in paper.parts) == 2


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_odd_signs_break_no_paper(visitor: Visitor, language: str) -> None:
    await role(visitor, ADMIN, "admin")
    own = await drafts(visitor)
    await visitor.opens(OpenDraft(own))
    await visitor.presses(visitor.say().label("The words"))
    await visitor.types(HOSTILE)
    await visitor.opens(SetContact(own, "named"))
    await visitor.types(HOSTILE[:150])
    await visitor.opens(SendComplaint(own))
    for action in (SavePaper(own, language), SaveReceipt(own)):
        await visitor.opens(action)
        assert made(visitor)


async def test_the_receipt_leads_back_to_the_complaint_and_says_what_it_is(
    visitor: Visitor,
) -> None:
    await role(visitor, ADMIN, "admin")
    own = await drafts(visitor)
    await visitor.opens(OpenDraft(own))
    await visitor.does(Sent(Kind.PHOTO, "made-up", size=5))
    await visitor.opens(SendComplaint(own))
    async with visitor.database.writing() as tx:
        desk = OwnDesk(tx, NOW, LANGUAGES, visitor.knowledge, "bagyt_bot")
        facts = await whole(desk, visitor.say(), await complaint_of(visitor, own))
    paper = receipt_paper(visitor.say(), facts)
    (code,) = (each for each in paper.parts if isinstance(each, Code))
    assert code.url == link_to(facts) == f"https://t.me/bagyt_bot?start=c-{number.shown(own)}"
    said = " ".join(each.text for each in paper.parts if isinstance(each, Said))
    assert "11:00" in said, "the hour by the clock of the country"
    await visitor.starts()
    await visitor.opens(SetLanguage(visitor.language))
    await visitor.starts(f"c-{number.shown(own)}")
    assert number.shown(own) in visitor.screen.text
    digit = int(number.shown(own)[-1])
    assert (await visitor.starts(f"c-{own}-{(digit + 1) % 10}")).alert
