"""Deciding an application on one screen: awarding it in full or in part, or declining it."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.money import pounds
from fundtracker.services.applications import check_waiting, decline, find_application
from fundtracker.services.approvals.proposals import Proposal
from fundtracker.store.applications import Application
from fundtracker.web.applications.page import record as record_of
from fundtracker.web.applications.queue import queue
from fundtracker.web.applications.steps import cannot
from fundtracker.web.approvals.asking import check_then_ask
from fundtracker.web.awards.forms import AwardForm, new_award_form
from fundtracker.web.awards.sums import award_sums, others_too
from fundtracker.web.blueprints import applications as pages
from fundtracker.web.db import reading
from fundtracker.web.once import Recorded
from fundtracker.web.organisations.choice import chosen_name
from fundtracker.web.particulars import particulars_of
from fundtracker.web.seen import check_funds_stand
from fundtracker.web.steps import check_then_record

FULL, PART, DECLINE = "full", "part", "decline"
PAGE, CHECK_PAGE = "applications/decide.html", "applications/check.html"


@pages.route("/applications/<path:ref>/decide", methods=["GET", "POST"])
def decide(ref: str) -> ResponseReturnValue:
    """Show what was asked beside the decision, and record the decision."""
    refused = cannot(ref, check_waiting)
    if refused is not None:
        return refused
    application = find_application(reading(), ref)
    form = _form(reading(), application)

    def propose(session: Session) -> Proposal:
        return _propose(session, find_application(session, ref), form)

    def record(session: Session) -> Recorded:
        return _decline(session, find_application(session, ref), form)

    def context() -> dict[str, Any]:
        return _context(reading(), find_application(reading(), ref), form)

    if form.only_laid_out():
        return render_template(PAGE, form=form, **context())
    if form.answer.data == DECLINE:
        return check_then_record(form, page=PAGE, check_page=CHECK_PAGE, record=record, context=context)
    return check_then_ask(form, page=PAGE, check_page=CHECK_PAGE, propose=propose, context=context)


def _form(session: Session, application: Application) -> AwardForm:
    asker = application.organisation
    form = new_award_form(
        organisation=asker.name,
        organisation_choice=str(asker.id),
        benefits=application.benefits,
        purpose=application.purpose,
    )
    form.lay_out(session, application.fund, application.asked_for)
    awards = {FULL: "Award it all", PART: "Award another amount"} if application.asked_for else {PART: "Award"}
    form.answer.choices = {**awards, DECLINE: "Decline"}
    return form


def _decline(session: Session, application: Application, form: AwardForm) -> Recorded:
    check_waiting(application)
    decline(session, application=application, reasons=form.reasons.data, particulars=particulars_of(form))
    here = url_for("applications.show", ref=application.reference)
    return Recorded(here, f"{application.reference} is declined. Nothing was taken from the fund.")


def _propose(session: Session, application: Application, form: AwardForm) -> Proposal:
    check_waiting(application)
    if form.answer.data == FULL:
        form.must_be(application.asked_for)
    check_funds_stand(session, form.funds)
    return form.proposal(session, particulars_of(form), application)


def _context(session: Session, application: Application, form: AwardForm) -> dict[str, Any]:
    sums = award_sums(session, form.parts())
    waiting = queue(session, application)
    return {
        **waiting,
        "application": application,
        "sums": sums,
        "others_too": others_too(sums, waiting["others"]),
        "compared": _compared(application, form),
        **record_of(session, application),
        "payee": chosen_name(session, form),
        "awarding": form.answer.data in (FULL, PART),
    }


def _compared(application: Application, form: AwardForm) -> str:
    if application.asked_for is None:
        return "The amount asked for is not stated."
    gap = application.asked_for - form.total
    if gap == 0:
        return "All that was asked for."
    return f"{pounds(abs(gap))} {'less' if gap > 0 else 'more'} than asked."
