"""Variations: changing an award's value, withdrawing it, letting it stand again, and writing off what is lost."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import EventKind, Kind
from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import BelowZeroError, DateRefusedError, NothingToDoError, WrongStateError
from fundtracker.domain.statuses import AwardStatus, AwardType
from fundtracker.domain.years import long_date
from fundtracker.services.allocations import positive
from fundtracker.services.awards import check_not_before, check_not_undone
from fundtracker.services.drafts import Draft
from fundtracker.services.events import note_event
from fundtracker.services.funds import check_takes_new
from fundtracker.services.posting import Particulars, check_date, post
from fundtracker.services.reversals import standing
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.books import Entry


def vary_award(session: Session, *, line: AwardLine, by: int, particulars: Particulars) -> Entry:
    """
    Raise an award line's value, or lower it with pence below zero.

    Raises NotEnoughLeftError for a rise beyond what is left, BelowZeroError for a fall beyond what is awarded, and
    WrongStateError for a rise in an award that has been reversed.
    """
    _check_stands(line.award)
    if by == 0:
        raise NothingToDoError("Enter a change other than £0.00", field="amount")
    if not line.last_entry:
        raise WrongStateError(f"{line.award.reference} has no value on this line yet. Give it its money first.")
    if by > 0:
        check_not_undone(session, line)
        check_takes_new(line.budget_line.fund, "money in awards")
    return post(session, particulars, change(line, Kind.VARIATION, by))[0]


def withdraw_award(session: Session, *, award: Award, keep_paid: bool, particulars: Particulars) -> list[Entry]:
    """
    Take an award back: down to what was paid, or to nothing, so that what was paid shows as to recover.

    Raises WrongStateError where it is withdrawn already.
    """
    _check_stands(award)
    check_date(session, particulars.on)
    check_not_before(award, particulars.on)
    falls = {line: line.awarded - (line.paid - line.recovered if keep_paid else 0) for line in award.lines}
    drafts = [change(line, Kind.WITHDRAWAL, -fall) for line, fall in falls.items() if fall > 0]
    award.status = AwardStatus.WITHDRAWN
    award.withdrawn_on = particulars.on
    if not drafts:
        note_event(session, EventKind.AWARD_WITHDRAWN, award, particulars)
        return []
    return post(session, particulars, *drafts)


def reopen_award(session: Session, *, award: Award, particulars: Particulars) -> None:
    """
    Let an award stand as awarded again that was completed, or withdrawn without an entry.

    Raises WrongStateError where it stands, or where an entry withdrew it: the entry is reversed instead.
    """
    if award.status is AwardStatus.AWARDED:
        raise WrongStateError(f"{award.reference} stands as awarded already.")
    entry = withdrawing_entry(session, award)
    if award.status is AwardStatus.WITHDRAWN and entry is not None:
        raise WrongStateError(
            f"{award.reference} was withdrawn by entry #{entry.number}. Reverse that entry, and the award stands again."
        )
    check_not_before(award, particulars.on)
    if award.withdrawn_on is not None and particulars.on < award.withdrawn_on:
        raise DateRefusedError(
            f"{award.reference} was withdrawn on {long_date(award.withdrawn_on)}. It cannot stand again before then.",
            field="on",
        )
    award.status = AwardStatus.AWARDED
    award.withdrawn_on = None
    note_event(session, EventKind.AWARD_REOPENED, award, particulars)


def withdrawing_entry(session: Session, award: Award) -> Entry | None:
    """Give the last entry that took an award back and is not reversed, if there is one."""
    return session.scalars(
        select(Entry)
        .where(
            Entry.award_line_id.in_([line.id for line in award.lines]),
            Entry.kind == Kind.WITHDRAWAL,
            standing,
        )
        .order_by(Entry.number.desc())
    ).first()


def write_off(session: Session, *, line: AwardLine, particulars: Particulars, amount: Pence | None = None) -> Entry:
    """
    Give up what will not come back, in pence: the award rises by it, to what was paid at the most.

    Needs a decision reference; never refused for lack of money.
    """
    owed = line.to_recover
    if owed == 0:
        raise NothingToDoError(f"{line.award.reference} has nothing to recover, so there is nothing to write off.")
    written = owed if amount is None else amount
    positive(written)
    return post(session, particulars, change(line, Kind.WRITE_OFF, written))[0]


def change(line: AwardLine, kind: Kind, amount: int) -> Draft:
    """Draft a change to an award line's value, refusing one that would take it below zero."""
    if line.awarded + amount < 0:
        raise BelowZeroError(
            f"{line.award.reference} has {pounds(line.awarded)} awarded. It cannot come down by {pounds(-amount)}. "
            "Enter less.",
            field="amount",
        )
    return Draft(kind=kind, line=line.budget_line, amount=amount, award_line=line)


def _check_stands(award: Award) -> None:
    if award.status is AwardStatus.WITHDRAWN:
        raise WrongStateError(f"{award.reference} is withdrawn already.")
    check_not_in_error(award)


def check_not_in_error(award: Award) -> None:
    """Refuse to pay or change an award that only records money paid in error."""
    if award.type is AwardType.PAID_IN_ERROR:
        raise WrongStateError(f"{award.reference} records money paid in error. Record its refund, or write it off.")
