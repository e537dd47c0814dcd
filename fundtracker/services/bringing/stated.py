"""What a spreadsheet states: the table that was found in it, and each of its rows, exact."""

from dataclasses import dataclass
from datetime import date

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import AmountBasis, BatchKind


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to look at, by sheet, row (None is the whole sheet) and column letter."""

    sheet: str
    row: int | None
    column: str
    says: str


@dataclass(slots=True)  # not frozen: a file has many, and making a frozen one takes three times as long
class StatedRow:
    """
    One row below the headings, with what it states of each field: pence, days and text; what is absent is not stated.

    `amount` (pence) is the row's figure if it can be read at all, also that of a total or of a row left out.
    `left_out` says why the row is no record, or nothing where it is one.
    """

    row: int
    values: dict[str, str | int | date]
    amount: Pence | None
    left_out: str = ""
    problems: tuple[Problem, ...] = ()
    cells: tuple[str, ...] = ()
    sheet: str = ""


@dataclass(frozen=True)
class Column:
    """
    A column of the table: its letter, its title, and the field it is taken for, or nothing.

    `why` says how the field was told, `filled` counts the cells below the headings that hold anything.
    """

    letter: str
    title: str
    field: str = ""
    why: str = ""
    filled: int = 0
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableFound:
    """
    The table that was found: where it stands, its columns, and what a person should know of it.

    `header_row` is the last row of the headings, 0 where there are none; `header_rows` gives them all. `why` says why
    this sheet and row were taken. `lacks` says in a sentence what keeps the rows from being brought in, or nothing.
    `notes` are sentences; `other_sheets` gives each sheet that was not taken, and why; `alike` names the sheets whose
    headings are the same, which can be taken together with it, and `together` says that they were.
    """

    kind: BatchKind
    sheet: str
    header_row: int
    columns: tuple[Column, ...]
    header_rows: tuple[int, ...] = ()
    why: str = ""
    rows: int = 0
    basis: AmountBasis | None = None
    lacks: str = ""
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    other_sheets: tuple[tuple[str, str], ...] = ()
    alike: tuple[str, ...] = ()
    together: bool = False
