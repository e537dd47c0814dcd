"""Money moved without a decision record: which entries have none, and why."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, case, exists, func, literal, select
from sqlalchemy.orm import Session, aliased, joinedload

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import ReasonMissingError, WrongStateError
from fundtracker.domain.roles import Actor
from fundtracker.domain.text import clean
from fundtracker.domain.years import now
from fundtracker.store.books import Entry
from fundtracker.store.decisions import DecisionGap, DecisionRecord, DecisionSignature
from fundtracker.store.funds import Fund

DECIDED = frozenset(kind for kind in Kind if kind.needs_decision) | {Kind.AWARD, Kind.VARIATION, Kind.WITHDRAWAL}
NO_REFERENCE, ELSEWHERE, UNSIGNED = "No decision reference", "Not in this register", "Drafted, not signed"


class Undecided(NamedTuple):
    """An entry that moved money without a signed record, in signed pence, with what is missing."""

    number: int
    on_date: date
    kind: Kind
    fund: str
    fund_reference: str
    amount: Pence
    reference: str
    missing: str


def list_undecided(session: Session, most: int = 200) -> tuple[int, Sequence[Undecided]]:
    """Count the entries that need a decision record, have none and are not explained, and give the newest."""
    rows = _undecided()
    count = session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    newest = rows.order_by(Entry.number.desc()).limit(most)
    return count, [Undecided(*row) for row in session.execute(newest)]


def _undecided() -> Select[int, date, Kind, str, str, Pence, str, str]:
    # What came in with a file was decided elsewhere, and what was reversed moves nothing any more.
    undone = aliased(Entry)
    signed = exists().where(DecisionSignature.decision_id == DecisionRecord.id)
    missing = case(
        (Entry.decision_reference == "", literal(NO_REFERENCE)),
        (DecisionRecord.id.is_(None), literal(ELSEWHERE)),
        else_=literal(UNSIGNED),
    )
    facts = (Entry.number, Entry.on_date, Entry.kind, Fund.name, Fund.reference, Entry.amount, Entry.decision_reference)
    rows = select(*facts, missing).join(Fund, Fund.id == Entry.fund_id)
    rows = rows.outerjoin(DecisionRecord, func.lower(DecisionRecord.reference) == func.lower(Entry.decision_reference))
    return rows.where(
        Entry.kind.in_(DECIDED),
        Entry.batch_id.is_(None),
        Entry.reverses.is_(None),
        ~exists().where(undone.reverses == Entry.number),
        ~exists().where(DecisionGap.entry_number == Entry.number),
        DecisionRecord.id.is_(None) | ~signed,
    )


def explain(
    session: Session, *, entry: Entry, by: Actor, why: str = "", record: DecisionRecord | None = None
) -> DecisionGap:
    """Say which record covers an entry that names none, or why there is none; raises WrongStateError a second time."""
    if session.scalar(select(DecisionGap.id).where(DecisionGap.entry_number == entry.number)):
        raise WrongStateError(f"Entry #{entry.number} is explained already.")
    if record is None and not clean(why):
        raise ReasonMissingError("Enter the decision record that covers it, or why there is none", field="why")
    if record is not None and record.signature is None:
        raise WrongStateError(
            f"{record.reference} is not signed yet. A record covers money once it is.", field="record"
        )
    gap = DecisionGap(
        entry_number=entry.number, decision=record, why=clean(why), made_at=now(), made_by=by.name,
        made_by_id=by.person_id,
    )  # fmt: skip
    session.add(gap)
    session.flush()
    return gap


def list_explained(session: Session, most: int = 200) -> Sequence[tuple[DecisionGap, Entry, Fund]]:
    """Give what was explained, with its entry and fund, the newest first."""
    rows = select(DecisionGap, Entry, Fund).join(Entry, Entry.number == DecisionGap.entry_number)
    rows = rows.join(Fund, Fund.id == Entry.fund_id).options(joinedload(DecisionGap.decision))
    rows = rows.order_by(DecisionGap.id.desc()).limit(most)
    return [(gap, entry, fund) for gap, entry, fund in session.execute(rows)]
