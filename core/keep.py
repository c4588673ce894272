"""How long what people said is kept."""

from dataclasses import dataclass
from datetime import timedelta

MONTH = timedelta(days=31)
YEAR = timedelta(days=366)
"""Counted generously: nobody loses anything before the day they were told."""


@dataclass(frozen=True, slots=True)
class Keep:
    """The terms of the settings."""

    enquiry_months: int = 12
    complaint_years: int = 3

    @property
    def idle(self) -> timedelta:
        """After how long without a touch an enquiry goes."""
        return self.enquiry_months * MONTH

    @property
    def complaints(self) -> timedelta:
        """After how long a complaint that has ended goes."""
        return self.complaint_years * YEAR
