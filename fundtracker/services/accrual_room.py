"""How much may be accrued on a line: never more than is still to pay, or than was paid, at the period's end."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundtracker.domain import balances
from fundtracker.domain.balances import Balance
from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import WrongStateError
from fundtracker.domain.refusals_year_end import MoreThanOutstandingError, NotExternalError
from fundtracker.domain.statuses import AccrualKind, Source
from fundtracker.domain.years import long_date, today
from fundtracker.services.figures import as_at, award_figures
from fundtracker.services.guards import line_name
from fundtracker.services.listings.fund_lines import line_balances
from fundtracker.store.awards import AwardLine
from fundtracker.store.funds import BudgetLine
from fundtracker.store.periods import Accrual

_OF_FUNDER = (AccrualKind.DEBTOR, AccrualKind.IN_ADVANCE)


@dataclass(frozen=True)
class Room:
    """What an accrual may take up, in pence: what there is, what other accruals took, and where it is."""

    name: str
    there: Pence
    taken: Pence

    @property
    def left(self) -> Pence:
        """Give what is left to accrue, or nothing."""
        return Pence(max(0, self.there - self.taken))


def check_room(
    session: Session,
    *,
    kind: AccrualKind,
    line: BudgetLine,
    award_line: AwardLine | None,
    amount: int,
    period: tuple[date, date],
) -> None:
    """Refuse an accrual that its line, or the award line it names, has no room for at the period's end."""
    if award_line is not None and award_line.budget_line_id != line.id:
        raise WrongStateError(f"{award_line.award.reference} is not charged to {line_name(line)}.", field="line")
    of_funder = kind is AccrualKind.IN_ADVANCE or (kind is AccrualKind.DEBTOR and award_line is None)
    if of_funder and line.fund.source is not Source.EXTERNAL:
        raise NotExternalError(f"{line.fund.name} is the Commissioner’s own money: no funder owes it or paid it early.")
    if kind is AccrualKind.IN_ADVANCE and award_line is not None:
        raise WrongStateError("What a funder sent in advance belongs to the fund, not to one award.", field="line")
    for room in rooms(session, kind=kind, line=line, award_line=award_line, period=period):
        if amount > room.left:
            raise MoreThanOutstandingError(_too_much(kind, room, amount, period[0]), field="amount")


def rooms(
    session: Session, *, kind: AccrualKind, line: BudgetLine, award_line: AwardLine | None, period: tuple[date, date]
) -> list[Room]:
    """Give what may be accrued on the award line, where one is named, and on the whole budget line."""
    day = min(period[0], today())
    found = []
    if award_line is not None:
        there = _there(kind, _award_line(session, award_line, day), of_award=True)
        found.append(Room(award_line.award.reference, there, _taken(session, kind, line, period, award_line)))
    if award_line is None or kind not in _OF_FUNDER:
        whole = {one.line.id: one.balance for one in line_balances(session, as_at(session, day), line.fund)}
        there = _there(kind, whole.get(line.id, Balance()), of_award=False)
        found.append(Room(line_name(line), there, _taken(session, kind, line, period, None)))
    return found


def _there(kind: AccrualKind, balance: Balance, *, of_award: bool) -> Pence:
    held = Pence(balance.received - balance.returned)
    owed = balance.to_recover if of_award else Pence(max(0, balance.allocated - held))
    return {
        AccrualKind.ACCRUAL: balance.to_pay,
        AccrualKind.PREPAYMENT: balance.net_paid,
        AccrualKind.DEBTOR: owed,
        AccrualKind.IN_ADVANCE: held,
    }[kind]


def _award_line(session: Session, line: AwardLine, day: date) -> Balance:
    figures = award_figures(as_at(session, day))
    row = session.execute(select(figures).where(figures.c.award_line_id == line.id)).mappings().first()
    sums = [Pence(int(row[name])) for name in ("awarded", "paid", "recovered")] if row else [Pence(0)] * 3
    return Balance(
        awarded=sums[0], paid=sums[1], recovered=sums[2], to_pay=balances.to_pay(*sums),
        to_recover=balances.to_recover(*sums),
    )  # fmt: skip


def _taken(
    session: Session, kind: AccrualKind, line: BudgetLine, period: tuple[date, date], award_line: AwardLine | None
) -> Pence:
    """Add up what of one kind counts on any day on which the new one would."""
    rows = select(func.sum(Accrual.amount)).where(
        Accrual.kind == kind, Accrual.budget_line_id == line.id, Accrual.undone_at.is_(None),
        Accrual.period_end < period[1], Accrual.reverses_on > period[0],
    )  # fmt: skip
    if award_line is not None:
        rows = rows.where(Accrual.award_line_id == award_line.id)
    elif kind is AccrualKind.DEBTOR:
        rows = rows.where(Accrual.award_line_id.is_(None))  # those are owed by recipients
    return Pence(int(session.scalar(rows) or 0))


def _too_much(kind: AccrualKind, room: Room, amount: int, day: date) -> str:
    what = {
        AccrualKind.ACCRUAL: "to pay",
        AccrualKind.PREPAYMENT: "paid",
        AccrualKind.DEBTOR: "owed",
        AccrualKind.IN_ADVANCE: "received",
    }[kind]
    other = f", and {pounds(room.taken)} of it is noted already" if room.taken else ""
    return (
        f"{room.name} has {pounds(room.there)} {what} on {long_date(day)}{other}. {pounds(amount)} is "
        f"{pounds(amount - room.left)} too much. Enter {pounds(room.left)} or less."
    )
