"""The words by which the acts' tables are read, from `lists/words.yaml`."""

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from core.directory.model import Kind as OfficeKind
from core.places.model import Kind

StreetKind = Literal[
    "street", "avenue", "square", "boulevard", "microdistrict", "quarter", "road"
]  # fmt: skip


class Words(BaseModel):
    """Look-alike letters, marks of contacts, and patterns of headings."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cyrillic_for_latin: dict[str, str]
    latin_for_cyrillic: dict[str, str]
    torn_off: str
    phone_mark: str
    fax_mark: str
    email_mark: str
    nothing: str
    centre: str
    group: str
    new_organisation: str
    address_start: str
    timetable: str
    name_end: str
    timetable_block: str
    place_kinds: dict[str, Kind]
    settlement_prefix: str
    not_a_place: str
    town_or_street: str
    street_endings: dict[StreetKind, str]
    street_prefix: str
    no_number: str
    house_word: str
    flat_word: str
    city_after_name: str
    rural_core: str
    street_like: str
    okrug_words: str
    town_word: str
    boarding: str
    legal_form_tail: str
    kind_by_name: dict[OfficeKind, str]
    kind_words: str
    kind_beginnings: dict[Kind, str]


def load_words(lists: Path) -> Words:
    """The word file of the lists."""
    text = (lists / "words.yaml").read_text(encoding="utf-8")
    return Words.model_validate(yaml.safe_load(text))
