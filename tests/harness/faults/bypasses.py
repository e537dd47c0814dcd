"""Statements that no schema of the books may take, whoever sends them."""

from collections.abc import Iterator

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from fundtracker.store.base import PenceColumn
from fundtracker.store.engine import WRITE
from fundtracker.store.tables import Base

SENT = "INSERT INTO sent_form VALUES ('once', '', '', 1, '2020-07-01 12:00:00')"
# What would refuse a figure before its check can, by table.
IN_THE_WAY = {
    "budget_line": "DROP TRIGGER budget_line_moves_by_entry",
    "award_line": "DROP TRIGGER award_line_moves_by_entry",
    "entry": "DROP TRIGGER entry_never_changes",
}


def taken(engine: Engine) -> list[str]:
    """Send every one, keep none, and give those that were taken; the books hold a payment and are closed once."""
    with engine.connect().execution_options(**{WRITE: True}) as connection:
        found = [statement for statement in _about_rows() if _takes(connection, statement)]
        for trigger in IN_THE_WAY.values():
            connection.exec_driver_sql(trigger)
        found += [statement for statement in _about_figures() if _takes(connection, statement)]
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.exec_driver_sql(SENT)
        found += [SENT] if _takes(connection, SENT) else []
        connection.rollback()
    return found


def _takes(connection: Connection, statement: str) -> bool:
    point = connection.begin_nested()
    try:
        connection.exec_driver_sql(statement)
    except DBAPIError:
        return False
    finally:
        point.rollback()
    return True


def _about_rows() -> Iterator[str]:
    for table in ("entry", "period_record"):
        yield f"REPLACE INTO {table} SELECT * FROM {table} WHERE rowid = 1"  # noqa: S608 - our own names
        yield f"UPDATE {table} SET rowid = 99"  # noqa: S608 - our own names
        yield f"DELETE FROM {table}"  # noqa: S608 - our own names


def _about_figures() -> Iterator[str]:
    for table in IN_THE_WAY:
        for column in Base.metadata.tables[table].columns:
            if isinstance(column.type, PenceColumn):
                yield f"UPDATE {table} SET {column.name} = 0.5"  # noqa: S608 - our own names
                if table != "entry":
                    yield f"UPDATE {table} SET {column.name} = -1"  # noqa: S608 - our own names
