"""A poster for a foyer: one A4 page in both languages, with a code that opens the bot in place."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import segno
from markupsafe import escape
from reportlab.lib.colors import Color, black, white
from reportlab.lib.enums import TA_CENTER, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from core.papers.fonts import showable
from core.papers.model import Poster
from core.papers.pdf import BOLD, PLAIN, learn_letters, one_at_a_time, style

WIDTH, HEIGHT = A4
MARGIN = 18 * mm
BAND = 44 * mm
CODE = 80 * mm
GAP = 8 * mm
BETWEEN = 2.4 * mm
QUIET = 4
"""Light squares that a reader of codes wants around one."""

INK = Color(0.04, 0.24, 0.36)
TINT = Color(0.91, 0.95, 0.97)
GREY = Color(0.30, 0.33, 0.36)
SMALLER = 0.94
"""By how much letters shrink at a time until a text fits."""


@dataclass(frozen=True, slots=True)
class _Room:
    """Where a text has room: from its left upper corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Look:
    """How a text looks; its letters are at most of this size."""

    size: float
    colour: Color
    font: str = BOLD
    align: int = TA_CENTER


def poster_of(poster: Poster) -> bytes:
    """The poster as a PDF file of one page."""
    with one_at_a_time:
        learn_letters()
        made = io.BytesIO()
        canvas = Canvas(made, pagesize=A4, invariant=True, lang="kk")
        canvas.setTitle(showable(poster.title))
        canvas.setAuthor("Bagyt")
        _draw(canvas, poster)
        canvas.showPage()
        canvas.save()
        return made.getvalue()


def _draw(canvas: Canvas, poster: Poster) -> None:
    whole = WIDTH - 2 * MARGIN
    canvas.setFillColor(INK)
    canvas.rect(0, HEIGHT - BAND, WIDTH, BAND, stroke=0, fill=1)
    room = _Room(MARGIN, HEIGHT - 6 * mm, whole, 18 * mm)
    _both(canvas, poster.headline, room, _Look(26, white))

    top = HEIGHT - BAND - 7 * mm
    canvas.setFillColor(TINT)
    canvas.roundRect(MARGIN, top - 40 * mm, whole, 40 * mm, 3 * mm, stroke=0, fill=1)
    room = _Room(MARGIN + 4 * mm, top - 2 * mm, whole - 8 * mm, 18 * mm)
    _both(canvas, poster.about, room, _Look(16, INK))

    top -= 41 * mm
    _code(canvas, poster.url, (WIDTH - CODE) / 2, top - CODE)
    top -= CODE
    _both(canvas, poster.scan, _Room(MARGIN, top, whole, 8 * mm), _Look(15, black))
    _fitted(canvas, poster.bot, _Room(MARGIN, top - 16 * mm, whole, 8 * mm), _Look(15, INK))

    _points(canvas, poster.points, top - 28 * mm)
    canvas.setStrokeColor(TINT)
    canvas.line(MARGIN, 23 * mm, WIDTH - MARGIN, 23 * mm)
    room = _Room(MARGIN, 21.5 * mm, whole, 5.5 * mm)
    _both(canvas, poster.footer, room, _Look(9, GREY, PLAIN))


def _points(canvas: Canvas, points: Sequence[tuple[str, str]], top: float) -> None:
    """What the bot does: Kazakh on the left, Russian on the right, in letters of one size."""
    column = (WIDTH - 2 * MARGIN - GAP) / 2
    height = (top - 25 * mm) / len(points)
    look = _Look(13, black, PLAIN, TA_LEFT)
    rooms = [
        (
            text,
            _Room(
                MARGIN + side * (column + GAP) + 6 * mm, top - row * height, column - 6 * mm, height
            ),
        )
        for row, point in enumerate(points)
        for side, text in enumerate(point)
    ]
    look = replace(look, size=min(_size_for(text, room, look) for text, room in rooms))
    for text, room in rooms:
        canvas.setFillColor(INK)
        canvas.circle(room.left - 4 * mm, room.top - look.size * 0.75, 1.2 * mm, stroke=0, fill=1)
        _text(canvas, text, room, look)


def _both(canvas: Canvas, texts: tuple[str, str], room: _Room, look: _Look) -> None:
    """The same in both languages, one below the other with a gap, in letters of one size."""
    room = replace(room, height=room.height - BETWEEN / 2)
    below = replace(room, top=room.top - room.height - BETWEEN)
    size = min(_size_for(texts[0], room, look), _size_for(texts[1], below, look))
    _text(canvas, texts[0], room, replace(look, size=size))
    _text(canvas, texts[1], below, replace(look, size=size))


def _fitted(canvas: Canvas, text: str, room: _Room, look: _Look) -> None:
    _text(canvas, text, room, replace(look, size=_size_for(text, room, look)))


def _text(canvas: Canvas, text: str, room: _Room, look: _Look) -> None:
    """A text at the top of its room, or in the midst of it if its lines are centred."""
    paragraph = _paragraph(text, look)
    _, height = paragraph.wrap(room.width, room.height)
    space = (room.height - height) / 2 if look.align == TA_CENTER else 0
    paragraph.drawOn(canvas, room.left, room.top - height - max(space, 0))


def _size_for(text: str, room: _Room, look: _Look) -> float:
    """The largest size in which the text fits into its room."""
    while look.size > 1:
        paragraph = _paragraph(text, look)
        _, height = paragraph.wrap(room.width, 10 * HEIGHT)
        if height <= room.height and paragraph.minWidth() <= room.width:
            break
        look = replace(look, size=look.size * SMALLER)
    return look.size


def _paragraph(text: str, look: _Look) -> Paragraph:
    said = str(escape(showable(text)))
    return Paragraph(said, style(look.size, look.font, look.colour, alignment=look.align))


def _code(canvas: Canvas, url: str, left: float, bottom: float) -> None:
    """The code, its dark squares a little wider so that no light line stays between."""
    rows = tuple(segno.make_qr(url, error="q").matrix)
    side = CODE / (len(rows) + 2 * QUIET)
    canvas.setFillColor(black)
    fill: Callable[..., None] = canvas.rect
    for down, row in enumerate(rows):
        for right, dark in enumerate(row):
            if dark:
                x = left + (right + QUIET) * side
                y = bottom + CODE - (down + QUIET + 1) * side
                fill(x, y, side * 1.03, side * 1.03, stroke=0, fill=1)
