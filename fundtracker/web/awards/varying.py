"""Changing what an award is worth: varying it line by line, and giving a line the value that it lacked."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import Kind
from fundtracker.domain.refusals import NothingToDoError, Refusal
from fundtracker.services.award_steps import Step
from fundtracker.services.awards import find_award, settle
from fundtracker.services.drafts import Draft
from fundtracker.services.variations import vary_award
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.books import Entry
from fundtracker.web.awards.line_steps import LineStep, take
from fundtracker.web.awards.step_forms import Amounts, SettleForm, VaryForm, vary_form
from fundtracker.web.awards.steps import about, cannot, confirmed, found
from fundtracker.web.blueprints import awards as pages
from fundtracker.web.once import Recorded
from fundtracker.web.particulars import particulars_of
from fundtracker.web.seen import check_awards_stand
from fundtracker.web.steps import check_then_record

PAGE = "awards/vary.html"


@pages.route("/awards/<path:ref>/vary", methods=["GET", "POST"])
def vary(ref: str) -> ResponseReturnValue:
    """Ask for the new value of each line of an award, show the difference, and post it."""
    award = found(ref)
    refused = cannot(award, Step.VARY)
    if refused is not None:
        return refused
    form = vary_form(award)

    def record(session: Session) -> Recorded:
        own = find_award(session, ref)
        check_awards_stand(session, [own])
        return confirmed(_vary(session, own, form)[-1])

    def context() -> dict[str, Any]:
        own = found(ref)
        changes = _changes(own, form)
        drafts = [Draft(kind=Kind.VARIATION, line=line.budget_line, amount=by, award_line=line)
                  for line, _, by in changes if by]  # fmt: skip
        return {**about(own, drafts), "changes": changes, "by": sum(by for _, _, by in changes)}

    if request.form.get("step") == "work-out":
        form.values.validate(form)
        return render_template(PAGE, form=form, **context())
    return check_then_record(form, page=PAGE, check_page="awards/check_vary.html", record=record, context=context)


def _changes(award: Award, form: VaryForm) -> list[tuple[AwardLine, Any, int]]:
    """Give each line with its field and by how many pence it changes; an empty field leaves it as it is."""
    pairs = zip(award.lines, form.values.entries, strict=False)
    return [
        (line, field, field.data - line.awarded if field.data is not None and line.last_entry else 0)
        for line, field in pairs
    ]


def _vary(session: Session, award: Award, form: VaryForm) -> list[Entry]:
    """Post the falls before the rises, so that what one line gives up another may have."""
    changes = sorted((c for c in _changes(award, form) if c[2]), key=lambda change: change[2])
    if not changes:
        raise NothingToDoError("Enter another value than it has now", field="amount")
    entries = []
    for line, field, by in changes:
        try:
            entries.append(vary_award(session, line=line, by=by, particulars=particulars_of(form)))
        except Refusal as refusal:
            if refusal.field == "amount":
                refusal.field = field.id
            raise
    return entries


@pages.route("/awards/<path:ref>/settle", endpoint="settle", methods=["GET", "POST"])
def give_value(ref: str) -> ResponseReturnValue:
    """Give a line its value: one that waited for funding, or whose value was not stated."""
    return take(ref, LineStep(Step.SETTLE, SettleForm, Kind.AWARD, _without_value, settle, "settle"))


def _without_value(award: Award) -> Amounts:
    return {place: line.proposed for place, line in enumerate(award.lines) if not line.last_entry}
