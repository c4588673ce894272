"""Papers as PDF and Word: they open, hold every part, and take one page where they can."""

import io
import re
import zlib
from base64 import a85decode

import pytest
from docx import Document

from core.papers.docx import docx_of
from core.papers.model import Address, Blank, Box, Code, Heading, Paper, Part, Said, Title
from core.papers.pdf import SIZES, pdf_of

ALL_PARTS: tuple[Part, ...] = (
    Address("Мектеп директорына"),
    Title("Өтініш"),
    Said("Балама тегін тамақ беруіңізді сұраймын."),
    Said("Актінің күші жойылған", quiet=True),
    Heading("Құжаттар"),
    Box("Жеке куәлік", ("Қайдан: ХҚКО",), ticked=True),
    Box("Анықтама <b>&"),
    Blank("Қолы"),
    Code("https://t.me/bagyt_bot?start=s-x", "Ботта жалғастыру"),
)


def paper(*parts: Part) -> Paper:
    return Paper("Қағаз", "kk", parts)


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


def streams(pdf: bytes) -> list[bytes]:
    found = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    return [zlib.decompress(a85decode(each.strip(), adobe=False)) for each in _pages_of(found)]


def _pages_of(found: list[bytes]) -> list[bytes]:
    return [each.strip().removesuffix(b"~>") for each in found if each.strip().endswith(b"~>")]


def test_a_paper_with_every_part_is_one_page() -> None:
    made = pdf_of(paper(*ALL_PARTS))
    assert made.startswith(b"%PDF-1.")
    assert pages(made) == 1
    assert b"/ToUnicode" in made


def test_a_heading_is_in_the_bold_letters_and_the_rest_is_not() -> None:
    made = pdf_of(paper(Heading("Құжаттар"), Said("Анықтама")))
    named = set(re.findall(rb"/BaseFont /\w+\+(Bagyt-\d+)", made))
    assert named == {b"Bagyt-400", b"Bagyt-700"}
    assert len(re.findall(rb"/FontFile2 (\d+) 0 R", made)) == 2
    assert len(set(re.findall(rb"/FontFile2 (\d+) 0 R", made))) == 2


def test_the_same_paper_is_the_same_file() -> None:
    assert pdf_of(paper(*ALL_PARTS)) == pdf_of(paper(*ALL_PARTS))


def test_letters_shrink_so_that_a_paper_stays_on_one_page() -> None:
    lines = [Box(f"{number}. " + "құжат " * 12) for number in range(44)]
    short = pdf_of(paper(*lines[:5]))
    long = pdf_of(paper(*lines))
    assert pages(short) == pages(long) == 1
    assert size_of(short) == SIZES[0]
    assert size_of(long) < SIZES[0]


def test_what_fits_no_page_takes_more_of_them_in_large_letters() -> None:
    made = pdf_of(paper(*(Box(f"{number}. " + "құжат " * 30) for number in range(60))))
    assert pages(made) > 1
    assert size_of(made) == SIZES[0]


def test_a_tick_is_drawn_only_where_the_thing_is_there() -> None:
    empty, ticked = (pdf_of(paper(Box("а", ticked=each))) for each in (False, True))
    assert streams(empty)[0].count(b" l\n") == 0
    assert streams(ticked)[0].count(b" l\n") == 2


def size_of(pdf: bytes) -> float:
    """The size of most letters on the first page."""
    sizes = [float(each) for each in re.findall(rb"/F\d\+0 ([\d.]+) Tf", streams(pdf)[0])]
    return max(set(sizes), key=sizes.count)


@pytest.mark.parametrize("words", ["😀", "\u0000", "а" * 500, "<i>", "&amp;", "\ud83c"])
def test_whatever_is_typed_makes_a_paper(words: str) -> None:
    parts = (Title(words), Said(words), Box(words, (words,)), Address(words))
    assert pages(pdf_of(paper(*parts))) == 1
    assert docx_of(paper(*parts)).startswith(b"PK")


def test_a_word_file_holds_every_part() -> None:
    document = Document(io.BytesIO(docx_of(paper(*ALL_PARTS))))
    said = [each.text for each in document.paragraphs]
    assert said[0] == "Мектеп директорына"
    assert "☑ Жеке куәлік" in said
    assert "☐ Анықтама <b>&" in said
    assert any(each.startswith("Қолы: ___") for each in said)
    assert any("https://t.me/bagyt_bot?start=s-x" in each for each in said)
    assert document.core_properties.author == "Bagyt"
