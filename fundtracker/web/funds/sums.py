"""What a fund has now and would have after: in all, and on each budget line that moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from fundtracker.domain.balances import Balance, total
from fundtracker.services.figures import as_at
from fundtracker.services.listings.fund_lines import line_balances
from fundtracker.store.funds import Fund

Measures = Sequence[tuple[str, str]]
AUTHORITY: Measures = (("Allocated", "allocated"), ("Awarded", "awarded"), ("Left to award", "remaining"))
ALLOWED: Measures = (*AUTHORITY, ("Allowance", "over_allowed"))
CASH: Measures = (
    ("Received", "received"),
    ("Returned", "returned"),
    ("Paid", "net_paid"),
    ("In hand: received, not returned or paid", "cash_position"),
)


@dataclass(frozen=True)
class Figures:
    """A fund's balance at one moment, those of its lines by their words, and the entry that they count up to."""

    lines: dict[str, Balance]
    last_entry: int

    @property
    def fund(self) -> Balance:
        """Add the lines up."""
        return total(self.lines.values())


def look_again(session: Session, compared: Mapping[int, "Compared"]) -> None:
    """Read the figures of funds, by their ids, as answers that were rehearsed leave them."""
    for number, each in compared.items():
        each.after = figures_of(session, session.get_one(Fund, number))


def figures_of(session: Session, fund: Fund) -> Figures:
    """Give what a fund has, in pence, in three queries."""
    when = as_at(session)
    rows = line_balances(session, when, fund)
    return Figures({row.line.label: row.balance for row in rows}, when.last_entry)


@dataclass
class Compared:
    """One fund now and, once the answers have been rehearsed, after; `moving` says which lines are looked at."""

    name: str
    now: Figures
    measures: Measures
    after: Figures = field(init=False)

    def __post_init__(self) -> None:
        """Begin with nothing changed."""
        self.after = self.now

    @property
    def moves(self) -> bool:
        """Say whether the fund's bar moves, and so is worth drawing twice."""
        then, now = self.now.fund, self.after.fund
        return (then.allocated, then.awarded, then.paid) != (now.allocated, now.awarded, now.paid)

    @property
    def tables(self) -> list[tuple[str, Balance, Balance]]:
        """Give the lines that change, where the fund has several, and then the fund: its name, now and after."""
        several = len(self.after.lines) > 1
        before = {name: self.now.lines.get(name, Balance()) for name in self.after.lines} if several else {}
        changed = [(name, then, self.after.lines[name]) for name, then in before.items()]
        rows = [row for row in changed if row[1] != row[2]]
        return [*rows, (self.name, self.now.fund, self.after.fund)]
