"""What stands under the summary: what is owed either way, bids, national pots, gifts in kind, and what is at risk."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.papers import Cell, CellType, Column, Row, RowKind, Table
from fundtracker.domain.statuses import AwardType
from fundtracker.domain.years import first_day, last_day
from fundtracker.services.behind.cutting import to_payees
from fundtracker.services.figures import AsAt, Rows
from fundtracker.services.listings.bids import NEWEST, UNDECIDED, BidRow, list_bids
from fundtracker.services.listings.filters import Filters
from fundtracker.services.listings.paging import Part
from fundtracker.services.listings.payees import Payee, merged
from fundtracker.services.owing import Sums, both_sides, summed
from fundtracker.services.years_beside import YearsBeside
from fundtracker.store.awards import Award

UNSTATED = "Not stated"
_BID = (Column("bid", "Bid"), Column("title", "For"), Column("funder", "Funder"), Column("stage", "Stage"))
_OUTSIDE = "In no figure of the funds until won."


def owed_table(session: Session, when: AsAt) -> Table:
    """Say what funders and recipients owe the office, and what it owes them."""
    sums = summed(side.sums for side in both_sides(session, when, by_day=False))
    columns = (Column("what", "What"), Column("amount", "Amount", CellType.MONEY))
    rows = tuple(Row(key, (Cell(words), Cell(amount)), kind) for key, words, amount, kind in _owed(sums))
    note = f"{pounds(sums.overdue)} of what funders are expected to send is overdue." if sums.overdue else ""
    return Table("owed", "Owed to us and by us", columns, rows, note)


def _owed(sums: Sums) -> list[tuple[str, str, Pence, RowKind]]:
    return [
        ("expected", "Expected from funders", sums.expected, RowKind.ROW),
        ("to_recover", "To recover from recipients", sums.to_recover, RowKind.ROW),
        ("to_us", "Owed to us", sums.owed_to_us, RowKind.SUBTOTAL),
        ("to_pay", "To pay to recipients", sums.to_pay, RowKind.ROW),
        ("to_return", "To return to funders", sums.to_return, RowKind.ROW),
        ("by_us", "Owed by us", sums.owed_by_us, RowKind.SUBTOTAL),
    ]


def bid_tables(session: Session) -> tuple[Table, Table]:
    """Give the bids that await an outcome, and the national pots that bids are made or being made against."""
    rows = list_bids(session, Filters(status=UNDECIDED), Part(order=NEWEST.order, page=None)).rows
    return _bids([row for row in rows if row.status.awaiting]), _pots([row for row in rows if row.national_pot])


def _bids(rows: Sequence[BidRow]) -> Table:
    columns = (*_BID, Column("expected", "Expected"), Column("sought", "Asked for", CellType.MONEY))
    cells = [(*_bid(row), Cell(row.outcome_expected or UNSTATED), _amount(row.sought)) for row in rows]
    found = [Row(row.reference, given) for row, given in zip(rows, cells, strict=True)]
    unstated = sum(row.sought is None for row in rows)
    if rows:
        sought = Pence(sum(row.sought or 0 for row in rows))
        blank = (Cell(),) * (len(columns) - 2)
        found.append(Row("total", (Cell(f"Awaiting an outcome: {len(rows)}"), *blank, Cell(sought)), RowKind.TOTAL))
    left_out = f" {unstated} without an amount, left out." if unstated else ""
    return Table("bids", "Bids awaiting an outcome", columns, tuple(found), f"{_OUTSIDE}{left_out}")


def _pots(rows: Sequence[BidRow]) -> Table:
    columns = (*_BID, Column("national_pot", "National pot", CellType.MONEY))
    found = tuple(Row(row.reference, (*_bid(row), _amount(row.national_pot))) for row in rows)
    return Table("opportunities", "National opportunities", columns, found, "A funder’s money for everyone, not ours.")


def _bid(row: BidRow) -> tuple[Cell, ...]:
    return Cell(row.reference), Cell(row.title), Cell(row.funder), Cell(row.status.value.capitalize())


def _amount(amount: Pence | None) -> Cell:
    return Cell(amount, UNSTATED if amount is None else "")


def gift_table(session: Session, beside: YearsBeside) -> Table:
    """List the gifts in kind of the year in hand by its day, or all of them where there is none."""
    columns = (
        Column("gift", "Gift"), Column("to", "To"), Column("what", "What"), Column("on", "Given on", CellType.DAY),
        Column("estimated_value", "Estimated value", CellType.MONEY),
    )  # fmt: skip
    rows = session.execute(_gifts(beside)).all()
    found = tuple(
        Row(reference, (Cell(reference), Cell(name), Cell(purpose), Cell(on), _amount(value)))
        for reference, name, purpose, on, value in rows
    )
    return Table("gifts", "Gifts in kind", columns, found, "No cash, and in no sum.")


def _gifts(beside: YearsBeside) -> Rows:
    tree, day = merged(), beside.books.when.day
    facts = (Award.reference, Payee.name, Award.purpose, Award.awarded_on, Award.estimated_value)
    rows = to_payees(select(*facts).select_from(Award), tree)
    standing = or_(Award.withdrawn_on.is_(None), Award.withdrawn_on > day)
    rows = rows.where(Award.type == AwardType.IN_KIND, Award.awarded_on <= day, standing)
    if beside.year is not None:
        rows = rows.where(Award.awarded_on.between(first_day(beside.year), last_day(beside.year)))
    return rows.order_by(Award.awarded_on, Award.id)
