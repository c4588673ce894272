"""What a paper consists of, whatever it is about: the dialogs fill it with words."""

from dataclasses import dataclass


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
