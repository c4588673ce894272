"""What papers, pictures and spreadsheets consist of: the dialogs fill them with words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over the parts that follow."""

    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph of plain words; a quiet one is smaller and grey."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A box to tick, what stands beside it, and what else is worth knowing of it."""

    text: str
    notes: tuple[str, ...] = ()
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """To whom an application goes and from whom it comes, at the upper right."""

    text: str


@dataclass(frozen=True, slots=True)
class Title:
    """The name of the paper, in the middle of the page."""

    text: str


@dataclass(frozen=True, slots=True)
class Blank:
    """Something to be filled in by hand, such as a date or a signature."""

    label: str


@dataclass(frozen=True, slots=True)
class Code:
    """An address as a QR code, with what it leads to."""

    url: str
    text: str


Part = Heading | Said | Box | Address | Title | Blank | Code


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, from the top to the bottom; `name` is what the file is called inside."""

    name: str
    language: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Poster:
    """What a poster says, each thing once in Kazakh and once in Russian."""

    title: str
    url: str
    bot: str
    headline: tuple[str, str]
    about: tuple[str, str]
    """The office it hangs in, or the service it is about."""
    scan: tuple[str, str]
    points: Sequence[tuple[str, str]]
    footer: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: what it is, how much, and how much of that is the dark part."""

    label: str
    value: float
    said: str
    """The number or the numbers, as they are written beside it."""
    part: float | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars under a title; `legend` names the whole bar and its dark part."""

    title: str
    note: str
    bars: Sequence[Bar]
    legend: tuple[str, str] | None = None


Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: a head and rows below it."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Workbook:
    """A spreadsheet file."""

    title: str
    sheets: Sequence[Sheet]
