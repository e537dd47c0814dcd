"""A page of one fund's ledger, found by entry number: one signed amount an entry, and what is left after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Exists, bindparam, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from fundtracker.domain.kinds import Kind, Measure
from fundtracker.domain.money import ZERO, Pence
from fundtracker.domain.statuses import Doubt
from fundtracker.services.figures import AsAt, Rows, counted, measure_sum
from fundtracker.services.listings.paging import PER_PAGE
from fundtracker.services.listings.payees import Payee, merged, payee_of
from fundtracker.store.awards import Award, AwardLine, Payment
from fundtracker.store.base import BigId
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine, Fund

_Undo = aliased(Entry, name="undo")
_MOVES = {Measure.ALLOCATED: 1, Measure.AWARDED: -1}  # what is left to award
_SHOWN = (Measure.ALLOCATED, Measure.AWARDED, Measure.PAID)
_EVERY = 2**62  # beyond every entry


@dataclass(frozen=True, kw_only=True)
class Place:
    """Which page of a ledger: the newest, that before an entry, that after one, or that on which one stands."""

    before: int | None = None
    after: int | None = None
    entry: int | None = None


@dataclass(slots=True, kw_only=True)
class LedgerRow:
    """One entry with its signed pence, whom and what it was for, and what it reverses or was reversed by."""

    number: int
    on_date: date
    original_date: date | None
    kind: Kind
    amount: Pence
    budget_line_id: int
    reverses: int | None
    reversed_by: int | None
    replaces: int | None
    decision: str
    voucher: str
    narrative: str
    date_doubt: Doubt
    amount_doubt: Doubt
    organisation: str | None
    benefits: str | None
    award: str | None
    payment: str | None
    left_after: Pence

    @property
    def measure(self) -> Measure:
        """Name the column that the amount stands in."""
        return self.kind.measure


@dataclass(frozen=True, kw_only=True)
class Forward:
    """What the entries before a page come to, in pence; None where only what is left is kept."""

    left: Pence
    allocated: Pence | None = None
    awarded: Pence | None = None
    paid: Pence | None = None


@dataclass(frozen=True, kw_only=True)
class LedgerPage:
    """One page of a ledger, what is brought forward to it where anything is, and whether there are newer entries."""

    rows: list[LedgerRow]
    forward: Forward | None
    newer: bool

    @property
    def whole(self) -> bool:
        """Say whether every entry is on it."""
        return self.forward is None and not self.newer


@dataclass(frozen=True)
class _Asking:
    """The statements of a fund's ledger: a page up to an entry, one from an entry, and what lies around a page."""

    up_to: Rows
    since: Rows
    around: Rows


def ledger_page(session: Session, when: AsAt, fund: Fund, place: Place | None = None) -> LedgerPage:
    """
    Give a page of a fund's ledger as at a day, the newest unless told otherwise, in two queries.

    It is found by its entries' numbers, so that it costs the same wherever it stands, however long the ledger.
    """
    asked, place = _asking(when), place or Place()
    rows = _read(session, asked, fund, place) or _read(session, asked, fund, Place())
    if not rows:
        return LedgerPage(rows=[], forward=None, newer=False)
    ends = {"fund": fund.id, "first": rows[0]["number"], "last": rows[-1]["number"]}
    newer, left, *sums = session.execute(asked.around, ends).one()
    forward = None if left is None else Forward(left=Pence(int(left)), **_known(when, rows, sums, newer=newer))
    return LedgerPage(rows=_run(forward.left if forward else ZERO, rows), forward=forward, newer=newer)


def _known(when: AsAt, rows: list[dict[str, Any]], sums: Sequence[Any], *, newer: bool) -> dict[str, Pence]:
    """Give the sums before a page: as at an earlier day they are added up; today, those of all less those on it."""
    whole = {measure: int(amount) for measure, amount in zip(_SHOWN, sums, strict=True)}
    if when.kept and newer:
        return {}
    if when.kept:
        for row in rows:
            if row["kind"].measure in whole:
                whole[row["kind"].measure] -= row["amount"]
    return {measure.value: Pence(amount) for measure, amount in whole.items()}


