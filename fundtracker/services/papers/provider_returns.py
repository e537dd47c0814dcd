"""What an organisation was to return on its awards, for its passport: what is overdue, and what came late."""

from datetime import date

from sqlalchemy.orm import Session

from fundtracker.domain.papers import Cell, CellType, Column, Row, Table
from fundtracker.services.listings.filters import Filters
from fundtracker.services.listings.paging import Order, Part
from fundtracker.services.listings.returns import OVERDUE, ReturnRow, list_returns

_COLUMNS = (
    Column("return", "Return"),
    Column("award", "Award"),
    Column("due", "Due", CellType.DAY),
    Column("received", "Received", CellType.DAY),
    Column("against", "Against its day"),
)
_EVERY = Part(order=Order("due_on", descending=True), page=None)


def returns_table(session: Session, organisation: int, day: date) -> Table:
    """Give the returns that were due by a day or came by it, the newest first, as they stand now."""
    rows = list_returns(session, Filters(organisation=organisation), _EVERY).rows
    due = [one for one in rows if min(one.due_on, one.received_on or one.due_on) <= day]
    late = sum(_days_late(one, day) > 0 for one in due)
    note = f"{late} of {len(due)} late." if due else "No return was due."
    table = tuple(Row(str(one.id), _return(one, day)) for one in due)
    return Table("returns", "Monitoring returns", _COLUMNS, table, note)


def _return(one: ReturnRow, day: date) -> tuple[Cell, ...]:
    return Cell(one.about), Cell(one.award), Cell(one.due_on), Cell(one.received_on), Cell(_against(one, day))


def _against(one: ReturnRow, day: date) -> str:
    late = _days_late(one, day)
    if late > 0:
        words = f"{late:,} {'day' if late == 1 else 'days'}"
        return f"{words} overdue" if one.state == OVERDUE else f"{words} late"
    return "Waived" if one.state == "waived" else "On time" if one.received_on else ""


def _days_late(one: ReturnRow, day: date) -> int:
    """Give by how many days it came late, or is overdue; what was waived was not late."""
    if one.received_on is None and one.state != OVERDUE:
        return 0
    return ((one.received_on or day) - one.due_on).days
