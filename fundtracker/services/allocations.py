"""Allocations: authority to spend, put into a budget line, moved between lines and carried into the next year."""

from dataclasses import replace

from sqlalchemy.orm import Session

from fundtracker.domain.kinds import LOWERING_KINDS, Kind
from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import (
    BelowZeroError,
    NotEnoughLeftError,
    NothingToDoError,
    SpendTypeError,
    WrongStateError,
)
from fundtracker.domain.refusals_year_end import YearBoundError
from fundtracker.domain.text import one_line
from fundtracker.domain.years import year_label
from fundtracker.services.drafts import Draft
from fundtracker.services.funds import add_line, check_takes_money
from fundtracker.services.guards import line_name
from fundtracker.services.posting import Particulars, post
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine, Fund


def allocate(session: Session, *, line: BudgetLine, amount: Pence, particulars: Particulars) -> Entry:
    """Put authority to spend into a budget line, in pence; needs a decision. Raises FundNotOpenError once closed."""
    check_takes_money(line.fund, "allocation")
    return _post_one(session, Kind.ALLOCATION, line, amount, particulars)


def uplift(session: Session, *, line: BudgetLine, amount: Pence, particulars: Particulars) -> Entry:
    """Add to an allocation after the start, in pence; needs a decision. Raises FundNotOpenError once closed."""
    check_takes_money(line.fund, "allocation")
    return _post_one(session, Kind.UPLIFT, line, amount, particulars)


def reduce(session: Session, *, line: BudgetLine, amount: Pence, particulars: Particulars) -> Entry:
    """Take from an allocation by our own choice, in pence; raises AlreadyAwardedError below what is awarded."""
    return _post_one(session, Kind.REDUCTION, line, amount, particulars)


def record_cut(session: Session, *, line: BudgetLine, amount: Pence, particulars: Particulars) -> Entry:
    """Record that the funder has cut its money, in pence: always accepted, even below what is awarded."""
    return _post_one(session, Kind.FUNDERS_CUT, line, amount, particulars)


def allow_over(session: Session, *, line: BudgetLine, amount: int, particulars: Particulars) -> Entry:
    """
    Raise (or, below zero, lower) the pence by which awards may go over the allocation; needs a decision.

    Raises FundNotOpenError for a rise once the fund is closed.
    """
    if amount == 0:
        raise NothingToDoError(
            f"The allowance on {line_name(line)} is {pounds(line.over_allowed)} already. Enter another amount.",
            field="amount",
        )
    if amount > 0:
        check_takes_money(line.fund, "allowance")
    return post(session, particulars, Draft(kind=Kind.ALLOWANCE, line=line, amount=amount))[0]


def set_allowance(session: Session, *, line: BudgetLine, allowance: Pence, particulars: Particulars) -> Entry:
    """Bring the allowance on a budget line to an amount of pence, none included; refuses as `allow_over` does."""
    return allow_over(session, line=line, amount=allowance - line.over_allowed, particulars=particulars)


def transfer(
    session: Session,
    *,
    source: BudgetLine,
    target: BudgetLine,
    amount: Pence,
    particulars: Particulars,
    switch_decision: str = "",
) -> tuple[Entry, Entry]:
    """
    Move allocation from one budget line to another, in pence, as two entries that stand or fall together.

    Raises SpendTypeError between capital and revenue without `switch_decision`, the decision that allows the switch,
    FundNotOpenError into a closed fund, and NotEnoughLeftError beyond what the source has left.
    """
    if source is target:
        raise WrongStateError("Choose another line to move the money to.", field="target")
    check_takes_money(target.fund, "transfer", field="target")
    if source.spend_type is not target.spend_type and not one_line(switch_decision):
        raise SpendTypeError(
            f"{line_name(source)} is {source.spend_type.value} and {line_name(target)} is {target.spend_type.value}. "
            "Enter the decision that switches between them.",
            field="switch_decision",
        )
    if source.spend_type is not target.spend_type:
        switch = f"Switch between capital and revenue: {one_line(switch_decision)}"
        particulars = replace(particulars, narrative=". ".join(filter(None, (particulars.narrative, switch))))
    return _two_legs(session, (Kind.TRANSFER_OUT, source), (Kind.TRANSFER_IN, target), amount, particulars)


def carry_forward(
    session: Session,
    *,
    line: BudgetLine,
    amount: Pence,
    particulars: Particulars,
    into: Fund | None = None,
    year: int | None = None,
    letter: str = "",
) -> tuple[Entry, Entry]:
    """
    Carry what is left of a budget line into the next year's, in pence, opening that line where there is none.

    The line is the same fund's, or that of the fund `into` in `year`. Raises YearBoundError for a funder's money of one
    year without `letter`, the funder's letter that allows it, and FundNotOpenError into another fund that is closed.
    """
    particulars = _allowed_by(line, letter, particulars)
    if into is not None:
        check_takes_money(into, "carry forward")
    following = add_line(
        session, fund=into or line.fund, year=year or line.year + 1, lot=line.lot, spend_type=line.spend_type
    )
    return _two_legs(session, (Kind.CARRY_FORWARD_OUT, line), (Kind.CARRY_FORWARD_IN, following), amount, particulars)


def _allowed_by(line: BudgetLine, letter: str, particulars: Particulars) -> Particulars:
    """Note the funder's letter; raises YearBoundError where its money is for one year and no letter allows more."""
    if line.fund.year_bound and not one_line(letter):
        raise YearBoundError(
            f"{line.fund.funder} gave the money of {line.fund.name} for {year_label(line.year)} only. What is left "
            "goes back, unless the funder says otherwise. Enter the reference of the funder’s letter that allows it.",
            field="letter",
        )
    if not one_line(letter):
        return particulars
    allowed = f"Funder’s letter: {one_line(letter)}"
    return replace(particulars, narrative=". ".join(filter(None, (particulars.narrative, allowed))))


def _two_legs(
    session: Session,
    out: tuple[Kind, BudgetLine],
    into: tuple[Kind, BudgetLine],
    amount: Pence,
    particulars: Particulars,
) -> tuple[Entry, Entry]:
    kind, line = out
    positive(amount)
    if amount > line.remaining:
        raise NotEnoughLeftError(
            f"{line_name(line)} has {pounds(line.remaining)} left, so {pounds(amount)} cannot be moved: "
            f"{pounds(amount - line.remaining)} too much. Enter less.",
            field="amount",
        )
    legs = (Draft(kind=kind, line=line, amount=-amount), Draft(kind=into[0], line=into[1], amount=amount))
    first, second = post(session, particulars, *legs)
    return first, second


def _post_one(session: Session, kind: Kind, line: BudgetLine, amount: int, particulars: Particulars) -> Entry:
    positive(amount)
    signed = -amount if kind in LOWERING_KINDS else amount
    return post(session, particulars, Draft(kind=kind, line=line, amount=signed))[0]


def positive(amount: int) -> None:
    """Refuse an amount of nothing, or below it."""
    if amount <= 0:
        raise NothingToDoError("Enter an amount of more than £0.00", field="amount")


def not_below_zero(amount: int | None, field: str) -> None:
    """Refuse an amount below nothing that is only noted and moves no money; one not stated is no fault."""
    if amount is not None and amount < 0:
        raise BelowZeroError(
            f"{pounds(amount)} is less than nothing. Enter £0.00 or more, or leave it empty.", field=field
        )
