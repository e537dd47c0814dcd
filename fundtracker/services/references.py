"""References: the next free one for an award, application, payment, bid or gift."""

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from fundtracker.domain.references import clean_reference
from fundtracker.domain.refusals import ReferenceTakenError
from fundtracker.store.awards import Award, Payment
from fundtracker.store.bids import Bid
from fundtracker.store.funds import Fund
from fundtracker.store.papers import Paper
from fundtracker.store.periods import Accrual
from fundtracker.store.runs import PaymentRun
from fundtracker.store.schedules import Claim

Referenced = InstrumentedAttribute[str]


def next_award(session: Session, fund: Fund) -> str:
    """Give the fund's next award reference, like SRF20-014."""
    while True:
        fund.last_award += 1
        reference = f"{fund.reference}-{fund.last_award:03d}"
        if not _used(session, Award.reference, reference):
            return reference


def next_application(session: Session, fund: Fund) -> str:
    """Give the fund's next application reference, like SRF20-A031."""
    fund.last_application += 1
    return f"{fund.reference}-A{fund.last_application:03d}"


def next_payment(session: Session, award: Award) -> str:
    """Give the award's next payment reference, like SRF20-014/2."""
    while True:
        award.last_payment += 1
        reference = f"{award.reference}/{award.last_payment}"
        if not _used(session, Payment.reference, reference):
            return reference


def next_bid(session: Session) -> str:
    """Give the next bid reference, like BID-007."""
    return _next(session, Bid.reference, "BID-")


def next_gift(session: Session) -> str:
    """Give the next reference of a gift in kind, like GIFT-003."""
    return _next(session, Award.reference, "GIFT-")


def next_accrual(session: Session) -> str:
    """Give the next reference of an accrual, like ACC-001."""
    return _next(session, Accrual.reference, "ACC-")


def next_run(session: Session) -> str:
    """Give the next reference of a payment run, like RUN-003."""
    return _next(session, PaymentRun.reference, "RUN-")


def next_paper(session: Session) -> str:
    """Give the next reference of a paper kept for a meeting, like PAPER-001."""
    return _next(session, Paper.reference, "PAPER-")


def next_claim(session: Session, award: Award) -> str:
    """Give the award's next claim reference, like SRF20-014/C1."""
    return _next(session, Claim.reference, f"{award.reference}/C", figures=1)


def free_award_reference(session: Session, reference: str) -> str:
    """Tidy an award reference of the office's own; raises ReferenceTakenError where another award has it."""
    tidy = clean_reference(reference)
    if _taken(session, Award.reference, tidy):
        raise ReferenceTakenError(f"{tidy} is another award's reference. Choose another.", field="reference")
    return tidy


def _next(session: Session, column: Referenced, stem: str, figures: int = 3) -> str:
    used = session.scalars(select(column).where(column.startswith(stem)))
    numbers = [int(number) for reference in used if (number := reference.removeprefix(stem)).isdecimal()]
    return f"{stem}{max(numbers, default=0) + 1:0{figures}d}"


def _used(session: Session, column: Referenced, reference: str) -> bool:
    return session.scalar(select(column).where(column == reference)) is not None


def _taken(session: Session, column: Referenced, reference: str) -> bool:
    # What a person typed may differ from another reference in case alone, and would be confused with it.
    return session.scalar(select(column).where(func.lower(column) == reference.lower())) is not None
