"""Refunds: money that a recipient sent back, and whether its award comes down by it."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import ZERO, pounds
from fundtracker.domain.statuses import AwardType
from fundtracker.domain.years import today
from fundtracker.services.awards import find_award
from fundtracker.services.payments import find_payment, refund, refund_drafts
from fundtracker.store.awards import Award, AwardLine
from fundtracker.web.awards.lines import line_named
from fundtracker.web.blueprints import payments as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import DateField, Form, LongTextField, PenceField, RadioField, TextField
from fundtracker.web.once import Recorded
from fundtracker.web.particulars import particulars_of
from fundtracker.web.seen import check_awards_stand, effects_of
from fundtracker.web.steps import check_then_record

YES, NO = "yes", "no"


class RefundForm(Form):
    """Money that came back, and its one question."""

    line = RadioField("Came back to", required="Choose which part of the award it came back to", choices={})
    amount = PenceField("Amount that came back", required="Enter the amount that came back")
    lowers = RadioField(
        "Does the award come down by this amount?",
        required="Choose whether the award comes down",
        choices={YES: "Yes: it was not needed, and can be awarded again",
                 NO: "No: it is still theirs, and may be paid again"},
        default=YES,
    )  # fmt: skip
    on = DateField("Date that it came back", required="Enter the date that it came back", past=True)
    reference = TextField("Bank reference", longest=100)
    narrative = LongTextField("Notes")


@pages.route("/payments/<path:ref>/refund", methods=["GET", "POST"], endpoint="refund")
def refund_payment(ref: str) -> ResponseReturnValue:
    """Record a refund of a payment."""
    payment = find_payment(reading(), ref)
    place = payment.award_line.award.lines.index(payment.award_line)
    back = url_for("payments.show", ref=payment.reference)
    return _refund(payment.award_line.award.reference, [place], f"Payment {payment.reference}", back)


@pages.route("/awards/<path:ref>/refund", methods=["GET", "POST"], endpoint="refund_award")
def refund_award(ref: str) -> ResponseReturnValue:
    """Record a refund of what was paid on an award."""
    award = find_award(reading(), ref)
    places = [place for place, line in enumerate(award.lines) if line.paid > line.recovered]
    return _refund(award.reference, places, f"Award {award.reference}", url_for("awards.show", ref=award.reference))


def _refund(ref: str, places: list[int], caption: str, back: str) -> ResponseReturnValue:
    award = find_award(reading(), ref)
    lines = [award.lines[place] for place in places]
    here = {"caption": f"{caption} · {award.organisation.name}", "back_to": back}
    filled_in = request.method == "POST" and lines  # it comes back with what it was refused for
    if not filled_in and not any(line.paid > line.recovered for line in lines):
        return render_template("payments/no_refund.html", award=award, **here)
    form = _form(award, lines)

    def line(session: Session) -> AwardLine:
        return line_named(find_award(session, ref), form, places)

    def context() -> dict[str, Any]:
        return {**here, **_context(reading(), line(reading()), form)}

    return check_then_record(
        form,
        page="payments/refund.html",
        check_page="payments/check_refund.html",
        record=lambda session: _record(session, line(session), form),
        context=context,
    )


def _record(session: Session, line: AwardLine, form: RefundForm) -> Recorded:
    check_awards_stand(session, [line.award])
    posted = refund(
        session,
        line=line,
        amount=form.amount.data or ZERO,
        lowers_award=_lowers(form),
        particulars=particulars_of(form),
        reference=form.reference.data,
    )
    return Recorded(url_for("entries.recorded", number=posted[-1].number))


def _context(session: Session, line: AwardLine, form: RefundForm) -> dict[str, Any]:
    amount = ZERO if form.problems else form.amount.data or ZERO
    drafts = refund_drafts(line, amount, lowers_award=_lowers(form))
    fall = -sum(draft.amount for draft in drafts if draft.kind is Kind.VARIATION)
    return {"award": line.award, "line": line, "fall": fall, **effects_of(session, drafts)}


def _form(award: Award, lines: list[AwardLine]) -> RefundForm:
    owed = [line for line in lines if line.to_recover]
    form = RefundForm(on=today(), amount=owed[0].to_recover if len(owed) == 1 else None)
    if len(lines) == 1 and not form.line.raw_data:  # once asked for, it is never taken to be the only one left
        del form.line
    else:
        places = {str(award.lines.index(line)): line for line in lines}
        form.line.choices = {place: _in_words(line) for place, line in places.items()}
    if award.type is AwardType.PAID_IN_ERROR:
        del form.lowers
    return form


def _in_words(line: AwardLine) -> str:
    held = pounds(line.paid - line.recovered)
    return f"{line.budget_line.long_label}: {held} paid"


def _lowers(form: RefundForm) -> bool:
    return "lowers" in form and form.lowers.data == YES
