"""Deciding: what every kind of row goes through before what is its own, and what became of each row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.statuses import Doubt, Fate
from fundtracker.domain.years import long_date, today
from fundtracker.services.bringing.choices import Choices
from fundtracker.services.bringing.keys import Before, Copy, Keys, came_before
from fundtracker.services.bringing.stated import StatedRow
from fundtracker.store.books import Book


class LeaveOutError(Refusal):
    """A row that is left out, and why."""


@dataclass(slots=True)
class Decision:
    """
    What becomes of a row, and what it is recorded as.

    `to` is the number of its organisation (below zero: new), `on` the day that it is recorded on, `original` the day
    that it states where that is in a closed period, `year` its financial year, `line` the award line that is paid.
    """

    row: StatedRow
    fate: Fate
    says: str = ""
    key: str = ""
    copy: int = 0
    to: int | None = None
    on: date | None = None
    original: date | None = None
    doubt: Doubt = Doubt.NONE
    year: int | None = None
    line: int | None = None
    award: int | None = None
    reference: str = ""
    paid: Pence | None = None
    notes: list[str] = field(default_factory=list)

    def note(self, says: str) -> None:
        """Note what a person should look at, if there is anything."""
        if says:
            self.notes.append(f"{says}.")


class Decider(Protocol):
    """What decides on rows of one kind."""

    def look_ahead(self, session: Session, rows: Sequence[StatedRow]) -> None:
        """Read from the books what some rows need, at once."""

    def decide(self, decision: Decision) -> None:
        """Fill in what a row is recorded as; raises a refusal where it is left out."""


def decide_all(
    session: Session, choices: Choices, chunks: Iterator[list[StatedRow]], keys: Keys, decider: Decider
) -> Iterator[Decision]:
    """Decide on every row, in order."""
    at = 0
    for rows in chunks:
        records = [row for row in rows if not row.left_out]
        copies = dict(zip((row.row for row in records), keys.next_copies(at, len(records)), strict=True))
        at += len(records)
        before = came_before(session, choices.kind, list(copies.values()))
        decider.look_ahead(session, records)
        yield from (_decide(row, copies.get(row.row), before, decider) for row in rows)


def _decide(row: StatedRow, copy: Copy | None, before: dict[Copy, Before], decider: Decider) -> Decision:
    if copy is None:
        return Decision(row, Fate.LEFT_OUT, row.left_out)
    decision = Decision(row, Fate.TAKEN, key=copy[0], copy=copy[1])
    try:
        if copy in before:
            _is_there(decision, before[copy])
        else:
            decider.decide(decision)
    except Refusal as refusal:
        decision.fate, decision.says = Fate.LEFT_OUT, _in_a_clause(refusal.sentence)
    if decision.copy and decision.fate is Fate.TAKEN:
        decision.notes.append(_SAME[bool(row.values.get("identifier"))])
    return decision


_SAME = {
    False: "This row says the same as an earlier one. Both are taken: see whether they are the same money.",
    True: "This row has the published identifier of an earlier one. Both are taken: see whether they are one.",
}


def _is_there(decision: Decision, before: Before) -> None:
    amount = decision.row.amount
    if before.amount != amount:
        there, says = (_stated(one) for one in (before.amount, amount))
        raise LeaveOutError(f"it came in before (import {before.batch_id}) with {there}, and the file says {says}")
    decision.fate, decision.says, decision.award = Fate.ALREADY_THERE, f"import {before.batch_id}", before.award_id


def _stated(amount: Pence | None) -> str:
    return "no amount stated" if amount is None else pounds(amount)


def _in_a_clause(sentence: str) -> str:
    """Let a refusal's sentence stand after “left out:”."""
    return sentence.removesuffix(".") if sentence.count(". ") == 0 else sentence


class Days:
    """The days that rows are recorded on: as stated, else the one for rows without; in the open period."""

    def __init__(self, session: Session, undated: date | None) -> None:
        self._undated = undated
        self._today = today()
        self._closed_to = session.scalar(select(Book.closed_to))

    def settle_unposted(self, decision: Decision, stated: object) -> date:
        """Give the day that a row speaks of, or the one for rows without; raises LeaveOutError where it has none."""
        day = stated if isinstance(stated, date) else self._undated
        if day is None:
            raise LeaveOutError("it has no date. Give a date for the rows that have none, and it comes in")
        if day > self._today:
            raise LeaveOutError(f"{long_date(day)} has not come yet")
        decision.doubt = Doubt.NONE if isinstance(stated, date) else Doubt.NOT_STATED
        return day

    def settle(self, decision: Decision, stated: object) -> date:
        """Give a decision its day in the open period, and give the day that the row speaks of; raises the same."""
        day = self.settle_unposted(decision, stated)
        decision.on = self.open_day(day)
        if decision.on != day:
            decision.original = day
            decision.notes.append(
                f"{long_date(day)} is in a closed period, so this is recorded on {long_date(decision.on)}, with its "
                "own date noted."
            )
        return day

    def open_day(self, day: date) -> date:
        """Give a day itself, or the first day after the closed period that it is in; raises LeaveOutError."""
        if self._closed_to is None or day > self._closed_to:
            return day
        first = date.fromordinal(self._closed_to.toordinal() + 1)
        if first > self._today:
            raise LeaveOutError(f"the books are closed to {long_date(self._closed_to)}")
        return first
