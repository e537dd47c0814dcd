"""Rules about reconciling: lines of the finance system that nobody dealt with, and payments that never came in them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import Pence
from fundtracker.domain.years import LONDON, long_date
from fundtracker.services.exceptions.found import Found, Look, a_month_on
from fundtracker.services.exceptions.rules import Rule
from fundtracker.services.figures import counted
from fundtracker.store.awards import Award, AwardLine, Payment
from fundtracker.store.books import Entry
from fundtracker.store.funds import Fund
from fundtracker.store.imports import Batch
from fundtracker.store.organisations import Organisation
from fundtracker.store.reconciling import Explained, FinanceLine, MatchingEntry, MatchingLine


def _dealt_with(*parts: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    return [~exists().where(part) for part in parts]


def find_lines(look: Look) -> Iterator[Found]:
    """Find lines of the finance system that are neither matched nor explained; what was since then is dealt with."""
    facts: list[Any] = [FinanceLine.id, FinanceLine.on_date, FinanceLine.amount, FinanceLine.payee,
                        FinanceLine.reference, FinanceLine.row, Batch.file_name, Batch.brought_in_at]  # fmt: skip
    rows = select(*facts).join(Batch, Batch.id == FinanceLine.batch_id).where(Batch.undone_at.is_(None))
    rows = rows.where(*_dealt_with(MatchingLine.live & (MatchingLine.finance_line_id == FinanceLine.id),
                                   Explained.live & (Explained.finance_line_id == FinanceLine.id)))  # fmt: skip
    for line, on, amount, payee, reference, row, file_name, came in look.session.execute(rows.order_by(FinanceLine.id)):
        begun = on or came.astimezone(LONDON).date()
        if begun + look.days(Rule.FINANCE_LINE) < look.day:
            named = reference or f"{file_name}, row {row}"
            yield Found(
                rule=Rule.FINANCE_LINE, subject=f"finance:{line}", kind="finance line", reference=named, number=line,
                who=payee or "No payee", detail=f"{named} of {long_date(begun)}", amount=Pence(amount), since=begun,
                due=a_month_on(begun),
            )  # fmt: skip


def find_payments(look: Look) -> Iterator[Found]:
    """
    Find payments that stand, are old enough, and have no line of the finance system.

    Only from the month of the first line that was brought in: before then there was nothing to find them in.
    """
    oldest = select(func.min(FinanceLine.on_date)).join(Batch, Batch.id == FinanceLine.batch_id)
    first: date | None = look.session.scalar(oldest.where(Batch.undone_at.is_(None)))
    if first is None:
        return
    undo = aliased(Entry)
    undone = (undo.reverses == Entry.number) & (undo.on_date <= look.day) & (undo.number <= look.when.last_entry)
    facts: list[Any] = [Entry.number, Entry.on_date, Entry.amount, Payment.reference, Award.reference,
                        Organisation.name, Fund.name, Fund.reference]  # fmt: skip
    rows = select(*facts).join(Payment, Payment.id == Entry.payment_id).outerjoin(undo, undone)
    rows = rows.join(AwardLine, AwardLine.id == Entry.award_line_id).join(Award, Award.id == AwardLine.award_id)
    rows = rows.join(Organisation, Organisation.id == Award.organisation_id).join(Fund, Fund.id == Entry.fund_id)
    rows = rows.where(Entry.kind == Kind.PAYMENT, Entry.reverses.is_(None), undo.number.is_(None), *counted(look.when))
    rows = rows.where(Entry.on_date.between(first.replace(day=1), look.day - look.days(Rule.PAYMENT)))
    rows = rows.where(*_dealt_with(MatchingEntry.live & (MatchingEntry.entry_number == Entry.number),
                                   Explained.live & (Explained.entry_number == Entry.number)))  # fmt: skip
    for number, on, amount, payment, award, organisation, fund, fund_reference in look.session.execute(rows):
        yield Found(
            rule=Rule.PAYMENT, subject=f"payment:{payment}:{number}", kind="payment", reference=payment, number=number,
            who=organisation, award=award, detail=f"paid on {long_date(on)}", amount=Pence(amount), since=on,
            due=a_month_on(on), fund=fund, fund_reference=fund_reference,
        )  # fmt: skip
