"""A paper as a Word file, to be changed by hand before it is printed."""

import io
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as Opened
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from core.papers.model import Address, Blank, Box, Code, Heading, Paper, Part, Said, Title

FONT = "Times New Roman"
SIZE = Pt(12)
QUIET = Pt(9)
EMPTY, TICKED = "\u2610", "\u2611"
GREY = RGBColor(0x59, 0x59, 0x59)

# A file of Word says when it was made; that of a parent's application is nobody's business.
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def docx_of(paper: Paper) -> bytes:
    """The paper as a DOCX file."""
    document = Document()
    document.core_properties.title = _printable(paper.name)
    document.core_properties.author = "Bagyt"
    document.core_properties.language = paper.language
    document.core_properties.created = document.core_properties.modified = _NO_DAY
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, SIZE
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin, section.right_margin = Cm(3), Cm(1.5)
        section.top_margin = section.bottom_margin = Cm(2)
    for part in paper.parts:
        _add(document, part)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _add(document: Opened, part: Part) -> None:
    match part:
        case Title(text):
            _said(document, text, bold=True).alignment = WD_ALIGN_PARAGRAPH.CENTER
        case Heading(text):
            _said(document, text, bold=True)
        case Said(text, quiet):
            _said(document, text, quiet=quiet)
        case Box(text, notes, ticked):
            _said(document, f"{TICKED if ticked else EMPTY} {text}")
            for each in notes:
                _said(document, each, quiet=True)
        case Address(text):
            _said(document, text).paragraph_format.left_indent = Cm(7)
        case Blank(label):
            _said(document, f"{label}: ______________________")
        case Code(url, text):
            _said(document, f"{text}: {url}", quiet=True)


def _said(document: Opened, text: str, *, bold: bool = False, quiet: bool = False) -> Paragraph:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(_printable(text))
    run.bold = bold
    if quiet:
        run.font.size, run.font.color.rgb = QUIET, GREY
    return paragraph


def _printable(text: str) -> str:
    """The text without signs that no XML may hold."""
    return "".join(each for each in text if each.isprintable() or each == "\n")
