"""The exception report as a paper, and what is new, gone and worse since the one that the last meeting had."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.papers import Cell, CellType, Column, Content, Row, Table, Words, read_content
from fundtracker.domain.statuses import PaperKind
from fundtracker.domain.years import end_of, long_date
from fundtracker.services.exceptions.listing import ExceptionRow, list_exceptions
from fundtracker.services.figures import AsAt, as_at
from fundtracker.store.papers import Paper

TABLE = "exceptions"
COLUMNS = (
    Column("reference", "Reference"),
    Column("what", "What"),
    Column("fund", "Fund or award"),
    Column("value", "Value", CellType.MONEY),
    Column("age", "Age in days", CellType.NUMBER),
    Column("owner", "Owner"),
    Column("rule", "Rule"),
    Column("action", "Action"),
    Column("due", "Due", CellType.DAY),
    Column("since_then", "Since the last meeting"),
)
_PLACES = {column.key: place for place, column in enumerate(COLUMNS)}


@dataclass(frozen=True)
class Gone:
    """An exception that the last meeting had and that is one no more."""

    key: str
    reference: str
    what: str
    rule: str
    value: Pence | None


@dataclass(frozen=True)
class Meeting:
    """What changed since the newest kept exception report: its day, what is new, worse (by pence) and gone."""

    on: date
    reference: str
    new: frozenset[str]
    worse: dict[str, Pence]
    gone: tuple[Gone, ...]

    def says(self, key: str) -> str:
        """Say of an exception whether it is new or worse."""
        return "New" if key in self.new else "Worse" if key in self.worse else ""


def exceptions_paper(session: Session, *, day: date | None = None) -> Content:
    """Make the exception report as at a day, today where none is given, each row known by its exception's key."""
    when = as_at(session, day)
    rows = list_exceptions(session, when)
    last = since_meeting(session, when, rows)
    table = Table(TABLE, "Exceptions", COLUMNS, tuple(_row(row, last) for row in rows), _note(rows))
    blocks = (Words("since", _since(last)), table)
    return Content(PaperKind.EXCEPTIONS, "Exceptions", when.day, when.last_entry, blocks)


def since_meeting(session: Session, when: AsAt, rows: Sequence[ExceptionRow]) -> Meeting | None:
    """Compare exceptions with the newest report that was kept for a meeting before them; None where there is none."""
    kept = select(Paper).where(Paper.kind == PaperKind.EXCEPTIONS, Paper.as_at <= when.day)
    kept = kept if when.kept else kept.where(Paper.made_at < end_of(when.day))
    paper = session.scalars(kept.order_by(Paper.id.desc()).limit(1)).first()
    if paper is None:
        return None
    content = read_content(json.loads(paper.content))
    before = {row.key: row for row in content.tables[TABLE].rows}
    now = {row.key: row for row in rows}
    worse = {key: Pence(change) for key in before.keys() & now.keys() if (change := _worse(before[key], now[key])) > 0}
    gone = tuple(_gone(row) for key, row in before.items() if key not in now)
    on = paper.meeting_on or paper.as_at
    return Meeting(on, paper.reference, frozenset(now.keys() - before.keys()), worse, gone)


def _worse(before: Row, now: ExceptionRow) -> int:
    """Give by how many pence it is worse; below zero, better."""
    was = before.cells[_PLACES["value"]].value
    return (now.value or 0) - was if isinstance(was, int) else 0


def _gone(row: Row) -> Gone:
    reference, what, rule = (str(row.cells[_PLACES[name]].value or "") for name in ("reference", "what", "rule"))
    value = row.cells[_PLACES["value"]].value
    return Gone(row.key, reference, what, rule, Pence(value) if isinstance(value, int) else None)


def _row(row: ExceptionRow, last: Meeting | None) -> Row:
    also = f" Also: {'; '.join(one.detail for one in row.also)}." if row.also else ""
    cells = (
        Cell(row.found.reference), Cell(f"{row.found.what}.{also}"), Cell(row.found.fund),
        Cell(row.value, says="Not stated" if row.value is None else ""), Cell(row.age), Cell(row.owner),
        Cell(row.rule.words), Cell(row.action, says=row.note), Cell(row.due), Cell(last.says(row.key) if last else ""),
    )  # fmt: skip
    return Row(row.key, cells)


def _since(last: Meeting | None) -> str:
    if last is None:
        return "No exception report was kept for a meeting before this one."
    return (
        f"Since the meeting of {long_date(last.on)}: {len(last.new)} new, {len(last.worse)} worse and "
        f"{len(last.gone)} gone."
    )


def _note(rows: Sequence[ExceptionRow]) -> str:
    unstated = sum(row.value is None for row in rows)
    said = f"{len(rows):,} in all; {unstated:,} without a value." if unstated else f"{len(rows):,} in all."
    return f"{said} Values are not added up: rows of different kinds are sums of different things."
