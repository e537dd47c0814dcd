"""Rows of a spreadsheet in a test, as they are once read, and bringing them in."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import BatchKind
from fundtracker.services.bringing.answer import Answer
from fundtracker.services.bringing.choices import Choices
from fundtracker.services.bringing.fields import AMOUNT
from fundtracker.services.bringing.plan import Source, make_plan
from fundtracker.services.bringing.recording import record
from fundtracker.services.bringing.spool import Spool
from fundtracker.services.bringing.stated import StatedRow, TableFound
from fundtracker.store.transactions import transaction

CLERK = Actor("clerk")
Values = dict[str, str | int | date]


def source_of(kind: BatchKind, rows: Sequence[Values | StatedRow]) -> Source:
    """Give a file whose rows, from row 2 on, state these values; pounds are pence."""
    stated = [_row(kind, number, row) for number, row in enumerate(rows, start=2)]
    return Source("grants.xlsx", "0" * 64, TableFound(kind, "Grants", 1, ()), Spool(stated))


def _row(kind: BatchKind, number: int, row: Values | StatedRow) -> StatedRow:
    if isinstance(row, StatedRow):
        return row
    amount = row.get(AMOUNT[kind])
    cells = tuple(str(value) for value in row.values())
    return StatedRow(number, row, Pence(amount) if isinstance(amount, int) else None, cells=cells, sheet="Grants")


def bring(session: Session, kind: str, rows: Sequence[Values | StatedRow], **choices: Any) -> Answer:
    """Bring rows in; raises BringRefusedError."""
    source = source_of(BatchKind(kind), rows)
    with transaction(session):
        return record(session, source, Choices(kind=BatchKind(kind), **choices), CLERK, lambda *_: None)


def look(session: Session, kind: str, rows: Sequence[Values | StatedRow], **choices: Any) -> Answer:
    """Say what would become of rows."""
    source = source_of(BatchKind(kind), rows)
    return make_plan(session, source, Choices(kind=BatchKind(kind), **choices), lambda *_: None).answer
