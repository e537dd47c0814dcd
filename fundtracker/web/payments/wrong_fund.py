"""A payment recorded on the wrong award or from the wrong fund: moved to the award that it was for."""

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from fundtracker.domain.money import pounds
from fundtracker.domain.years import today
from fundtracker.services import effects, reversals
from fundtracker.services.drafts import Draft
from fundtracker.services.organisation_sums import selves
from fundtracker.services.organisations import root_of
from fundtracker.services.payments import find_payment, live_entry, move_to_award
from fundtracker.services.variations import check_not_in_error
from fundtracker.store.awards import Award, AwardLine, Payment
from fundtracker.store.funds import BudgetLine
from fundtracker.web.blueprints import payments as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import ChoiceField, DateField, Form, LongTextField
from fundtracker.web.once import Recorded
from fundtracker.web.particulars import particulars_of
from fundtracker.web.seen import check_awards_stand, effects_of
from fundtracker.web.steps import check_then_record


class WrongFundForm(Form):
    """The award that a payment was for, and how it came about."""

    award = ChoiceField("The award that it was for", required="Choose the award that it was for")
    narrative = LongTextField("What happened", required="Enter what happened: it stands in the ledger")
    on = DateField("Date that it was found", required="Enter the date that it was found", past=True)


@pages.route("/payments/<path:ref>/wrong-fund", methods=["GET", "POST"])
def wrong_fund(ref: str) -> ResponseReturnValue:
    """Move a payment to another award of the same organisation."""
    check_not_in_error(find_payment(reading(), ref).award_line.award)
    form = WrongFundForm(on=today())
    others = {str(line.id): line for line in _others(reading(), find_payment(reading(), ref))}
    form.award.choices = {"": "Choose", **{key: _in_words(line) for key, line in others.items()}}

    def record(session: Session) -> Recorded:
        payment = find_payment(session, ref)
        line = session.get_one(AwardLine, int(form.award.data))
        check_awards_stand(session, [payment.award_line.award, line.award])
        moved = move_to_award(session, payment=payment, line=line, particulars=particulars_of(form))
        return Recorded(url_for("payments.show", ref=moved.reference), f"{ref} is moved: it is {moved.reference} now.")

    def context() -> dict[str, Any]:
        return _context(reading(), ref, others.get(form.award.data or ""), no_other=not others)

    return check_then_record(
        form, page="payments/wrong_fund.html", check_page="payments/check_wrong_fund.html", record=record,
        context=context,
    )  # fmt: skip


def _context(session: Session, ref: str, line: AwardLine | None, *, no_other: bool) -> dict[str, Any]:
    payment = find_payment(session, ref)
    entry = live_entry(session, payment)
    drafts = reversals.opposites(session, [entry])
    if line is not None:
        drafts.append(Draft(kind=entry.kind, line=line.budget_line, amount=entry.amount, award_line=line))
    shown = effects_of(session, drafts) if line else {"award_effects": effects.on_awards(drafts), "fund_effects": {}}
    return {
        "payment": payment,
        "award": payment.award_line.award,
        "entry": entry,
        "line": line,
        "no_other": no_other,
        **shown,
    }


def _others(session: Session, payment: Payment) -> list[AwardLine]:
    """Give the other award lines of the payee on which something is to pay."""
    ids = selves(session, root_of(payment.award_line.award.organisation))
    lines = select(AwardLine).join(AwardLine.award).where(Award.organisation_id.in_(ids))
    owed = AwardLine.awarded > AwardLine.paid - AwardLine.recovered
    with_it = (joinedload(AwardLine.award), joinedload(AwardLine.budget_line).joinedload(BudgetLine.fund))
    wanted = lines.where(owed, AwardLine.id != payment.award_line_id).options(*with_it)
    return list(session.scalars(wanted.order_by(AwardLine.id)))


def _in_words(line: AwardLine) -> str:
    return f"{line.award.reference}, {line.budget_line.long_label}: {pounds(line.to_pay)} to pay"
