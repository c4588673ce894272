"""Helplines: whom to call at once where a child may be in danger, from data/helplines.yaml."""

import datetime as dt
from pathlib import Path

from core.services.sources import Confidence, Record, Text, Words
from core.services.yaml_lines import read_sheet

HELPLINES_FILE = "helplines.yaml"


class Helpline(Record):
    """A number to call, and how surely it is known."""

    number: Words
    text: Text
    as_of: dt.date
    confidence: Confidence
    evidence: tuple[Words, ...]


class Helplines(Record):
    """The whole file."""

    helplines: tuple[Helpline, ...]


def load_helplines(data: Path) -> tuple[Helpline, ...]:
    """The numbers of the data folder, the most urgent first."""
    return Helplines.model_validate(read_sheet(data / HELPLINES_FILE).data).helplines
