"""Files that a person has sent and not yet confirmed, and the batches that came in."""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import NotFoundRefusal
from fundtracker.domain.statuses import BatchKind
from fundtracker.domain.text import one_line
from fundtracker.domain.years import FinancialYear, now
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award
from fundtracker.store.bids import Bid
from fundtracker.store.books import Entry
from fundtracker.store.funds import Fund
from fundtracker.store.imports import Batch, WaitingFile
from fundtracker.store.organisations import Organisation
from fundtracker.store.reconciling import FinanceLine

KEPT_FOR = timedelta(days=7)
_LONGEST_NAME = 400

Counts = dict[str, tuple[int, Pence | None]]
"""How many of each thing a batch added, and the pence of them where they have an amount."""


def keep_file(
    session: Session,
    *,
    person_id: int,
    file_name: str,
    content: bytes,
    undated: date | None = None,
    year: FinancialYear | None = None,
    kind: BatchKind = BatchKind.OFFICE,
    answers: str = "",
) -> WaitingFile:
    """Keep a file until its person confirms it, and let go of those that waited longer than a week."""
    session.execute(delete(WaitingFile).where(WaitingFile.sent_at < now() - KEPT_FOR))
    waiting = WaitingFile(
        key=secrets.token_urlsafe(24), person_id=person_id, file_name=one_line(file_name)[:_LONGEST_NAME],
        content=content, undated=undated, year=year, kind=kind, answers=answers, sent_at=now(),
    )  # fmt: skip
    session.add(waiting)
    return waiting


def find_waiting(session: Session, *, key: str, person_id: int) -> WaitingFile:
    """Give a file that waits for this person; raises NotFoundRefusal."""
    waiting = session.scalar(select(WaitingFile).where(WaitingFile.key == key, WaitingFile.person_id == person_id))
    if waiting is None:
        raise NotFoundRefusal("This file is not waiting any more: it came in, or was stopped. Send it again.")
    return waiting


def drop_waiting(session: Session, *, key: str, person_id: int) -> bool:
    """Let go of a file that waits for this person, and say whether one did."""
    mine = delete(WaitingFile).where(WaitingFile.key == key, WaitingFile.person_id == person_id)
    return bool(session.scalars(mine.returning(WaitingFile.key)).all())


def list_batches(session: Session) -> Sequence[Batch]:
    """List what was brought in, the newest first."""
    return session.scalars(select(Batch).order_by(Batch.id.desc())).all()


def find_batch(session: Session, number: int) -> Batch:
    """Give a batch; raises NotFoundRefusal."""
    batch = session.get(Batch, number)
    if batch is None:
        raise NotFoundRefusal("There is no import with this number.")
    return batch


def count_batch(session: Session, batch: Batch) -> Counts:
    """Count what a batch added of each record, and its entries by kind in pence."""
    kinds = {
        "Funds": Fund.batch_id,
        "Organisations": Organisation.batch_id,
        "Applications": Application.batch_id,
        "Awards and gifts": Award.batch_id,
        "Bids": Bid.batch_id,
        "Lines of the finance system": FinanceLine.batch_id,
    }
    counts: Counts = {}
    for name, column in kinds.items():
        counts[name] = (session.scalar(select(func.count(column)).where(column == batch.id)) or 0, None)
    sums = select(Entry.kind, func.count(), func.sum(Entry.amount)).where(Entry.batch_id == batch.id)
    for entry_kind, count, amount in session.execute(sums.group_by(Entry.kind).order_by(Entry.kind)):
        counts[f"Entries: {entry_kind.value}"] = (count, Pence(int(amount)))
    return counts
