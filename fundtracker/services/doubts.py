"""Doubts: what makes a payment look like one made before; said to a person, who may make it all the same."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.text import one_line
from fundtracker.domain.years import last_day, long_date, year_label, year_of
from fundtracker.services.dues import Due, owed_by
from fundtracker.services.instalments import UNDER_WAY
from fundtracker.services.organisation_sums import selves
from fundtracker.services.organisations import root_of
from fundtracker.services.reversals import standing
from fundtracker.store.awards import Award, AwardLine, Payment
from fundtracker.store.books import Entry
from fundtracker.store.runs import PaymentRun, RunLine

NEAR = timedelta(days=30)


class DoubtfulPaymentError(Refusal):
    """Payments that look like others, or like a mistake, and that nobody has said to make all the same."""

    def __init__(self, doubts: Sequence[str]) -> None:
        super().__init__("\n".join(doubts), field="sure")
        self.doubts = doubts


def check_sure(session: Session, dues: Sequence[Due], on: date, *, sure: bool, owing: bool = False) -> None:
    """
    Refuse payments that raise a doubt, unless somebody is sure of them; raises DoubtfulPaymentError.

    With `owing`, to pay an organisation that owes money is doubtful too.
    """
    doubts = [] if sure else [*doubts_of(session, dues, on), *(_owing(session, dues) if owing else ())]
    if doubts:
        raise DoubtfulPaymentError(doubts)


def doubts_of(session: Session, dues: Sequence[Due], on: date) -> Iterator[str]:
    """Say what is doubtful of payments dated on a day: an invoice or an amount paid before, or a year's last day."""
    for place, due in enumerate(dues):
        payee = root_of(due.line.award.organisation)
        ids = selves(session, payee)
        seen = _said(_paid(ids, due, on), session) or _said(_on_its_way(ids, due), session)
        before = [each for each in dues[:place] if each.line.award.organisation_id in ids]
        alike = next((each for each in before if _same(each, due)), None)
        if seen:
            yield f"{payee.name}, {pounds(due.amount)}: {seen}"
        elif alike is not None:
            yield f"{payee.name}, {pounds(due.amount)}: the same is ticked twice, for {alike.line.award.reference} too."
    if on == last_day(year_of(on)):
        yield f"{long_date(on)} is the last day of {year_label(year_of(on))}: it counts there, whenever it is paid."


def _owing(session: Session, dues: Sequence[Due]) -> Iterator[str]:
    owed = owed_by(session)
    for payee in dict.fromkeys(root_of(due.line.award.organisation) for due in dues):
        if payee.id in owed:
            yield f"{payee.name} owes {pounds(owed[payee.id])} that is to recover."


def _same(one: Due, other: Due) -> bool:
    invoice = one_line(one.invoice_number).casefold()
    if invoice and invoice == one_line(other.invoice_number).casefold():
        return True
    planned = one.line is other.line and one.instalment is not None and other.instalment is not None
    return one.amount == other.amount and not planned


def _other_instalment(due: Due, made: type[Payment | RunLine]) -> ColumnElement[bool]:
    """Say which payments are of another instalment of the same schedule, where equal amounts are as they should be."""
    own = due.instalment.id if due.instalment else 0
    other = func.coalesce(made.instalment_id, own) != own
    return and_(made.award_line_id == due.line.id, other) if own else false()


def _said(rows: Select[str, Pence, date, str], session: Session) -> str:
    found = session.execute(rows.limit(1)).first()
    if found is None:
        return ""
    reference, amount, day, invoice = found
    words = f" for invoice {invoice}" if invoice else ""
    return f"{pounds(amount)}{words} is in {reference}, dated {long_date(day)}."


def _paid(ids: Sequence[int], due: Due, on: date) -> Select[str, Pence, date, str]:
    rows = select(Payment.reference, Entry.amount, Entry.on_date, Payment.invoice_number)
    rows = rows.join(Entry, Entry.payment_id == Payment.id).join(AwardLine, AwardLine.id == Payment.award_line_id)
    rows = rows.join(Award, Award.id == AwardLine.award_id).where(Award.organisation_id.in_(ids), standing)
    near = and_(Entry.amount == due.amount, Entry.on_date.between(on - NEAR, on + NEAR))
    near = and_(near, ~_other_instalment(due, Payment))
    invoice = one_line(due.invoice_number)
    alike = or_(near, func.lower(Payment.invoice_number) == invoice.lower()) if invoice else near
    return rows.where(Entry.kind == Kind.PAYMENT, alike).order_by(Entry.number.desc())


def _on_its_way(ids: Sequence[int], due: Due) -> Select[str, Pence, date, str]:
    rows = select(PaymentRun.reference, RunLine.amount, PaymentRun.pay_on, RunLine.invoice_number)
    rows = rows.join(RunLine, RunLine.run_id == PaymentRun.id).join(AwardLine, AwardLine.id == RunLine.award_line_id)
    rows = rows.join(Award, Award.id == AwardLine.award_id).where(Award.organisation_id.in_(ids))
    alike = [and_(RunLine.amount == due.amount, ~_other_instalment(due, RunLine))]
    invoice = one_line(due.invoice_number)
    alike += [func.lower(RunLine.invoice_number) == invoice.lower()] if invoice else []
    return rows.where(PaymentRun.status.in_(UNDER_WAY), or_(*alike)).order_by(PaymentRun.id.desc())
