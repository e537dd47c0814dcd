"""Batches: the files that came in, their rows, and what each would take away again."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Engine, func, select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import Fate
from fundtracker.services.reversals import standing
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award, Payment
from fundtracker.store.books import Entry
from fundtracker.store.imports import Batch, BatchRow
from fundtracker.store.organisations import Organisation

_ROWS_A_READ = 1_000

live_batches: ColumnElement[bool] = Batch.undone_at.is_(None)
"""Choose the batches that are not undone; what lists a finance line joins its batch and asks for this."""


@dataclass(frozen=True, slots=True)
class RowTold:
    """One source row of a batch: what became of it and why, its amount in pence, and what it is in the books."""

    sheet: str
    row: int
    fate: Fate
    says: str
    amount: Pence | None
    reference: str
    organisation: str
    cells: tuple[str, ...]


def batch_rows(session: Session, batch: Batch, *, after: int = 0, limit: int = _ROWS_A_READ) -> Sequence[BatchRow]:
    """Give some rows of a batch in the file's order, those after a row's id."""
    rows = select(BatchRow).where(BatchRow.batch_id == batch.id, BatchRow.id > after)
    return session.scalars(rows.order_by(BatchRow.id).limit(limit)).all()


def width_of(session: Session, batch: Batch) -> int:
    """Give how many columns the first rows of a batch's file have at most."""
    return max((len(json.loads(row.cells or "[]")) for row in batch_rows(session, batch)), default=0)


def read_rows_told(engine: Engine, batch_id: int) -> Iterator[RowTold]:
    """Give every row of a batch and the names of what it became, in short reads; no transaction stays open."""
    last = 0
    while True:
        with Session(engine) as session:
            some = _rows_told(session, batch_id, last)
            session.rollback()
        yield from (told for _, told in some)
        if len(some) < _ROWS_A_READ:
            return
        last = some[-1][0]


def _rows_told(session: Session, batch_id: int, after: int) -> list[tuple[int, RowTold]]:
    whose = func.coalesce(BatchRow.organisation_id, Award.organisation_id, Application.organisation_id)
    rows = (
        select(
            BatchRow.id, BatchRow.sheet, BatchRow.row, BatchRow.fate, BatchRow.says, BatchRow.amount, BatchRow.cells,
            func.coalesce(Payment.reference, Award.reference, Application.reference, "").label("reference"),
            func.coalesce(Organisation.name, "").label("organisation"),
        )
        .outerjoin(Award, Award.id == BatchRow.award_id)
        .outerjoin(Application, Application.id == BatchRow.application_id)
        .outerjoin(Payment, Payment.id == BatchRow.payment_id)
        .outerjoin(Organisation, Organisation.id == whose)
        .where(BatchRow.batch_id == batch_id, BatchRow.id > after)
    )  # fmt: skip
    found = session.execute(rows.order_by(BatchRow.id).limit(_ROWS_A_READ))
    return [
        (row.id, RowTold(row.sheet, row.row, row.fate, row.says, row.amount, row.reference, row.organisation,
                         tuple(json.loads(row.cells or "[]"))))
        for row in found
    ]  # fmt: skip


def entries_of(session: Session, batch: Batch, before: int | None = None) -> Sequence[Entry]:
    """Give some entries of a batch that still stand, the newest first, those before an entry's number."""
    mine = select(Entry).where(Entry.batch_id == batch.id, standing)
    mine = mine if before is None else mine.where(Entry.number < before)
    return session.scalars(mine.order_by(Entry.number.desc()).limit(_ROWS_A_READ)).all()
