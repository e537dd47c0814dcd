"""What depends on a batch: what was recorded since on what it brought in, and would have to be undone first."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import ALLOCATED_KINDS, AWARDED_KINDS, Kind
from fundtracker.domain.money import pounds
from fundtracker.domain.statuses import PeriodStep, RunStatus
from fundtracker.domain.years import long_date, year_label
from fundtracker.services.reversals import standing
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.books import Book, Entry
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.imports import Batch
from fundtracker.store.periods import Accrual, PeriodRecord
from fundtracker.store.reconciling import Explained, FinanceLine, MatchingEntry, MatchingLine
from fundtracker.store.runs import PaymentRun, RunLine
from fundtracker.store.schedules import Claim

_NAMED = 10


@dataclass(frozen=True)
class Depends:
    """One thing that stands in the way of undoing a batch; `what` and `reference` name the record to go to."""

    says: str
    what: str = ""
    reference: str = ""


def what_depends(session: Session, batch: Batch) -> list[Depends]:
    """Give what would have to be undone before a batch can be, the first ten of each sort; nothing where it can."""
    found = [
        *_lines_dealt_with(session, batch),
        *_lines_closed(session, batch),
        *_entries_dealt_with(session, batch),
        *_later_entries(session, batch),
        *_later_records(session, batch),
        *_allocations_used(session, batch),
        *_answered(session, batch),
    ]
    return list(dict.fromkeys(found))


def _lines_dealt_with(session: Session, batch: Batch) -> Iterator[Depends]:
    for table, done in ((MatchingLine, "matched"), (Explained, "explained")):
        lines = select(FinanceLine.row).join(table, table.finance_line_id == FinanceLine.id)
        lines = lines.where(FinanceLine.batch_id == batch.id, table.live).order_by(FinanceLine.row)
        for row in session.scalars(lines.limit(_NAMED)):
            yield Depends(f"The line of row {row} is {done}.", "line", str(row))


def _lines_closed(session: Session, batch: Batch) -> Iterator[Depends]:
    """Say where a closed period counted lines that came in before it was closed."""
    closed_to = session.scalar(select(Book.closed_to))
    if closed_to is None:
        return
    closed = select(PeriodRecord.id).where(PeriodRecord.step == PeriodStep.CLOSED)
    closed = closed.where(PeriodRecord.made_at >= batch.brought_in_at)
    counted = select(FinanceLine.id).where(FinanceLine.batch_id == batch.id, FinanceLine.on_date <= closed_to)
    if session.scalar(counted.where(closed.exists()).limit(1)):
        yield Depends(
            f"The books are closed to {long_date(closed_to)} with lines of this file. Reopen the period first."
        )


def _entries_dealt_with(session: Session, batch: Batch) -> Iterator[Depends]:
    for table, done in ((MatchingEntry, "matched"), (Explained, "explained")):
        entries = select(Entry.number).join(table, table.entry_number == Entry.number)
        entries = entries.where(Entry.batch_id == batch.id, table.live).order_by(Entry.number)
        for number in session.scalars(entries.limit(_NAMED)):
            yield Depends(f"Entry #{number} is {done} with the finance system.", "entry", str(number))


def _later_entries(session: Session, batch: Batch) -> Iterator[Depends]:
    """Give the entries of others on awards that came in, and the refunds of payments that did."""
    mine = select(Entry.award_line_id).where(Entry.batch_id == batch.id, standing)
    awards = mine.where(Entry.kind == Kind.AWARD)
    payments = mine.where(Entry.kind == Kind.PAYMENT)
    first = select(func.min(Entry.number)).where(Entry.batch_id == batch.id).scalar_subquery()
    later = (
        select(Entry.number, Entry.kind, Award.reference)
        .join(AwardLine, AwardLine.id == Entry.award_line_id)
        .join(Award, Award.id == AwardLine.award_id)
        .where(_of_another(batch), standing, Entry.number > first)
        .where(
            or_(
                Entry.award_line_id.in_(awards),
                Entry.award_line_id.in_(payments) & (Entry.kind == Kind.REFUND),
            )
        )
        .order_by(Entry.number.desc())
        .limit(_NAMED)
    )
    for number, kind, reference in session.execute(later):
        yield Depends(f"Entry #{number}, a {kind.value} on {reference}, was recorded since.", "entry", str(number))


def _later_records(session: Session, batch: Batch) -> Iterator[Depends]:
    """Give the claims, runs, accruals and later awards that speak of awards that came in."""
    mine = select(AwardLine.id).join(Award, Award.id == AwardLine.award_id).where(Award.batch_id == batch.id)
    claims = select(Claim.reference).where(Claim.award_line_id.in_(mine))
    drawn_up = PaymentRun.status.in_((RunStatus.DRAWN_UP, RunStatus.AUTHORISED))
    runs = select(PaymentRun.reference).join(RunLine).where(RunLine.award_line_id.in_(mine), drawn_up)
    accruals = select(Accrual.reference).where(Accrual.award_line_id.in_(mine), Accrual.undone_at.is_(None))
    awards = select(Award.id).where(Award.batch_id == batch.id)
    followed = select(Award.reference).where(Award.follows_id.in_(awards), Award.batch_id.is_distinct_from(batch.id))
    yield from _named(session, claims, "claim", "Claim {} is on an award that came in with it.")
    yield from _named(session, runs.distinct(), "run", "Payment run {} pays an award that came in with it.")
    yield from _named(session, accruals, "accrual", "{} is on an award that came in with it.")
    yield from _named(session, followed, "award", "{} follows an award that came in with it.")


def _answered(session: Session, batch: Batch) -> Iterator[Depends]:
    awards = select(Award.reference).join(Application, Application.id == Award.application_id)
    awards = awards.where(Application.batch_id == batch.id, Award.batch_id.is_distinct_from(batch.id))
    yield from _named(session, awards, "award", "{} answers an application that came in with it.")


def _named(session: Session, references: Select[str], what: str, says: str) -> Iterator[Depends]:
    for reference in session.scalars(references.limit(_NAMED)):
        yield Depends(says.format(reference), what, reference)


def _allocations_used(session: Session, batch: Batch) -> Iterator[Depends]:
    """Say where what was allocated with a batch has been awarded to others since."""
    sums = (
        select(Entry.budget_line_id, Entry.kind, func.sum(Entry.amount))
        .where(Entry.batch_id == batch.id, standing, Entry.kind.in_((*ALLOCATED_KINDS, *AWARDED_KINDS)))
        .group_by(Entry.budget_line_id, Entry.kind)
    )
    allocated: dict[int, int] = {}
    awarded: dict[int, int] = {}
    for line, kind, amount in session.execute(sums):
        held = awarded if kind in AWARDED_KINDS else allocated
        held[line] = held.get(line, 0) + int(amount)
    lines = select(BudgetLine, Fund.reference).join(Fund).where(BudgetLine.id.in_(allocated))
    for kept, reference in session.execute(lines):
        over = kept.awarded - awarded.get(kept.id, 0) - (kept.allocated - allocated[kept.id])
        if over > 0:
            yield Depends(
                f"{pounds(over)} of what was allocated to {reference} {year_label(kept.year)} with it has been "
                "awarded or moved since.",
                "fund",
                reference,
            )


def _of_another(batch: Batch) -> ColumnElement[bool]:
    return Entry.batch_id.is_distinct_from(batch.id)
