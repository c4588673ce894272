"""Settings: what an operator may choose, read from the environment or `.env`.

A wrong value stops the start with one line that names the setting and what is allowed; the value
is shown unless it is a secret.
"""

import re
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from core.keep import Keep

VAR = Path("var")
SQLITE_PREFIX = "sqlite+aiosqlite:///"
POSTGRES_PREFIX = "postgresql+asyncpg://"
KEY_LENGTH = 16
SECRET_LETTERS = re.compile(r"[A-Za-z0-9_-]{1,256}")
TELEGRAM_HOST = "api.telegram.org"
TELEGRAM_API = f"https://{TELEGRAM_HOST}"
SECRETS = frozenset({"BOT_TOKEN", "SECRET_KEY", "WEBHOOK_SECRET", "DATABASE_URL"})


class SettingsError(Exception):
    """A setting that the bot cannot start with; its text is one line for the operator."""


def _address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        msg = "an http or https address is wanted"
        raise ValueError(msg)
    return url.rstrip("/")


def _database(url: str) -> str:
    if not url.startswith((SQLITE_PREFIX, POSTGRES_PREFIX)):
        msg = f"{SQLITE_PREFIX}FILE or {POSTGRES_PREFIX}USER:PASSWORD@HOST/NAME is wanted"
        raise ValueError(msg)
    return url


def _timezone(name: str) -> str:
    if name not in available_timezones():
        msg = "a time zone such as Asia/Almaty is wanted"
        raise ValueError(msg)
    return name


def _token(token: SecretStr | None) -> SecretStr | None:
    if token is None or not token.get_secret_value():
        return None
    number, _, rest = token.get_secret_value().partition(":")
    if not number.isdigit() or not rest:
        msg = "a token of @BotFather is wanted: digits, a colon, letters"
        raise ValueError(msg)
    return token


def _keys(keys: SecretStr | None) -> SecretStr | None:
    if keys is None or not keys.get_secret_value():
        return None
    if any(len(key.strip()) < KEY_LENGTH for key in keys.get_secret_value().split(",")):
        msg = f"one or more keys of at least {KEY_LENGTH} signs, separated by commas, are wanted"
        raise ValueError(msg)
    return keys


def _webhook_secret(secret: SecretStr | None) -> SecretStr | None:
    if secret is not None and not SECRET_LETTERS.fullmatch(secret.get_secret_value()):
        msg = "1 to 256 letters, digits, _ and - are wanted"
        raise ValueError(msg)
    return secret


def _ids(text: str | tuple[int, ...]) -> tuple[int, ...]:
    if not isinstance(text, str):
        return text
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isdigit() for part in parts):
        msg = "Telegram ids separated by commas are wanted, such as 12345,67890"
        raise ValueError(msg)
    return tuple(map(int, parts))


class Settings(BaseSettings):
    """Everything an operator may choose; the names in capitals are the contract."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        populate_by_name=True,
    )

    token: Annotated[SecretStr | None, AfterValidator(_token)] = Field(None, alias="BOT_TOKEN")
    production_asked: bool = Field(default=False, alias="BAGYT_PRODUCTION")
    bot_api_url: Annotated[str, AfterValidator(_address)] = Field(TELEGRAM_API, alias="BOT_API_URL")
    database_url: Annotated[str, AfterValidator(_database)] = Field(
        f"{SQLITE_PREFIX}{VAR / 'bagyt.db'}", alias="DATABASE_URL"
    )
    secret_key: Annotated[SecretStr | None, AfterValidator(_keys)] = Field(None, alias="SECRET_KEY")
    admin_ids: Annotated[tuple[int, ...], NoDecode, BeforeValidator(_ids)] = Field(
        (), alias="ADMIN_IDS"
    )
    webhook_url: Annotated[str, AfterValidator(_address)] | None = Field(None, alias="WEBHOOK_URL")
    webhook_secret: Annotated[SecretStr | None, AfterValidator(_webhook_secret)] = Field(
        None, alias="WEBHOOK_SECRET"
    )
    webhook_host: str = Field("127.0.0.1", alias="WEBHOOK_HOST")
    webhook_port: int = Field(8080, alias="WEBHOOK_PORT", ge=0, le=65535)
    health_host: str = Field("127.0.0.1", alias="HEALTH_HOST")
    health_port: int = Field(8081, alias="HEALTH_PORT", ge=0, le=65535)
    default_language: Literal["kk", "ru"] = Field("kk", alias="DEFAULT_LANGUAGE")
    timezone_name: Annotated[str, AfterValidator(_timezone)] = Field(
        "Asia/Almaty", alias="TIMEZONE"
    )
    enquiry_keep_months: int = Field(12, alias="ENQUIRY_KEEP_MONTHS", ge=1, le=120)
    complaint_keep_years: int = Field(3, alias="COMPLAINT_KEEP_YEARS", ge=1, le=30)
    messages_a_second: float = Field(30, alias="MESSAGES_A_SECOND", gt=0, le=1000)
    telegram_limits: bool = Field(default=True, alias="TELEGRAM_LIMITS")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", alias="LOG_LEVEL")
    log_format: Literal["console", "json"] | None = Field(None, alias="LOG_FORMAT")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.production and self.token is None:
            msg = "BOT_TOKEN: it is demanded in production; take one from @BotFather"
            raise ValueError(msg)
        if self.secret_key is None and (self.production or self.on_postgres):
            where = "in production" if self.production else "on PostgreSQL"
            msg = f"SECRET_KEY: it is demanded {where}; any {KEY_LENGTH} signs or more, kept safe"
            raise ValueError(msg)
        if not self.telegram_limits and urlsplit(self.bot_api_url).hostname == TELEGRAM_HOST:
            msg = "TELEGRAM_LIMITS: it may be 0 only with a BOT_API_URL that is not Telegram's"
            raise ValueError(msg)
        return self

    @property
    def production(self) -> bool:
        """Whether falling back to the playground is forbidden; a webhook means production."""
        return self.production_asked or self.webhook_url is not None

    @property
    def keep(self) -> Keep:
        """How long what people said is kept."""
        return Keep(self.enquiry_keep_months, self.complaint_keep_years)

    @property
    def on_postgres(self) -> bool:
        """Whether the database is a PostgreSQL server."""
        return self.database_url.startswith(POSTGRES_PREFIX)

    @cached_property
    def timezone(self) -> ZoneInfo:
        """The clock by which people are told times and reminded."""
        return ZoneInfo(self.timezone_name)


def read_settings(**given: object) -> Settings:
    """The settings of the environment, with what is given here in their place."""
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as wrong:
        raise SettingsError(_one_line(wrong)) from None


def _one_line(wrong: ValidationError) -> str:
    first = wrong.errors(include_url=False, include_context=False)[0]
    reason = first["msg"].removeprefix("Value error, ")
    if not first["loc"]:
        return reason
    name = str(first["loc"][0])
    shown = "" if name in SECRETS else f"={first['input']}"
    return f"{name}{shown}: {reason[:1].lower()}{reason[1:]}"
