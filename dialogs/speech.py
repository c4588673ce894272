"""Speech: one language as a person hears it: phrases, plurals, dates and numbers.

Phrases are English in the code and come out of the gettext catalogues in `locales/`; texts that
belong to the data come in both languages already and are only chosen here.
"""

import gettext
import io
from collections.abc import Iterator
from datetime import date, datetime, time, tzinfo
from pathlib import Path
from typing import Protocol

from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from markupsafe import Markup

# These letters stand in the alphabet right behind the ones they are made from.
_BEHIND = {
    "\u04d9": ("\u0430", 1),
    "\u0493": ("\u0433", 1),
    "\u0451": ("\u0435", 1),
    "\u049b": ("\u043a", 1),
    "\u04a3": ("\u043d", 1),
    "\u04e9": ("\u043e", 1),
    "\u04b1": ("\u0443", 1),
    "\u04af": ("\u0443", 2),
    "\u04bb": ("\u0445", 1),
    "\u0456": ("\u044b", 1),
}
DOMAIN = "bagyt"
LANGUAGES = ("kk", "ru")
LOCALES = Path(__file__).resolve().parent.parent / "locales"


class Bilingual(Protocol):
    """A text of the data, which knows itself in both languages."""

    def said(self, language: str) -> str:
        """The wording in one of them."""
        ...


class Speech:
    """One language; called with an English phrase it says that phrase to a person."""

    def __init__(self, language: str, phrases: gettext.NullTranslations, timezone: tzinfo) -> None:
        self.language = language
        self._phrases = phrases
        self._timezone = timezone

    def __call__(self, phrase: str, **values: object) -> Markup:
        """The phrase as markup: its own tags kept, everything filled in escaped."""
        return Markup(self._phrases.gettext(phrase)).format(**values)  # noqa: S704 - ours

    def label(self, phrase: str, **values: object) -> str:
        """The phrase as plain text, for buttons and toasts."""
        said = self._phrases.gettext(phrase)
        return said.format(**values) if values else said

    def plural(self, one: str, many: str, number: int, **values: object) -> Markup:
        """The phrase that goes with this number; `{number}` in it is the number itself."""
        said = self._phrases.ngettext(one, many, number)
        return Markup(said).format(number=self.number(number), **values)  # noqa: S704 - ours

    def of(self, text: Bilingual) -> str:
        """A text of the data in this language."""
        return text.said(self.language)

    def day(self, moment: datetime) -> date:
        """The day that a moment falls on, by the clock of the country."""
        return moment.astimezone(self._timezone).date()

    def local(self, moment: datetime) -> datetime:
        """A moment by the clock of the country."""
        return moment.astimezone(self._timezone)

    def beginning(self, day: date, hour: int = 0) -> datetime:
        """The moment at which a day, or an hour of it, begins by the clock of the country."""
        return datetime.combine(day, time(hour), self._timezone)

    def date(self, day: date) -> str:
        """A day as it is written by hand; the pattern is a phrase like any other."""
        if isinstance(day, datetime):
            day = self.day(day)
        return format_date(day, self.label("d MMMM y"), locale=self.language)

    def time(self, moment: datetime) -> str:
        """The hour and minute of a moment, by the clock of the country."""
        return format_time(moment.astimezone(self._timezone), "HH:mm", locale=self.language)

    def number(self, number: float) -> str:
        """A number with the separators of this language."""
        return format_decimal(number, locale=self.language)


class Languages:
    """All the languages of the bot, loaded once."""

    def __init__(self, timezone: tzinfo, default: str, directory: Path = LOCALES) -> None:
        self._default = default
        self._all = {
            each: Speech(each, load_phrases(each, directory), timezone) for each in LANGUAGES
        }

    def __getitem__(self, language: str | None) -> Speech:
        return self._all[language or self._default]

    def __iter__(self) -> Iterator[Speech]:
        return iter(self._all.values())

    def guess(self, telegram_code: str | None) -> str:
        """The language of ours that comes closest to what Telegram says of a person."""
        code = (telegram_code or "").split("-")[0].lower()
        return code if code in self._all else self._default


def alphabetical(words: str) -> tuple[tuple[str, int], ...]:
    """What to sort words by, so that they come in the order of the Kazakh alphabet."""
    return tuple(_BEHIND.get(each, (each, 0)) for each in words.casefold())


def load_phrases(language: str, directory: Path = LOCALES) -> gettext.GNUTranslations:
    """The catalogue of a language: compiled if that is up to date, else compiled in memory."""
    source = directory / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    compiled = source.with_suffix(".mo")
    if compiled.exists() and (
        not source.exists() or compiled.stat().st_mtime >= source.stat().st_mtime
    ):
        return gettext.GNUTranslations(io.BytesIO(compiled.read_bytes()))
    memory = io.BytesIO()
    with source.open("rb") as file:
        write_mo(memory, read_po(file, locale=language))
    memory.seek(0)
    return gettext.GNUTranslations(memory)
