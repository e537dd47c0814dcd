"""Recounting: every balance rebuilt from the entries, and every invariant tested, naming what differs."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import Measure
from fundtracker.domain.money import ZERO, Pence, plain, pounds
from fundtracker.services import invariants
from fundtracker.services.figures import AWARD_MEASURES, AsAt, as_at, award_figures, line_figures
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine, Fund


@dataclass(frozen=True)
class Difference:
    """One place where what is kept is not what the entries say, or where an invariant fails."""

    where: str
    says: str
    kept: str = ""
    recounted: str = ""
    by: Pence = ZERO


@dataclass
class Recount:
    """What a recount found: how much it looked at, and every difference."""

    as_at_entry: int
    entries: int
    balances: int = 0
    differences: list[Difference] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        """Say whether nothing differs."""
        return not self.differences

    @property
    def difference(self) -> Pence:
        """Add up how far every balance is from its entries, in pence, whichever way."""
        return Pence(sum(found.by for found in self.differences))

    def to_json(self) -> dict[str, Any]:
        """Give the stable answer of `fundtracker check --json`; money is a string of pounds."""
        return {
            "as_at_entry": self.as_at_entry,
            "entries": self.entries,
            "balances": self.balances,
            "differences": [
                {"where": d.where, "kept": d.kept, "recounted": d.recounted, "says": d.says} for d in self.differences
            ],
        }


def recount(session: Session) -> Recount:
    """Rebuild every kept sum from the entries and test every invariant of the books."""
    result = recount_balances(session)
    for where, says in invariants.broken(session):
        result.differences.append(Difference(where, says))
    return result


def recount_balances(session: Session) -> Recount:
    """Rebuild every kept sum from the entries, in five queries however many there are."""
    when = as_at(session)
    entries = session.scalar(select(func.count()).select_from(Entry)) or 0
    result = Recount(as_at_entry=when.last_entry, entries=entries)
    # The date is left out on purpose: whatever was ever posted is in the kept rows.
    everything = AsAt(day=session.scalar(select(func.max(Entry.on_date))) or when.day, last_entry=2**62, kept=False)
    for difference in (*_lines(session, everything, result), *_award_lines(session, everything, result)):
        result.differences.append(difference)
    return result


def _lines(session: Session, when: AsAt, result: Recount) -> Iterator[Difference]:
    counted = line_figures(when)
    rows = select(Fund.reference, BudgetLine, counted).join(Fund, Fund.id == BudgetLine.fund_id)
    rows = rows.outerjoin(counted, counted.c.budget_line_id == BudgetLine.id).order_by(BudgetLine.id)
    for reference, line, *figures in session.execute(rows):
        yield from _compare(f"{reference} {line.label}", line, tuple(Measure), figures[1:], result)


def _award_lines(session: Session, when: AsAt, result: Recount) -> Iterator[Difference]:
    counted = award_figures(when)
    rows = select(Award.reference, AwardLine, counted).join(Award, Award.id == AwardLine.award_id)
    rows = rows.outerjoin(counted, counted.c.award_line_id == AwardLine.id).order_by(AwardLine.id)
    for reference, line, *figures in session.execute(rows):
        yield from _compare(f"{reference} line {line.id}", line, AWARD_MEASURES, figures[1:], result)


def _compare(
    where: str, row: BudgetLine | AwardLine, measures: tuple[Measure, ...], figures: list[int | None], result: Recount
) -> Iterator[Difference]:
    for measure, figure in zip(measures, figures, strict=True):
        kept, recounted = getattr(row, measure.value), int(figure or 0)
        result.balances += 1
        if kept != recounted:
            says = f"{measure.value.replace('_', ' ').capitalize()} is kept as {pounds(kept)}; its entries make "
            yield Difference(
                where, says + f"{pounds(recounted)}.", plain(kept), plain(recounted), Pence(abs(kept - recounted))
            )
