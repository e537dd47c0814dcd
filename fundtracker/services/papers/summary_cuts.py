"""The summary's figures cut by objective, area, funder, programme, recipient type, and revenue and capital."""

from dataclasses import asdict

from fundtracker.domain.asks import Figure
from fundtracker.domain.money import pounds
from fundtracker.domain.papers import Cell, Column, Row, RowKind, Table
from fundtracker.domain.statuses import SpendType
from fundtracker.services.cuts import By, CutRow, added, of_cut
from fundtracker.services.papers.summary_cells import MONEY, USED, Asking, Cells, money_cells
from fundtracker.services.years_beside import YearsBeside

TITLES = {
    By.OBJECTIVE: "By plan objective",
    By.AREA: "By area",
    By.FUNDER: "By funder",
    By.PROGRAMME: "By programme",
    By.RECIPIENT_TYPE: "By recipient type",
    By.SPEND_TYPE: "By revenue and capital",
}
_HEADS = {
    By.OBJECTIVE: "Objective",
    By.AREA: "Area",
    By.FUNDER: "Funder",
    By.PROGRAMME: "Programme",
    By.RECIPIENT_TYPE: "Recipient type",
    By.SPEND_TYPE: "Revenue or capital",
}
_MONEY = tuple(column for column in MONEY if column.key != "original")
NOT_AWARDED, NOT_STATED = "Not yet awarded", "Not stated"


def cut_table(beside: YearsBeside, by: By, rows: list[CutRow]) -> Table:
    """Set a cut out with its total, and say that it is the same total as that of the funds."""
    asking = Asking(beside)
    columns = (Column(by.value, _HEADS[by]), *_MONEY, USED, *asking.last_columns)
    cells = [(_key(row), _cells(beside, by, row, asking), RowKind.ROW) for row in rows]
    total = {by.value: Cell("Total")} | money_cells(added(rows), asking.now())
    total |= asking.last_cells(beside.last, asking.last()) if beside.last else {}
    found = tuple(
        Row(key, tuple(given.get(column.key, Cell()) for column in columns), kind)
        for key, given, kind in [*cells, ("total", total, RowKind.TOTAL)]
    )
    return Table(f"by_{by.value}", TITLES[by], columns, found, same_total(beside, rows))


def same_total(beside: YearsBeside, rows: list[CutRow]) -> str:
    """Say that a cut adds up to what the funds do, or by how much it does not."""
    balance, funds = added(rows), of_cut(beside.balance)
    if balance != funds:
        apart = ", ".join(f"{name} {pounds(amount)}" for name, amount in asdict(balance - funds).items() if amount)
        return f"This differs from the total of the funds: {apart}. Have fundtracker check run."
    said = f"{pounds(balance.allocated)} allocated, {pounds(balance.awarded)} awarded, {pounds(balance.net_paid)} paid"
    return f"The same total as by fund: {said}."


def name_of(by: By, row: CutRow) -> str:
    """Name a row of a cut."""
    if row.key is None:
        return NOT_AWARDED
    return row.key.capitalize() if by is By.SPEND_TYPE and row.key in set(SpendType) else row.key or NOT_STATED


def _key(row: CutRow) -> str:
    return "not-awarded" if row.key is None else row.key or "not-stated"


def _cells(beside: YearsBeside, by: By, row: CutRow, asking: Asking) -> Cells:
    """Give a row's figures; where a cut is of awards, what they take of the allocation is what is awarded."""
    named = {by.value: Cell(name_of(by, row))}
    what = {} if row.key is None else {by.value: row.key}
    rows = asking.now(**what)
    cells = money_cells(row.balance, rows)
    if by.of_awards:
        only = Figure.REMAINING if row.key is None else Figure.AWARDED
        cells["allocated"] = Cell(row.balance.allocated, behind=rows.behind(only, row.balance.allocated))
    return named | cells | (asking.last_cells(row.last, asking.last(**what)) if beside.last else {})
