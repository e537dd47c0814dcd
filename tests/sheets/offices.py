"""Workbooks as offices keep them, made for a test: sheets as rows, and the answer to bringing one in."""

import io
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.roles import Actor
from fundtracker.domain.years import FinancialYear
from fundtracker.sheets.office import Answer, bring_in
from fundtracker.store.awards import Award
from fundtracker.store.base import Base
from fundtracker.store.books import Entry

Rows = Sequence[Sequence[Any]]

FUNDS: Rows = [
    ["Funding pots 2020/21"],
    ["Fund", "Funder", "Source", "Amount", "Status"],
    ["Safer Roads Fund 2020", "PCC", "Own fund", 280000, "Open"],
]
AWARDS: Rows = [
    ["Ref", "Fund", "Organisation", "Awarded", "Date awarded"],
    ["R1", "Safer Roads Fund 2020", "Wythall Parish Council", 810, date(2020, 5, 29)],
]


def workbook(change: Callable[[Workbook], None] | None = None, /, **sheets: Rows) -> bytes:
    """Make a workbook of named sheets (`Awards_2020` is `Awards 2020`), changed at will before it is saved."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in (sheets or {"Funds": FUNDS, "Awards": AWARDS}).items():
        sheet = made.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(list(row))
    if change:
        change(made)
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def bring(session: Session, content: bytes, *, undated: date | None = None, year: int | None = None,
          dry_run: bool = False, file_name: str = "tracker.xlsx") -> Answer:  # fmt: skip
    """Bring a workbook in; whatever comes of it, the three parts add up to what was read."""
    answer = bring_in(
        session, content, file_name=file_name, by=Actor("tests"), undated=undated,
        year=FinancialYear(year) if year else None, dry_run=dry_run,
    )  # fmt: skip
    _adds_up(answer.to_json())
    return answer


def fund(*rows: Sequence[Any], head: Sequence[Any] = ("Fund", "Funder", "Source", "Amount", "Status")) -> Rows:
    """Make a Funds sheet of rows, titled with its year."""
    return [["Funding pots 2020/21"], list(head), *rows]


def award(*rows: Sequence[Any], head: Sequence[Any] = ("Ref", "Fund", "Organisation", "Awarded", "Date")) -> Rows:
    """Make an Awards sheet of rows."""
    return [list(head), *rows]


def says(answer: Answer) -> list[tuple[str, int | None, str, str]]:
    """Give an answer's problems: sheet, row, column letter and sentence."""
    return [(p.sheet, p.row, p.column, p.says) for p in answer.problems()]


def awarded(session: Session) -> dict[str, tuple[str, int, date]]:
    """Give each award's organisation, pence and date, by its reference."""
    session.rollback()
    awards = session.scalars(select(Award).order_by(Award.id))
    return {
        award.reference: (award.organisation.name, sum(line.awarded for line in award.lines), award.awarded_on)
        for award in awards
    }


def entries(session: Session) -> list[tuple[str, int, date]]:
    """Give each entry's kind, pence and date, in order."""
    session.rollback()
    return [(e.kind.value, e.amount, e.on_date) for e in session.scalars(select(Entry).order_by(Entry.number))]


def rows_in_books(session: Session) -> int:
    """Count every row of every table, the book's own row included."""
    session.rollback()
    return sum(len(session.execute(select(table)).all()) for table in Base.metadata.sorted_tables)


def _adds_up(answer: dict[str, Any]) -> None:
    for part in (answer, *answer["sheets"]):
        assert part["rows_read"] == part["taken"] + part["already_there"] + part["left_out"]
        parts = ("amount_taken", "amount_already_there", "amount_left_out")
        assert _pence(part["amount_read"]) == sum(_pence(part[name]) for name in parts)
    for total in ("rows_read", "taken", "already_there", "left_out"):
        assert answer[total] == sum(sheet[total] for sheet in answer["sheets"])


def _pence(text: str) -> int:
    return int(text.replace(".", ""))
