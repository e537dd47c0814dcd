"""Accruals and prepayments, debtors and receipts in advance: rows of their own that reverse by themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import ClosedPeriodError, NotFoundRefusal, WrongStateError
from fundtracker.domain.refusals_year_end import DatesInOrderError, ReasonNeededError
from fundtracker.domain.roles import Actor
from fundtracker.domain.spending import Spending
from fundtracker.domain.statuses import AccrualKind
from fundtracker.domain.text import one_line
from fundtracker.domain.years import long_date, now
from fundtracker.services.accrual_room import check_room
from fundtracker.services.allocations import positive
from fundtracker.services.references import next_accrual
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.books import Book
from fundtracker.store.funds import BudgetLine
from fundtracker.store.periods import Accrual


@dataclass(frozen=True, kw_only=True)
class AccrualDetails:
    """What belongs to a period by another date than its cash, in pence; it reverses the day after unless told when."""

    kind: AccrualKind
    line: BudgetLine
    amount: Pence
    period_end: date
    award_line: AwardLine | None = None
    reverses_on: date | None = None
    narrative: str = ""

    @property
    def reversed_on(self) -> date:
        """Give the day from which it counts no more."""
        return self.reverses_on or self.period_end + timedelta(days=1)


def record_accrual(session: Session, *, details: AccrualDetails, by: Actor) -> Accrual:
    """
    Record an accrual, prepayment, debtor or receipt in advance, in pence: a row, never an entry.

    Raises MoreThanOutstandingError beyond what is to pay, paid or owed at the period's end, DatesInOrderError for a
    reversal that is not after it, and ClosedPeriodError where the period is closed.
    """
    positive(details.amount)
    if details.reversed_on <= details.period_end:
        raise DatesInOrderError(
            f"It belongs to the period to {long_date(details.period_end)}, so it reverses after then. "
            "Enter a later day.",
            field="reverses_on",
        )
    _check_open(session, details.period_end)
    check_room(
        session, kind=details.kind, line=details.line, award_line=details.award_line, amount=details.amount,
        period=(details.period_end, details.reversed_on),
    )  # fmt: skip
    accrual = Accrual(
        reference=next_accrual(session), kind=details.kind, budget_line=details.line, award_line=details.award_line,
        amount=details.amount, period_end=details.period_end, reverses_on=details.reversed_on,
        narrative=one_line(details.narrative), made_at=now(), made_by=by.name, made_by_id=by.person_id,
    )  # fmt: skip
    session.add(accrual)
    session.flush()
    return accrual


def undo_accrual(session: Session, *, accrual: Accrual, why: str, by: Actor) -> None:
    """Take an accrual back as if it had not been; raises ReasonNeededError, and ClosedPeriodError once it is closed."""
    if accrual.undone_at is not None:
        raise WrongStateError(f"{accrual.reference} was undone by {accrual.undone_by}: {accrual.undone_why}")
    if not one_line(why):
        raise ReasonNeededError(f"Enter why {accrual.reference} is undone", field="narrative")
    _check_open(session, accrual.period_end)
    accrual.undone_at, accrual.undone_why = now(), one_line(why)
    accrual.undone_by, accrual.undone_by_id = by.name, by.person_id


def closed_to(session: Session) -> date | None:
    """Give the day to which the books are closed, where they are."""
    return session.scalar(select(Book.closed_to))


def _check_open(session: Session, period_end: date) -> None:
    closed = closed_to(session)
    if closed is not None and period_end <= closed:
        raise ClosedPeriodError(
            f"The books are closed to {long_date(closed)}, so what belongs to the period to "
            f"{long_date(period_end)} stays as it is. Choose a later period.",
            field="period_end",
        )


def find_accrual(session: Session, reference: str) -> Accrual:
    """Give the accrual with a reference, in any case; raises NotFoundRefusal."""
    found = session.scalar(select(Accrual).where(func.upper(Accrual.reference) == reference.strip().upper()))
    if found is None:
        raise NotFoundRefusal(f"There is no accrual with the reference {one_line(reference)}.")
    return found


def counting_on(day: date) -> tuple[ColumnElement[bool], ...]:
    """Say which accruals count on a day: their period has ended, they have not reversed, and nobody undid them."""
    return (Accrual.undone_at.is_(None), Accrual.period_end <= day, Accrual.reverses_on > day)


def accruals_on(session: Session, day: date, lines: Iterable[BudgetLine] | None = None) -> Sequence[Accrual]:
    """Give the accruals that count on a day, of some budget lines or of all, by reference."""
    rows = select(Accrual).where(*counting_on(day)).options(*SHOWN).order_by(Accrual.id)
    if lines is not None:
        rows = rows.where(Accrual.budget_line_id.in_([line.id for line in lines]))
    return session.scalars(rows).all()


def spending(net_paid: int, accruals: Iterable[Accrual]) -> Spending:
    """Give what a line cost, in pence: net paid, with the accruals and prepayments on it."""
    sums = {AccrualKind.ACCRUAL: 0, AccrualKind.PREPAYMENT: 0}
    for accrual in accruals:
        if accrual.kind in sums:
            sums[accrual.kind] += accrual.amount
    return Spending(
        paid=Pence(net_paid), accrued=Pence(sums[AccrualKind.ACCRUAL]), prepaid=Pence(sums[AccrualKind.PREPAYMENT])
    )


SHOWN = (
    joinedload(Accrual.budget_line).joinedload(BudgetLine.fund),
    joinedload(Accrual.award_line).joinedload(AwardLine.award).selectinload(Award.lines),
    joinedload(Accrual.award_line).joinedload(AwardLine.award).joinedload(Award.organisation),
)
