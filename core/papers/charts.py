"""Charts as pictures for a phone: bars that lie, each with its words and its number in full.

Nothing is told by colour alone: what is dark is named, and every bar carries its numbers.
"""

import io
from functools import cache
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from core.papers.fonts import Weight, letters, showable
from core.papers.model import Bar, Chart

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

WIDTH = 1080
EDGE = 56
BAR = 36
LABEL, TITLE, NOTE = 32, 46, 28
LEADING = 1.3
LABEL_LINES = 2
ROOM_FOR_NUMBERS = 210
LEAST = 6
"""So many dots at least has a bar that stands for anything."""

PAPER = (255, 255, 255)
INK = (17, 24, 32)
GREY = (84, 92, 100)
TRACK = (233, 238, 242)
WHOLE = (140, 180, 205)
PART = (10, 61, 92)


def png_of(chart: Chart) -> bytes:
    """The chart as a PNG file."""
    drawn = _Drawing(chart)
    made = io.BytesIO()
    drawn.picture.save(made, "PNG", optimize=True)
    return made.getvalue()


class _Drawing:
    """The picture, drawn from the top to the bottom."""

    def __init__(self, chart: Chart) -> None:
        self._chart = chart
        self._labels = [
            _wrapped(each.label, _font(LABEL, 400), WIDTH - 2 * EDGE, LABEL_LINES)
            for each in chart.bars
        ]
        self._title = _wrapped(chart.title, _font(TITLE, 700), WIDTH - 2 * EDGE, 3)
        self._note = _wrapped(chart.note, _font(NOTE, 400), WIDTH - 2 * EDGE, 6)
        self.picture = Image.new("RGB", (WIDTH, self._height()), PAPER)
        self._pen = ImageDraw.Draw(self.picture)
        self._y = float(EDGE)
        self._draw()

    def _height(self) -> int:
        height = 2.0 * EDGE + len(self._title) * TITLE * LEADING + 24
        height += len(self._note) * NOTE * LEADING
        height += (NOTE * LEADING + 24) * bool(self._chart.legend)
        height += sum(len(each) * LABEL * LEADING + BAR + 34 for each in self._labels)
        return round(height)

    def _draw(self) -> None:
        self._lines(self._title, TITLE, 700, INK)
        self._lines(self._note, NOTE, 400, GREY)
        self._y += 24
        if self._chart.legend:
            self._legend(*self._chart.legend)
        most = max((each.value for each in self._chart.bars), default=0)
        for each, label in zip(self._chart.bars, self._labels, strict=True):
            self._lines(label, LABEL, 400, INK)
            self._bar(each, most)
            self._y += BAR + 34

    def _lines(self, lines: list[str], size: int, weight: Weight, colour: tuple[int, ...]) -> None:
        for line in lines:
            self._pen.text((EDGE, self._y), line, fill=colour, font=_font(size, weight))
            self._y += size * LEADING

    def _legend(self, whole: str, part: str) -> None:
        x = float(EDGE)
        font = _font(NOTE, 400)
        for words, colour in ((showable(whole), WHOLE), (showable(part), PART)):
            self._pen.rectangle((x, self._y + 6, x + 26, self._y + 32), fill=colour)
            self._pen.text((x + 38, self._y), words, fill=INK, font=font)
            x += 38 + font.getlength(words) + 44
        self._y += NOTE * LEADING + 24

    def _bar(self, bar: Bar, most: float) -> None:
        room = WIDTH - 2 * EDGE - ROOM_FOR_NUMBERS
        top, bottom = self._y + 6, self._y + 6 + BAR
        self._pen.rectangle((EDGE, top, EDGE + room, bottom), fill=TRACK)
        two = bar.part is not None
        for value, colour in ((bar.value, WHOLE if two else PART), (bar.part or 0, PART)):
            if value > 0 and most > 0:
                end = EDGE + max(room * value / most, LEAST)
                self._pen.rectangle((EDGE, top, end, bottom), fill=colour)
        self._pen.text(
            (EDGE + room + 20, self._y), showable(bar.said), fill=INK, font=_font(LABEL, 700)
        )


def _wrapped(text: str, font: "FreeTypeFont", width: float, most: int) -> list[str]:
    """The text in lines that fit; what is too long for them ends in dots."""
    lines: list[str] = []
    for paragraph in showable(text).split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if line and font.getlength(longer) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    lines = [each for each in lines if each]
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]}…"]
    return [_cut(each, font, width) for each in lines]


def _cut(line: str, font: "FreeTypeFont", width: float) -> str:
    while line and font.getlength(line) > width:
        line = line.rstrip("…")[:-1] + "…"
    return line


@cache
def _font(size: int, weight: Weight) -> "FreeTypeFont":
    return ImageFont.truetype(io.BytesIO(letters(weight)), size)
