"""Running sums: what entries posted together are guarded by, read once and moved along as the database moves it."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from fundtracker.domain.kinds import ALLOCATED_KINDS, Measure
from fundtracker.domain.money import Pence
from fundtracker.services.drafts import Draft
from fundtracker.store.awards import AwardLine
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine

_OF_AWARDS = (Measure.AWARDED, Measure.PAID, Measure.RECOVERED)


def first_allocated(session: Session, line_id: int) -> date | None:
    """Give the day of the first entry that allocated to a budget line, or took from it."""
    # In the order of the index, so that the first row found is the answer however many awards follow.
    days = select(Entry.on_date).where(Entry.budget_line_id == line_id, Entry.kind.in_(ALLOCATED_KINDS))
    return session.scalar(days.order_by(Entry.on_date).limit(1))


class RunningSums:
    """
    The sums of funds and lines between one entry and the next, under the book's lock.

    The database keeps them: a trigger refuses an entry whose figure of what the fund has left differs from the rows.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._remaining: dict[int, int] = {}
        self._allocated_on: dict[int, date | None] = {}

    def first_allocated(self, line: BudgetLine) -> date | None:
        """Give the day on which a budget line was first allocated to."""
        if line.id not in self._allocated_on:
            self._allocated_on[line.id] = first_allocated(self._session, line.id)
        return self._allocated_on[line.id]

    def remaining_after(self, draft: Draft) -> Pence:
        """Give what the fund has left after an entry, in pence."""
        fund_id = draft.line.fund_id
        if fund_id not in self._remaining:
            kept = func.sum(BudgetLine.allocated - BudgetLine.awarded)
            before = self._session.scalar(select(kept).where(BudgetLine.fund_id == fund_id))
            self._remaining[fund_id] = int(before or 0)
        change = {Measure.ALLOCATED: draft.amount, Measure.AWARDED: -draft.amount}.get(draft.kind.measure, 0)
        return Pence(self._remaining[fund_id] + change)

    def move(self, draft: Draft, number: int, remaining: Pence) -> None:
        """Move the sums of a draft's lines, as the database has moved them by its entry."""
        self._remaining[draft.line.fund_id] = remaining
        if draft.kind in ALLOCATED_KINDS:
            self._allocated_on.pop(draft.line.id, None)
        _move(draft.line, draft, number)
        if draft.award_line is not None and draft.kind.measure in _OF_AWARDS:
            _move(draft.award_line, draft, number)


def _move(line: BudgetLine | AwardLine, draft: Draft, number: int) -> None:
    measure = draft.kind.measure.value
    set_committed_value(line, measure, getattr(line, measure) + draft.amount)
    set_committed_value(line, "last_entry", number)
