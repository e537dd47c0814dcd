"""Next year's fund, opened from this one: its rules, its first allocation, and what is unspent carried into it."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import NothingToDoError, WrongStateError
from fundtracker.domain.statuses import SpendType
from fundtracker.domain.years import FinancialYear, year_label
from fundtracker.services.allocations import allocate, carry_forward
from fundtracker.services.funds import FundDetails, open_fund
from fundtracker.services.posting import Particulars
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine, Fund


@dataclass(frozen=True, kw_only=True)
class NextYear:
    """
    What next year's fund is: its name, year and reference, its first allocation, and what each line carries into it.

    Amounts are in pence; `carried` is by the budget line that it comes from, and `letter` is the funder's.
    """

    name: str
    year: FinancialYear
    reference: str = ""
    allocated: Pence | None = None
    spend_type: SpendType = SpendType.REVENUE
    carried: dict[BudgetLine, Pence] = field(default_factory=dict)
    letter: str = ""
    spend_by: date | None = None


@dataclass(frozen=True)
class Opened:
    """The fund that was opened, and the entries that put money into it."""

    fund: Fund
    entries: list[Entry]


def open_next_year(session: Session, *, fund: Fund, details: NextYear, particulars: Particulars) -> Opened:
    """
    Open the fund that follows one, with its rules, and move into it what was decided; one decision serves both.

    Raises WrongStateError where a fund follows it already or the year is not later, NotEnoughLeftError for more than
    a line has left, and YearBoundError for a funder's money of one year without the funder's letter.
    """
    check_can_follow(session, fund, details.year)
    if details.letter and not details.carried:
        raise NothingToDoError("Enter what is carried forward, or leave the funder’s letter out.", field="letter")
    new = open_fund(session, details=_copied(fund, details), particulars=particulars)
    entries = []
    if details.allocated is not None:
        entries.append(allocate(session, line=new.lines[0], amount=details.allocated, particulars=particulars))
    for line, amount in details.carried.items():
        moved = carry_forward(
            session, line=line, amount=amount, particulars=particulars, into=new, year=details.year,
            letter=details.letter,
        )  # fmt: skip
        entries += moved
    return Opened(new, entries)


def check_can_follow(session: Session, fund: Fund, year: int) -> None:
    """Refuse a fund to follow one that is followed already, or in a year that is not later."""
    after = follower(session, fund)
    if after is not None:
        raise WrongStateError(f"{after.name} ({after.reference}) follows {fund.name} already.")
    last = max(line.year for line in fund.lines)
    if year <= last:
        raise WrongStateError(
            f"{fund.name} has money of {year_label(last)}. Enter a later financial year for the fund that follows it.",
            field="year",
        )


def follower(session: Session, fund: Fund) -> Fund | None:
    """Give the fund that follows one, where there is one."""
    return session.scalars(select(Fund).where(Fund.follows_id == fund.id).order_by(Fund.id)).first()


def _copied(fund: Fund, details: NextYear) -> FundDetails:
    return FundDetails(
        name=details.name, funder=fund.funder, source=fund.source, year=details.year, spend_type=details.spend_type,
        reference=details.reference, programme=fund.programme, purpose=fund.purpose, eligibility=fund.eligibility,
        source_note=f"Opened from {fund.reference}", objective=fund.objective, spend_by=details.spend_by,
        outcomes=tuple(outcome.words for outcome in fund.outcomes), lot=fund.lines[0].lot,
        cost_centre=fund.cost_centre, subjective=fund.subjective, project=fund.project, year_bound=fund.year_bound,
        follows=fund,
    )  # fmt: skip
