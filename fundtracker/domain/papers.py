"""
Papers: what a report says as data, block by block, so that it can be shown, written to a file, kept and compared.

A cell is whole pence, a whole number, words, a day or a share in tenths of a per cent, and None where nothing was
stated. `behind` says which rows make a figure, as `fundtracker.domain.asks` writes it, empty where there are none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from fundtracker.domain.statuses import PaperKind


class CellType(StrEnum):
    """What a column holds."""

    MONEY = "money"
    NUMBER = "number"
    TEXT = "text"
    DAY = "day"
    SHARE = "share"


class RowKind(StrEnum):
    """How a row stands in its table."""

    ROW = "row"
    GROUP = "group"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@dataclass(frozen=True)
class Column:
    """One column of a table; its key tells it from the others when a paper is compared."""

    key: str
    title: str
    type: CellType = CellType.TEXT


@dataclass(frozen=True)
class Cell:
    """One value, what is said in its place or beside it where anything is, and which rows make it."""

    value: int | str | date | None = None
    says: str = ""
    behind: str = ""


@dataclass(frozen=True)
class Row:
    """One row, known by its key: a fund's reference, an exception's key."""

    key: str
    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.ROW


@dataclass(frozen=True)
class Table:
    """A table of a paper, with a note under it where there is one."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""


@dataclass(frozen=True)
class Words:
    """A heading (level 1 to 3) or a paragraph (level 0) with its bullets, and what its author is warned of."""

    key: str
    text: str
    level: int = 0
    bullets: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    edited: bool = False


Block = Table | Words


@dataclass(frozen=True)
class Content:
    """All that a paper says, the day and the last entry that it counts, and the meeting it is for."""

    kind: PaperKind
    title: str
    as_at: date
    last_entry: int
    blocks: tuple[Block, ...]
    subject: str = ""
    meeting_on: date | None = None

    @property
    def tables(self) -> dict[str, Table]:
        """Give the tables by their keys."""
        return {block.key: block for block in self.blocks if isinstance(block, Table)}

    def to_json(self) -> dict[str, Any]:
        """Give it as JSON: days as ISO text, pence as whole numbers."""
        plain = {name: value for name, value in asdict(self).items() if name != "blocks"}
        return {**_plain(plain), "blocks": [{"is": type(b).__name__, **_plain(asdict(b))} for b in self.blocks]}


def read_content(kept: Mapping[str, Any]) -> Content:
    """Read a paper's content back from its JSON."""
    blocks = tuple(_table(block) if block["is"] == Table.__name__ else _words(block) for block in kept["blocks"])
    return Content(
        kind=PaperKind(kept["kind"]), title=kept["title"], as_at=date.fromisoformat(kept["as_at"]),
        last_entry=kept["last_entry"], blocks=blocks, subject=kept["subject"],
        meeting_on=kept["meeting_on"] and date.fromisoformat(kept["meeting_on"]),
    )  # fmt: skip


def _table(block: Mapping[str, Any]) -> Table:
    columns = tuple(Column(one["key"], one["title"], CellType(one["type"])) for one in block["columns"])
    rows = tuple(_row(row, columns) for row in block["rows"])
    return Table(block["key"], block["title"], columns, rows, block["note"])


def _row(row: Mapping[str, Any], columns: tuple[Column, ...]) -> Row:
    cells = zip(row["cells"], columns, strict=False)
    return Row(row["key"], tuple(_cell(cell, column.type) for cell, column in cells), RowKind(row["kind"]))


def _cell(cell: Mapping[str, Any], kind: CellType) -> Cell:
    value = cell["value"]
    day = kind is CellType.DAY and isinstance(value, str)
    return Cell(date.fromisoformat(value) if day else value, cell["says"], cell["behind"])


def _words(block: Mapping[str, Any]) -> Words:
    bullets, warnings = tuple(block["bullets"]), tuple(block["warnings"])
    return Words(block["key"], block["text"], block["level"], bullets, warnings, block["edited"])


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
