"""The sums beside an award: what each budget line and the fund have now, and would have after it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from fundtracker.domain.balances import Balance
from fundtracker.domain.money import ZERO, Pence, pounds
from fundtracker.domain.statuses import Basis
from fundtracker.services import histories
from fundtracker.services.figures import as_at, fund_balances
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.web.awards.rows import funds_of, row_words
from fundtracker.web.forms import PenceField


@dataclass(frozen=True)
class LineSums:
    """One budget line: what is left now, this award's field and basis, and what would be left; pence."""

    name: str
    line: BudgetLine
    field: PenceField
    basis: Basis

    @property
    def this(self) -> Pence:
        """Give what this award takes from the line now, in pence."""
        return Pence(self.field.data or 0) if self.basis is Basis.FIRM else ZERO

    @property
    def left(self) -> Pence:
        """Give what is left now, in pence."""
        return self.line.remaining

    @property
    def after(self) -> Pence:
        """Give what would be left, in pence."""
        return Pence(self.left - self.this)


@dataclass(frozen=True)
class FundSums:
    """A fund's balance now, and what this award takes from it, in pence."""

    fund: Fund
    balance: Balance
    this: Pence

    @property
    def after(self) -> Balance:
        """Give the balance with this award in it."""
        return self.balance + Balance(awarded=self.this, to_pay=self.this)


@dataclass(frozen=True)
class AwardSums:
    """Every line and fund that an award takes from, its own first, and the entry that they are worked out up to."""

    lines: list[LineSums]
    funds: list[FundSums]
    last_entry: int

    @property
    def this(self) -> Pence:
        """Give what this award takes now, in pence."""
        return Pence(sum(line.this for line in self.lines))

    @property
    def waiting(self) -> Pence:
        """Give what is subject to funding, in pence, and so is not in `this`."""
        return Pence(sum(line.field.data or 0 for line in self.lines if line.basis is Basis.SUBJECT_TO_FUNDING))

    @property
    def own(self) -> FundSums:
        """Give the sums of the award's own fund."""
        return self.funds[0]


def award_sums(session: Session, parts: Iterable[tuple[BudgetLine, PenceField, Basis]]) -> AwardSums:
    """Work out what an award would do to each budget line and fund that its form shows."""
    given = list(parts)
    rows = [line for line, _, _ in given]
    lines = [LineSums(row_words(line, rows), line, field, basis) for line, field, basis in given]
    when = as_at(session)
    kept = fund_balances(session, when, {line.fund_id for line in rows})
    taken = {fund: Pence(sum(line.this for line in lines if line.line.fund is fund)) for fund in funds_of(rows)}
    funds = [FundSums(fund, kept.get(fund.id, Balance()), this) for fund, this in taken.items()]
    return AwardSums(lines, funds, when.last_entry)


def others_too(sums: AwardSums, others: Sequence[histories.Waiting]) -> str:
    """Say what would be left if every other application were awarded in full as well, or nothing if there is none."""
    if not others:
        return ""
    left = sums.own.after.remaining - sum(other.asked_for or 0 for other in others)
    unstated = sum(other.asked_for is None for other in others)
    which = "the other waiting application was" if len(others) == 1 else f"the {len(others)} others waiting were"
    without = f" ({unstated} without an amount left out)" if unstated else ""
    leaves = f"{pounds(left)} would be left" if left >= 0 else f"the fund would be over by {pounds(-left)}"
    return f"If {which} also awarded in full{without}, {leaves}."
