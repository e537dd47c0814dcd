"""The terms of one award on a page of their own, and offering its agreement."""

from functools import partial
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.terms import AGREEMENT_MOVES, AgreementStatus, Move
from fundtracker.domain.years import today
from fundtracker.services.agreeing import accept_agreement, offer_agreement
from fundtracker.services.awards import find_award
from fundtracker.services.moves import moves_of, terms_of
from fundtracker.services.posting import Particulars
from fundtracker.services.returns import asks_nothing, check_asks, is_overdue
from fundtracker.store.returns import MonitoringReturn
from fundtracker.store.terms import Agreement, AwardCondition
from fundtracker.web.db import reading
from fundtracker.web.forms import DateField, Form, LongTextField
from fundtracker.web.moves import add_steps
from fundtracker.web.once import Recorded
from fundtracker.web.particulars import particulars_of
from fundtracker.web.steps import record_form

pages = Blueprint("agreements", __name__)


def _accept(session: Session, term: Agreement, form: Any, particulars: Particulars) -> Move:
    return accept_agreement(session, agreement=term, signed_by=form.signed_by.data, particulars=particulars)


add_steps(pages, Agreement, AGREEMENT_MOVES, {"accept": _accept})


class OfferForm(Form):
    """When an agreement was offered, and by when it is to be accepted."""

    on = DateField("Offered on", required="Enter the day on which it was offered", past=True)
    accept_by = DateField("To be accepted by")
    narrative = LongTextField("Notes", longest=400)


@pages.get("/awards/<path:ref>/terms")
def show(ref: str) -> str:
    """Show what an award was made on: its agreement, its conditions and its returns."""
    session = reading()
    award = find_award(session, ref)
    offers = terms_of(session, Agreement, award.id)
    open_offer = any(one.status in (AgreementStatus.OFFERED, AgreementStatus.ACCEPTED) for one in offers)
    return render_template(
        "agreements/show.html",
        award=award,
        agreements=offers,
        open_offer=open_offer,
        asks_nothing=asks_nothing(award),
        conditions=terms_of(session, AwardCondition, award.id),
        returns=terms_of(session, MonitoringReturn, award.id),
        day=today(),
        moves_of=moves_of,
        overdue=partial(is_overdue, day=today()),
    )


@pages.route("/awards/<path:ref>/offer", methods=["GET", "POST"])
def offer(ref: str) -> ResponseReturnValue:
    """Note that the recipient of an award was offered its agreement."""
    check_asks(find_award(reading(), ref))
    form = OfferForm(on=today())

    def record(session: Session) -> Recorded:
        award = find_award(session, ref)
        offer_agreement(session, award=award, accept_by=form.accept_by.data, particulars=particulars_of(form))
        return Recorded(url_for("agreements.show", ref=award.reference), "The agreement is offered.")

    return record_form(
        form, page="agreements/offer.html", record=record, context=lambda: {"award": find_award(reading(), ref)}
    )
