"""What a picture shows: a table, what it is of, and a sentence that says it to those who do not see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fundtracker.domain.balances import Balance
from fundtracker.domain.money import ZERO, Pence, split
from fundtracker.domain.papers import Cell, CellType, Column, Content, Row, RowKind, Table
from fundtracker.domain.statuses import PaperKind
from fundtracker.services.figures import AsAt

_WHOLE = Pence(1000)  # tenths of a per cent

AWARDED_COLUMNS = (
    Column("awarded", "Awarded £", CellType.MONEY),
    Column("net_paid", "Paid £", CellType.MONEY),
    Column("to_pay", "To pay £", CellType.MONEY),
    Column("to_recover", "To recover £", CellType.MONEY),
    Column("share", "Share", CellType.SHARE),
)


@dataclass(frozen=True)
class Picture:
    """A table to be drawn, with what it says in a sentence; its key names its files."""

    key: str
    title: str
    says: str
    table: Table

    def paper(self, when: AsAt) -> Content:
        """Give the picture's data as a paper, so that it is written as every other."""
        return Content(PaperKind.SUMMARY, self.title, when.day, when.last_entry, (self.table,))


def as_at_of(when: AsAt) -> date | None:
    """Give the day that an ask names: none where the figure is as at today."""
    return None if when.kept else when.day


def shares(amounts: Sequence[Pence]) -> list[Cell]:
    """Give each amount's share of them all, in tenths of a per cent that add up to 100.0."""
    if not any(amounts):
        return [Cell(None, "n/a")] * len(amounts)
    return [Cell(tenths) for tenths in split(_WHOLE, amounts)]


def awarded_rows(named: Sequence[tuple[str, Cell, Balance, str]]) -> tuple[Row, ...]:
    """Give a row for each key, name, balance and what is behind its awarded, and their total."""
    part = shares([max(ZERO, balance.awarded) for _, _, balance, _ in named])
    rows = [
        Row(key, (name, *_money(balance, behind), share))
        for (key, name, balance, behind), share in zip(named, part, strict=True)
    ]
    whole = sum((balance for _, _, balance, _ in named), Balance())
    all_of_it = Cell(1000) if whole.awarded else Cell(None, "n/a")
    return (*rows, Row("total", (Cell("Total"), *_money(whole), all_of_it), RowKind.TOTAL))


def _money(balance: Balance, behind: str = "") -> tuple[Cell, ...]:
    return (
        Cell(balance.awarded, behind=behind),
        Cell(balance.net_paid),
        Cell(balance.to_pay),
        Cell(balance.to_recover),
    )
