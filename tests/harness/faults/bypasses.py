"""Statements that no schema of the books may take, whoever sends them."""

from collections.abc import Iterator

from sqlalchemy import Engine

from fundtracker.store.base import PenceColumn
from fundtracker.store.tables import Base
from tests.store.raw import refusal

# What keeps a statement from its check: a trigger that would refuse it first.
BEFORE = {
    "budget_line": "DROP TRIGGER budget_line_moves_by_entry",
    "award_line": "DROP TRIGGER award_line_moves_by_entry",
    "entry": "DROP TRIGGER entry_never_changes",
}
SENT = "INSERT INTO sent_form VALUES ('once', '', '', 1, '2020-07-01 12:00:00')"


def taken(engine: Engine) -> list[str]:
    """Send every one, keep none, and give those that were taken; the books hold a payment and are closed once."""
    return [statements[-1] for statements in _statements() if not refusal(engine, *statements)]


def _statements() -> Iterator[tuple[str, ...]]:
    for table, before in BEFORE.items():
        for column in Base.metadata.tables[table].columns:
            if isinstance(column.type, PenceColumn):
                yield before, f"UPDATE {table} SET {column.name} = 0.5"  # noqa: S608 - our own names
                if table != "entry":
                    yield before, f"UPDATE {table} SET {column.name} = -1"  # noqa: S608 - our own names
    yield "PRAGMA defer_foreign_keys = ON", SENT, SENT
    for table in ("entry", "period_record"):
        yield (f"REPLACE INTO {table} SELECT * FROM {table} WHERE rowid = 1",)  # noqa: S608 - our own names
        yield (f"UPDATE {table} SET rowid = 99",)  # noqa: S608 - our own names
        yield (f"DELETE FROM {table}",)  # noqa: S608 - our own names
