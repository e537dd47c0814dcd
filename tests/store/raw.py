"""Raw SQL against the books: what any program with the password could send."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Date, DateTime, Engine, bindparam, text
from sqlalchemy.exc import DBAPIError

from fundtracker.domain.years import now
from fundtracker.store.engine import WRITE

DEFAULTS = {
    "kind": "uplift", "amount": 100, "on_date": date(2020, 6, 30), "fund_id": 1, "budget_line_id": 1,
    "award_line_id": None,
    "payment_id": None, "reverses": None, "replaces": None, "decision_reference": "", "reference": "",
    "narrative": "", "date_doubt": "", "amount_doubt": "", "posted_by": "raw", "posting": 1,
}  # fmt: skip
REMAINING = "SELECT SUM(allocated - awarded) FROM budget_line WHERE fund_id = :fund_id"
LEFT = {"uplift": 1, "allocation": 1, "reduction": 1, "award": -1, "variation": -1, "write-off": -1, "withdrawal": -1}


def refusal(engine: Engine, *statements: str) -> str:
    """Run statements in one write transaction that is never kept, and give the error of the last, or nothing."""
    with engine.connect().execution_options(**{WRITE: True}) as connection:
        for statement in statements[:-1]:
            connection.exec_driver_sql(statement)
        try:
            connection.exec_driver_sql(statements[-1])
        except DBAPIError as error:
            return str(error.orig)
        finally:
            connection.rollback()
    return ""


def refused_entry(engine: Engine, *before: str, book_moves: bool = True, **changes: Any) -> str:
    """Insert an entry that is right but for some changes, in a transaction never kept, and give the error."""
    values = {**DEFAULTS, "posted_at": now(), **changes}
    with engine.connect().execution_options(**{WRITE: True}) as connection:
        for statement in before:
            connection.exec_driver_sql(statement)
        last = connection.scalar(text("SELECT last_entry FROM book")) or 0
        if book_moves:
            connection.exec_driver_sql("UPDATE book SET last_entry = last_entry + 1")
        left = int(connection.scalar(text(REMAINING), values) or 0)
        values.setdefault("number", last + 1)
        values.setdefault("fund_remaining_after", left + LEFT.get(values["kind"], 0) * values["amount"])
        if engine.dialect.name == "sqlite":
            values["posted_at"] = values["posted_at"].replace(tzinfo=None)
        names = ", ".join(values)
        insert = text(f"INSERT INTO entry ({names}) VALUES (:{names.replace(', ', ', :')})")  # noqa: S608 - our own names
        insert = insert.bindparams(bindparam("posted_at", type_=DateTime()), bindparam("on_date", type_=Date()))
        try:
            connection.execute(insert, values)
        except DBAPIError as error:
            return str(error.orig)
        finally:
            connection.rollback()
    return ""


def tomorrow() -> date:
    """Give the day after tomorrow, which is in the future wherever the clock is read."""
    return (now() + timedelta(days=2)).date()
