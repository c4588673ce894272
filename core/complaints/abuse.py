"""Abuse: whether words insult, so that an admin may look at them before an official is alarmed."""

import re
from pathlib import Path

from pydantic import Field

from core.services.sources import Record, Words
from core.services.yaml_lines import read_sheet

ABUSE_FILE = "abuse.yaml"
SWITCH = "complaints looked at first"
"""Under this key the database keeps whether an admin looks at such complaints first."""

_TOKEN = re.compile(r"\S+")
_LATIN = re.compile(r"[a-z0-9]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")


class Abuse(Record):
    """The file data/abuse.yaml."""

    beginnings: tuple[Words, ...] = Field(min_length=1)
    words: tuple[Words, ...]
    lookalikes: dict[str, str]
    evidence: tuple[Words, ...]

    def insults(self, text: str) -> bool:
        """Whether any word insults, also one with signs in it or letters that look alike."""
        return any(self._insults(each) for each in _TOKEN.findall(text.lower()))

    def _insults(self, token: str) -> bool:
        if _CYRILLIC.search(token) and _LATIN.search(token):
            token = "".join(self.lookalikes.get(each, each) for each in token)
        parts = (*re.split(r"[\W_]+", token), re.sub(r"[\W_]+", "", token))
        return any(each in self.words or each.startswith(self.beginnings) for each in parts)


def load_abuse(data: Path) -> Abuse:
    """The words of the data folder."""
    return Abuse.model_validate(read_sheet(data / ABUSE_FILE).data)
