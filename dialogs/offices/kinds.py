"""Kinds: what sorts of offices a place has, where there are too many for one list."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from core.directory.model import Kind, Office
from dialogs.markup import bold, paragraphs
from dialogs.offices.actions import OfficesOfKind
from dialogs.offices.looking import Looked, way_back
from dialogs.screen import Button, Screen
from dialogs.short_ids import short
from dialogs.speech import Speech


@dataclass(frozen=True, slots=True)
class Sorted:
    """How many offices of each kind a place has."""

    looked: Looked
    place: str
    where: str
    counts: Sequence[tuple[Kind, int]]


def show_kinds(say: Speech, found: Sorted) -> Screen:
    """The kinds of offices there, each with how many there are."""
    names = kind_names(say)
    place = short(found.place)
    rows = tuple(
        (
            Button(
                say.label("{kind}: {number}", kind=names[kind], number=say.number(number)),
                OfficesOfKind(place, kind),
            ),
        )
        for kind, number in found.counts
    )
    text = paragraphs(bold(found.where), say("<b>What are you looking for?</b>"))
    elsewhere = Button(say.label("Look elsewhere"), found.looked.again)
    return Screen(text, (*rows, *way_back(say, elsewhere)))


def counted(offices: Sequence[Office]) -> list[tuple[Kind, int]]:
    """How many there are of each kind, in the order in which they come."""
    return list(Counter(each.kind for each in offices).items())


def is_kind(name: str) -> bool:
    """Whether offices can be of this kind; a button may say anything."""
    return name in get_args(Kind)


def kind_names(say: Speech) -> dict[Kind, str]:
    """What offices of each kind are called."""
    return {
        "region_akimat": say.label("Akimat of the region or city"),
        "district_akimat": say.label("Akimats of districts and cities"),
        "rural_akim": say.label("Akims of villages"),
        "region_education_department": say.label("Education department of the region"),
        "district_education_department": say.label("Education departments"),
        "social_department": say.label("Social departments"),
        "service_centre": say.label("Public service centres"),
        "school": say.label("Schools"),
        "kindergarten": say.label("Kindergartens"),
        "college": say.label("Colleges"),
        "extra_education": say.label("Clubs and art schools"),
        "special_school": say.label("Special schools"),
        "ministry": say.label("Ministry"),
        "other": say.label("Other offices"),
    }
