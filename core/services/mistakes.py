"""Mistakes: what is wrong in a file and what would be right, as a phrase with what was found.

The English phrase is what authors read on a terminal; who edits in a chat reads it out of the
catalogues, where `make locales` puts every phrase that is given to `mistake`.
"""

from dataclasses import dataclass

from pydantic_core import PydanticCustomError

SHOWN = 80


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake; `hint` says more of what would be right."""

    phrase: str
    values: tuple[tuple[str, str], ...] = ()
    hint: "Mistake | None" = None

    def __str__(self) -> str:
        """Say it in English."""
        said = self.phrase.format(**dict(self.values))
        return f"{said}; {self.hint}" if self.hint else said


def mistake(phrase: str, **values: object) -> Mistake:
    """A mistake in these words, with these things in their gaps."""
    return Mistake(phrase, tuple((name, str(value)) for name, value in values.items()))


def shown(found: object) -> str:
    """What was found in a file, cut where it is long: a message shows it, and people wrote it."""
    said = str(found)
    return said if len(said) <= SHOWN else said[: SHOWN - 1] + "…"


def unfit(what: Mistake) -> PydanticCustomError:
    """The mistake as pydantic passes it on from a model that refuses its data."""
    return PydanticCustomError("mistake", "{said}", {"said": str(what), "mistake": what})
