"""Deciding on rows of payments: which award each was made on, by its reference or because there is only one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from fundtracker.domain import balances
from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import pounds
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.statuses import AwardStatus, AwardType, Fate
from fundtracker.domain.text import match_key
from fundtracker.domain.years import long_date
from fundtracker.services.bringing.deciding import Days, Decision, LeaveOutError
from fundtracker.services.bringing.recipients import Recipients, is_withheld
from fundtracker.services.bringing.stated import StatedRow
from fundtracker.services.organisations import roots
from fundtracker.services.reversals import standing
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine, Fund


@dataclass(slots=True)
class _Line:
    """An award line of the fund, and what is left to pay on it once earlier rows are in, in pence."""

    id: int
    award: int
    reference: str
    to: int
    awarded_on: date
    left: int


class Payments:
    """Decides on payments from one fund."""

    def __init__(self, session: Session, fund: Fund, recipients: Recipients, days: Days) -> None:
        self._fund = fund
        self._recipients = recipients
        self._days = days
        self._into = roots(session)
        self._merged: dict[int, list[int]] = defaultdict(list)
        for child, root in self._into.items():
            self._merged[root].append(child)
        self._lines: dict[int, _Line] = {}
        self._by_reference: dict[str, set[int]] = defaultdict(set)
        self._by_payee: dict[int, set[int]] = defaultdict(set)
        self._by_hand: Counter[tuple[int, date, int]] = Counter()

    def look_ahead(self, session: Session, rows: Sequence[StatedRow]) -> None:
        """Read the award lines that some rows may mean, and what is paid on them."""
        references = {_reference(row) for row in rows} - {""}
        named = (self._named(row) for row in rows if not _reference(row))
        to = {number for one in named if one is not None for number in (one, *self._merged[one])}
        self._read(session, Award.organisation_id.in_(to))
        self._read(
            session, or_(*(func.lower(column).in_(references) for column in (Award.reference, Award.identifier)))
        )

    def _read(self, session: Session, wanted: ColumnElement[bool]) -> None:
        lines = (
            select(
                AwardLine.id, AwardLine.awarded, AwardLine.paid, AwardLine.recovered, Award.id.label("award"),
                Award.reference, Award.identifier, Award.organisation_id, Award.awarded_on,
            )
            .join(Award, Award.id == AwardLine.award_id)
            .join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id)
            .where(BudgetLine.fund_id == self._fund.id, Award.type != AwardType.PAID_IN_ERROR)
            .where(Award.status != AwardStatus.WITHDRAWN, wanted)
        )  # fmt: skip
        fresh = [row for row in session.execute(lines) if row.id not in self._lines]
        for row in fresh:
            left = balances.to_pay(row.awarded, row.paid, row.recovered)
            to = self._into.get(row.organisation_id, row.organisation_id)
            self._lines[row.id] = _Line(row.id, row.award, row.reference, to, row.awarded_on, left)
            self._by_payee[to].add(row.id)
            for name in (row.reference, row.identifier):
                self._by_reference[name.casefold()].add(row.id)
        self._read_payments(session, [row.id for row in fresh])

    def _read_payments(self, session: Session, lines: list[int]) -> None:
        """Read the payments that were typed in, so that a file that has them too adds none of them again."""
        typed = select(Entry.award_line_id, Entry.on_date, Entry.amount).where(
            Entry.kind == Kind.PAYMENT, Entry.batch_id.is_(None), standing, Entry.award_line_id.in_(lines)
        )
        self._by_hand.update((line or 0, day, amount) for line, day, amount in session.execute(typed))

    def decide(self, decision: Decision) -> None:
        """Fill in what a row is recorded as; raises a refusal where it is left out."""
        amount = decision.row.amount
        if amount is None:
            raise LeaveOutError("it states no amount")
        if amount <= 0:
            raise LeaveOutError(f"{pounds(amount)} is no payment. Record a credit as a refund on its award")
        day = self._days.settle(decision, decision.row.values.get("paid_on"))
        line = self._find(decision.row, amount, day)
        decision.note(self._of_another(decision.row, line))
        decision.line, decision.award, decision.to = line.id, line.award, line.to
        if self._by_hand[line.id, day, amount]:
            self._by_hand[line.id, day, amount] -= 1
            decision.fate, decision.says = Fate.ALREADY_THERE, f"paid on {line.reference}"
            return
        if amount > line.left:
            raise LeaveOutError(
                f"{line.reference} has {pounds(line.left)} still to pay, and this is {pounds(amount - line.left)} more"
            )
        if day < line.awarded_on:
            raise LeaveOutError(f"{line.reference} was awarded on {long_date(line.awarded_on)}, after this was paid")
        line.left -= amount

    def _find(self, row: StatedRow, amount: int, day: date) -> _Line:
        if reference := _reference(row):
            lines = [self._lines[one] for one in self._by_reference.get(reference, ())]
            if not lines:
                named = row.values["award_reference"]
                raise LeaveOutError(f"{self._fund.name} has no award with the reference {named}")
        else:
            to = self._recipients.look(row.values)
            lines = [self._lines[one] for one in self._by_payee.get(to or 0, ())]
        return self._only(lines, amount, day, str(row.values.get("organisation", "")))

    def _of_another(self, row: StatedRow, line: _Line) -> str:
        """Say where a row names a payee that nobody knows; raises LeaveOutError where it is not the award's."""
        name, payee = str(row.values.get("organisation", "")), self._recipients.name_of(line.to)
        if not name or match_key(name) == match_key(payee) or is_withheld(name):
            return ""
        to = self._named(row)
        if to == line.to:
            return ""
        if to is not None:
            raise LeaveOutError(
                f"{line.reference} was awarded to {payee}, and this was paid to {self._recipients.name_of(to)}"
            )
        return f"{line.reference} was awarded to {payee}, and the file says {name}. See whether they are one"

    def _only(self, lines: Iterable[_Line], amount: int, day: date, name: str) -> _Line:
        """Give the one line that a payment can be on; raises LeaveOutError where there is none, or more than one."""
        may = list(lines)
        if not may:
            raise LeaveOutError(f"{name} has no award in {self._fund.name}")
        told = [line for line in may if self._by_hand[line.id, day, amount]]
        room = told or [line for line in may if line.left >= amount]
        if len(room) > 1:
            raise LeaveOutError(f"{len(room)} awards to {name} have that much to pay: give the award’s reference")
        if room or len(may) == 1:
            return (room or may)[0]
        raise LeaveOutError(f"no award to {name} in {self._fund.name} has {pounds(amount)} still to pay")

    def _named(self, row: StatedRow) -> int | None:
        try:
            return self._recipients.look(row.values)
        except Refusal:
            return None  # it is left out, with why, when its turn comes


def _reference(row: StatedRow) -> str:
    return str(row.values.get("award_reference", "")).strip().casefold()
