"""The secret key: taken from the settings, or made once beside an SQLite database."""

from pathlib import Path

from bot.settings import SQLITE_PREFIX, Settings
from core.store.rotate import rotate
from core.store.sealing import Sealer, make_key_file
from core.store.start import open_ready

KEY_FILE = "secret.key"


def sealer_of(settings: Settings) -> Sealer:
    """What seals and opens personal words with the keys of this installation."""
    if settings.secret_key is not None:
        return Sealer.from_setting(settings.secret_key.get_secret_value())
    file = Path(settings.database_url.removeprefix(SQLITE_PREFIX))
    return Sealer.from_setting(make_key_file(file.parent / KEY_FILE))


async def rotate_now(settings: Settings) -> int:
    """Seal all that the database holds with the first of its keys; tell how many rows that were."""
    sealer = sealer_of(settings)
    database = await open_ready(settings.database_url, sealer)
    try:
        return await rotate(database, sealer)
    finally:
        await database.close()
