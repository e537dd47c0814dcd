"""The schedule of an award line: typed row by row, or filled in by a rule, and saved when it adds up."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import WrongStateError
from fundtracker.domain.years import today
from fundtracker.services.awards import find_award
from fundtracker.services.instalments import slots_of
from fundtracker.services.posting import Particulars
from fundtracker.services.schedules import check_plannable, set_schedule, to_place
from fundtracker.store.awards import AwardLine
from fundtracker.web.addresses import whole_number
from fundtracker.web.awards.rows import line_names
from fundtracker.web.blueprints import schedules as pages
from fundtracker.web.db import reading
from fundtracker.web.once import Recorded
from fundtracker.web.schedules.forms import BLANK_ROWS, ScheduleForm, codes_of, first_day, rows_of, says
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form

PAGE = "schedules/edit.html"
MORE = 5


@pages.route("/awards/<path:ref>/schedule", methods=["GET", "POST"])
def edit(ref: str) -> ResponseReturnValue:
    """Plan in what instalments an award line is paid."""
    line = line_of(reading(), ref)
    check_plannable(line)
    form, step = _form(line), request.form.get("step", "")

    def record(session: Session) -> Recorded:
        particulars = Particulars(on=today(), by=this_person().actor, narrative=form.narrative.data)
        set_schedule(session, line=line_of(session, ref), planned=form.planned(), particulars=particulars)
        return Recorded(url_for("awards.show", ref=ref, _anchor="schedule"), "The schedule is saved.")

    def context() -> dict[str, Any]:
        return _context(line_of(reading(), ref), form)

    if step == "lay-out":
        made = _blank(form.by_rule(to_place(reading(), line)), form)
        return render_template(PAGE, form=made, **_context(line, made))
    if step in ("work-out", "more"):
        for _ in range(MORE if step == "more" else 0):
            form.rows.append_entry()
        return render_template(PAGE, form=form, **context())
    return record_form(form, page=PAGE, record=record, context=context)


def line_of(session: Session, ref: str) -> AwardLine:
    """Give the line of an award that the address names by its place, or the first."""
    award = find_award(session, ref)
    place = whole_number(request.args.get("line", "")) or 0
    if not award.lines:
        raise WrongStateError(f"{award.reference} is a gift in kind: no money is paid on it.")
    return award.lines[min(place, len(award.lines) - 1)]


def _form(line: AwardLine) -> ScheduleForm:
    slots = slots_of(reading(), [line])
    return ScheduleForm(rows=rows_of(slots), first=first_day(slots), **codes_of(slots))


def _blank(rows: list[dict[str, Any]], typed: ScheduleForm) -> ScheduleForm:
    """Give the form with other rows, and all else as it was typed."""
    kept = {name: typed[name].data for name in ("rule", "first", "count", "cost_centre", "subjective", "project")}
    return ScheduleForm(formdata=None, rows=rows + [{}] * BLANK_ROWS, narrative=typed.narrative.data, **kept)


def _context(line: AwardLine, form: ScheduleForm) -> dict[str, Any]:
    session = reading()
    slots = slots_of(session, [line])
    whole = to_place(session, line)
    return {
        "award": line.award,
        "line": line,
        "name": line_names(line.award)[line.id],
        "fund": line.budget_line.fund,
        "begun": [slot for slot in slots if slot.kept],
        "kept": Pence(sum(slot.kept for slot in slots)),
        "whole": whole,
        "says": says(whole, form.typed),
    }
