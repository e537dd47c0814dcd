"""Where a fund stands with its funder on one year's money: what was sent, what was spent, and what goes which way."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from fundtracker.domain.balances import Balance, total
from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import Pence, split
from fundtracker.domain.spending import Spending, added
from fundtracker.domain.statuses import SpendType
from fundtracker.services.accruals import accruals_on, spending
from fundtracker.services.figures import AsAt, counted
from fundtracker.services.listings.fund_lines import line_balances
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine, Fund


@dataclass(frozen=True, kw_only=True)
class Position:
    """
    A fund's money of one financial year as at a day, in pence; `balance` is that of the year's budget lines.

    What was carried in or out is authority to spend; `cash_in` and `cash_out` are the money that was there to go with
    it, and `spare_in` is that of it which the earlier year owed nobody. What is carried out of a year is mostly decided
    after its end: `carried_later` is what was, after the day.
    """

    balance: Balance
    carried_in: Pence
    carried_out: Pence
    carried_later: Pence
    cash_in: Pence
    spare_in: Pence
    spent: dict[SpendType, Spending]

    @property
    def allocation(self) -> Pence:
        """Give what was allocated for the year itself, before anything was carried in or out."""
        return Pence(self.balance.allocated - self.carried_in + self.carried_out)

    @property
    def funding(self) -> Pence:
        """Give what there was to spend: the year's allocation and what was brought forward."""
        return Pence(self.allocation + self.carried_in)

    @property
    def spending(self) -> Spending:
        """Add revenue and capital up."""
        return added(self.spent.values())

    @property
    def unspent(self) -> Pence:
        """Give what there was to spend and was not spent; below zero where more was spent."""
        return Pence(self.funding - self.spending.expenditure)

    @property
    def claimable(self) -> Pence:
        """Give what the funder meets: the expenditure, up to what it granted."""
        return Pence(min(self.spending.expenditure, self.funding))

    @property
    def net_received(self) -> Pence:
        """Give the funder's money that came for this year and has not gone back."""
        return Pence(self.balance.received + self.cash_in - self.balance.returned)

    @property
    def debtor(self) -> Pence:
        """Give what the funder owes: claimable and not received."""
        return Pence(max(0, self.claimable - self.net_received))

    @property
    def in_advance(self) -> Pence:
        """Give what the funder sent before it was spent."""
        return Pence(max(0, self.net_received - self.claimable))

    @property
    def carried_on(self) -> Pence:
        """Give all that was carried forward, by the day or since."""
        return Pence(self.carried_out + self.carried_later)

    @property
    def cash_out(self) -> Pence:
        """Give the money held that goes with what was carried forward."""
        return Pence(min(self.in_advance, self.carried_on))

    @property
    def repayable(self) -> Pence:
        """Give what is held and neither spent nor carried forward: it goes back to the funder."""
        return Pence(self.in_advance - self.cash_out)

    @property
    def spare_out(self) -> Pence:
        """Give the money that goes with what was carried forward and that this year owes nobody."""
        return Pence(min(self._free, self.carried_out))

    @property
    def spare(self) -> Pence:
        """Give what is held beyond what was paid, what is still to pay, and what was carried forward."""
        return Pence(self._free - self.spare_out)

    @property
    def _free(self) -> int:
        held = self.balance.received + self.spare_in - self.balance.returned
        return max(0, held - self.balance.net_paid - self.balance.to_pay)


def position(session: Session, when: AsAt, fund: Fund, year: int) -> Position:
    """Give where a fund stands on the budget lines of one financial year."""
    rows = [row for row in line_balances(session, when, fund) if row.line.year == year]
    lines = [row.line for row in rows]
    accruals = accruals_on(session, when.day, lines)
    cash_in, spare_in = _came_in(session, when, fund, year)
    spent = {}
    for spend_type in SpendType:
        mine = [row for row in rows if row.line.spend_type is spend_type]
        on = {row.line.id for row in mine}
        paid = sum(row.balance.net_paid for row in mine)
        spent[spend_type] = spending(paid, (one for one in accruals if one.budget_line_id in on))
    return Position(
        balance=total(row.balance for row in rows),
        carried_in=_carried(session, when, lines, Kind.CARRY_FORWARD_IN),
        carried_out=Pence(-_carried(session, when, lines, Kind.CARRY_FORWARD_OUT)),
        carried_later=Pence(-_carried(session, when, lines, Kind.CARRY_FORWARD_OUT, later=True)),
        cash_in=cash_in,
        spare_in=spare_in,
        spent=spent,
    )


def _carried(session: Session, when: AsAt, lines: Sequence[BudgetLine], kind: Kind, *, later: bool = False) -> Pence:
    wanted = (Entry.number <= when.last_entry, Entry.on_date > when.day) if later else counted(when)
    carried = select(func.sum(Entry.amount)).where(*wanted, Entry.kind == kind)
    return Pence(int(session.scalar(carried.where(Entry.budget_line_id.in_([line.id for line in lines]))) or 0))


def _came_in(session: Session, when: AsAt, fund: Fund, year: int) -> tuple[Pence, Pence]:
    """Give the money that came with what was carried in, and the spare part of it: each source's share of both."""
    cash, spare = 0, 0
    for source, from_year in _sources(session, when, fund, year):
        before, targets = position(session, when, source, from_year), _targets(session, when, source, from_year)
        if sum(targets.values()) > 0:
            weights, place = list(targets.values()), list(targets).index((fund.id, year))
            cash += split(before.cash_out, weights)[place]
            spare += split(before.spare_out, weights)[place]
    return Pence(cash), Pence(spare)


def _sources(session: Session, when: AsAt, fund: Fund, year: int) -> list[tuple[Fund, int]]:
    """Give the funds and years that something was carried in from, always earlier ones."""
    into, out, line = aliased(Entry), aliased(Entry), aliased(BudgetLine)
    rows = select(line.fund_id, line.year).join(out, out.budget_line_id == line.id)
    rows = rows.join(into, (into.posting == out.posting) & (into.kind == Kind.CARRY_FORWARD_IN))
    rows = rows.join(BudgetLine, BudgetLine.id == into.budget_line_id)
    rows = rows.where(out.kind == Kind.CARRY_FORWARD_OUT, into.on_date <= when.day, into.number <= when.last_entry)
    rows = rows.where(BudgetLine.fund_id == fund.id, BudgetLine.year == year, line.year < year).distinct()
    return [(session.get_one(Fund, fund_id), from_year) for fund_id, from_year in session.execute(rows)]


def _targets(session: Session, when: AsAt, fund: Fund, year: int) -> dict[tuple[int, int], int]:
    """Give what each fund and year took from a fund's year, in pence."""
    into, out, line = aliased(Entry), aliased(Entry), aliased(BudgetLine)
    rows = select(line.fund_id, line.year, func.sum(into.amount)).join(into, into.budget_line_id == line.id)
    rows = rows.join(out, (into.posting == out.posting) & (out.kind == Kind.CARRY_FORWARD_OUT))
    rows = rows.join(BudgetLine, BudgetLine.id == out.budget_line_id)
    rows = rows.where(into.kind == Kind.CARRY_FORWARD_IN, into.on_date <= when.day, into.number <= when.last_entry)
    rows = rows.where(BudgetLine.fund_id == fund.id, BudgetLine.year == year).group_by(line.fund_id, line.year)
    return {(fund_id, to_year): int(amount) for fund_id, to_year, amount in session.execute(rows)}
