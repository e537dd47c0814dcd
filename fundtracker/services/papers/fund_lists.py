"""What stands on a fund, for its briefing: awards, applications waiting, payments due and the bids that led to it."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from fundtracker.domain.papers import Cell, CellType, Column, Row, RowKind, Table
from fundtracker.domain.statuses import ApplicationStatus, Doubt
from fundtracker.domain.years import FinancialYear
from fundtracker.services.exceptions.listing import list_exceptions
from fundtracker.services.exceptions.rules import Rule
from fundtracker.services.figures import AsAt
from fundtracker.services.listings import applications, awards, bids, payments_due
from fundtracker.services.listings.awards import AwardRow, AwardTotals
from fundtracker.services.listings.filters import Filters
from fundtracker.services.listings.paging import Listed, Order, Part
from fundtracker.services.listings.payments_due import DueRow
from fundtracker.store.funds import Fund

MOST, MOST_EXCEPTIONS = 4, 3  # so that a briefing is one page of A4
_ON_A_FUND = frozenset(Rule) - {Rule.FINANCE_LINE, Rule.SUBSIDY}
_ORDERS = {"largest": Order("awarded", descending=True), "newest": awards.NEWEST.order}
_AWARDS = (
    Column("organisation", "Organisation"),
    Column("decided", "Decided", CellType.DAY),
    Column("awarded", "Awarded", CellType.MONEY),
    Column("paid", "Paid", CellType.MONEY),
)
_WAITING = (
    Column("organisation", "Organisation"),
    Column("received", "Received", CellType.DAY),
    Column("asked_for", "Asked for", CellType.MONEY),
)
_DUE = (
    Column("organisation", "Organisation"),
    Column("due", "Due", CellType.DAY),
    Column("state", "How it stands"),
    Column("to_pay", "To pay", CellType.MONEY),
)
_EXCEPTIONS = (
    Column("what", "What"),
    Column("value", "Amount", CellType.MONEY),
    Column("due", "Due", CellType.DAY),
)
_BIDS = (
    Column("bid", "Bid"),
    Column("funder", "Funder"),
    Column("stage", "Stage"),
    Column("sent", "Sent", CellType.DAY),
    Column("sought", "Asked for", CellType.MONEY),
)


def award_tables(session: Session, when: AsAt, fund: Fund, year: FinancialYear | None) -> list[Table]:
    """Give the largest awards of a year, and the newest where there are more than a few."""
    mine = Filters(fund=fund.reference, year=year)
    found = {
        key: awards.list_awards(session, when, mine, Part(order=order, size=MOST)) for key, order in _ORDERS.items()
    }
    if found["newest"].count <= MOST:
        return [_awards("awards", "Awards", found["largest"])]
    return [_awards("largest", "Largest awards", found["largest"]), _awards("newest", "Newest awards", found["newest"])]


def _awards(key: str, title: str, listed: Listed[AwardRow, AwardTotals]) -> Table:
    rows = tuple(Row(one.reference, _award_cells(one)) for one in listed.rows)
    totals = listed.totals
    words = f"All {listed.count:,}" if listed.count > len(listed.rows) else "Together"
    cells = (Cell(words), Cell(), Cell(totals.awarded), Cell(totals.paid))
    total = (Row("total", cells, RowKind.TOTAL),) if len(rows) > 1 else ()
    return Table(key, title, _AWARDS, (*rows, *total), "" if rows else "No awards yet.")


def _award_cells(one: AwardRow) -> tuple[Cell, ...]:
    doubt = f"date {one.date_doubt.value}" if one.date_doubt is not Doubt.NONE else ""
    stated = "" if one.awarded is not None else "Not stated"
    who = Cell(one.organisation, _about(one.reference, one.benefits, one.purpose))
    return who, Cell(one.decided, doubt), Cell(one.awarded, stated), Cell(one.paid)


def waiting_table(session: Session, when: AsAt, fund: Fund) -> Table:
    """Give the applications that wait for a decision, the oldest first, with what all of them ask for."""
    mine = Filters(fund=fund.reference, status=ApplicationStatus.RECEIVED.value)
    listed = applications.list_applications(session, when, mine, Part(order=applications.OLDEST.order, size=MOST))
    rows = [
        Row(
            one.reference,
            (
                Cell(one.organisation, _about(one.reference, one.benefits, one.purpose)),
                Cell(one.received),
                Cell(one.asked_for, "" if one.asked_for is not None else "Not stated"),
            ),
        )
        for one in listed.rows
    ]
    if listed.count > 1:
        asked = Cell(listed.totals.asked_for) if listed.totals.asked else Cell(None, "Not stated")
        rows.append(Row("total", (Cell(f"All {listed.count:,}"), Cell(), asked), RowKind.TOTAL))
    return Table("waiting", "Applications waiting", _WAITING, tuple(rows), "" if rows else "None waits for a decision.")


def due_table(session: Session, when: AsAt, fund: Fund) -> Table:
    """Give what is to pay, the oldest first, with how late it is or what holds it, as it stands today."""
    listed = payments_due.list_due(
        session, Filters(fund=fund.reference), Part(order=payments_due.OLDEST.order, size=MOST)
    )
    rows = [Row(one.key, _due_cells(one, when)) for one in listed.rows]
    if listed.count > 1:
        total = (Cell(f"All {listed.count:,}"), Cell(), Cell(""), Cell(listed.totals.to_pay))
        rows.append(Row("total", total, RowKind.TOTAL))
    return Table("due", "Payments due", _DUE, tuple(rows), "" if rows else "Nothing is to pay.")


def _due_cells(one: DueRow, when: AsAt) -> tuple[Cell, ...]:
    late = (when.day - one.due_on).days
    stands = "To come" if late < 0 else "Due"
    if late > 0 and one.instalment_id is not None:  # without a schedule, an award is due and never late
        stands = f"{late:,} {'day' if late == 1 else 'days'} late"
    return Cell(one.organisation, one.award), Cell(one.due_on), Cell(one.held or stands), Cell(one.to_pay)


def exception_table(session: Session, when: AsAt, fund: Fund) -> Table | None:
    """Give what the exception report says of a fund, the most money first, where it says anything."""
    found = [row for row in list_exceptions(session, when, _ON_A_FUND) if row.found.fund_reference == fund.reference]
    rows = [
        Row(
            row.key,
            (
                Cell(row.found.what, row.rule.words),
                Cell(row.value, "" if row.value is not None else "Not stated"),
                Cell(row.due),
            ),
        )
        for row in found[:MOST_EXCEPTIONS]
    ]
    note = f"The {len(rows)} of {len(found):,} with the most money." if len(found) > len(rows) else ""
    return Table("exceptions", "Late or at risk", _EXCEPTIONS, tuple(rows), note) if rows else None


def bid_table(session: Session, fund: Fund) -> Table | None:
    """Give the bids that led to a fund, where any did."""
    listed = bids.list_bids(session, Filters(fund=fund.reference), Part(order=bids.NEWEST.order, page=None))
    rows = [
        Row(
            one.reference,
            (
                Cell(one.title, one.reference),
                Cell(one.funder),
                Cell(f"{one.status.value[:1].upper()}{one.status.value[1:]}"),
                Cell(one.submitted, "" if one.submitted else "Not stated"),
                Cell(one.sought, "" if one.sought is not None else "Not stated"),
            ),
        )
        for one in listed.rows
    ]
    return Table("bids", "Bids that led to it", _BIDS, tuple(rows)) if rows else None


def _about(*parts: str) -> str:
    return _short(", ".join(_first_lines(parts)))


def _first_lines(parts: Sequence[str]) -> list[str]:
    return [part.splitlines()[0] for part in parts if part]


def _short(words: str, most: int = 56) -> str:
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]}…"
