"""Payment runs: drawn up by one person of finance, authorised by another, and in the books from when they are sent."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import (
    DateRefusedError,
    MoreThanAwardedError,
    NotFoundRefusal,
    NothingToDoError,
    ReasonMissingError,
    Refusal,
    WrongStateError,
)
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import RunStatus
from fundtracker.domain.text import one_line
from fundtracker.domain.years import now, today
from fundtracker.services.approvals.hands import who_decided
from fundtracker.services.doubts import check_sure
from fundtracker.services.dues import Due, Key, RunRefusedError, key_of, refusal_of
from fundtracker.services.listings.payments_due import DueRow, rows_of
from fundtracker.services.payments import pay
from fundtracker.services.posting import Particulars
from fundtracker.services.references import next_run
from fundtracker.store.awards import AwardLine, Payment
from fundtracker.store.runs import PaymentRun, RunLine


class SamePersonError(Refusal):
    """A payment run authorised by the person who drew it up, or by nobody that can be told from them."""


class HeldError(Refusal):
    """A payment that something holds: its fund, its condition, or a person."""


def draw_up(session: Session, *, run: Sequence[Due], pay_on: date, by: Actor, sure: bool = False) -> PaymentRun:
    """
    Draw up a payment run for a day; no money moves until another person has authorised it and it is sent.

    Raises RunRefusedError with what refuses each payment, DoubtfulPaymentError unless somebody is sure, and
    DateRefusedError for a day that has gone.
    """
    if not run:
        raise NothingToDoError("Tick at least one payment")
    _who(by)
    _check_no_hand(session, [due.line for due in run], by)
    if pay_on < today():
        raise DateRefusedError("Enter today’s date or a later one: a run is for payments to come.", field="pay_on")
    refused = _refused(session, run)
    if refused:
        raise RunRefusedError(refused)
    check_sure(session, run, pay_on, sure=sure, owing=True)
    drawn_up = PaymentRun(reference=next_run(session), pay_on=pay_on, status=RunStatus.DRAWN_UP, made_at=now(),
                          made_by=by.name, made_by_id=by.person_id)  # fmt: skip
    for position, due in enumerate(run, start=1):
        drawn_up.lines.append(
            RunLine(position=position, award_line=due.line, instalment=due.instalment, amount=due.amount,
                    invoice_number=one_line(due.invoice_number))
        )  # fmt: skip
    session.add(drawn_up)
    session.flush()
    return drawn_up


def _refused(session: Session, run: Sequence[Due]) -> dict[str, Refusal]:
    keys: list[Key] = [(due.line.id, due.instalment.id if due.instalment else None) for due in run]
    rows = {row.key: row for row in rows_of(session, keys)}
    refused: dict[str, Refusal] = {}
    for due in run:
        why = refusal_of(session, due, today()) or _not_ready(due, rows.get(due.key))
        if why is not None:
            refused[due.key] = why
    return refused


def _not_ready(due: Due, row: DueRow | None) -> Refusal | None:
    reference = due.line.award.reference
    if row is None:
        return WrongStateError(f"The schedule of {reference} was planned anew. Open the list again.")
    if row.barrier:
        return HeldError(f"It is held: {row.barrier}.")
    if due.amount > row.ready:
        way = f", and {pounds(row.in_run)} is in a payment run" if row.in_run else ""
        return MoreThanAwardedError(
            f"{pounds(row.to_pay)} of this instalment of {reference} is to pay{way}. Enter {pounds(row.ready)} or less."
        )
    return None


def authorise(session: Session, *, run: PaymentRun, by: Actor) -> None:
    """
    Authorise a run that another person drew up; raises SamePersonError and WrongStateError.

    Who asked for an award of it, or approved one, authorises it neither (separation is by person, across posts).
    """
    _check_is(run, RunStatus.DRAWN_UP)
    if _who(by) == run.made_by_id:
        raise SamePersonError(f"You drew up {run.reference}, so another person of finance authorises it.")
    _check_no_hand(session, [line.award_line for line in run.lines], by)
    run.status, run.authorised_at = RunStatus.AUTHORISED, now()
    run.authorised_by, run.authorised_by_id = by.name, by.person_id


def send(session: Session, *, run: PaymentRun, particulars: Particulars) -> list[Payment]:
    """
    Post the payments of an authorised run, dated the day on which it went to the finance system.

    Each is checked once more, and raises RunRefusedError where it cannot be paid any longer.
    """
    _check_is(run, RunStatus.AUTHORISED)
    dues = dues_of(run)
    refused = _no_longer(session, run, dues, particulars.on)
    if refused:
        raise RunRefusedError(refused)
    run.status, run.sent_at = RunStatus.SENT, now()
    run.sent_by, run.sent_by_id = particulars.by.name, particulars.by.person_id
    session.flush()
    return [
        pay(session, line=line.award_line, amount=line.amount, particulars=particulars,
            invoice_number=line.invoice_number, instalment=line.instalment, run_line=line)
        for line in run.lines
    ]  # fmt: skip


def dues_of(run: PaymentRun) -> list[Due]:
    """Give the payments of a run."""
    return [
        Due(line=line.award_line, instalment=line.instalment, amount=line.amount, invoice_number=line.invoice_number)
        for line in run.lines
    ]


def _no_longer(session: Session, run: PaymentRun, dues: Sequence[Due], on: date) -> dict[str, Refusal]:
    keys: list[Key] = [(line.award_line_id, line.instalment_id) for line in run.lines]
    rows = {row.key: row for row in rows_of(session, keys)}
    refused: dict[str, Refusal] = {}
    for due in dues:
        row = rows.get(key_of(due.line.id, due.instalment.id if due.instalment else None))
        why = refusal_of(session, due, on)
        if why is None and row is not None and row.barrier:
            why = HeldError(f"{due.line.award.reference} is held: {row.barrier}.")
        if why is not None:
            refused[due.key] = why
    return refused


def stop(session: Session, *, run: PaymentRun, by: Actor, why: str) -> None:
    """Stop a run before it is sent: nothing of it was paid, and all of it is to pay again."""
    if run.status not in (RunStatus.DRAWN_UP, RunStatus.AUTHORISED):
        raise WrongStateError(f"{run.reference} is {run.status.value} already.")
    if not one_line(why):
        raise ReasonMissingError("Enter why it is stopped", field="why")
    run.status, run.stopped_at, run.stopped_why = RunStatus.STOPPED, now(), one_line(why)
    run.stopped_by, run.stopped_by_id = by.name, by.person_id


def find_run(session: Session, reference: str) -> PaymentRun:
    """Give the payment run with a reference, in any case; raises NotFoundRefusal."""
    run = session.scalar(select(PaymentRun).where(func.lower(PaymentRun.reference) == reference.strip().lower()))
    if run is None:
        raise NotFoundRefusal(f"There is no payment run {one_line(reference)}.")
    return run


def list_waiting(session: Session) -> list[PaymentRun]:
    """Give the runs that wait to be authorised or sent, the oldest first."""
    waiting = PaymentRun.status.in_((RunStatus.DRAWN_UP, RunStatus.AUTHORISED))
    return list(session.scalars(select(PaymentRun).where(waiting).order_by(PaymentRun.id)))


def list_runs(session: Session) -> list[tuple[PaymentRun, int, Pence]]:
    """Give every payment run, the newest first, with the number of its payments and their pence."""
    rows = select(PaymentRun, func.count(RunLine.id), func.sum(RunLine.amount))
    rows = rows.join(RunLine, RunLine.run_id == PaymentRun.id).group_by(PaymentRun.id)
    found = session.execute(rows.order_by(PaymentRun.id.desc()))
    return [(run, count, Pence(int(amount))) for run, count, amount in found]


def _check_is(run: PaymentRun, status: RunStatus) -> None:
    if run.status is not status:
        raise WrongStateError(f"{run.reference} is {run.status.value}, not {status.value}. Nothing was done.")


def _check_no_hand(session: Session, lines: Sequence[AwardLine], by: Actor) -> None:
    if by.person_id in who_decided(session, {line.award_id for line in lines}):
        raise SamePersonError("You asked for an award of this run, or approved one, so others pay it.")


def _who(by: Actor) -> int:
    if by.person_id is None:
        raise SamePersonError("A payment run needs two people who sign in. This was not done by one of them.")
    return by.person_id
