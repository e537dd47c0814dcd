"""Funds: opening one, its budget lines, and suspending, closing and reopening it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.references import clean_reference, suggest_fund_reference
from fundtracker.domain.refusals import (
    FundNotOpenError,
    NameMissingError,
    NotFoundRefusal,
    ReferenceTakenError,
    WrongStateError,
)
from fundtracker.domain.statuses import FundStatus, Source, SpendType
from fundtracker.domain.text import clean, name_line, one_line
from fundtracker.domain.years import FinancialYear, year_label
from fundtracker.services.events import note_event
from fundtracker.services.posting import Particulars
from fundtracker.store.funds import BudgetLine, Fund, FundOutcome
from fundtracker.store.office import Objective


@dataclass(frozen=True, kw_only=True)
class FundDetails:
    """What is known of a fund when it is opened; a fund without a reference is given one from its name and year."""

    name: str
    funder: str
    source: Source
    year: FinancialYear
    spend_type: SpendType = SpendType.REVENUE
    reference: str = ""
    lot: str = ""
    programme: str = ""
    purpose: str = ""
    eligibility: str = ""
    notes: str = ""
    source_note: str = ""
    objective: Objective | None = None
    opens_on: date | None = None
    opens_words: str = ""
    spend_by: date | None = None
    spend_by_words: str = ""
    cost_centre: str = ""
    subjective: str = ""
    project: str = ""
    year_bound: bool = False
    follows: Fund | None = None
    outcomes: tuple[str, ...] = field(default=())


def open_fund(session: Session, *, details: FundDetails, particulars: Particulars) -> Fund:
    """
    Open a fund with one budget line and nothing allocated.

    Raises NameMissingError, or ReferenceTakenError where another fund has the reference.
    """
    name, funder = name_line(details.name), name_line(details.funder)
    if not name:
        raise NameMissingError("Enter the fund's name", field="name")
    if not funder:
        raise NameMissingError("Enter the funder: whose money it is", field="funder")
    fund = Fund(
        reference=_reference(session, details), name=name, funder=funder, source=details.source,
        status=FundStatus.OPEN, programme=one_line(details.programme), purpose=clean(details.purpose),
        eligibility=clean(details.eligibility), notes=clean(details.notes), source_note=one_line(details.source_note),
        objective=details.objective, opens_on=details.opens_on, opens_words=one_line(details.opens_words),
        spend_by=details.spend_by, spend_by_words=one_line(details.spend_by_words),
        cost_centre=one_line(details.cost_centre), subjective=one_line(details.subjective),
        project=one_line(details.project), year_bound=details.year_bound, follows=details.follows,
        outcome_needed=bool(details.outcomes), batch_id=particulars.batch.id if particulars.batch else None,
    )  # fmt: skip
    fund.outcomes = [FundOutcome(position=i, words=clean(w)) for i, w in enumerate(details.outcomes, start=1)]
    session.add(fund)
    add_line(session, fund=fund, year=details.year, lot=details.lot, spend_type=details.spend_type)
    note_event(session, EventKind.FUND_OPENED, fund, particulars)
    return fund


def _reference(session: Session, details: FundDetails) -> str:
    taken = frozenset(session.scalars(select(Fund.reference)))
    if not one_line(details.reference):
        return suggest_fund_reference(details.name, details.year, taken)
    reference = clean_reference(details.reference)
    if reference.casefold() in {other.casefold() for other in taken}:
        raise ReferenceTakenError(f"{reference} is another fund's reference. Choose another.", field="reference")
    return reference


def add_line(
    session: Session, *, fund: Fund, year: int, lot: str = "", spend_type: SpendType = SpendType.REVENUE
) -> BudgetLine:
    """Give the fund's budget line for a year, lot and spend type, opening it at zero where there is none."""
    lot = name_line(lot)
    for line in fund.lines:
        if (line.year, line.lot, line.spend_type) == (year, lot, spend_type):
            return line
    line = BudgetLine(fund=fund, year=year, lot=lot, spend_type=spend_type)
    session.add(line)
    session.flush()
    return line


