"""What hangs on a record besides its money: how many conditions, returns, notes and files, in one query."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from fundtracker.domain.terms import AgreementStatus, ConditionStatus, ReturnStatus
from fundtracker.domain.years import today
from fundtracker.services.files import Owner
from fundtracker.services.notes import NOTED
from fundtracker.services.terms import STANDS, overdue
from fundtracker.store.awards import Award
from fundtracker.store.files import Attachment
from fundtracker.store.notes import Note
from fundtracker.store.returns import MonitoringReturn
from fundtracker.store.terms import Agreement, AwardCondition


@dataclass(frozen=True)
class Hangs:
    """What hangs on one award: its agreement as it stands, and how many conditions, returns, notes and files."""

    agreement: AgreementStatus | None
    offered_on: date | None
    accept_by: date | None
    settled_on: date | None
    conditions: int
    unmet: int
    returns: int
    overdue: int
    next_due: date | None
    notes: int
    files: int

    @property
    def is_late(self) -> bool:
        """Say whether the agreement was to be accepted before today, and was not."""
        return self.agreement is AgreementStatus.OFFERED and self.accept_by is not None and self.accept_by < today()


def hanging_on(session: Session, award: Award) -> Hangs:
    """Count what hangs on an award, in one query."""
    newest = select(func.max(Agreement.id)).where(Agreement.award_id == award.id, Agreement.undone_at.is_(None))
    offer = (Agreement.status, Agreement.offered_on, Agreement.accept_by, Agreement.settled_on)
    row = select(*offer, *_counts(award.id)).select_from(Award)
    row = row.outerjoin(Agreement, Agreement.id == newest.scalar_subquery()).where(Award.id == award.id)
    return Hangs(*session.execute(row).one())


def _counts(award: int) -> list[ScalarSelect[Any]]:
    conditions = (AwardCondition.award_id == award, AwardCondition.undone_at.is_(None))
    returns = (MonitoringReturn.award_id == award, STANDS)
    to_come = (MonitoringReturn.status == ReturnStatus.SCHEDULED, MonitoringReturn.due_on >= today())
    next_due = select(func.min(MonitoringReturn.due_on)).where(*returns, *to_come)
    return [
        _count(AwardCondition.id, *conditions),
        _count(AwardCondition.id, *conditions, AwardCondition.status == ConditionStatus.WAITING),
        _count(MonitoringReturn.id, *returns),
        _count(MonitoringReturn.id, *returns, overdue(today())),
        next_due.scalar_subquery(),
        _count(Note.id, Note.award_id == award, Note.undone_at.is_(None)),
        _count(Attachment.id, Attachment.award_id == award, Attachment.undone_at.is_(None)),
    ]


def beside(session: Session, record: Owner) -> tuple[int, int]:
    """Count the notes on a record and the files attached to it, in one query; a fund and a claim have no notes."""
    column = f"{record.__tablename__}_id"
    files = _count(Attachment.id, getattr(Attachment, column) == record.id, Attachment.undone_at.is_(None))
    noted = isinstance(record, NOTED)
    notes = _count(Note.id, getattr(Note, column) == record.id, Note.undone_at.is_(None)) if noted else literal(0)
    written, attached = session.execute(select(notes, files)).one()
    return written, attached


def _count(what: InstrumentedAttribute[int], *wanted: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count(what)).where(*wanted).scalar_subquery()
