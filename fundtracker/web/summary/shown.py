"""The summary's figures and rows as its page and the chief executive's first page show them."""

from collections.abc import Iterator
from dataclasses import dataclass

from fundtracker.domain.asks import Figure
from fundtracker.domain.balances import Balance
from fundtracker.domain.money import Pence
from fundtracker.domain.papers import Cell, RowKind, Table
from fundtracker.domain.percentages import tenths_of
from fundtracker.domain.statuses import FundStatus
from fundtracker.services.papers.summary_cells import Asking, Rows
from fundtracker.services.years_beside import FundYears, YearsBeside, time_gone

_FIGURES = (
    ("Allocated", "allocated", Figure.ALLOCATED, ""),
    ("Awarded", "awarded", Figure.AWARDED, "="),
    ("Left to award", "remaining", Figure.REMAINING, "+"),
    ("Paid", "net_paid", Figure.NET_PAID, ""),
    ("To pay", "to_pay", Figure.TO_PAY, ""),
    ("To recover", "to_recover", Figure.TO_RECOVER, ""),
)


@dataclass(frozen=True)
class Led:
    """An amount in pence and the ask of its rows, empty where none are asked for."""

    amount: Pence
    behind: str


@dataclass(frozen=True)
class FigureShown:
    """One figure of the equation, with last year's below it where there is one."""

    label: str
    op: str
    now: Led
    this_day: Led | None
    in_full: Led | None


@dataclass(frozen=True)
class RowShown:
    """One row of the table of funds: its cells by their columns, and what its bar is drawn of."""

    key: str
    kind: RowKind
    cells: dict[str, Cell]
    balance: Balance | None
    years: FundYears | None
    gone: int | None

    @property
    def paid(self) -> int | None:
        """Give what part of the allocation is paid, in tenths of a per cent."""
        return None if self.balance is None else tenths_of(self.balance.net_paid, self.balance.allocated)


def figures(beside: YearsBeside) -> list[FigureShown]:
    """Give the equation of a year: allocated, awarded and left, then paid, to pay, and to recover where any is."""
    asking = Asking(beside)
    now, then = asking.now(), asking.last()
    sums = [beside.last.this_day, beside.last.in_full] if beside.last else []
    found = []
    for label, name, figure, op in _FIGURES:
        last = [_led(balance, name, figure, rows) for balance, rows in zip(sums, then, strict=False)]
        this_day, in_full = last if last else (None, None)
        found.append(FigureShown(label, op, _led(beside.balance, name, figure, now), this_day, in_full))
    return [one for one in found if one.label != "To recover" or one.now.amount]


def shown(beside: YearsBeside, table: Table) -> list[RowShown]:
    """Give the rows of the table of funds with what their bars are drawn of; no subtotal of what has one row."""
    alone = {group.source.value for group in beside.groups if not group.rows}
    balances = dict(_balances(beside))
    by_reference = {row.fund.reference: row for row in beside.rows}
    return [
        RowShown(
            row.key, row.kind, {column.key: cell for column, cell in zip(table.columns, row.cells, strict=True)},
            balances.get(row.key), by_reference.get(row.key), _gone(beside, by_reference.get(row.key)),
        )
        for row in table.rows
        if row.key not in alone
    ]  # fmt: skip


def _balances(beside: YearsBeside) -> Iterator[tuple[str, Balance]]:
    yield from ((row.fund.reference, row.balance) for row in beside.rows)
    yield from ((group.source.value, group.balance) for group in beside.groups)
    yield "year", beside.balance
    yield "books", beside.books.balance
    if beside.other_years is not None:
        yield "other-years", beside.other_years


def _gone(beside: YearsBeside, row: FundYears | None) -> int | None:
    """Give how much of an open fund's time has gone, in tenths of a per cent."""
    if row is None or beside.year is None or row.fund.status is not FundStatus.OPEN:
        return None
    return time_gone(beside.books.when.day, beside.year, row.fund.opens_on, row.fund.spend_by)


def _led(balance: Balance, name: str, figure: Figure, rows: Rows) -> Led:
    amount = getattr(balance, name)
    return Led(amount, rows.behind(figure, amount))