def open_line(
    session: Session,
    *,
    fund: Fund,
    year: int,
    particulars: Particulars,
    lot: str = "",
    spend_type: SpendType = SpendType.REVENUE,
) -> BudgetLine:
    """
    Open another budget line of a fund at zero, and note it.

    Raises FundNotOpenError where the fund is closed, and WrongStateError where it has that line already.
    """
    check_takes_money(fund, "budget line")
    before = len(fund.lines)
    line = add_line(session, fund=fund, year=year, lot=lot, spend_type=spend_type)
    if len(fund.lines) == before:
        of_lot = f" for {line.lot}" if line.lot else ""
        raise WrongStateError(
            f"{fund.name} has a line of {year_label(year)} {spend_type.value}{of_lot} already. Choose another year, "
            "another lot, or the other of revenue and capital.",
            field="year",
        )
    note_event(session, EventKind.LINE_OPENED, fund, particulars, says=f"{line.label}.")
    return line


def find_fund(session: Session, reference: str) -> Fund:
    """Give the fund with a reference, in any case; raises NotFoundRefusal."""
    fund = session.scalar(select(Fund).where(func.lower(Fund.reference) == reference.strip().lower()))
    if fund is None:
        raise NotFoundRefusal(f"There is no fund with the reference {one_line(reference)}.")
    return fund


def open_funds(session: Session) -> Sequence[Fund]:
    """Give the funds that take applications and awards, with their lines, in the order of their names."""
    is_open = select(Fund).where(Fund.status == FundStatus.OPEN).options(selectinload(Fund.lines))
    return session.scalars(is_open.order_by(Fund.name, Fund.id)).all()


def suspend_fund(session: Session, *, fund: Fund, particulars: Particulars) -> None:
    """Stop new applications, awards and payments for a time; raises WrongStateError unless the fund is open."""
    if fund.status is not FundStatus.OPEN:
        raise WrongStateError(f"{fund.name} is {fund.status.value}. Only an open fund can be suspended.")
    fund.status = FundStatus.SUSPENDED
    note_event(session, EventKind.FUND_SUSPENDED, fund, particulars)


def close_fund(session: Session, *, fund: Fund, particulars: Particulars) -> None:
    """
    Take no new application or award; payments, refunds, reversals and moving what is left go on.

    Raises WrongStateError where the fund is closed already.
    """
    if fund.status is FundStatus.CLOSED:
        raise WrongStateError(f"{fund.name} is closed already.")
    fund.status = FundStatus.CLOSED
    note_event(session, EventKind.FUND_CLOSED, fund, particulars)


def reopen_fund(session: Session, *, fund: Fund, particulars: Particulars) -> None:
    """Take applications and awards again; raises WrongStateError where the fund is open."""
    if fund.status is FundStatus.OPEN:
        raise WrongStateError(f"{fund.name} is open already.")
    fund.status = FundStatus.OPEN
    note_event(session, EventKind.FUND_REOPENED, fund, particulars)


def check_takes_money(fund: Fund, what: str, *, field: str = "fund") -> None:
    """
    Refuse authority to spend, like `allocation`, put into a fund that is closed.

    A suspended fund takes it: suspending holds back what goes out, and an uplift decided meanwhile is still a fact.
    """
    if fund.status is FundStatus.CLOSED:
        raise FundNotOpenError(f"{fund.name} is closed, so it takes no new {what}. Reopen the fund first.", field=field)


def check_takes_new(fund: Fund, what: str) -> None:
    """Refuse something new, like `an award`, from a fund that is suspended or closed."""
    if fund.status is not FundStatus.OPEN:
        raise FundNotOpenError(
            f"{fund.name} is {fund.status.value}, so it takes no new {what}. Reopen the fund first.", field="fund"
        )
