"""The sums beside an award: what each budget line and the fund have now, and would have after it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from fundtracker.domain.balances import Balance
from fundtracker.domain.money import ZERO, Pence, pounds
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.statuses import Basis
from fundtracker.services import histories
from fundtracker.services.figures import as_at, fund_balances
from fundtracker.store.awards import AwardLine
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.web.awards.rows import funds_of, row_words
from fundtracker.web.forms import PenceField


class BalanceMovedError(Refusal):
    """A balance that is no longer what the person checked."""


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
    return f"If {which} also awarded in full{without}, {pounds(left)} would be left."


def check_not_moved(session: Session, funds: Iterable[Fund], seen: str) -> None:
    """Refuse to record on figures that have moved since they were checked, and say by what."""
    for fund in funds:
        moved = histories.moved_since(session, fund, int(seen)) if seen.isdecimal() else []
        if moved:
            left = sum(line.remaining for line in fund.lines)
            what = "; ".join(_in_words(session, entry) for entry in moved)
            raise BalanceMovedError(
                f"The balance of {fund.name} has moved since you checked: {what}. {pounds(left)} is left now. Nothing "
                "was recorded. Check the new figures, then record it."
            )


def _in_words(session: Session, entry: Entry) -> str:
    line = session.get(AwardLine, entry.award_line_id) if entry.award_line_id else None
    award = f" {line.award.reference} to {line.award.organisation.name}" if line else ""
    return f"{entry.kind.value}{award}, {pounds(entry.amount)}, by {entry.posted_by}"
