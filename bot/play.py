"""The playground: the bot beside a Telegram of its own, on this machine only."""

import typer
from pydantic import SecretStr

from bot.app import run_bot
from bot.playground.server import PlaygroundServer
from bot.settings import SQLITE_PREFIX, VAR, read_settings

ADMIN = "admin"
PLAYGROUND_DATABASE = VAR / "playground.db"


async def run_playground(host: str, port: int) -> None:
    """Start both, say where the page is, and run until stopped."""
    async with PlaygroundServer(host=host, port=port) as server:
        people = server.town.people.values()
        settings = read_settings().model_copy(
            update={
                "token": SecretStr(server.token),
                "bot_api_url": server.bot_api_url,
                "database_url": f"{SQLITE_PREFIX}{PLAYGROUND_DATABASE}",
                "secret_key": None,
                "webhook_url": None,
                "admin_ids": tuple(each.id for each in people if each.role_hint == ADMIN),
            }
        )
        typer.echo(f"Open {server.url} in a browser; stop with Ctrl+C.", err=True)
        await run_bot(settings)
