"""Recording what belongs to a period by another date than its cash, and undoing it."""

from datetime import date
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from fundtracker.domain.money import ZERO, pounds
from fundtracker.domain.refusals import NotFoundRefusal, WrongStateError
from fundtracker.domain.statuses import AccrualKind
from fundtracker.domain.years import last_day, today, year_of
from fundtracker.services.accruals import AccrualDetails, find_accrual, record_accrual, undo_accrual
from fundtracker.services.awards import find_award
from fundtracker.services.funds import find_fund
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.periods import Accrual
from fundtracker.web.accruals.listing import KINDS
from fundtracker.web.blueprints import accruals as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import ChoiceField, DateField, Form, LongTextField, PenceField, RadioField, TextField
from fundtracker.web.once import Recorded
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form

SAYS = {
    AccrualKind.ACCRUAL.value: "Accrual: done by the period’s end and not paid yet",
    AccrualKind.PREPAYMENT.value: "Prepayment: paid in the period for a later one",
    AccrualKind.DEBTOR.value: "Debtor: owed to the office at the period’s end",
    AccrualKind.IN_ADVANCE.value: "Receipt in advance: received from the funder before it is earned",
}


class AccrualForm(Form):
    """What belongs to a period by another date than its cash."""

    kind = RadioField("What it is", choices=SAYS, required="Choose what it is", default=AccrualKind.ACCRUAL.value)
    award = TextField("Award", longest=60, hint="Its reference, like SRF20-014. Leave it empty for a fund as a whole.")
    line = ChoiceField("Fund and budget line", hint="Where no award is named, or the award is charged to several.")
    amount = PenceField("Amount", required="Enter the amount")
    period_end = DateField("Belongs to the period to", required="Enter the last day of the period")
    reverses_on = DateField("Reverses on", hint="Leave it empty for the day after the period’s end.")
    narrative = LongTextField("Narrative", longest=1_000, hint="It goes into the journal.")


class UndoForm(Form):
    """Why an accrual is undone."""

    narrative = LongTextField("Reason", required="Enter why it is undone", longest=2_000)


@pages.route("/accruals/new", methods=["GET", "POST"])
def record() -> ResponseReturnValue:
    """Record an accrual, prepayment, debtor or receipt in advance."""
    form = AccrualForm(period_end=_period_end(), award=request.args.get("award", "")[:60])
    form.line.choices = {"": "Of the award", **_lines(reading())}
    if request.method == "GET":
        form.line.data = _asked_line(reading())

    def keep(session: Session) -> Recorded:
        line, award_line = _charged(session, form)
        details = AccrualDetails(
            kind=AccrualKind(form.kind.data), line=line, award_line=award_line, amount=form.amount.data or ZERO,
            period_end=form.period_end.data, reverses_on=form.reverses_on.data, narrative=form.narrative.data,
        )  # fmt: skip
        accrual = record_accrual(session, details=details, by=this_person().actor)
        says = f"{accrual.reference} is recorded: {KINDS[accrual.kind].lower()} of {pounds(accrual.amount)}."
        return Recorded(url_for("accruals.index"), says)

    return record_form(form, page="accruals/record.html", record=keep)


@pages.route("/accruals/<path:ref>/undo", methods=["GET", "POST"])
def undo(ref: str) -> ResponseReturnValue:
    """Take an accrual back, with the reason."""
    form = UndoForm()
    find_accrual(reading(), ref)

    def record(session: Session) -> Recorded:
        accrual = find_accrual(session, ref)
        undo_accrual(session, accrual=accrual, why=form.narrative.data, by=this_person().actor)
        return Recorded(url_for("accruals.index"), f"{accrual.reference} is undone and counts no more.")

    def context() -> dict[str, Any]:
        accrual: Accrual = find_accrual(reading(), ref)
        return {"accrual": accrual, "kinds": KINDS}

    return record_form(form, page="accruals/undo.html", record=record, context=context)


def _period_end() -> date:
    """Offer the end of the financial year before last April, which is what most accruals belong to."""
    return last_day(year_of(today()) - 1)


def _lines(session: Session) -> dict[str, str]:
    rows = select(BudgetLine).join(BudgetLine.fund).options(joinedload(BudgetLine.fund).selectinload(Fund.lines))
    rows = rows.order_by(Fund.name, Fund.id, BudgetLine.year, BudgetLine.id)
    return {str(line.id): f"{line.long_label} ({line.fund.reference})" for line in session.scalars(rows)}


def _asked_line(session: Session) -> str:
    ref = request.args.get("fund", "")
    return str(find_fund(session, ref).lines[0].id) if ref else ""


def _charged(session: Session, form: AccrualForm) -> tuple[BudgetLine, AwardLine | None]:
    """Give the budget line that is meant, and the award's line on it where an award is named."""
    chosen = int(form.line.data) if form.line.data else None
    if not form.award.data:
        if chosen is None:
            raise WrongStateError("Enter an award, or choose the fund and budget line.", field="award")
        return session.get_one(BudgetLine, chosen), None
    award = _award(session, form.award.data)
    lines = [line for line in award.lines if chosen in (None, line.budget_line_id)]
    if len(lines) != 1:
        several = "is charged to several budget lines: choose one" if lines else "is not charged to that budget line"
        raise WrongStateError(f"{award.reference} {several}.", field="line")
    return lines[0].budget_line, lines[0]


def _award(session: Session, reference: str) -> Award:
    try:
        return find_award(session, reference)
    except NotFoundRefusal as refusal:
        raise WrongStateError(refusal.sentence, field="award") from refusal
