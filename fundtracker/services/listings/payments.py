"""The list of payments: what was sent, what came back and what was reversed, each an entry of the books."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, Integer, Select, bindparam, case, func, select, type_coerce
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import Doubt
from fundtracker.services.confirming import entry_state, known_by
from fundtracker.services.figures import AsAt, counted
from fundtracker.services.listings.filters import Conditions, Filters, between, containing, in_days, of_payee, on_lines
from fundtracker.services.listings.owed import pence_sum
from fundtracker.services.listings.paging import KEPT, Asking, Listed, Order, Part, asking, show
from fundtracker.services.listings.payees import Payee, merged, payee_of
from fundtracker.store.awards import Award, AwardLine, Payment
from fundtracker.store.base import BigId, PenceColumn
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine, Fund

NEWEST = Part(order=Order("paid_on", descending=True))
KINDS = (Kind.PAYMENT, Kind.REFUND)
REVERSAL = "reversal"


@dataclass(slots=True)
class PaymentRow:
    """One payment, refund or reversal; the pence are signed, so that a list of them adds up to what is paid."""

    number: int
    kind: Kind
    reverses: int | None
    organisation: str
    payee_id: int
    benefits: str
    purpose: str
    reference: str | None
    voucher: str
    award: str
    fund: str
    fund_reference: str
    paid_on: date
    amount: Pence
    narrative: str
    date_doubt: Doubt
    amount_doubt: Doubt
    state: str


@dataclass(frozen=True, kw_only=True)
class PaymentTotals:
    """The sums of every row that the filters let through, in pence: sent, back, and the one less the other."""

    count: int
    organisations: int
    sent: Pence
    back: Pence
    amount: Pence


def list_payments(
    session: Session, when: AsAt, filters: Filters, part: Part = NEWEST
) -> Listed[PaymentRow, PaymentTotals]:
    """Give what was paid by a day, with the totals of all that the filters let through."""
    asked = _asking(when, filters, part.order)
    return show(session, asked, part, row=PaymentRow, totals=PaymentTotals)


def newest_payments(session: Session, when: AsAt, fund: Fund, size: int) -> tuple[list[PaymentRow], bool]:
    """Give what was last recorded as paid from a fund, and say whether there is more; neither depends on how much."""
    found = session.execute(_newest(when), {"fund": fund.id, "size": size + 1}).mappings().all()
    return [PaymentRow(**row) for row in found[:size]], len(found) > size


@lru_cache(maxsize=KEPT)
def _asking(when: AsAt, filters: Filters, order: Order) -> Asking:
    listed = _listed(when, filters)
    everything = select(func.count()).where(Entry.kind.in_(KINDS))
    return asking(listed, order, sums=_totals(listed), everything=everything, tie="number")


@lru_cache
def _newest(when: AsAt) -> Select[Any]:
    rows = _rows(when, Filters()).where(Entry.fund_id == bindparam("fund", type_=BigId))
    return rows.order_by(Entry.number.desc()).limit(bindparam("size", type_=Integer))


def _listed(when: AsAt, filters: Filters) -> CTE:
    return _rows(when, filters).cte("payments")


def _rows(when: AsAt, filters: Filters) -> Select[Any]:
    tree = merged()
    signed = type_coerce(case((Entry.kind == Kind.REFUND, -Entry.amount), else_=Entry.amount), PenceColumn)
    rows = (
        select(*_facts(), signed.label("amount"))
        .select_from(Entry)
        .join(AwardLine, AwardLine.id == Entry.award_line_id)
        .join(Award, Award.id == AwardLine.award_id)
        .join(BudgetLine, BudgetLine.id == Entry.budget_line_id)
        .join(Fund, Fund.id == Entry.fund_id)
        .outerjoin(tree, tree.c.id == Award.organisation_id)
        .outerjoin(Payee, Payee.id == payee_of(tree, Award.organisation_id))
        .outerjoin(Payment, Payment.id == Entry.payment_id)
    )
    wanted = [Entry.kind.in_(KINDS), *counted(when), *on_lines(filters), *between(func.abs(Entry.amount), filters)]
    return rows.where(*wanted, *_wanted(filters, tree))


def _facts() -> list[Any]:
    return [
        Entry.number, Entry.kind, Entry.reverses, Payee.name.label("organisation"), Payee.id.label("payee_id"),
        Award.benefits, Award.purpose, Payment.reference, known_by().label("voucher"),
        Award.reference.label("award"), Fund.name.label("fund"), Fund.reference.label("fund_reference"),
        Entry.on_date.label("paid_on"), Entry.narrative, Entry.date_doubt, Entry.amount_doubt,
        entry_state().label("state"),
    ]  # fmt: skip


def _wanted(filters: Filters, tree: CTE) -> Conditions:
    words = (Award.reference, Award.benefits, Award.purpose, Entry.reference, Payment.reference, Payment.voucher,
             Payment.invoice_number)  # fmt: skip
    wanted = containing(filters, *words, organisations=tree, amounts=(Entry.amount, -Entry.amount))
    wanted += [*in_days(Entry.on_date, filters), *of_payee(filters)]
    if filters.status:
        wanted.append(entry_state() == filters.status)
    if filters.type == REVERSAL:
        wanted.append(Entry.reverses.is_not(None))
    elif filters.type:
        wanted += [Entry.kind == Kind(filters.type), Entry.reverses.is_(None)]
    return wanted


def _totals(listed: CTE) -> list[ColumnElement[Any]]:
    columns = listed.c
    sent = columns.kind == Kind.PAYMENT
    return [
        func.count(columns.payee_id.distinct()).label("organisations"),
        pence_sum(case((sent, columns.amount))).label("sent"),
        pence_sum(case((~sent, -columns.amount))).label("back"),
        pence_sum(columns.amount).label("amount"),
    ]
