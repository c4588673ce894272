"""What a request to the control API gave, each value checked for its type."""

import re
from typing import Any

from bot.playground.calls import Upload
from bot.playground.errors import TownError

WHOLE = re.compile(r"-?[0-9]{1,18}")


class Given:
    """Values by name, as JSON or form fields, and files."""

    def __init__(self, values: dict[str, Any], files: dict[str, Upload] | None = None) -> None:
        self.values = values
        self.files = files or {}

    def has(self, name: str) -> bool:
        return self.values.get(name) is not None

    def integer(self, name: str) -> int:
        value = self.values.get(name)
        if isinstance(value, str) and WHOLE.fullmatch(value):
            return int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise TownError(f"`{name}` must be a whole number, not {value!r}")
        return value

    def integer_or_none(self, name: str) -> int | None:
        return self.integer(name) if self.has(name) and self.values[name] != "" else None

    def number(self, name: str) -> float:
        value = self.values.get(name)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise TownError(f"`{name}` must be a number, not {value!r}")
        return float(value)

    def text(self, name: str, otherwise: str | None = None) -> str:
        value = self.values.get(name, otherwise)
        if value is None and otherwise is not None:
            return otherwise
        if not isinstance(value, str):
            raise TownError(f"`{name}` must be a text, not {value!r}")
        return value

    def flag(self, name: str) -> bool:
        value = self.values.get(name, False)
        if not isinstance(value, bool):
            raise TownError(f"`{name}` must be true or false, not {value!r}")
        return value

    def flag_or_none(self, name: str) -> bool | None:
        return self.flag(name) if self.has(name) else None

    def integers(self, name: str) -> list[Any]:
        value = self.values.get(name, [])
        if not isinstance(value, list):
            raise TownError(f"`{name}` must be a list, not {value!r}")
        return value

    def person_or_name(self, name: str) -> int | str | None:
        value = self.values.get(name)
        if value is None or (isinstance(value, int | str) and not isinstance(value, bool)):
            return value
        raise TownError(f"`{name}` must be a person's id or a name, not {value!r}")

    @property
    def place(self) -> dict[str, Any]:
        """Where in the chat, for acts that can reply or stand in a topic."""
        return {
            "reply_to": self.integer_or_none("reply_to"),
            "thread": self.integer_or_none("thread"),
        }
