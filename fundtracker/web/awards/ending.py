"""How an award ends: withdrawn, written off, completed; and standing again where that was a mistake."""

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.approvals import ApprovalKind
from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import pounds
from fundtracker.domain.years import today
from fundtracker.services.award_steps import Step
from fundtracker.services.awards import complete_award, find_award
from fundtracker.services.drafts import Draft
from fundtracker.services.effects import award_balance
from fundtracker.services.variations import reopen_award, withdraw_award
from fundtracker.store.awards import Award
from fundtracker.web.awards.line_steps import LineStep, take
from fundtracker.web.awards.step_forms import (
    KEEP,
    Amounts,
    CompleteForm,
    ReopenForm,
    WithdrawForm,
    WriteOffForm,
    withdraw_form,
)
from fundtracker.web.awards.steps import about, cannot, confirmed, found
from fundtracker.web.blueprints import awards as pages
from fundtracker.web.once import Recorded
from fundtracker.web.particulars import particulars_of
from fundtracker.web.seen import check_awards_stand
from fundtracker.web.steps import check_then_record, record_form


@pages.route("/awards/<path:ref>/withdraw", methods=["GET", "POST"])
def withdraw(ref: str) -> ResponseReturnValue:
    """Ask what happens to what was paid, show what comes back to the fund, and withdraw the award."""
    award = found(ref)
    refused = cannot(award, Step.WITHDRAW)
    if refused is not None:
        return refused
    form = withdraw_form(award)

    def record(session: Session) -> Recorded:
        own = find_award(session, ref)
        check_awards_stand(session, [own])
        entries = withdraw_award(session, award=own, keep_paid=_keep(form), particulars=particulars_of(form))
        if entries:
            return confirmed(entries[-1])
        return Recorded(url_for("awards.show", ref=own.reference), f"{own.reference} is withdrawn. No money moved.")

    def context() -> dict[str, Any]:
        own = found(ref)
        drafts = _falls(own, keep_paid=_keep(form))
        return {**about(own, drafts), "falls": -sum(draft.amount for draft in drafts)}

    return check_then_record(
        form, page="awards/withdraw.html", check_page="awards/check_withdraw.html", record=record, context=context
    )


def _keep(form: WithdrawForm) -> bool:
    return "keep" in form and form.keep.data == KEEP


def _falls(award: Award, *, keep_paid: bool) -> list[Draft]:
    kept = {line: line.paid - line.recovered if keep_paid else 0 for line in award.lines}
    return [
        Draft(kind=Kind.WITHDRAWAL, line=line.budget_line, amount=kept[line] - line.awarded, award_line=line)
        for line in award.lines
        if line.awarded > kept[line]
    ]


@pages.route("/awards/<path:ref>/write-off", endpoint="write_off", methods=["GET", "POST"])
def give_up(ref: str) -> ResponseReturnValue:
    """Give up what will not come back, in whole or in part, on somebody's decision."""
    return take(ref, LineStep(Step.WRITE_OFF, WriteOffForm, Kind.WRITE_OFF, ApprovalKind.WRITE_OFF, _owed, "write_off"))


def _owed(award: Award) -> Amounts:
    return {place: line.to_recover for place, line in enumerate(award.lines) if line.to_recover}


@pages.route("/awards/<path:ref>/complete", methods=["GET", "POST"])
def complete(ref: str) -> ResponseReturnValue:
    """Mark an award as seen to its end."""
    award = found(ref)
    refused = cannot(award, Step.COMPLETE)
    if refused is not None:
        return refused
    form = CompleteForm(on=today())

    def record(session: Session) -> Recorded:
        own = find_award(session, ref)
        complete_award(session, award=own, particulars=particulars_of(form))
        paid = pounds(award_balance(own).net_paid)
        return Recorded(url_for("awards.show", ref=own.reference), f"{own.reference} is completed: {paid} was paid.")

    return record_form(form, page="awards/complete.html", record=record, context=lambda: about(found(ref), []))


@pages.route("/awards/<path:ref>/reopen", methods=["GET", "POST"])
def reopen(ref: str) -> ResponseReturnValue:
    """Let an award stand again that was completed, or withdrawn with nothing posted."""
    award = found(ref)
    refused = cannot(award, Step.REOPEN)
    if refused is not None:
        return refused
    form = ReopenForm(on=today())

    def record(session: Session) -> Recorded:
        own = find_award(session, ref)
        reopen_award(session, award=own, particulars=particulars_of(form))
        return Recorded(url_for("awards.show", ref=own.reference), f"{own.reference} stands as awarded again.")

    return record_form(form, page="awards/reopen.html", record=record, context=lambda: about(found(ref), []))
