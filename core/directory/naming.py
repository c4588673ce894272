"""Short names of offices for lists and buttons: without their legal form and whose they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from core.directory.model import Office, Text
from core.services.yaml_lines import read_sheet

SHORT_NAMES_FILE = "directory/short_names.yaml"

_OPENS, _CLOSES = "\u00ab", "\u00bb"


class _Words(BaseModel):
    """Words to leave out, in each language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kk: tuple[str, ...]
    ru: tuple[str, ...]


class _Sheet(BaseModel):
    """The file data/directory/short_names.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    before: _Words
    after: _Words


@dataclass(frozen=True, slots=True)
class ShortNames:
    """What to leave out of names, the longest first."""

    kk: tuple[Sequence[str], Sequence[str]]
    ru: tuple[Sequence[str], Sequence[str]]

    def of(self, office: Office) -> Text:
        """The name of an office without what says nothing of who receives there."""
        return Text(kk=_short(office.name.kk, *self.kk), ru=_short(office.name.ru, *self.ru))


def load_short_names(data: Path) -> ShortNames:
    """What the data folder says is left out."""
    sheet = _Sheet.model_validate(read_sheet(data / SHORT_NAMES_FILE).data)
    return ShortNames(
        kk=(_longest_first(sheet.before.kk), _longest_first(sheet.after.kk)),
        ru=(_longest_first(sheet.before.ru), _longest_first(sheet.after.ru)),
    )


def _longest_first(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))


def _short(name: str, before: Sequence[str], after: Sequence[str]) -> str:
    bare = name
    for words in before:
        if bare.startswith(f"{words} "):
            bare = bare.removeprefix(words).lstrip()
            break
    for words in after:
        if bare.endswith(f" {words}"):
            bare = bare.removesuffix(words).rstrip()
            break
    if bare.startswith(_OPENS) and bare.endswith(_CLOSES):
        bare = bare[1:-1].strip()
    return _balanced(bare[:1].upper() + bare[1:]) if bare and bare != name else name


def _balanced(words: str) -> str:
    """Each mark has its other half, also where one was shared or went away with the rest."""
    missing = words.count(_OPENS) - words.count(_CLOSES)
    return _OPENS * -missing + words + _CLOSES * missing