def _read(session: Session, asked: _Asking, fund: Fund, place: Place) -> list[dict[str, Any]]:
    """Read the rows of a page in their order; none where its place is beyond either end, or the entry another's."""
    if place.after is not None or place.entry is not None:
        first = place.after + 1 if place.after is not None else place.entry
        found = session.execute(asked.since, {"fund": fund.id, "edge": first}).mappings().all()
        rows = [dict(row) for row in found]
        return rows if place.entry is None or (rows and rows[0]["number"] == place.entry) else []
    edge = _EVERY if place.before is None else place.before - 1
    found = session.execute(asked.up_to, {"fund": fund.id, "edge": edge}).mappings().all()
    return [dict(row) for row in reversed(found)]


@lru_cache
def _asking(when: AsAt) -> _Asking:
    mine = (Entry.fund_id == bindparam("fund", type_=BigId), *counted(when))
    edge, first, last = (bindparam(name, type_=BigId) for name in ("edge", "first", "last"))
    newer = exists().where(*mine, Entry.number > last)
    return _Asking(
        up_to=_rows().where(*mine, Entry.number <= edge).order_by(Entry.number.desc()).limit(PER_PAGE),
        since=_rows().where(*mine, Entry.number >= edge).order_by(Entry.number).limit(PER_PAGE),
        around=_kept(newer, *mine, Entry.number < first) if when.kept else _summed(newer, *mine, Entry.number < first),
    )


def _kept(newer: Exists, *earlier: ColumnElement[bool]) -> Rows:
    """Ask what was left before a page, which its last entry says, and what the whole fund has, which its lines say."""
    left = select(Entry.fund_remaining_after).where(*earlier).order_by(Entry.number.desc()).limit(1)
    mine = BudgetLine.fund_id == bindparam("fund", type_=BigId)
    sums = [select(func.sum(getattr(BudgetLine, measure.value))).where(mine) for measure in _SHOWN]
    return select(newer, *(one.scalar_subquery() for one in (left, *sums)))


def _summed(newer: Exists, *earlier: ColumnElement[bool]) -> Rows:
    """Add up the entries before a page."""
    sums = [measure_sum(measure) for measure in _SHOWN]
    added = select(func.count().label("entries"), *sums).where(*earlier).subquery("added").c
    left = case((added.entries > 0, added.allocated - added.awarded))
    return select(newer, left, added.allocated, added.awarded, added.paid)


def _rows() -> Rows:
    tree = merged()
    facts = [
        Entry.number, Entry.on_date, Entry.original_date, Entry.kind, Entry.amount, Entry.budget_line_id,
        Entry.reverses, _Undo.number.label("reversed_by"), Entry.replaces, Entry.decision_reference.label("decision"),
        Entry.reference.label("voucher"), Entry.narrative, Entry.date_doubt, Entry.amount_doubt,
        Payee.name.label("organisation"), Award.benefits, Award.reference.label("award"),
        Payment.reference.label("payment"),
    ]  # fmt: skip
    return (
        select(*facts)
        .select_from(Entry)
        .outerjoin(_Undo, _Undo.reverses == Entry.number)
        .outerjoin(AwardLine, AwardLine.id == Entry.award_line_id)
        .outerjoin(Award, Award.id == AwardLine.award_id)
        .outerjoin(tree, tree.c.id == Award.organisation_id)
        .outerjoin(Payee, Payee.id == payee_of(tree, Award.organisation_id))
        .outerjoin(Payment, Payment.id == Entry.payment_id)
    )


def _run(left: Pence, found: list[dict[str, Any]]) -> list[LedgerRow]:
    rows = []
    for facts in found:
        left = Pence(left + _MOVES.get(facts["kind"].measure, 0) * facts["amount"])
        rows.append(LedgerRow(**facts, left_after=left))
    return rows
