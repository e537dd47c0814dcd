"""Undoing an entry, with what was recorded with it, and correcting the amount of one."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import ZERO, Pence, pounds
from fundtracker.domain.refusals import NothingToDoError
from fundtracker.domain.years import today
from fundtracker.services import reversals, undoing
from fundtracker.services.approvals.proposals import Proposal
from fundtracker.services.reversals import find_entry
from fundtracker.store.awards import AwardLine
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine
from fundtracker.web.blueprints import entries as pages
from fundtracker.web.db import reading
from fundtracker.web.entries.page import context
from fundtracker.web.entries.settling import check_then_settle, propose_correction, propose_reversal
from fundtracker.web.forms import DateField, Form, LongTextField, PenceField, RadioField, TextField
from fundtracker.web.particulars import particulars_of
from fundtracker.web.seen import check_awards_stand, check_funds_stand, effects_of

ALL, ONLY = "all", "only"


class ReverseForm(Form):
    """What is undone, and why."""

    what = RadioField("What to undo", required="Choose what to undo", choices={}, default=ALL)
    narrative = LongTextField("Reason", required="Enter the reason: it stands in the ledger beside the entry")
    on = DateField("Date of the reversal", required="Enter the date of the reversal", past=True)


class CorrectForm(Form):
    """The amount that an entry should have had, and why."""

    amount = PenceField("Right amount", required="Enter the amount that it should have been")
    narrative = LongTextField("Reason", required="Enter the reason: it stands in the ledger beside the entry")
    decision = TextField("Decision reference", required="Enter the decision reference", longest=100)
    on = DateField("Date of the correction", required="Enter the date of the correction", past=True)


@pages.route("/entries/<int:number>/reverse", methods=["GET", "POST"])
def reverse(number: int) -> ResponseReturnValue:
    """Show what undoing an entry takes back, and undo it."""
    entry = find_entry(reading(), number)
    form = _reverse_form(reading(), entry)

    def propose(session: Session) -> Proposal:
        wrong = find_entry(session, number)
        undone = _undone(session, wrong, together=_all(form))
        _check_stands(session, undone)
        return propose_reversal(session, wrong, undone, together=_all(form), particulars=particulars_of(form))

    def about() -> dict[str, Any]:
        session = reading()
        undone = _undone(session, find_entry(session, number), together=_all(form))
        return {
            **context(session, number),
            **effects_of(session, reversals.opposites(session, undone)),
            "undone": undone,
            "puts_back": undoing.puts_back(session, undone),
        }

    obstacle = undoing.obstacle(reading(), entry) if request.method == "GET" else None
    if obstacle is not None:
        return _cannot(number, "undone", obstacle)
    drafts = reversals.opposites(reading(), _undone(reading(), entry, together=_all(form)))
    return check_then_settle(form, number, drafts, page="reverse", propose=propose, context=about)


@pages.route("/entries/<int:number>/correct", methods=["GET", "POST"])
def correct(number: int) -> ResponseReturnValue:
    """Show what another amount in an entry's place would change, and put it there."""
    entry = find_entry(reading(), number)
    form = CorrectForm(on=today(), decision=entry.decision_reference)
    if not entry.kind.needs_decision:
        del form.decision

    def propose(session: Session) -> Proposal:
        return _correct(session, find_entry(session, number), form)

    def about() -> dict[str, Any]:
        session, wrong = reading(), find_entry(reading(), number)
        recorded = Pence(abs(wrong.amount))
        amount = recorded if form.problems else form.amount.data or recorded
        effect = effects_of(session, reversals.replacement(session, wrong, amount))
        beside = [each for each in reversals.recorded_with(session, wrong) if each is not wrong]
        return {**context(session, number), **effect, "change": amount - recorded, "beside": beside}

    refusal = undoing.why_not_correct(reading(), entry) if request.method == "GET" else None
    if refusal is not None:
        return _cannot(number, "corrected", undoing.Obstacle(refusal.sentence))
    drafts = reversals.replacement(reading(), entry, form.amount.data or ZERO)
    return check_then_settle(form, number, drafts, page="correct", propose=propose, context=about)


def _correct(session: Session, wrong: Entry, form: CorrectForm) -> Proposal:
    _check_stands(session, [wrong])
    if form.amount.data == abs(wrong.amount):
        raise NothingToDoError(f"It is {pounds(abs(wrong.amount))} already. Enter another amount.", field="amount")
    amount = form.amount.data or ZERO
    undoing.check_still_refundable(session, wrong, amount)
    return propose_correction(session, wrong, amount, particulars_of(form))


def _reverse_form(session: Session, entry: Entry) -> ReverseForm:
    form = ReverseForm(on=today())
    together = len(reversals.recorded_with(session, entry))
    if together > len(reversals.legs_of(session, entry)):
        all_of_them = {2: "Both entries"}.get(together, f"All {together} entries")
        form.what.choices = {ALL: f"{all_of_them} that were recorded together", ONLY: f"Only entry #{entry.number}"}
    else:
        del form.what
    return form


def _undone(session: Session, entry: Entry, *, together: bool) -> list[Entry]:
    return reversals.recorded_with(session, entry) if together else reversals.legs_of(session, entry)


def _check_stands(session: Session, entries: list[Entry]) -> None:
    """Refuse on figures that moved: an award's by its own entries, a fund's where no award is touched."""
    lines = [session.get_one(AwardLine, each.award_line_id) for each in entries if each.award_line_id]
    check_awards_stand(session, dict.fromkeys(line.award for line in lines))
    if not lines:
        funds = dict.fromkeys(session.get_one(BudgetLine, each.budget_line_id).fund for each in entries)
        check_funds_stand(session, funds, cash=any(each.kind in (Kind.RECEIPT, Kind.RETURN) for each in entries))


def _all(form: ReverseForm) -> bool:
    return "what" in form and form.what.data != ONLY


def _cannot(number: int, done: str, obstacle: undoing.Obstacle) -> ResponseReturnValue:
    return render_template("entries/cannot.html", done=done, obstacle=obstacle, **context(reading(), number))
