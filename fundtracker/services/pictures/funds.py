"""Spend against time: of each fund's money what is paid and awarded, beside how much of its time has gone."""

from fundtracker.domain.asks import Figure, ask
from fundtracker.domain.balances import Balance
from fundtracker.domain.papers import Cell, CellType, Column, Row, RowKind, Table
from fundtracker.domain.percentages import tenths_of
from fundtracker.services.pictures.picture import Picture, as_at_of
from fundtracker.services.years_beside import FundYears, YearsBeside, time_gone

COLUMNS = (
    Column("name", "Fund"),
    Column("fund", "Reference"),
    Column("allocated", "Allocated £", CellType.MONEY),
    Column("awarded", "Awarded £", CellType.MONEY),
    Column("remaining", "Left to award £", CellType.MONEY),
    Column("net_paid", "Paid £", CellType.MONEY),
    Column("to_pay", "To pay £", CellType.MONEY),
    Column("to_recover", "To recover £", CellType.MONEY),
    Column("used", "Awarded %", CellType.SHARE),
    Column("paid", "Paid %", CellType.SHARE),
    Column("time", "Time gone %", CellType.SHARE),
)
_FIGURES = (
    ("allocated", Figure.ALLOCATED),
    ("awarded", Figure.AWARDED),
    ("remaining", Figure.REMAINING),
    ("net_paid", Figure.NET_PAID),
    ("to_pay", Figure.TO_PAY),
    ("to_recover", Figure.TO_RECOVER),
)


def spend_and_time(beside: YearsBeside) -> Picture:
    """Show each fund's money beside its time, as the summary orders them; it asks the books nothing more."""
    rows = [_row(beside, row) for row in beside.rows]
    total = (Cell("Total"), Cell(), *_money(beside, beside.balance), *_shares(beside.balance), Cell())
    table = Table("spend", "Spend against time", COLUMNS, (*rows, Row("total", total, RowKind.TOTAL)))
    return Picture("funds", table.title, _says(beside), table)


def _row(beside: YearsBeside, row: FundYears) -> Row:
    fund, gone = row.fund, _gone(beside, row)
    time = Cell(None, "n/a") if gone is None else Cell(gone)
    money = _money(beside, row.balance, fund.reference)
    return Row(fund.reference, (Cell(fund.name), Cell(fund.reference), *money, *_shares(row.balance), time))


def _money(beside: YearsBeside, balance: Balance, fund: str | None = None) -> list[Cell]:
    day = as_at_of(beside.books.when)
    return [
        Cell(getattr(balance, name), behind=ask(figure, fund=fund, year=beside.year, as_at=day))
        for name, figure in _FIGURES
    ]


def _shares(balance: Balance) -> list[Cell]:
    found = (tenths_of(amount, balance.allocated) for amount in (balance.awarded, balance.net_paid))
    return [Cell(None, "n/a") if share is None else Cell(share) for share in found]


def _gone(beside: YearsBeside, row: FundYears) -> int | None:
    if beside.year is None:
        return None
    return time_gone(beside.books.when.day, beside.year, row.fund.opens_on, row.fund.spend_by)


def _says(beside: YearsBeside) -> str:
    """Say how many funds have paid a smaller part of their money than of their time that has gone."""
    compared = [(tenths_of(row.balance.net_paid, row.balance.allocated), _gone(beside, row)) for row in beside.rows]
    behind = sum(1 for paid, gone in compared if paid is not None and gone is not None and paid < gone)
    if not behind:
        return "No fund has paid less of its money than of its time has gone."
    who = "The fund has" if len(compared) == 1 else f"{behind} of {len(compared)} funds have"
    return f"{who} paid less of the money than of the time has gone."
