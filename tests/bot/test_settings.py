"""A wrong setting stops the start with one line that names it, and never shows a secret."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, read_settings

TOKEN = "12345678:abcdefghijklmnopqrstuvwxyz"
KEY = "a key of sixteen signs or more"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (field.alias for field in Settings.model_fields.values()):
        monkeypatch.delenv(str(name), raising=False)
    monkeypatch.chdir(tmp_path)


def test_nothing_set_is_a_bot_without_a_token_on_sqlite() -> None:
    settings = read_settings()
    assert settings.token is None
    assert not settings.production
    assert settings.database_url == "sqlite+aiosqlite:///var/bagyt.db"
    assert settings.timezone.key == "Asia/Almaty"
    assert settings.default_language == "kk"
    assert (settings.enquiry_keep_months, settings.complaint_keep_years) == (12, 3)


def test_an_empty_value_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BOT_TOKEN", "SECRET_KEY", "ADMIN_IDS", "WEBHOOK_URL", "TIMEZONE"):
        monkeypatch.setenv(name, "")
    settings = read_settings()
    assert settings.token is None
    assert settings.admin_ids == ()
    assert not settings.production


def test_a_dotenv_file_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"BOT_TOKEN={TOKEN}\nADMIN_IDS=1, 22\n", encoding="utf-8")
    settings = read_settings()
    assert settings.admin_ids == (1, 22)
    assert settings.token is not None
    assert TOKEN not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("BOT_TOKEN", "abc", "BOT_TOKEN: a token of @BotFather"),
        ("BOT_API_URL", "ftp://x", "BOT_API_URL=ftp://x: an http or https address"),
        ("DATABASE_URL", "mysql://u:p4ss@h/n", "DATABASE_URL: sqlite+aiosqlite:///FILE or"),
        ("SECRET_KEY", "short", "SECRET_KEY: one or more keys of at least 16"),
        ("ADMIN_IDS", "1,x", "ADMIN_IDS=1,x: telegram ids"),
        ("WEBHOOK_SECRET", "ы", "WEBHOOK_SECRET: 1 to 256 letters"),
        ("WEBHOOK_PORT", "70000", "WEBHOOK_PORT=70000: input should be less than"),
        ("DEFAULT_LANGUAGE", "en", "DEFAULT_LANGUAGE=en: input should be 'kk' or 'ru'"),
        ("TIMEZONE", "Mars/Base", "TIMEZONE=Mars/Base: a time zone such as Asia/Almaty"),
        ("ENQUIRY_KEEP_MONTHS", "0", "ENQUIRY_KEEP_MONTHS=0: "),
        ("COMPLAINT_KEEP_YEARS", "x", "COMPLAINT_KEEP_YEARS=x: "),
        ("BAGYT_PRODUCTION", "maybe", "BAGYT_PRODUCTION=maybe: "),
        ("MESSAGES_A_SECOND", "0", "MESSAGES_A_SECOND=0: "),
        ("LOG_LEVEL", "loud", "LOG_LEVEL=loud: "),
        ("TELEGRAM_LIMITS", "0", "TELEGRAM_LIMITS"),
        ("BAGYT_PRODUCTION", "1", "BOT_TOKEN: it is demanded in production"),
        ("WEBHOOK_URL", "https://example.org/hook", "BOT_TOKEN: it is demanded in production"),
        ("DATABASE_URL", "postgresql+asyncpg://u@h/n", "SECRET_KEY: it is demanded on PostgreSQL"),
    ],
)
def test_a_wrong_value_is_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as stopped:
        read_settings()
    line = str(stopped.value)
    assert line.startswith(words)
    assert "\n" not in line
    assert "p4ss" not in line


def test_production_demands_a_key_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAGYT_PRODUCTION", "1")
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    with pytest.raises(SettingsError, match="SECRET_KEY: it is demanded in production"):
        read_settings()
    monkeypatch.setenv("SECRET_KEY", KEY)
    assert read_settings().production


def test_in_production_run_never_falls_back_to_the_playground(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        env={"BAGYT_PRODUCTION": "1", "PATH": "", "PYTHONPATH": str(Path(__file__).parents[2])},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.strip().startswith("BOT_TOKEN: it is demanded in production")
    assert "\n" not in ended.stderr.strip()
