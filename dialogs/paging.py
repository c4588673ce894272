"""Paging: a long list, a few at a time, with buttons to turn the page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from markupsafe import Markup

from dialogs.action import Action
from dialogs.screen import Button, Rows, visible_length
from dialogs.speech import Speech

Item = TypeVar("Item")

PAGE_SIZE = 8
ROOM = 600
"""How many signs of a list are shown at once, so that a phone need hardly be scrolled."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of a list."""

    items: Sequence[Item]
    number: int
    last: int


def page_of(items: Sequence[Item], number: int, size: int = PAGE_SIZE) -> Page[Item]:
    """That page, or the nearest one there is."""
    last = max(0, (len(items) - 1) // size)
    number = min(max(number, 0), last)
    return Page(items[number * size : (number + 1) * size], number, last)


def fitting_page(parts: Sequence[Markup], number: int, room: int = ROOM) -> Page[Markup]:
    """That page of parts that are as long as they are: as many on each as there is room for."""
    pages: list[list[Markup]] = [[]]
    taken = 0
    for part in parts:
        length = visible_length(part)
        if pages[-1] and taken + length > room:
            pages.append([])
            taken = 0
        pages[-1].append(part)
        taken += length
    number = min(max(number, 0), len(pages) - 1)
    return Page(pages[number], number, len(pages) - 1)


def turning(say: Speech, page: Page[Item], turn: Callable[[int], Action]) -> Rows:
    """The row of buttons to the pages before and behind; no row where there is one page only."""
    row = []
    if page.number > 0:
        row.append(Button(say.label("← Back a page"), turn(page.number - 1)))
    if page.number < page.last:
        row.append(Button(say.label("Next page →"), turn(page.number + 1)))
    return (tuple(row),) if row else ()
