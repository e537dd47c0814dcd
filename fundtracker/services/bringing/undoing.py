"""Undoing a batch: its entries reversed, its awards and applications withdrawn, its finance lines out of every list."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from fundtracker.domain.kinds import EventKind, Kind
from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import Refusal, WrongStateError
from fundtracker.domain.statuses import ApplicationStatus, AwardStatus, BatchKind
from fundtracker.domain.text import one_line
from fundtracker.domain.years import now
from fundtracker.services.applications import reopen_application, withdraw_application
from fundtracker.services.bringing.batches import entries_of
from fundtracker.services.bringing.depending import Depends, what_depends
from fundtracker.services.events import note_event
from fundtracker.services.posting import Particulars, post
from fundtracker.services.reversals import opposites, standing
from fundtracker.services.variations import withdraw_award
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.books import Entry
from fundtracker.store.funds import Fund
from fundtracker.store.imports import Batch
from fundtracker.store.organisations import Organisation
from fundtracker.store.reconciling import FinanceLine

_AT_ONCE = 500


class BatchInUseError(Refusal):
    """A batch on which something depends, and what."""

    def __init__(self, depends: list[Depends]) -> None:
        more = f" And {len(depends) - 1} more." if depends[1:] else ""
        super().__init__(f"This import cannot be undone while something depends on it. {depends[0].says}{more}")
        self.depends = depends


@dataclass(frozen=True)
class Effect:
    """What undoing a batch takes back: how many of each record, and its entries by kind with their pence."""

    awards: int = 0
    applications: int = 0
    organisations: int = 0
    finance_lines: int = 0
    entries: dict[Kind, tuple[int, Pence]] = field(default_factory=dict)


def undo_effect(session: Session, batch: Batch) -> Effect:
    """Say what undoing a batch would take back; organisations are those that came in with it."""
    sums = select(Entry.kind, func.count(), func.sum(Entry.amount)).where(Entry.batch_id == batch.id, standing)
    entries = {kind: (count, Pence(int(amount))) for kind, count, amount in session.execute(sums.group_by(Entry.kind))}

    def count(record: type[Award | Application | Organisation | FinanceLine]) -> int:
        return session.scalar(select(func.count(record.id)).where(record.batch_id == batch.id)) or 0

    return Effect(count(Award), count(Application), count(Organisation), count(FinanceLine), entries)


def check_undoable(batch: Batch) -> None:
    """Refuse a batch that is undone, or an office's whole workbook."""
    if batch.undone_at is not None:
        raise WrongStateError("This import is undone already.")
    if batch.kind is BatchKind.OFFICE:
        raise WrongStateError(
            "An office’s own workbook opens funds and brings in bids too, so it is not undone as a whole. Reverse "
            "what is wrong on its own page."
        )


def undo_batch(session: Session, *, batch: Batch, particulars: Particulars) -> None:
    """
    Undo what a batch brought in, the newest entry first; the narrative says why. The file may come in again.

    Raises BatchInUseError while something depends on it, and WrongStateError where it is undone already.
    """
    check_undoable(batch)
    if not one_line(particulars.narrative):
        particulars = replace(particulars, narrative=f"Import {batch.id}, {batch.file_name}, undone")
    if depends := what_depends(session, batch):
        raise BatchInUseError(depends)
    while entries := entries_of(session, batch):
        _reverse(session, entries, particulars)
    _withdraw_awards(session, batch, particulars)
    _withdraw_applications(session, batch, particulars)
    batch.undone_at, batch.undone_by, batch.undone_by_id = now(), particulars.by.name, particulars.by.person_id
    batch.undone_why = one_line(particulars.narrative)
    if batch.fund_id is not None:
        fund = session.get_one(Fund, batch.fund_id)
        note_event(session, EventKind.BATCH_UNDONE, fund, particulars, says=f"Import {batch.id}, {batch.file_name}.")
    session.flush()


def _reverse(session: Session, entries: Sequence[Entry], particulars: Particulars) -> None:
    lines = select(AwardLine).where(AwardLine.id.in_({entry.award_line_id for entry in entries}))
    # Read together and held, since each is asked for again by its number.
    held = session.scalars(lines.options(joinedload(AwardLine.award))).all()
    post(session, particulars, *opposites(session, entries))
    del held


def _withdraw_awards(session: Session, batch: Batch, particulars: Particulars) -> None:
    """Withdraw the awards of a batch, which have nothing on them any more."""
    stand = select(Award).where(Award.batch_id == batch.id, Award.status != AwardStatus.WITHDRAWN)
    some = stand.options(selectinload(Award.lines)).order_by(Award.id).limit(_AT_ONCE)
    while awards := session.scalars(some).all():
        for award in awards:
            withdraw_award(session, award=award, keep_paid=False, particulars=particulars)
        session.flush()


def _withdraw_applications(session: Session, batch: Batch, particulars: Particulars) -> None:
    stand = select(Application).where(
        Application.batch_id == batch.id, Application.status != ApplicationStatus.WITHDRAWN
    )
    for application in session.scalars(stand.order_by(Application.id)).all():
        if application.status is not ApplicationStatus.RECEIVED:
            reopen_application(session, application=application, particulars=particulars)
        withdraw_application(session, application=application, particulars=particulars, reasons=particulars.narrative)
