"""A row as an annex prints it, before anything is understood of it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class PrintedRow:
    """The cells after the number, the heading the row stands under, and the source's line."""

    number: str
    group: str
    cells: tuple[str, ...]
    line: int


@dataclass
class RowInProgress:
    """A row that is still being put together from its lines."""

    number: str
    group: str
    line: int
    cells: list[str] = field(default_factory=list)

    def done(self) -> PrintedRow:
        """The finished row."""
        return PrintedRow(self.number, self.group, tuple(self.cells), self.line)
