"""What one organisation was given, for its passport: by fund, by year, award by award and payment by payment."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.asks import Figure
from fundtracker.domain.kinds import Kind
from fundtracker.domain.papers import Cell, CellType, Column, Row, RowKind, Table
from fundtracker.domain.statuses import Doubt
from fundtracker.domain.years import parse_year, today
from fundtracker.services.figures import AsAt
from fundtracker.services.listings.awards import AwardRow
from fundtracker.services.listings.payments import PaymentRow
from fundtracker.services.organisation_sums import Group, Sums
from fundtracker.services.papers.summary_cells import Rows
from fundtracker.store.awards import Payment
from fundtracker.store.schedules import Instalment

_MONEY = (
    Column("asked_for", "Asked for", CellType.MONEY),
    Column("awarded", "Awarded", CellType.MONEY),
    Column("paid", "Paid", CellType.MONEY),
    Column("to_pay", "To pay", CellType.MONEY),
)
_AWARDS = (Column("award", "Award"), Column("fund", "Fund"), Column("decided", "Decided", CellType.DAY), *_MONEY)
_PAYMENTS = (
    Column("payment", "Payment"),
    Column("award", "Award"),
    Column("on", "Date", CellType.DAY),
    Column("against", "Against its plan"),
    Column("amount", "Amount", CellType.MONEY),
)
_NOT_PLANNED = "No schedule"
_ASKED = {"awarded": Figure.AWARDED, "paid": Figure.NET_PAID, "to_pay": Figure.TO_PAY}


def funds_table(groups: Mapping[Group, Sums], whole: Sums, organisation: int, when: AsAt) -> Table:
    """Give what each fund gave it, with the total."""
    rows = [
        Row(reference, (Cell(name, reference), *_money(sums, when, organisation=organisation, fund=reference)))
        for (reference, name), sums in groups.items()
    ]
    return Table("funds", "By fund", (Column("fund", "Fund"), *_MONEY), _with_total(rows, whole, when, organisation))


def years_table(groups: Mapping[Group, Sums], whole: Sums, organisation: int, when: AsAt) -> Table:
    """Give what each financial year gave it, with the total."""
    rows = [
        Row(label, (Cell(label), *_money(sums, when, organisation=organisation, year=int(parse_year(label)))))
        for (label, _), sums in groups.items()
    ]
    return Table("years", "By year", (Column("year", "Year"), *_MONEY), _with_total(rows, whole, when, organisation))


def _with_total(rows: list[Row], whole: Sums, when: AsAt, organisation: int) -> tuple[Row, ...]:
    total = Row("total", (Cell("All"), *_money(whole, when, organisation=organisation)), RowKind.TOTAL)
    return (*rows, total) if len(rows) > 1 else tuple(rows)


def _money(sums: Sums, when: AsAt, **what: Any) -> list[Cell]:
    rows = Rows(what | {"as_at": when.day if when.day < today() else None})
    amounts = {name: getattr(sums, name) for name in ("asked_for", "awarded", "paid", "to_pay")}
    return [
        Cell(None, "Not stated" if name == "asked_for" or sums.without_value else "") if amount is None
        else Cell(amount, behind=rows.behind(_ASKED[name], amount) if name in _ASKED else "")
        for name, amount in amounts.items()
    ]  # fmt: skip


def awards_table(awards: Sequence[AwardRow], whole: Sums) -> Table:
    """Give every award, the newest first: asked for, awarded, paid and to pay beside each other."""
    rows = [Row(one.reference, _award(one)) for one in awards]
    if len(rows) > 1:
        amounts = (whole.awarded, whole.paid, whole.to_pay)
        cells = (Cell(f"All {len(rows):,}"), Cell(""), Cell(), Cell(), *(Cell(amount) for amount in amounts))
        rows.append(Row("total", cells, RowKind.TOTAL))
    return Table("awards", "Awards", _AWARDS, tuple(rows), "" if rows else "Nothing was awarded to it.")


def _award(one: AwardRow) -> tuple[Cell, ...]:
    about = ", ".join(filter(None, (f"for {one.benefits}" if one.benefits else "", one.purpose.split("\n")[0])))
    asked = Cell(one.asked_for, "Not stated" if one.asked_for is None else "")
    awarded = Cell(one.awarded, "Not stated" if one.awarded is None else "")
    decided = Cell(one.decided, f"date {one.date_doubt.value}" if one.date_doubt is not Doubt.NONE else "")
    return (
        Cell(one.reference, about), Cell(one.fund_reference or "", one.type.value), decided, asked, awarded,
        Cell(one.paid), Cell(one.to_pay),
    )  # fmt: skip


def payments_table(session: Session, payments: Sequence[PaymentRow]) -> Table:
    """Give every payment, refund and reversal, the newest first, and how late a planned payment was."""
    due = _due_days(session, payments)
    rows = [Row(str(one.number), _payment(one, due.get(one.reference or ""))) for one in payments]
    if len(rows) > 1:
        whole = Cell(sum(one.amount for one in payments))
        rows.append(Row("total", (Cell(f"All {len(rows):,}"), Cell(""), Cell(), Cell(""), whole), RowKind.TOTAL))
    return Table("payments", "Payments and refunds", _PAYMENTS, tuple(rows), "" if rows else "Nothing was paid to it.")


def _payment(one: PaymentRow, due_on: date | None) -> tuple[Cell, ...]:
    word = "Payment" if one.kind is Kind.PAYMENT else "Refund"
    what = word if one.reverses is None else f"{word} reversed (#{one.reverses})"
    against = _against(one, due_on)
    return Cell(what, one.reference or ""), Cell(one.award), Cell(one.paid_on), Cell(against), Cell(one.amount)


def _against(one: PaymentRow, due_on: date | None) -> str:
    if one.kind is not Kind.PAYMENT or one.reverses is not None:
        return ""
    if due_on is None:
        return _NOT_PLANNED
    late = (one.paid_on - due_on).days
    return f"{late:,} {'day' if late == 1 else 'days'} late" if late > 0 else "On time"


def _due_days(session: Session, payments: Iterable[PaymentRow]) -> dict[str, date]:
    """Give the day that each planned payment was due, by its reference, in one query."""
    wanted = [one.reference for one in payments if one.reference]
    rows = select(Payment.reference, Instalment.due_on).join(Instalment, Instalment.id == Payment.instalment_id)
    return dict(session.execute(rows.where(Payment.reference.in_(wanted))).all())
