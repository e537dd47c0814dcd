"""Money paid to the wrong organisation: moved to whoever has it, to be recovered, and to be paid again."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import NotFoundRefusal, Refusal
from fundtracker.domain.statuses import AwardType
from fundtracker.domain.years import today
from fundtracker.services import effects, reversals, undoing
from fundtracker.services.awards import find_award
from fundtracker.services.payments import find_payment, live_entry, move_payment
from fundtracker.services.variations import check_not_in_error
from fundtracker.web.blueprints import payments as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import DateField, Form, LongTextField
from fundtracker.web.once import Recorded
from fundtracker.web.organisations.choice import choice_field, choose_organisation, chosen_name, keep_choice, name_field
from fundtracker.web.particulars import particulars_of
from fundtracker.web.seen import check_awards_stand, last_entry
from fundtracker.web.steps import check_then_record


class WrongOrganisationForm(Form):
    """Who has the money, and how it came about."""

    organisation = name_field("Who has the money")
    organisation_choice = choice_field()
    narrative = LongTextField("What happened", required="Enter what happened: it stands in the ledger")
    on = DateField("Date that it was found", required="Enter the date that it was found", past=True)

    def show(self, refusal: Refusal) -> None:
        """Put a refused holder where its name is typed."""
        if refusal.field == "holder":
            refusal.field = "organisation"
        super().show(refusal)


@pages.route("/payments/<path:ref>/wrong-organisation", methods=["GET", "POST"])
def wrong_organisation(ref: str) -> ResponseReturnValue:
    """Say who has the money of a payment that was meant for another, and move it there."""
    check_not_in_error(find_payment(reading(), ref).award_line.award)
    form = WrongOrganisationForm(on=today())
    keep_choice(reading(), form)

    def record(session: Session) -> Recorded:
        particulars = particulars_of(form)
        holder = choose_organisation(session, form)
        moved = find_payment(session, ref)
        check_awards_stand(session, [moved.award_line.award])
        award = move_payment(session, payment=moved, holder=holder, particulars=particulars)
        return Recorded(url_for("payments.moved", ref=moved.reference, award=award.reference))

    def context() -> dict[str, Any]:
        return _context(reading(), ref, form)

    return check_then_record(
        form,
        page="payments/wrong_organisation.html",
        check_page="payments/check_wrong_organisation.html",
        record=record,
        context=context,
    )


def _context(session: Session, ref: str, form: WrongOrganisationForm) -> dict[str, Any]:
    payment = find_payment(session, ref)
    entry = live_entry(session, payment)
    back = reversals.opposites(session, [entry])
    return {
        "payment": payment,
        "award": payment.award_line.award,
        "entry": entry,
        "obstacle": undoing.obstacle(session, entry),
        "holder": chosen_name(session, form) if form.organisation.data else "",
        "award_effects": effects.on_awards(back),
        "seen": last_entry(session),
    }


@pages.get("/payments/<path:ref>/moved")
def moved(ref: str) -> str:
    """Confirm that a payment was moved to an award of its own, given in the address, and say what to do next."""
    payment = find_payment(reading(), ref)
    award = find_award(reading(), request.args.get("award", ""))
    if award.type is not AwardType.PAID_IN_ERROR:
        raise NotFoundRefusal(f"Payment {payment.reference} was not moved to {award.reference}.")
    meant_for = payment.award_line.award
    return render_template(
        "payments/moved.html",
        payment=payment,
        award=award,
        owed=effects.award_balance(award).to_recover,
        meant_for=meant_for,
        sums=effects.award_balance(meant_for),
    )
