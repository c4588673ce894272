"""Desks: places to write to others from, outside any person's turn."""

from datetime import datetime

from core.knowledge import CurrentKnowledge
from core.store.database import Transaction
from dialogs.desk import OwnDesk
from dialogs.speech import Languages


class Desks:
    """Gives a desk within a transaction, with what is known at that moment."""

    def __init__(self, knowledge: CurrentKnowledge, languages: Languages, bot_name: str) -> None:
        self.bot_name = bot_name
        self._knowledge = knowledge
        self._languages = languages

    def at(self, tx: Transaction, now: datetime) -> OwnDesk:
        """A desk of the bot's own."""
        return OwnDesk(tx, now, self._languages, self._knowledge.value, self.bot_name)
