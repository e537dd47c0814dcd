"""What is explained, row by row, running down from the difference to what is left."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.services.reconciling.items import Side
from fundtracker.services.reconciling.rows import LineRow, OurRow, Row, State
from fundtracker.services.reconciling.standing import Standing
from fundtracker.store.reconciling import Explained, Matching

Said = dict[int, Explained]


class ExplainedRow(NamedTuple):
    """One reason, with the pence that it accounts for and what is still to explain after it."""

    what: str
    where: str
    row: Row | None
    matching: Matching | None
    reason: str
    note: str
    owner: str
    by: str
    at: datetime
    ours: Pence | None
    theirs: Pence | None
    still: Pence


def said_of(session: Session, standing: Standing) -> Said:
    """Give the explanations of a scope by number."""
    rows = (row for side in (standing.lines, standing.ours) for row in side if row.state is State.EXPLAINED)
    return _said(session, [row.explained for row in rows if row.explained])


def explained_rows(standing: Standing, said: Said) -> list[ExplainedRow]:
    """Give each explanation in the order in which it was made, then the differences that matches were accepted with."""
    rows = [row for side in (standing.lines, standing.ours) for row in side if row.state is State.EXPLAINED]
    still = standing.everything.difference
    found = []
    for row in sorted(rows, key=lambda row: row.explained or 0):
        line = row.side is Side.LINE
        still = Pence(still - row.amount if line else still + row.amount)
        made = said[row.explained or 0]
        found.append(ExplainedRow(
            row.payee or "Payee not given", where_from(row), row, None, made.reason.value, made.note, made.owner,
            made.made_by, made.made_at, None if line else row.amount, row.amount if line else None, still,
        ))  # fmt: skip
    for matching in standing.matchings.values():
        if matching.difference:
            still = Pence(still - matching.difference)
            found.append(ExplainedRow(
                f"Match {matching.id}", "accepted with a difference", None, matching, "amount differs", matching.note,
                matching.owner, matching.made_by, matching.made_at, None, matching.difference, still,
            ))  # fmt: skip
    return found


class LastStep(NamedTuple):
    """The step that was taken last of those that stand, and the page that undoes it."""

    words: str
    endpoint: str
    number: int


def last_step(standing: Standing, said: Said) -> LastStep | None:
    """Give the last match or explanation of a scope, which a person may undo first."""
    made: list[Matching | Explained] = [*standing.matchings.values(), *said.values()]
    last = max(made, key=lambda each: each.made_at, default=None)
    if last is None:
        return None
    if isinstance(last, Matching):
        return LastStep(f"match {last.id}, by {last.made_by}", "reconcile.undo_match", last.id)
    words = f"explained by {last.reason.value}, by {last.made_by}"
    return LastStep(words, "reconcile.undo_explanation", last.id)


def where_from(row: Row) -> str:
    """Say whose record a row is, and by which number it is known there."""
    if isinstance(row, OurRow):
        return f"{row.payment or f'entry #{row.id}'}, ours, not in theirs"
    known = row.reference if isinstance(row, LineRow) and row.reference else f"line {row.id}"
    return f"{known}, theirs, not in ours"


def _said(session: Session, numbers: Sequence[int]) -> dict[int, Explained]:
    if not numbers:
        return {}
    made = session.scalars(select(Explained).where(Explained.id.between(min(numbers), max(numbers)), Explained.live))
    return {each.id: each for each in made}
