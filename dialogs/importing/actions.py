"""What the buttons of tables of offices mean."""

from dataclasses import dataclass
from typing import ClassVar

from dialogs.action import Action


@dataclass(frozen=True, slots=True)
class OpenTables(Action):
    """What was imported, and the way to send a table or to get one."""

    code: ClassVar[str] = "j"
    page: int = 0
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class SendDirectory(Action):
    """All offices as a table."""

    code: ClassVar[str] = "je"


@dataclass(frozen=True, slots=True)
class OpenImport(Action):
    """One table: how far it is read, what it would change, or what became of it."""

    code: ClassVar[str] = "ji"
    number: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class SendMarked(Action):
    """The table with what becomes of each cell."""

    code: ClassVar[str] = "jm"
    number: int


@dataclass(frozen=True, slots=True)
class ReadAgain(Action):
    """Hold the table against the directory as it is now; with what it lacks closed or kept."""

    code: ClassVar[str] = "jr"
    number: int
    whole: bool | None = None


@dataclass(frozen=True, slots=True)
class ApplyImport(Action):
    """Do what the table says."""

    code: ClassVar[str] = "ja"
    number: int


@dataclass(frozen=True, slots=True)
class LeaveImport(Action):
    """Throw the table away."""

    code: ClassVar[str] = "jl"
    number: int


@dataclass(frozen=True, slots=True)
class AskUndo(Action):
    """Ask whether an import shall be undone."""

    code: ClassVar[str] = "jq"
    number: int


@dataclass(frozen=True, slots=True)
class UndoImport(Action):
    """Bring back what was there before."""

    code: ClassVar[str] = "ju"
    number: int
