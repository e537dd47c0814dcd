"""Rows: the lines and payments of a scope as a page shows them, each with how it is dealt with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Select, and_, case, select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import AwardType, Explanation
from fundtracker.services.confirming import known_by
from fundtracker.services.reconciling.items import Side
from fundtracker.services.reconciling.scope import Scope, entries_in, lines_in
from fundtracker.store.awards import Award, AwardLine, Payment
from fundtracker.store.books import Entry
from fundtracker.store.funds import Fund
from fundtracker.store.imports import Batch
from fundtracker.store.organisations import Organisation
from fundtracker.store.reconciling import Explained, FinanceLine, MatchingEntry, MatchingLine

OUR_KINDS = (Kind.PAYMENT, Kind.REFUND)


class State(StrEnum):
    """How an item is dealt with."""

    MATCHED = "matched"
    EXPLAINED = "explained"
    LEFT = "left"


@dataclass(slots=True, kw_only=True)
class Row:
    """What both sides have: a day, a payee, pence, and how it is dealt with."""

    side: ClassVar[Side]

    id: int
    on: date | None
    amount: Pence
    payee: str
    matching: int | None
    explained: int | None
    reason: Explanation | None
    note: str | None
    owner: str | None
    state: State = State.LEFT
    before: bool = False
    outside: bool = False  # matched with something that is not in the scope


@dataclass(slots=True, kw_only=True)
class LineRow(Row):
    """A line of the finance system."""

    side = Side.LINE

    reference: str
    invoice: str
    description: str
    supplier: str
    unit: str
    cost_centre: str
    account: str
    vat: Pence | None
    batch: int
    row: int
    file_name: str


@dataclass(slots=True, kw_only=True)
class OurRow(Row):
    """An entry of ours that moved cash: a payment, a refund, or the reversal of one."""

    side = Side.OURS

    kind: Kind
    reverses: int | None
    payment: str | None
    voucher: str
    invoice: str | None
    award: str
    award_type: AwardType
    organisation_id: int
    benefits: str
    fund: str


def lines_of(session: Session, scope: Scope) -> list[LineRow]:
    """Give the finance system's lines of a scope, by date."""
    used = MatchingLine.id.is_not(None)
    asked = lines_in(scope, _lines(), used=used, reason=Explained.reason)
    return list(_read(session, asked.order_by(FinanceLine.on_date, FinanceLine.id), LineRow))


def entries_of(session: Session, scope: Scope) -> list[OurRow]:
    """Give our payments, refunds and reversals of a scope, by date."""
    used = MatchingEntry.id.is_not(None)
    asked = entries_in(scope, _entries(), Entry.on_date, used=used, reason=Explained.reason)
    asked = asked.where(Entry.fund_id.in_(scope.funds)) if scope.funds else asked
    return list(_read(session, asked.order_by(Entry.on_date, Entry.number), OurRow))


def lines_named(session: Session, ids: Sequence[int]) -> list[LineRow]:
    """Give lines by id, of batches that stand; those that are not there are left out."""
    asked = _lines().where(FinanceLine.id.in_(ids), Batch.undone_at.is_(None)).order_by(FinanceLine.id)
    return list(_read(session, asked, LineRow))


def entries_named(session: Session, numbers: Sequence[int]) -> list[OurRow]:
    """Give our entries by number; those that moved no cash to or from a recipient are left out."""
    return list(_read(session, _entries().where(Entry.number.in_(numbers)).order_by(Entry.number), OurRow))


def matched_in(session: Session, first: int, last: int) -> tuple[list[LineRow], list[OurRow]]:
    """Give all that stands in the matches of a range of numbers."""
    lines = _lines().where(MatchingLine.matching_id.between(first, last), Batch.undone_at.is_(None))
    entries = _entries().where(MatchingEntry.matching_id.between(first, last))
    return list(_read(session, lines, LineRow)), list(_read(session, entries, OurRow))


def _read(session: Session, asked: Select[Any], kind: type[Any]) -> Iterator[Any]:
    found = session.connection().execute(asked)
    names = tuple(found.keys())
    return (kind(**dict(zip(names, one, strict=True))) for one in found)


def _dealt(asked: Select[Any], part: Any, matched: ColumnElement[bool], explained: ColumnElement[bool]) -> Select[Any]:
    """Add how each row is dealt with: the match that it stands in, and its explanation."""
    facts = (Explained.id.label("explained"), Explained.reason, Explained.note, Explained.owner)
    asked = asked.add_columns(part.matching_id.label("matching"), *facts)
    return asked.outerjoin(part, and_(matched, part.live)).outerjoin(Explained, and_(explained, Explained.live))


def _lines() -> Select[Any]:
    facts: list[Any] = [
        FinanceLine.id, FinanceLine.on_date.label("on"), FinanceLine.amount, FinanceLine.payee, FinanceLine.reference,
        FinanceLine.invoice_number.label("invoice"), FinanceLine.description,
        FinanceLine.supplier_number.label("supplier"), FinanceLine.unit, FinanceLine.cost_centre, FinanceLine.account,
        FinanceLine.vat, FinanceLine.batch_id.label("batch"), FinanceLine.row, Batch.file_name,
    ]  # fmt: skip
    asked = select(*facts).select_from(FinanceLine).join(Batch, Batch.id == FinanceLine.batch_id)
    matched, explained = (part.finance_line_id == FinanceLine.id for part in (MatchingLine, Explained))
    return _dealt(asked, MatchingLine, matched, explained)


def _entries() -> Select[Any]:
    signed = case((Entry.kind == Kind.REFUND, -Entry.amount), else_=Entry.amount)
    facts: list[Any] = [
        Entry.number.label("id"), Entry.on_date.label("on"), signed.label("amount"), Organisation.name.label("payee"),
        Entry.kind, Entry.reverses, Payment.reference.label("payment"), known_by().label("voucher"),
        Payment.invoice_number.label("invoice"), Award.reference.label("award"), Award.type.label("award_type"),
        Award.organisation_id, Award.benefits,
        Fund.reference.label("fund"),
    ]  # fmt: skip
    matched, explained = (part.entry_number == Entry.number for part in (MatchingEntry, Explained))
    asked = (
        select(*facts)
        .select_from(Entry)
        .join(AwardLine, AwardLine.id == Entry.award_line_id)
        .join(Award, Award.id == AwardLine.award_id)
        .join(Organisation, Organisation.id == Award.organisation_id)
        .join(Fund, Fund.id == Entry.fund_id)
        .outerjoin(Payment, Payment.id == Entry.payment_id)
        .where(Entry.kind.in_(OUR_KINDS))
    )
    return _dealt(asked, MatchingEntry, matched, explained)
