"""What time it is: the one way to ask, so that tests can say."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the present moment, aware and in UTC."""

    def now(self) -> datetime:
        """Tell the present moment."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Tell the present moment."""
        return datetime.now(UTC)


@dataclass(slots=True)
class FixedClock:
    """A clock that stands still until it is set."""

    moment: datetime

    def __post_init__(self) -> None:
        """Refuse a moment that does not know its own zone."""
        self.set(self.moment)

    def now(self) -> datetime:
        """Tell the moment the clock was set to."""
        return self.moment

    def set(self, moment: datetime) -> None:
        """Set the clock to an aware moment."""
        if moment.tzinfo is None:
            raise ValueError(f"{moment!r} has no time zone; give an aware moment")
        self.moment = moment.astimezone(UTC)

    def forward(self, step: timedelta) -> None:
        """Let time pass."""
        self.moment += step
