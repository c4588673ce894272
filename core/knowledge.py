"""Knowledge: what the bot knows while it runs, so that a dialog need not ask the database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.services.library import Library


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What may be looked up at any moment."""

    library: Library
    search: Callable[[str], Sequence[str]]
    """The ids of the services that these words may mean, best first."""
    enquiry_keep_months: int
