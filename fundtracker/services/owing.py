"""Both sides of a fund's cash: what the office is owed, by funders and recipients, and what it owes them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.balances import Balance
from fundtracker.domain.money import ZERO, Pence
from fundtracker.domain.statuses import FundStatus, Source
from fundtracker.domain.years import year_of
from fundtracker.services.expected import Expectation, expectations
from fundtracker.services.figures import AsAt, fund_balances
from fundtracker.services.listings.filters import Filters
from fundtracker.services.listings.paging import Part
from fundtracker.services.listings.payments_due import OLDEST, list_due
from fundtracker.services.positions import position
from fundtracker.store.funds import Fund


@dataclass(frozen=True, kw_only=True)
class Sums:
    """
    What is owed either way, in pence; `overdue` is part of `expected`.

    `due`, `held` and `later` make `to_pay`: what can be paid now, what something keeps from being paid, and the rest.
    """

    expected: Pence = ZERO
    overdue: Pence = ZERO
    to_recover: Pence = ZERO
    to_pay: Pence = ZERO
    due: Pence = ZERO
    held: Pence = ZERO
    later: Pence = ZERO
    to_return: Pence = ZERO
    received: Pence = ZERO
    returned: Pence = ZERO
    net_paid: Pence = ZERO

    @property
    def owed_to_us(self) -> Pence:
        """Add up what funders and recipients owe the office."""
        return Pence(self.expected + self.to_recover)

    @property
    def owed_by_us(self) -> Pence:
        """Add up what the office owes recipients and funders."""
        return Pence(self.to_pay + self.to_return)

    @property
    def cash_position(self) -> Pence:
        """Give what funders have sent that is neither returned nor paid."""
        return Pence(self.received - self.returned - self.net_paid)


@dataclass(frozen=True)
class FundSides:
    """One fund with both of its sides."""

    fund: Fund
    sums: Sums


def both_sides(session: Session, when: AsAt, fund: Fund | None = None, *, by_day: bool = True) -> list[FundSides]:
    """
    Give both sides of a fund, or of every fund with anything on either, in the order of their names.

    What is to pay is told by its day, instalment by instalment, unless `by_day` is off: that is so today alone.
    """
    rows = select(Fund).order_by(Fund.name, Fund.id) if fund is None else select(Fund).where(Fund.id == fund.id)
    funds = session.scalars(rows).all()
    balances = fund_balances(session, when, None if fund is None else [fund.id])
    expected: dict[int, list[Expectation]] = defaultdict(list)
    for noted in expectations(session, when, fund):
        expected[noted.row.budget_line.fund_id].append(noted)
    planned = _planned(session, when, fund) if by_day else {}
    sides = []
    for one in funds:
        back = _to_return(session, when, one) if one.source is Source.EXTERNAL else ZERO
        balance = balances.get(one.id, Balance())
        sides.append(FundSides(one, _sums(one, balance, expected[one.id], planned.get(one.id, Counter()), back)))
    return [one for one in sides if fund is not None or one.sums != Sums()]


def summed(sides: Iterable[Sums]) -> Sums:
    """Add sides up, figure by figure."""
    every = list(sides)
    return Sums(**{each.name: Pence(sum(getattr(one, each.name) for one in every)) for each in fields(Sums)})


def _planned(session: Session, when: AsAt, fund: Fund | None) -> dict[int, Counter[str]]:
    """Tell what is to pay by when, by the fund's id and the sum that it belongs to."""
    planned: dict[int, Counter[str]] = defaultdict(Counter)
    of = Filters() if fund is None else Filters(fund=fund.reference)
    for row in list_due(session, of, Part(order=OLDEST.order, page=None)).rows:
        name = "held" if row.barrier else "due" if row.due_on <= when.day else "later"
        planned[row.fund_id][name] += row.to_pay
    return planned


def _sums(
    fund: Fund, balance: Balance, expected: list[Expectation], planned: Mapping[str, int], to_return: Pence
) -> Sums:
    standing = [one for one in expected if not one.dropped]
    external = fund.source is Source.EXTERNAL
    return Sums(
        expected=Pence(sum(one.outstanding for one in standing)),
        overdue=Pence(sum(one.outstanding for one in standing if one.overdue)),
        to_recover=balance.to_recover,
        to_pay=balance.to_pay,
        due=Pence(planned["due"]),
        held=Pence(planned["held"]),
        later=Pence(planned["later"]),
        to_return=to_return,
        received=balance.received if external else ZERO,
        returned=balance.returned if external else ZERO,
        net_paid=balance.net_paid if external else ZERO,
    )


def _to_return(session: Session, when: AsAt, fund: Fund) -> Pence:
    """
    Add up what is held of money that can be spent no more: its year bound it and is over, or the fund is closed.

    What was carried into a closed fund is dealt with: it waits there for the fund to be open in that year.
    """
    this_year, closed, amount = year_of(when.day), fund.status is FundStatus.CLOSED, 0
    for year in sorted({line.year for line in fund.lines}):
        over = fund.year_bound and year < this_year
        if closed or over:
            stands = position(session, when, fund, year)
            amount += stands.spare if over else max(0, stands.spare - stands.spare_in)
    return Pence(amount)
