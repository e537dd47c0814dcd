"""Balance assertions: what the general ledger says a fund had spent at a day, held against the books then and now."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from fundtracker.domain.balances import Balance
from fundtracker.domain.kinds import Kind, Measure
from fundtracker.domain.money import Pence
from fundtracker.domain.roles import Actor
from fundtracker.domain.text import one_line
from fundtracker.domain.years import now
from fundtracker.services.accruals import accruals_on, spending
from fundtracker.services.days import check_day
from fundtracker.services.figures import as_at, fund_balances
from fundtracker.store.books import Entry
from fundtracker.store.funds import Fund
from fundtracker.store.periods import BalanceAssertion

_MOVES = [kind for kind in Kind if kind.measure in (Measure.PAID, Measure.RECOVERED)]


@dataclass(frozen=True)
class Checked:
    """One assertion, and the entries recorded since on or before its day: what they changed, in pence."""

    row: BalanceAssertion
    since: Sequence[Entry]

    @property
    def found(self) -> Pence:
        """Give what the books say now that the fund had spent at that day."""
        return Pence(self.row.found + sum(map(_spent, self.since)))

    @property
    def difference(self) -> Pence:
        """Give the general ledger less the books, as they are now."""
        return Pence(self.row.stated - self.found)

    @property
    def agrees(self) -> bool:
        """Say whether the two agree now."""
        return not self.difference

    @property
    def fell_apart(self) -> bool:
        """Say whether they agreed when it was typed and do not now."""
        return self.row.stated == self.row.found and not self.agrees


def _spent(entry: Entry) -> int:
    return entry.amount if entry.kind.measure is Measure.PAID else -entry.amount


def assert_balance(
    session: Session, *, fund: Fund, on: date, stated: int, by: Actor, source: str = ""
) -> BalanceAssertion:
    """
    Keep what the general ledger says that a fund had spent by the end of a day, in pence, beside what the books say.

    Both count cash: paid less refunds. Raises DateRefusedError for a day that has not come.
    """
    check_day(on)
    when = as_at(session, on)
    found = fund_balances(session, when, [fund.id]).get(fund.id, Balance()).net_paid
    row = BalanceAssertion(
        fund=fund, on_date=on, stated=Pence(stated), found=found, last_entry=when.last_entry, source=one_line(source),
        made_at=now(), made_by=by.name, made_by_id=by.person_id,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def checked_assertions(session: Session, fund: Fund | None = None) -> list[Checked]:
    """Give the assertions of a fund, or of all, each held against the books as they are now; the newest day first."""
    rows = select(BalanceAssertion).options(joinedload(BalanceAssertion.fund))
    rows = rows.order_by(BalanceAssertion.on_date.desc(), BalanceAssertion.id.desc())
    pairs = select(BalanceAssertion.id, Entry).join(Entry, Entry.fund_id == BalanceAssertion.fund_id)
    pairs = pairs.where(Entry.number > BalanceAssertion.last_entry, Entry.on_date <= BalanceAssertion.on_date)
    pairs = pairs.where(Entry.kind.in_(_MOVES)).order_by(Entry.number)
    if fund is not None:
        rows = rows.where(BalanceAssertion.fund_id == fund.id)
        pairs = pairs.where(BalanceAssertion.fund_id == fund.id)
    since: dict[int, list[Entry]] = defaultdict(list)
    for key, entry in session.execute(pairs):
        since[key].append(entry)
    return [Checked(row, since[row.id]) for row in session.scalars(rows)]


def fallen_apart(session: Session) -> list[Checked]:
    """Give the assertions that agreed when they were typed and do not now."""
    return [checked for checked in checked_assertions(session) if checked.fell_apart]


def accrued_at(session: Session, checked: Checked) -> Pence:
    """Give what was accrued, less what was prepaid, on the fund at the day, in pence: it is in the ledger, not paid."""
    spent = spending(0, accruals_on(session, checked.row.on_date, checked.row.fund.lines))
    return spent.expenditure
