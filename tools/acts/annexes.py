"""Which annexes hold offices, how they are printed and what their offices are for."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from core.directory.model import Kind, Role
from tools.acts.blocks import read_blocks, read_lines
from tools.acts.cells import read_cells
from tools.acts.columns import ColumnReader
from tools.acts.letters import Letters
from tools.acts.rows import PrintedRow
from tools.acts.spaced import SpacedReader
from tools.acts.words import Words

Shape = Literal["cells", "unnumbered_cells", "blocks", "lines", "spaced", "columns"]
Column = Literal["name", "address", "contacts", "site", "online", "reception"]


class Annex(BaseModel):
    """One table of offices: where it is printed and what stands in its columns."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    service: str
    annex: str
    list: str | None = None
    kind: Kind
    shape: Shape
    columns: Sequence[Column]
    lines: tuple[int, int]
    rows: int
    serves: Sequence[Role]
    hours: str | None = None


class Act(BaseModel):
    """An act's text and its annexes of offices."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    act: str
    file: str
    region: str | None = None
    annexes: Sequence[Annex]


def load_acts(lists: Path) -> list[Act]:
    """The acts in the order of `annexes.yaml`."""
    text = (lists / "annexes.yaml").read_text(encoding="utf-8")
    return [Act.model_validate(act) for act in yaml.safe_load(text)]


def read_annex(
    annex: Annex, text: Sequence[str], words: Words, letters: Letters
) -> list[PrintedRow]:
    """The rows of one annex out of the whole text of its act."""
    first, last = annex.lines
    lines = text[first - 1 : last]
    match annex.shape:
        case "cells" | "unnumbered_cells":
            return read_cells(lines, first, numbered=annex.shape == "cells")
        case "blocks":
            return read_blocks(lines, first, words)
        case "lines":
            return read_lines(lines, first)
        case "spaced":
            return SpacedReader(words, letters).read(lines, first)
        case "columns":
            return ColumnReader(words, len(annex.columns)).read(lines, first)
