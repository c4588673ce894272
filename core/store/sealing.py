"""Sealing: personal words are encrypted before they reach the database and opened only by the key.

A sealed column accepts nothing but a `Sealed`, which only a `Sealer` makes.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SETTING = "SECRET_KEY"
SHORTEST_KEY = 16
# Part of what the keys are derived from: with another value nothing sealed so far would open.
PURPOSE = b"bagyt sealed columns 1"
MARKING = b"bagyt marks 1"


class SealingError(Exception):
    """The key is missing, too weak or not the one the database was sealed with."""


class Sealed(str):
    """A sealed text, as it stands in the database."""

    __slots__ = ()


class Sealer:
    """Seals with the first of its keys and opens with any."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Derive the keys; each must be long enough to be a secret."""
        if not keys or any(len(key) < SHORTEST_KEY for key in keys):
            raise SealingError(
                f"{SETTING}: one or more keys of at least {SHORTEST_KEY} characters are wanted, "
                "separated by commas"
            )
        self._fernet = MultiFernet([_derive(key) for key in keys])
        self._marking = _derived(keys[0], MARKING)

    def __repr__(self) -> str:
        """Show nothing of the keys."""
        return "Sealer(…)"

    @classmethod
    def from_setting(cls, setting: str) -> Self:
        """Read the keys as the setting holds them: separated by commas, the present one first."""
        return cls([key.strip() for key in setting.split(",") if key.strip()])

    def seal(self, text: str) -> Sealed:
        """Seal a text."""
        return Sealed(self._fernet.encrypt(text.encode()).decode("ascii"))

    def open(self, token: str) -> str:
        """Open what was sealed."""
        try:
            return self._fernet.decrypt(token).decode()
        except InvalidToken:
            raise SealingError(
                f"{SETTING}: none of its keys opens what this database holds; "
                "give the key it was sealed with, after a comma if a newer one comes first"
            ) from None

    def seal_json(self, value: Any) -> Sealed:
        """Seal a value that JSON can hold."""
        return self.seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    def open_json(self, token: str) -> Any:
        """Open a value that was sealed as JSON."""
        return json.loads(self.open(token))

    def mark(self, text: str) -> str:
        """What tells a text from others and from which nobody without the key learns it.

        The same text has the same mark for as long as the first key stays the first.
        """
        return hmac.new(self._marking, text.encode(), hashlib.sha256).hexdigest()

    def reseal(self, token: str) -> Sealed:
        """Seal anew, with the first key, what any of the keys opens."""
        return self.seal(self.open(token))


def make_key_file(path: Path) -> str:
    """Make a key that only the owner may read, unless there is one; return what the file holds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
        # Unlike a rename, a link never replaces the key that another process made meanwhile.
        path.hardlink_to(draft)
    except FileExistsError:
        return read_key_file(path)
    finally:
        draft.unlink(missing_ok=True)
    return read_key_file(path)


def read_key_file(path: Path) -> str:
    """Read a key file, refusing one that others may read."""
    if path.stat().st_mode & 0o077:
        raise SealingError(f"{path}: others may read this key; run chmod 600 {path}")
    return path.read_text(encoding="ascii").strip()


def _derive(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derived(key, PURPOSE)))


def _derived(key: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key.encode())
