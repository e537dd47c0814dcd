"""The figures of the Panel's report as a table: a row a fund under its objective, and the total."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from fundtracker.domain.asks import Figure, ask
from fundtracker.domain.balances import Balance, total
from fundtracker.domain.papers import Cell, CellType, Column, Row, RowKind, Table
from fundtracker.domain.years import year_label
from fundtracker.services.counts import count_some
from fundtracker.services.papers.panel_reading import Reading, Told
from fundtracker.store.office import Objective

NO_OBJECTIVE = "Not linked to an objective"
_MONEY = [
    Column(key, title, CellType.MONEY)
    for key, title in (
        ("allocated", "Allocated"),
        ("awarded", "Awarded"),
        ("new", "of it this quarter"),
        ("given", "Given out"),
        ("left", "Left to award"),
    )
]
_COLUMNS = (Column("fund", "Fund"), *_MONEY, Column("organisations", "Organisations", CellType.NUMBER))


def funds_table(session: Session, reading: Reading) -> Table:
    """Give every fund of the report with its figures; the organisations of the total are counted once."""
    rows = [row for objective in (*reading.objectives, None) for row in _group(objective, reading)]
    funds = [told.fund.id for told in reading.funds]
    organisations = count_some(session, reading.when, funds, reading.quarter.year).organisations
    now, before = total(one.balance for one in reading.funds), total(one.before for one in reading.funds)
    whole = Row("total", _cells("Total", (now, before), organisations, reading), RowKind.TOTAL)
    note = f"Of the budget lines of {year_label(reading.quarter.year)}; bids and gifts in kind are in no figure here."
    return Table("funds", "Funds", _COLUMNS, (*rows, whole), note)


def _group(objective: Objective | None, reading: Reading) -> Iterator[Row]:
    funds = reading.of(objective)
    if funds:
        key = f"objective.{objective.id if objective else 0}"
        yield Row(key, (Cell(objective.name if objective else NO_OBJECTIVE), *_blanks()), RowKind.GROUP)
    yield from (_row(told, reading) for told in funds)


def _row(told: Told, reading: Reading) -> Row:
    fund = told.fund
    cells = _cells(fund.name, (told.balance, told.before), told.counts.organisations, reading, fund.reference)
    return Row(fund.reference, cells)


def _cells(
    name: str, sums: tuple[Balance, Balance], organisations: int, reading: Reading, fund: str | None = None
) -> tuple[Cell, ...]:
    now, before = sums
    about = {"fund": fund, "year": reading.quarter.year, "as_at": reading.when.day}
    return (
        Cell(name),
        Cell(now.allocated, behind=ask(Figure.ALLOCATED, **about)),
        Cell(now.awarded, behind=ask(Figure.AWARDED, **about)),
        Cell(now.awarded - before.awarded, behind=ask(Figure.AWARDED, **about, since=reading.quarter.first)),
        Cell(now.net_paid, behind=ask(Figure.NET_PAID, **about)),
        Cell(now.remaining, behind=ask(Figure.REMAINING, **about)),
        Cell(organisations, behind=ask(Figure.ORGANISATIONS, **about)),
    )


def _blanks() -> Sequence[Cell]:
    return [Cell()] * (len(_COLUMNS) - 1)
