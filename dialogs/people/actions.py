"""The actions of giving and taking roles; long names stand in them as their short numbers."""

from dataclasses import dataclass
from typing import ClassVar

from dialogs.action import Action


@dataclass(frozen=True, slots=True)
class OpenPeople(Action):
    """Everyone who holds a role."""

    code: ClassVar[str] = "ia"
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenRole(Action):
    """One role of one person."""

    code: ClassVar[str] = "ib"
    role: int


@dataclass(frozen=True, slots=True)
class AskRevoke(Action):
    """Ask whether a role is really to be taken back."""

    code: ClassVar[str] = "ic"
    role: int


@dataclass(frozen=True, slots=True)
class RevokeRole(Action):
    """Take it back."""

    code: ClassVar[str] = "id"
    role: int


@dataclass(frozen=True, slots=True)
class AskWhichRole(Action):
    """Ask which role is to be given."""

    code: ClassVar[str] = "ie"


@dataclass(frozen=True, slots=True)
class ChooseRole(Action):
    """This one."""

    code: ClassVar[str] = "if"
    role: str


@dataclass(frozen=True, slots=True)
class AskScope(Action):
    """Ask for which offices, places and services."""

    code: ClassVar[str] = "ig"


@dataclass(frozen=True, slots=True)
class Bound(Action):
    """Put an office, a place or a service into the scope, or take it out; by its short number."""

    code: ClassVar[str] = "ih"
    kind: str
    what: int
    on: bool
    page: int | None = None
    """The page of the list of services on which it was pressed."""


@dataclass(frozen=True, slots=True)
class AskScopeServices(Action):
    """All services, to choose from."""

    code: ClassVar[str] = "ii"
    page: int = 0


@dataclass(frozen=True, slots=True)
class AskHow(Action):
    """Ask whether the role is given by a link or by an id."""

    code: ClassVar[str] = "ij"


@dataclass(frozen=True, slots=True)
class MakeLink(Action):
    """Make the link."""

    code: ClassVar[str] = "ik"


@dataclass(frozen=True, slots=True)
class AskPerson(Action):
    """Ask for the id; `misread` after words that are none."""

    code: ClassVar[str] = "il"
    misread: bool = False


@dataclass(frozen=True, slots=True)
class AskGrant(Action):
    """Ask whether the role is really to be given to this person."""

    code: ClassVar[str] = "im"
    person: int


@dataclass(frozen=True, slots=True)
class GrantRole(Action):
    """Give it."""

    code: ClassVar[str] = "in"
    person: int


@dataclass(frozen=True, slots=True)
class OpenInvites(Action):
    """The links that wait to be opened or confirmed."""

    code: ClassVar[str] = "io"
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenInvite(Action):
    """One link, and what became of it."""

    code: ClassVar[str] = "ip"
    invite: int


@dataclass(frozen=True, slots=True)
class WithdrawInvite(Action):
    """Take a link back."""

    code: ClassVar[str] = "iq"
    invite: int


@dataclass(frozen=True, slots=True)
class ConfirmInvite(Action):
    """Give the role to whoever opened the link."""

    code: ClassVar[str] = "ir"
    invite: int


@dataclass(frozen=True, slots=True)
class RefuseInvite(Action):
    """Give them nothing."""

    code: ClassVar[str] = "is"
    invite: int


@dataclass(frozen=True, slots=True)
class LinkOpened(Action):
    """What whoever opened a link is told, and no more."""

    code: ClassVar[str] = "it"
    opening: str


@dataclass(frozen=True, slots=True)
class OpenRoleEvents(Action):
    """All that was ever done about roles."""

    code: ClassVar[str] = "iu"
    page: int = 0
