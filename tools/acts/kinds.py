"""What kind of office a listing names, where its name says more than its table."""

import re

from core.directory.model import Kind
from tools.acts.words import Words


class KindReader:
    """Reads kinds out of names by the patterns of the word file."""

    def __init__(self, words: Words) -> None:
        self._patterns = [(kind, re.compile(text)) for kind, text in words.kind_by_name.items()]

    def of(self, name: str, table_kind: Kind) -> Kind:
        """The kind that the name tells, else that of the table."""
        for kind, pattern in self._patterns:
            same_family = kind.partition("_")[2] == table_kind.partition("_")[2]
            if same_family and pattern.search(name):
                return kind
        return table_kind
