"""Charts, posters and spreadsheets: whole, readable by programs, and never dangerous."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl
import pytest
from PIL import Image

from core.papers.charts import PAPER, PART, WHOLE, WIDTH, png_of
from core.papers.model import Bar, Chart, Poster, Sheet, Workbook
from core.papers.poster import poster_of
from core.papers.xlsx import xlsx_of

LONG = "Кәмелетке толмағанның меншігіндегі тұрғын үйді кепілге қоюға рұқсат беру туралы " * 4


def picture(*bars: Bar, **more: Any) -> Image.Image:
    chart = Chart(more.pop("title", "Қызметтер"), more.pop("note", ""), bars, **more)
    return Image.open(io.BytesIO(png_of(chart))).convert("RGB")


def dots(drawn: Image.Image, colour: tuple[int, int, int]) -> int:
    counts: Sequence[tuple[int, Any]] = drawn.getcolors(drawn.width * drawn.height) or ()
    return {found: number for number, found in counts}.get(colour, 0)


def test_a_bar_is_as_long_as_its_number() -> None:
    one, two = dots(picture(Bar("a", 10, "10")), PART), dots(picture(Bar("a", 10, "10")), WHOLE)
    half = dots(picture(Bar("a", 10, "10"), Bar("b", 5, "5")), PART)
    assert two == 0
    assert half / one == pytest.approx(1.5, rel=0.02)


def test_a_part_is_told_from_the_whole_by_more_than_a_shade() -> None:
    drawn = picture(Bar("a", 10, "10 / 4", 4), legend=("whole", "part"))
    assert dots(drawn, PART) / dots(drawn, WHOLE) == pytest.approx(4 / 6, rel=0.05)


def test_nothing_is_drawn_for_nothing_and_something_for_a_little() -> None:
    assert dots(picture(Bar("a", 0, "0"), Bar("b", 0, "0")), PART) == 0
    assert dots(picture(Bar("a", 1, "1")), PART) < dots(
        picture(Bar("a", 1_000_000, "1000000"), Bar("b", 1, "1")), PART
    )


def test_long_words_make_the_picture_higher_not_wider() -> None:
    short, long = picture(Bar("a", 1, "1")), picture(Bar(LONG, 1, "1"), note=LONG, title=LONG)
    assert short.width == long.width == WIDTH
    assert long.height > short.height
    edge = long.crop((WIDTH - 8, 0, WIDTH, long.height))
    assert dots(edge, PAPER) == edge.width * edge.height, "nothing runs over the edge"


def test_a_picture_without_bars_is_a_picture() -> None:
    assert picture().height > 0


def a_poster(about: str = "Мектеп", url: str = "https://t.me/bagyt_bot?start=po-of0001") -> bytes:
    return poster_of(
        Poster(
            "Bagyt",
            url,
            "@bagyt_bot",
            ("Қандай құжат керек?", "Какие документы нужны?"),
            (about, about),
            ("Осы кодқа", "На этот код"),
            [("Бірінші", "Первое"), ("Екінші", "Второе")],
            ("Тегін", "Бесплатно"),
        )
    )


@pytest.mark.parametrize(
    "about", ["Мектеп", LONG, "ГУ «Отдел» <b>&amp;</b>", "а" * 300, "📎 Мектеп"]
)
def test_a_poster_is_one_page_whatever_it_is_about(about: str) -> None:
    made = a_poster(about)
    assert made.startswith(b"%PDF")
    assert made.count(b"/Type /Page\n") == 1
    assert made == a_poster(about), "the same poster is the same file"


def read(*sheets: Sheet) -> Any:
    return openpyxl.load_workbook(io.BytesIO(xlsx_of(Workbook("Есеп", sheets))))


def test_a_spreadsheet_holds_what_it_was_given() -> None:
    day = date(2026, 11, 21)
    book = read(
        Sheet(
            "Күндер",
            ["Қызмет", "Саны", "Күні"],
            [("Тамақ", 3, day), ("Лагерь", None, day)],
            "Ескерту",
        )
    )
    page = book["Күндер"]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[0] == ["Қызмет", "Саны", "Күні"]
    assert rows[1][:2] == ["Тамақ", 3]
    assert rows[1][2].date() == day
    assert rows[-1][0] == "Ескерту"
    assert page.freeze_panes == "A2"


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://x")', "+7", "-1", "@x", "\t=1", "a\x00b"]
)
def test_no_text_is_a_formula(text: str) -> None:
    book = read(Sheet("А", ["Сөз"], [(text,)]))
    cell = book["А"]["A2"]
    assert cell.data_type in {"s", "inlineStr"}
    assert cell.value.strip("\t") in {text.strip("\t"), "ab"}


def test_names_of_sheets_are_such_as_may_be() -> None:
    book = read(Sheet("Шағым: [мекеме/бөлім]?*" * 3, ["А"], []))
    assert all(len(each) <= 31 and not set(each) & set("[]:*?/\\") for each in book.sheetnames)
