"""The sums beside an award: what each budget line and the fund have now, and would have after it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from fundtracker.domain.balances import Balance
from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.years import year_label
from fundtracker.services import histories
from fundtracker.services.figures import as_at, fund_balances
from fundtracker.store.applications import Application
from fundtracker.store.awards import AwardLine
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.web.award_forms import AwardForm
from fundtracker.web.forms import PenceField


class BalanceMovedError(Refusal):
    """A balance that is no longer what the person checked."""


@dataclass(frozen=True)
class LineSums:
    """One budget line: its name, what is left now, this award's field, and what would be left; pence."""

    name: str
    left: Pence
    field: PenceField

    @property
    def after(self) -> Pence:
        """Give what would be left, in pence."""
        return Pence(self.left - (self.field.data or 0))


@dataclass(frozen=True)
class FundSums:
    """A fund's balance now, its lines, this award and the entry that they are worked out up to."""

    fund: Fund
    balance: Balance
    lines: list[LineSums]
    this: Pence
    last_entry: int

    @property
    def after(self) -> Balance:
        """Give the balance with this award in it."""
        return self.balance + Balance(awarded=self.this, to_pay=self.this)


def fund_sums(session: Session, fund: Fund, form: AwardForm) -> FundSums:
    """Work out what an award would do to its fund."""
    when = as_at(session)
    balance = fund_balances(session, when, [fund.id]).get(fund.id, Balance())
    pairs = zip(fund.lines, form.amounts.entries, strict=False)
    lines = [LineSums(line_words(line), line.remaining, field) for line, field in pairs]
    return FundSums(fund, balance, lines, form.total, when.last_entry)


def line_words(line: BudgetLine) -> str:
    """Name a budget line where its fund is known: `2020/21 capital, Lot 2`."""
    return f"{year_label(line.year)} {line.spend_type.value}{f', {line.lot}' if line.lot else ''}"


def others_too(sums: FundSums, others: Sequence[Application]) -> str:
    """Say what would be left if every other application were awarded in full as well, or nothing if there is none."""
    if not others:
        return ""
    left = sums.after.remaining - sum(other.asked_for or 0 for other in others)
    unstated = sum(other.asked_for is None for other in others)
    which = "the other waiting application was" if len(others) == 1 else f"the {len(others)} others waiting were"
    without = f" ({unstated} without an amount left out)" if unstated else ""
    return f"If {which} also awarded in full{without}, {pounds(left)} would be left."


def check_not_moved(session: Session, fund: Fund, seen: str) -> None:
    """Refuse to record on figures that have moved since they were checked, and say by what."""
    moved = histories.moved_since(session, fund, int(seen)) if seen.isdecimal() else []
    if moved:
        left = sum(line.remaining for line in fund.lines)
        what = "; ".join(_in_words(session, entry) for entry in moved)
        raise BalanceMovedError(
            f"The balance of {fund.name} has moved since you checked: {what}. {pounds(left)} is left now. Nothing was "
            "recorded. Check the new figures, then record it."
        )


def _in_words(session: Session, entry: Entry) -> str:
    line = session.get(AwardLine, entry.award_line_id) if entry.award_line_id else None
    award = f" {line.award.reference} to {line.award.organisation.name}" if line else ""
    return f"{entry.kind.value}{award}, {pounds(entry.amount)}, by {entry.posted_by}"
