"""Roles: what a person may be besides a parent."""

from typing import Literal

RoleName = Literal["admin", "editor", "official", "viewer"]
EVERY_ROLE: tuple[RoleName, ...] = ("admin", "editor", "official", "viewer")
