"""Announcements: what is told many at once, and who these are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from core.complaints.routing import Scope
from core.directory.whole import Directory
from core.roles import EVERY_ROLE, RoleName
from core.store.roles import Role

State = Literal["draft", "sending", "paused", "stopped", "sent"]


@dataclass(frozen=True, slots=True)
class Audience:
    """Parents who agreed, or people with a role: with a certain one, in a certain region."""

    parents: bool
    role: RoleName | None = None
    area: str | None = None

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Audience":
        """As the database keeps it."""
        return cls(kept["parents"], kept["role"], kept["area"])

    def as_json(self) -> dict[str, Any]:
        """As the database keeps it."""
        return {"parents": self.parents, "role": self.role, "area": self.area}

    @property
    def roles(self) -> Sequence[RoleName]:
        """The roles that are meant."""
        return (self.role,) if self.role else EVERY_ROLE

    def means(self, role: Role, directory: Directory) -> bool:
        """Whether somebody with this role is meant."""
        if self.parents or role.role not in self.roles:
            return False
        return self.area is None or _works_in(role.scope, self.area, directory)


@dataclass(frozen=True, slots=True)
class Announcement:
    """One announcement, and how far it has gone out."""

    id: int
    audience: Audience
    kk: str | None
    ru: str | None
    state: State
    created_by: int
    created_at: datetime
    begun_at: datetime | None
    ended_at: datetime | None
    expected: int
    """How many were meant when it began."""
    put: int
    """To how many it has been put into the queue."""
    reached: int
    """The last person it was put for; all before have it."""
    counted: Mapping[str, int] | None
    """What became of it, once that is settled."""

    @property
    def is_whole(self) -> bool:
        """Whether it can be told in both languages."""
        return bool(self.kk and self.ru)

    def said(self, language: str) -> str:
        """Its words in one language."""
        return (self.ru if language == "ru" else self.kk) or ""


def _works_in(scope: Mapping[str, Any], area: str, directory: Directory) -> bool:
    """Whether a role reaches into a region; one without bounds reaches everywhere."""
    bounds = Scope.read(scope, directory)
    if not bounds.offices and not bounds.areas:
        return True
    if any(each == area or each.startswith(f"{area}.") for each in bounds.areas):
        return True
    offices = (directory.office(each) for each in bounds.offices)
    return any(each is not None and each.region == area for each in offices)
