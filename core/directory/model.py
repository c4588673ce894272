"""What an office is: the models behind the contract's JSON."""

from datetime import date
from functools import lru_cache
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from core.kinds import OfficeKind, Weekday

Kind = OfficeKind
Part = TypeVar("Part")
SHARED = 4096
Role = Literal["provider", "complaint", "information"]
Position = Literal["exact", "locality", "district"]
ListingKey = tuple[str, str, str, str, str]
Table = tuple[str, str, str | None, str | None]


@lru_cache(maxsize=SHARED)
def shared(value: Part) -> Part:
    """The same value for all that are equal: hours and services of offices repeat endlessly."""
    return value


class Model(BaseModel):
    """What all models here share: no unknown fields, no changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Model):
    """A text in both languages."""

    kk: str
    ru: str

    def said(self, language: str) -> str:
        """The wording in one of the two languages."""
        return self.ru if language == "ru" else self.kk


class Hours(Model):
    """When an office receives; `pause` is the lunch break."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    days: tuple[Weekday, ...]
    opens: str = Field(alias="from")
    closes: str = Field(alias="to")
    pause: tuple[str, str] | None = Field(alias="break")
    text: Text


class Source(Model):
    """Where an act says something."""

    act: str
    service: str | None = None
    annex: str | None = None
    list: str | None = None
    group: str | None = None
    row: int | None = None
    para: str | None = None
    part: str | None = None


class Reception(Model):
    """Who of an office receives people, and when."""

    who: Text
    when: Text
    source: tuple[Source, ...]


class Serves(Model):
    """What an office is for: a service and a role."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    service: str
    role: Role = Field(alias="as")


class Listing(Model):
    """One row of one annex that names an office, as that annex says it."""

    act: str
    service: str
    annex: str | None
    list: str | None
    group: str | None
    row: int | None
    para: str | None = None
    place: int
    name: str
    address: str
    phones: tuple[str, ...]
    faxes: tuple[str, ...]
    emails: tuple[str, ...]
    websites: tuple[str, ...]
    reception: str
    note: str

    @property
    def table(self) -> Table:
        """The list it stands in."""
        return (self.act, self.service, self.annex, self.list)

    @property
    def key(self) -> ListingKey:
        """What names a listing for ever: its table and its place there."""
        return (self.act, self.service, self.annex or "", self.list or "", str(self.place))


class Flag(Model):
    """Something suspicious about an office, said and not hidden."""

    kind: str
    text: str


class Office(Model):
    """One organisation with all its listings."""

    id: str
    kind: Kind
    name: Text
    region: str | None
    district: str | None
    locality: str | None
    address: Text
    postcode: str | None
    phones: tuple[str, ...]
    phones_as_printed: tuple[str, ...]
    faxes: tuple[str, ...]
    emails: tuple[str, ...]
    websites: tuple[str, ...]
    hours: Annotated[tuple[Hours, ...], AfterValidator(shared)]
    reception: tuple[Reception, ...]
    lat: float | None
    lon: float | None
    position: Position | None
    closed: bool
    verified_on: date | None
    serves: Annotated[tuple[Serves, ...], AfterValidator(shared)]
    listings: tuple[Listing, ...]
    flags: tuple[Flag, ...]
