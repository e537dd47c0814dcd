"""Moving what a budget line has left: to another line of any fund, or into the next year's."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from fundtracker.domain.money import ZERO, pounds
from fundtracker.domain.statuses import FundStatus
from fundtracker.domain.years import today, year_label
from fundtracker.services.approvals.proposals import Proposal
from fundtracker.services.funds import find_fund
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.web.approvals.asking import check_then_ask
from fundtracker.web.blueprints import funds as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import ChoiceField, DateField, LongTextField, PenceField, TextField
from fundtracker.web.funds.move_forms import CarryForm, MoveForm
from fundtracker.web.funds.moving import CHECK_PAGE, PAGE
from fundtracker.web.funds.proposing import propose_carry, propose_transfer
from fundtracker.web.funds.stops import Needs, stopped
from fundtracker.web.funds.sums import AUTHORITY, Compared, figures_of, look_again
from fundtracker.web.particulars import particulars_of
from fundtracker.web.seen import check_funds_stand


class TransferForm(MoveForm):
    """What moves, from where to where, and on whose decision."""

    target = ChoiceField("To", required="Choose where the money goes")
    amount = PenceField("Amount to transfer", required="Enter the amount to transfer")
    on = DateField("Date of the decision", required="Enter the date", past=True)
    decision = TextField("Decision reference", required="Enter the decision reference", longest=100)
    switch_decision = TextField(
        "Decision that switches between capital and revenue", longest=100, hint="Only where the two differ."
    )
    narrative = LongTextField("Notes")


@pages.route("/funds/<path:ref>/transfer", endpoint="transfer", methods=["GET", "POST"])
def transfer_(ref: str) -> ResponseReturnValue:
    """Move allocation from a budget line to one of this fund or of another, after checking the answers."""
    fund = find_fund(reading(), ref)
    form = TransferForm(on=today())
    form.lay_out(fund, request.args.get("line", ""))
    targets = _targets(reading(), fund)
    form.target.choices = {"": "Choose", **{number: name for number, (name, _) in targets.items()}}
    _, other = targets.get(form.target.data or "", ("", fund))
    compared = {
        each.id: Compared(each.name, figures_of(reading(), each), AUTHORITY) for each in dict.fromkeys((fund, other))
    }

    def propose(session: Session) -> Proposal:
        own = find_fund(session, ref)
        target = session.get_one(BudgetLine, int(form.target.data))
        check_funds_stand(session, [own, target.fund])
        return propose_transfer(form.line_of(own), target, form, particulars_of(form))

    def after(session: Session) -> None:
        look_again(session, compared)

    def context() -> dict[str, Any]:
        return _transfer_words(find_fund(reading(), ref), form, compared)

    return check_then_ask(form, page=PAGE, check_page=CHECK_PAGE, propose=propose, context=context, after=after)


def _transfer_words(fund: Fund, form: TransferForm, compared: dict[int, Compared]) -> dict[str, Any]:
    return {
        "fund": fund,
        "stop": stopped(fund, Needs.LEFT),
        "title": "Transfer to another line or fund",
        "says": "A transfer (virement): what is left here becomes authority to spend there.",
        "amount": "Amount to transfer",
        "compared": list(compared.values()),
        "button": f"Transfer {pounds(form.amount.data or ZERO)}",
    }


def _targets(session: Session, fund: Fund) -> dict[str, tuple[str, Fund]]:
    """Name every line that money may go to, this fund's own first, with its fund."""
    rows = select(BudgetLine).join(BudgetLine.fund).options(joinedload(BudgetLine.fund).selectinload(Fund.lines))
    rows = rows.where(Fund.status != FundStatus.CLOSED)
    rows = rows.order_by(Fund.id != fund.id, Fund.name, Fund.id, BudgetLine.year, BudgetLine.id)
    lines = [line for line in session.scalars(rows) if line.fund is not fund or len(fund.lines) > 1]
    return {str(line.id): (_name(line, fund), line.fund) for line in lines}


def _name(line: BudgetLine, fund: Fund) -> str:
    of = "This fund" if line.fund is fund else f"{line.fund.name} ({line.fund.reference})"
    return f"{of}, {line.label}" if len(line.fund.lines) > 1 else of


@pages.route("/funds/<path:ref>/carry-forward", endpoint="carry_forward", methods=["GET", "POST"])
def carry_forward_(ref: str) -> ResponseReturnValue:
    """Carry what is left of a budget line into the next year's, after checking the answers."""
    fund = find_fund(reading(), ref)
    form = CarryForm(on=today(), amount=_only_left(fund))
    form.lay_out(fund, request.args.get("line", ""))
    compared = Compared(fund.name, figures_of(reading(), fund), AUTHORITY)

    def propose(session: Session) -> Proposal:
        own = find_fund(session, ref)
        check_funds_stand(session, [own])
        amount, facts = form.amount.data or ZERO, particulars_of(form)
        return propose_carry(form.line_of(own), amount, form, facts, letter=form.letter_said)

    def after(session: Session) -> None:
        look_again(session, {fund.id: compared})

    def context() -> dict[str, Any]:
        return _words(find_fund(reading(), ref), form, compared)

    return check_then_ask(form, page=PAGE, check_page=CHECK_PAGE, propose=propose, context=context, after=after)


def _words(fund: Fund, form: CarryForm, compared: Compared) -> dict[str, Any]:
    year = form.line_of(fund).year
    one = f"What is left of {year_label(year)} becomes authority to spend in {year_label(year + 1)}."
    several = "What a budget line has left becomes authority to spend in the year after it."
    bound = f" {fund.funder} gave it for its year only, so its letter has to allow this." if fund.year_bound else ""
    return {
        "fund": fund,
        "stop": stopped(fund, Needs.LEFT),
        "title": "Carry forward to the next year",
        "says": (one if len(fund.lines) == 1 else several) + bound,
        "amount": "Amount to carry forward",
        "compared": [compared],
        "button": f"Carry {pounds(form.amount.data or ZERO)} forward to {year_label(year + 1)}",
    }


def _only_left(fund: Fund) -> Any:
    """Offer what is left, where there is one line and so no doubt which."""
    return fund.lines[0].remaining if len(fund.lines) == 1 and fund.lines[0].remaining > 0 else None
