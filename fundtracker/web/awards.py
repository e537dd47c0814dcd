"""Awards: one award with its lines, entries and payments, and awarding without an application."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.balances import Balance, total
from fundtracker.domain.statuses import AwardStatus, AwardType, FundStatus
from fundtracker.services import histories
from fundtracker.services.awards import find_award, record_award
from fundtracker.services.funds import find_fund
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.funds import Fund
from fundtracker.web.application_queue import queue
from fundtracker.web.award_forms import AwardForm, new_award_form
from fundtracker.web.award_sums import check_not_moved, fund_sums, line_words
from fundtracker.web.blueprints import awards as pages
from fundtracker.web.db import reading
from fundtracker.web.once import Recorded
from fundtracker.web.organisation_choice import chosen_name
from fundtracker.web.steps import check_then_record


@pages.get("/awards/<path:ref>")
def show(ref: str) -> str:
    """Show one award: its sums, its lines, its payments and every entry made on it."""
    session = reading()
    award = find_award(session, ref)
    return render_template(
        "awards/show.html",
        award=award,
        sums=award_sums(award),
        payments=histories.payments_of(session, award),
        entries=histories.entries_of(session, award),
        line_words=line_words,
        payable=payable(award),
    )


@pages.get("/awards/<path:ref>/recorded")
def recorded(ref: str) -> str:
    """Confirm an award with its reference, and say what to do next."""
    session = reading()
    award = find_award(session, ref)
    following = queue(session, award.application)["following"] if award.application else None
    return render_template(
        "awards/recorded.html",
        award=award,
        sums=award_sums(award),
        following=following,
        left=sum(line.remaining for line in award.fund.lines) if award.fund else None,
    )


@pages.route("/awards/direct/<path:ref>", methods=["GET", "POST"])
def direct(ref: str) -> ResponseReturnValue:
    """Award from a fund without an application, with reasons."""
    fund = find_fund(reading(), ref)
    if request.method == "GET" and fund.status is not FundStatus.OPEN:
        return render_template("applications/not_open.html", fund=fund)
    form = new_award_form()
    form.lay_out(reading(), fund)
    del form.answer

    def record(session: Session) -> Recorded:
        books = find_fund(session, ref)
        check_not_moved(session, books, request.form.get("seen", ""))
        details = form.details(session, books)
        award = record_award(session, details=details, particulars=form.particulars())
        return Recorded(url_for("awards.recorded", ref=award.reference))

    def context() -> dict[str, Any]:
        return _context(reading(), find_fund(reading(), ref), form)

    if request.form.get("step") == "work-out":
        form.amounts.validate(form)
        return render_template("awards/direct.html", form=form, **context())
    return check_then_record(
        form, page="awards/direct.html", check_page="awards/check.html", record=record, context=context
    )


def _context(session: Session, fund: Fund, form: AwardForm) -> dict[str, Any]:
    return {"fund": fund, "sums": fund_sums(session, fund, form), "payee": chosen_name(session, form)}


def award_sums(award: Award) -> Balance:
    """Add up what an award's lines keep, in pence: to pay and to recover by line, never pooled."""
    return total(line_sums(line) for line in award.lines)


def line_sums(line: AwardLine) -> Balance:
    """Give what one award line keeps, in pence."""
    return Balance(
        awarded=line.awarded,
        paid=line.paid,
        recovered=line.recovered,
        to_pay=line.to_pay,
        to_recover=line.to_recover,
    )


def payable(award: Award) -> list[AwardLine]:
    """Give the lines of an award on which something is still to pay."""
    if award.type is AwardType.PAID_IN_ERROR or award.status is AwardStatus.COMPLETED:
        return []
    return [line for line in award.lines if line.to_pay]
