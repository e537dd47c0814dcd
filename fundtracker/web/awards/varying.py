"""Changing what an award is worth: varying it line by line, and giving a line the value that it lacked."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.approvals import ApprovalKind
from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import NothingToDoError
from fundtracker.services.approvals.proposals import Proposal
from fundtracker.services.award_steps import Step
from fundtracker.services.awards import find_award
from fundtracker.services.drafts import Draft
from fundtracker.store.awards import Award, AwardLine
from fundtracker.web.approvals.asking import check_then_ask
from fundtracker.web.approvals.told import told_by
from fundtracker.web.awards.line_steps import LineStep, take
from fundtracker.web.awards.rows import line_names
from fundtracker.web.awards.step_forms import Amounts, SettleForm, VaryForm, vary_form
from fundtracker.web.awards.steps import about, cannot, found
from fundtracker.web.blueprints import awards as pages
from fundtracker.web.particulars import particulars_of
from fundtracker.web.seen import check_awards_stand

PAGE = "awards/vary.html"
Change = tuple[AwardLine, Any, int]


@pages.route("/awards/<path:ref>/vary", methods=["GET", "POST"])
def vary(ref: str) -> ResponseReturnValue:
    """Ask for the new value of each line of an award, show the difference, and post it."""
    award = found(ref)
    refused = cannot(award, Step.VARY)
    if refused is not None:
        return refused
    form = vary_form(award)

    def propose(session: Session) -> Proposal:
        own = find_award(session, ref)
        check_awards_stand(session, [own])
        return _propose(own, form)

    def context() -> dict[str, Any]:
        own = found(ref)
        changes = _changes(own, form)
        return {**about(own, _drafts(changes)), "changes": changes, "by": sum(by for _, _, by in changes)}

    if request.form.get("step") == "work-out":
        form.values.validate(form)
        return render_template(PAGE, form=form, **context())
    return check_then_ask(form, page=PAGE, check_page="awards/check_vary.html", propose=propose, context=context)


def _changes(award: Award, form: VaryForm) -> list[Change]:
    """Give each line with its field and by how many pence it changes; an empty field leaves it as it is."""
    pairs = zip(award.lines, form.values.entries, strict=False)
    return [
        (line, field, field.data - line.awarded if field.data is not None and line.last_entry else 0)
        for line, field in pairs
    ]


def _drafts(changes: list[Change]) -> list[Draft]:
    return [
        Draft(kind=Kind.VARIATION, line=line.budget_line, amount=by, award_line=line) for line, _, by in changes if by
    ]


def _propose(award: Award, form: VaryForm) -> Proposal:
    changes = [change for change in _changes(award, form) if change[2]]
    if not changes:
        raise NothingToDoError("Enter another value than it has now", field="amount")
    by = sum(by for _, _, by in changes)
    names = line_names(award)
    told = [(names[line.id] if len(award.lines) > 1 else "New value",
             f"{pounds(field.data)} in place of {pounds(line.awarded)}") for line, field, _ in changes]  # fmt: skip
    return Proposal(
        kind=ApprovalKind.VARIATION, verb="vary", title=f"Variation of {award.reference}", amount=Pence(abs(by)),
        fund=award.lines[0].budget_line.fund, particulars=particulars_of(form),
        details={"changes": [[line.id, by] for line, _, by in changes]}, drafts=_drafts(changes), worth=by, award=award,
        reason=form.narrative.data, told=[*told, *told_by(form, "on", "decision")],
    )  # fmt: skip


@pages.route("/awards/<path:ref>/settle", endpoint="settle", methods=["GET", "POST"])
def give_value(ref: str) -> ResponseReturnValue:
    """Give a line its value: one that waited for funding, or whose value was not stated."""
    return take(ref, LineStep(Step.SETTLE, SettleForm, Kind.AWARD, ApprovalKind.AWARD, _without_value, "settle"))


def _without_value(award: Award) -> Amounts:
    return {place: line.proposed for place, line in enumerate(award.lines) if not line.last_entry}
