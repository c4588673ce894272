"""Inline queries: answered from what the bot knows, without a conversation and without a trace."""

import structlog
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.types import InlineQuery

from bot.telegram.courier import keyboard
from bot.telegram.pace import Pace
from bot.telegram.session import session_of
from core.clock import Clock
from core.knowledge import CurrentKnowledge
from core.store import people
from core.store.database import Database
from dialogs.offices.inline import START_FINDING, Offered, find_inside, offered
from dialogs.speech import Languages

CACHE_SECONDS = 300
"""Nothing in an answer changes from hour to hour; what an admin mends is seen soon all the same."""

MOST_ANSWERS, WITHIN_SECONDS = 12, 6.0
"""Faster than a person types; what comes beyond is not answered, and the next letter is."""

log = structlog.get_logger(__name__)


class InlineQueries:
    """Answers what people type behind the bot's name in other chats."""

    def __init__(
        self,
        *,
        bot: Bot,
        database: Database,
        knowledge: CurrentKnowledge,
        languages: Languages,
        clock: Clock,
        bot_name: str,
    ) -> None:
        self._bot = bot
        self._database = database
        self._knowledge = knowledge
        self._languages = languages
        self._clock = clock
        self._bot_name = bot_name
        self._pace = Pace(MOST_ANSWERS, WITHIN_SECONDS)

    async def answer(self, query: InlineQuery) -> None:
        """Offer the offices that the words mean, in the language of whoever asks."""
        if not self._pace.allows(query.from_user.id):
            return
        async with self._database.reading() as tx:
            person = await people.find(tx, query.from_user.id)
        guess = self._languages.guess(query.from_user.language_code)
        say = self._languages[(person.language if person else None) or guess]
        found = offered(say, self._knowledge.value, self._bot_name, self._clock.now(), query.query)
        parameters = {
            "inline_query_id": query.id,
            "results": [_result(each) for each in found],
            "cache_time": CACHE_SECONDS,
            "is_personal": True,
            "button": {"text": find_inside(say), "start_parameter": START_FINDING},
        }
        try:
            await session_of(self._bot).call(self._bot, "answerInlineQuery", parameters)
        except (TelegramAPIError, ClientDecodeError) as fault:
            # Whoever asked has typed on or gone; the next letter asks again.
            log.warning("inline_not_answered", fault=type(fault).__name__)


def _result(each: Offered) -> dict[str, object]:
    return {
        "type": "article",
        "id": each.id,
        "title": each.title,
        "description": each.description,
        "input_message_content": {
            "message_text": str(each.screen.text),
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        },
        "reply_markup": keyboard(each.screen.rows),
    }
