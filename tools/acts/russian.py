"""Russian names and addresses of offices, from rules and reviewed word lists."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from core.places.model import Place
from tools.acts.placing import even
from tools.acts.streets import StreetPart

Rule = tuple[str, str]
INITIALS = re.compile(r"^((?:[^\W\d_]{1,2}\.\s?)+)(?=\S)")
NUMBERED = re.compile(r"^(.*?)\s*-?\s*(\d+\s?[^\W\d]?)$")
SCHOOL = re.compile(r"№\s*(\d+)\s*(.*)$")
SCHOOL_NUMBER = re.compile(r"[№N]\s*(\d+)")


class Found(BaseModel):
    """A pattern and its Russian."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pattern: str
    ru: str


class Pair(BaseModel):
    """A word in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kk: str
    ru: str


class ReceptionWords(BaseModel):
    """The words of reception times."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    who: Mapping[str, str]
    times: Sequence[Rule]


class Templates(BaseModel):
    """The file `templates.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    names_ru: Mapping[str, str]
    education_department_kk: str
    rural_akim_whole: str
    rural_akim_kk: str
    names: Mapping[str, str]
    legal_forms: Sequence[Rule]
    plain_forms: Sequence[str]
    slip_in_name: str
    founder: str
    founder_ru: str
    named_after_kk: str
    named_after_ru: str
    genitive_places: Sequence[Rule]
    genitive_kk: Sequence[Rule]
    branch: str
    locative_places: Sequence[Rule]
    short_places: Sequence[Rule]
    letters: Mapping[str, str]
    surnames: Sequence[Rule]
    street_kk: Mapping[str, str]
    numbered_microdistrict_kk: str
    street_ru: Mapping[str, str]
    entrance: Found
    room: Found
    without_number: Pair
    flat: Pair
    reception: ReceptionWords


@dataclass(frozen=True)
class Said:
    """A text in Russian; `covered` is false where no list knew a word of it."""

    text: str
    covered: bool = True


class Russian:
    """Translates by the lists of `lists/russian` and the templates."""

    def __init__(self, lists_folder: Path) -> None:
        text = (lists_folder / "templates.yaml").read_text(encoding="utf-8")
        self.templates = Templates.model_validate(yaml.safe_load(text))
        self._letters = str.maketrans(dict(self.templates.letters))
        lists = {
            name: _load_list(lists_folder / "russian" / f"{name}.csv")
            for name in ("forms", "people", "names", "streets", "microdistricts")
        }
        self._streets, self._microdistricts = lists["streets"], lists["microdistricts"]
        self._forms = {even(kk): ru for kk, ru in lists["forms"].items()}
        self._people = {even(kk): ru for kk, ru in lists["people"].items()}
        self._names = {even(kk): ru for kk, ru in lists["names"].items()}

    def letters(self, text: str) -> str:
        """Kazakh letters as Russian writes them."""
        return text.translate(self._letters)

    def genitive(self, place: Place) -> str:
        """A place's Russian name after "of"."""
        return _first(place.ru, self.templates.genitive_places)

    def locative(self, place: Place) -> str:
        """A place's Russian name after "in", with the preposition."""
        return _first(place.ru, self.templates.locative_places)

    def short(self, place: Place) -> str:
        """A place as addresses write it."""
        return _first(place.ru, self.templates.short_places)

    def kk_genitive(self, place: Place) -> str:
        """A place's Kazakh name after which a department stands."""
        return _first(place.kk, self.templates.genitive_kk)

    def service_centre(
        self, name: str, places: Mapping[str, Place], *, region: str | None, district: str | None
    ) -> Said:
        """A public service centre or one of its branches."""
        templates = self.templates
        number = SCHOOL_NUMBER.search(name)
        above, own = places.get(region or ""), places.get(district or "")
        if above is None:
            return Said(self.letters(name), covered=False)
        if re.search(templates.branch, name):
            where = self.locative(own) if own else ""
            text = templates.names_ru["service_centre_branch"].format(
                of=self.genitive(above),
                number=f" № {number.group(1)}" if number else "",
                where=where,
            )
            return Said(text)
        named_district = own is not None and own.kind == "city_district"
        of = f"{self.genitive(own)} {self.genitive(above)}" if own and named_district else ""
        text = templates.names_ru["service_centre"].format(of=of or self.genitive(above))
        return Said(f"{text} № {number.group(1)}" if number else text)

    def institution(self, name: str) -> Said:
        """The name of a school, kindergarten, college and the like."""
        templates = self.templates
        inner = re.sub(templates.founder, "", re.sub(templates.slip_in_name, "", name))
        form, bare = self._legal_form(inner)
        said = self._bare_institution(bare)
        if not said.covered or not form:
            return said
        if form in templates.plain_forms:
            return Said(f"{form} {said.text}" if said.text.startswith("«") else said.text)
        founder = f" {templates.founder_ru}" if re.match(templates.founder, name) else ""
        # Russian closes two quotes at one place once.
        quoted = f"«{said.text}»".replace("»»", "»")
        return Said(f"{form} {quoted}{founder}")

    def _legal_form(self, name: str) -> tuple[str, str]:
        for pattern, ru in self.templates.legal_forms:
            match = re.search(rf"\s*{pattern}\w*\.?\s*$", name, re.IGNORECASE)
            if match:
                return ru, name[: match.start()].strip()
        return "", name

    def _bare_institution(self, name: str) -> Said:
        known = self._names.get(even(name))
        if known:
            return Said(known)
        inner = name.strip('«»" .')
        after = re.match(self.templates.named_after_kk, inner)
        person = self._people.get(even(after.group(1))) if after else None
        numbered = SCHOOL.match(after.group(2) if after and person else inner)
        if numbered:
            number, form = numbered.groups()
            inner_after = re.match(self.templates.named_after_kk, form)
            if inner_after:
                person = self._people.get(even(inner_after.group(1)))
                form = inner_after.group(2) if person else form
            form_ru = self._forms.get(even(form))
            if form_ru:
                named = f" {self.templates.named_after_ru} {person}" if person else ""
                return Said(f"{form_ru} № {number}{named}")
        return Said(self.letters(name), covered=False)

    def street(self, parts: Sequence[StreetPart]) -> Said:
        """The street part of an address."""
        said = [self._part(part, parts[at + 1 : at + 2]) for at, part in enumerate(parts)]
        return Said(
            ", ".join(part.text for part in said if part.text),
            covered=all(part.covered for part in said),
        )

    def _part(self, part: StreetPart, after: Sequence[StreetPart]) -> Said:
        templates = self.templates
        match part.kind:
            case "house":
                said = Said(part.name)
            case "no_number":
                said = Said(templates.without_number.ru)
            case "flat":
                said = Said(f"{templates.flat.ru} {part.name}")
            case "microdistrict":
                said = self._microdistrict(part.name)
            case "quarter":
                said = Said(f"{templates.street_ru['quarter']} {re.sub(r'-.*$', '', part.name)}")
            case "other":
                said = self._other(part, after)
            case "road":
                said = Said(f"{self._named(part.name).text} {templates.street_ru['road']}")
            case _:
                named = self._named(part.name)
                prefix = "" if named.text[:1].islower() else f"{templates.street_ru[part.kind]} "
                said = Said(f"{prefix}{named.text}", covered=named.covered)
        return said

    def _other(self, part: StreetPart, after: Sequence[StreetPart]) -> Said:
        templates = self.templates
        for found in (templates.entrance, templates.room):
            if re.match(found.pattern, part.name):
                match = re.match(found.pattern, part.name)
                ru = re.sub(found.pattern, found.ru, part.name) if match else part.name
                return Said(ru)
        if self._microdistricts.get(part.name.strip('«»"')):
            return self._microdistrict(part.name)
        named = self._named(part.name)
        as_street = named.covered and not named.text[:1].islower()
        is_street = as_street or any(
            next_part.kind in ("house", "no_number") for next_part in after
        )
        prefix = f"{templates.street_ru['street']} " if is_street and as_street else ""
        return Said(f"{prefix}{named.text}", covered=named.covered)

    def _microdistrict(self, name: str) -> Said:
        short = self.templates.street_ru["microdistrict"]
        bare = re.sub(r"[«»\"\s]+", " ", name).strip()
        if not bare or bare.isdigit():
            return Said(f"{short} {bare}".strip())
        whole = self._microdistricts.get(bare)
        numbered = None if whole else NUMBERED.match(bare)
        stem, number = (numbered.group(1), numbered.group(2)) if numbered else (bare, "")
        ru = self._microdistricts.get(stem)
        text = f"{ru or self.letters(stem)}{f'-{number}' if number else ''}"
        return Said(f"{short} «{text}»", covered=ru is not None)

    def _named(self, name: str) -> Said:
        bare = name.strip('«»" ')
        known = self._streets.get(bare) or self._streets.get(name)
        if known:
            return Said(known)
        initials = INITIALS.match(bare)
        rest = bare[initials.end() :] if initials else bare
        before = (
            self.letters(initials.group(1).replace(" ", "").replace(".", ". ")) if initials else ""
        )
        surname = self._streets.get(rest)
        if surname:
            return Said(before + surname)
        ru = self.letters(rest)
        for pattern, replacement in self.templates.surnames:
            if re.search(pattern, ru):
                return Said(before + re.sub(pattern, replacement, ru))
        return Said(before + ru, covered=False)

    def times(self, text: str) -> Said:
        """A reception time."""
        ru = text
        for pattern, replacement in self.templates.reception.times:
            ru = re.sub(pattern, replacement, ru)
        return Said(ru, covered=not set(ru) & set(self.templates.letters))


def _load_list(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["kk"]: row["ru"] for row in csv.DictReader(file)}


def _first(text: str, rules: Sequence[Rule]) -> str:
    for pattern, replacement in rules:
        if re.search(pattern, text):
            return re.sub(pattern, replacement, text)
    return text
