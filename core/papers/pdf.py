"""A paper as PDF: A4, on one page where it fits, with every Kazakh letter, boxes and a QR code."""

import io
from collections.abc import Callable, Iterator
from functools import cache
from threading import Lock
from typing import Any

import segno
from markupsafe import escape
from reportlab.lib.colors import Color
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table

from core.papers.fonts import letters, showable
from core.papers.model import Address, Blank, Box, Code, Heading, Paper, Part, Said, Title

PLAIN, BOLD = "Bagyt", "Bagyt-Bold"
GREY = Color(0.35, 0.35, 0.35)
MARGIN = 18 * mm
FRAME = 6.0
"""What reportlab leaves free around everything on a page, in points."""

WIDTH = A4[0] - 2 * MARGIN - 2 * FRAME
CODE_SIZE = 24 * mm

# How large the letters may be, the largest first; beyond the smallest a paper takes more pages.
SIZES = (10.5, 9.5, 8.5)

one_at_a_time = Lock()


def pdf_of(paper: Paper) -> bytes:
    """The paper as a PDF file, in the largest letters in which it is one page, if any."""
    with one_at_a_time:
        learn_letters()
        for size in SIZES:
            made, pages = _set(paper, size)
            if pages == 1:
                return made
        return _set(paper, SIZES[0])[0]


@cache
def learn_letters() -> None:
    """Make the letters known to reportlab, which keeps them for the whole process."""
    pdfmetrics.registerFont(TTFont(PLAIN, io.BytesIO(letters(400))))
    pdfmetrics.registerFont(TTFont(BOLD, io.BytesIO(letters(700))))


def _set(paper: Paper, size: float) -> tuple[bytes, int]:
    """The paper in letters of this size, and how many pages it takes."""
    made = io.BytesIO()
    document = SimpleDocTemplate(
        made,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=showable(paper.name),
        author="Bagyt",
        lang=paper.language,
        invariant=True,
    )
    document.build([flow for part in paper.parts for flow in _flows(part, size)])
    return made.getvalue(), document.page


def _flows(part: Part, size: float) -> Iterator[Flowable]:
    match part:
        case Title(text):
            yield Spacer(0, size * 0.4)
            yield _said(text, style(size * 1.35, BOLD, alignment=TA_CENTER))
            yield Spacer(0, size * 0.6)
        case Heading(text):
            yield Spacer(0, size * 0.6)
            yield _said(text, style(size * 1.1, BOLD, keepWithNext=1, spaceAfter=size * 0.3))
        case Said(text, quiet):
            yield _said(text, style(size * 0.85, colour=GREY) if quiet else style(size))
            yield Spacer(0, size * 0.3)
        case Box():
            yield KeepTogether([_box(part, size), Spacer(0, size * 0.35)])
        case Address(text):
            yield _beside(Spacer(0, 0), _said(text, style(size)), WIDTH * 0.45)
        case Blank(label):
            yield Spacer(0, size)
            yield _said(f"{label}: ______________________", style(size))
            yield Spacer(0, size * 0.6)
        case Code(url, text):
            yield Spacer(0, size * 0.6)
            words = _said(text, style(size * 0.9, colour=GREY))
            yield KeepTogether([_beside(_Squares(url), words, CODE_SIZE + 4 * mm)])


def _box(box: Box, size: float) -> Table:
    notes = [_said(each, style(size * 0.85, colour=GREY)) for each in box.notes]
    return _beside(_Tick(size, ticked=box.ticked), [_said(box.text, style(size)), *notes], size * 2)


def _beside(left: Flowable, right: Flowable | list[Flowable], left_width: float) -> Table:
    return Table(
        [[left, right]],
        colWidths=[left_width, WIDTH - left_width],
        style=[
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ],
    )


def _said(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(str(escape(showable(text))).replace("\n", "<br/>"), style)


def style(
    size: float, font: str = PLAIN, colour: Color | None = None, **more: Any
) -> ParagraphStyle:
    return ParagraphStyle(
        "said",
        fontName=font,
        fontSize=size,
        leading=size * 1.3,
        textColor=colour or Color(0, 0, 0),
        splitLongWords=1,
        **more,
    )


class _Tick(Flowable):  # type: ignore[misc] # reportlab has no types
    """A box of the height of a letter, with a tick if the thing is there."""

    def __init__(self, size: float, *, ticked: bool) -> None:
        super().__init__()
        self.width = self.height = size * 1.15
        self._ticked = ticked

    def draw(self) -> None:
        """Draw it."""
        side = self.width * 0.8
        self.canv.setLineWidth(0.8)
        self.canv.rect(0, 0, side, side)
        if self._ticked:
            self.canv.setLineWidth(1.2)
            self.canv.lines(
                [
                    (side * 0.2, side * 0.5, side * 0.42, side * 0.22),
                    (side * 0.42, side * 0.22, side * 0.82, side * 0.8),
                ]
            )


class _Squares(Flowable):  # type: ignore[misc] # reportlab has no types
    """A QR code."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.width = self.height = CODE_SIZE
        self._rows = tuple(segno.make_qr(url, error="m").matrix)

    def draw(self) -> None:
        """Draw its dark squares, each a little wider so that no light line stays between."""
        side = CODE_SIZE / len(self._rows)
        fill: Callable[..., None] = self.canv.rect
        for down, row in enumerate(self._rows):
            for right, dark in enumerate(row):
                if dark:
                    top = CODE_SIZE - (down + 1) * side
                    fill(right * side, top, side * 1.03, side * 1.03, stroke=0, fill=1)
