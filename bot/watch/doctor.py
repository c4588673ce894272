"""The doctor: looks at everything a start needs, and says what to do where something is amiss."""

import locale
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp

from bot.secrets import sealer_of
from bot.settings import Settings, SettingsError, read_settings
from core.release import DATA
from core.services.library import load_library
from core.services.yaml_lines import DataError
from core.store.problems import DatabaseError
from core.store.sealing import SealingError
from core.store.start import open_ready
from dialogs.speech import LANGUAGES, load_phrases

CLOCK_MAY_DIFFER = timedelta(seconds=30)
TELEGRAM_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    well: bool
    says: str

    def __str__(self) -> str:
        """One line for the operator."""
        return f"{'ok  ' if self.well else 'BAD '} {self.what}: {self.says}"


async def examine() -> list[Finding]:
    """Look at everything; a later part is looked at even if an earlier one is amiss."""
    try:
        settings = read_settings()
    except SettingsError as wrong:
        return [Finding("settings", well=False, says=str(wrong))]
    findings = [Finding("settings", well=True, says=_mode(settings))]
    findings += [each async for each in _telegram(settings)]
    findings.append(await _database(settings))
    findings += [_data(), *_languages()]
    return findings


def _mode(settings: Settings) -> str:
    if settings.token is None:
        return "no BOT_TOKEN, so `run` starts the playground"
    return "webhook" if settings.webhook_url else "long polling"


async def _telegram(settings: Settings) -> AsyncIterator[Finding]:
    if settings.token is None:
        return
    url = f"{settings.bot_api_url}/bot{settings.token.get_secret_value()}/getMe"
    wait = aiohttp.ClientTimeout(total=TELEGRAM_SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=wait) as session, session.get(url) as answer:
            known = (await answer.json(content_type=None)).get("ok") is True
            date = answer.headers.get("Date")
    except (aiohttp.ClientError, TimeoutError, ValueError) as fault:
        yield Finding(
            "telegram",
            well=False,
            says=f"{settings.bot_api_url} does not answer ({type(fault).__name__}): "
            "check the network, or BOT_API_URL",
        )
        return
    yield Finding(
        "token",
        well=known,
        says="Telegram knows it" if known else "Telegram does not know it: take it from @BotFather",
    )
    if date:
        yield _clock(datetime.now(UTC) - parsedate_to_datetime(date))


def _clock(off: timedelta) -> Finding:
    if abs(off) <= CLOCK_MAY_DIFFER:
        return Finding("clock", well=True, says="agrees with Telegram's")
    seconds = round(off.total_seconds())
    return Finding("clock", well=False, says=f"{seconds:+} seconds off Telegram's: turn on NTP")


async def _database(settings: Settings) -> Finding:
    try:
        database = await open_ready(settings.database_url, sealer_of(settings))
    except (DatabaseError, SealingError) as wrong:
        return Finding("database", well=False, says=str(wrong))
    await database.close()
    return Finding("database", well=True, says=f"{database.dialect}, up to date, the key fits")


def _data() -> Finding:
    try:
        library = load_library(DATA)
    except DataError as wrong:
        return Finding("data", well=False, says=str(wrong))
    return Finding("data", well=True, says=f"{len(library.services)} services")


def _languages() -> list[Finding]:
    findings = []
    for each in LANGUAGES:
        try:
            load_phrases(each)
        except OSError:
            findings.append(
                Finding(f"language {each}", well=False, says="no catalogue: run `make locales`")
            )
        else:
            findings.append(Finding(f"language {each}", well=True, says="catalogue found"))
    encoding = locale.getpreferredencoding(do_setlocale=False).upper()
    well = encoding in {"UTF-8", "UTF8"}
    says = encoding if well else f"{encoding}: set LANG=C.UTF-8"
    findings.append(Finding("encoding", well=well, says=says))
    return findings
