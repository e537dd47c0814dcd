"""Awards: one award with its lines, entries and payments, and awarding without an application."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.statuses import FundStatus
from fundtracker.domain.years import today
from fundtracker.services import histories
from fundtracker.services.approvals.proposals import Proposal
from fundtracker.services.approvals.waiting import waiting_on
from fundtracker.services.award_steps import barred, is_undone, payable
from fundtracker.services.awards import find_award
from fundtracker.services.effects import award_balance
from fundtracker.services.events import events_of
from fundtracker.services.funds import find_fund, open_funds
from fundtracker.services.hanging import hanging_on
from fundtracker.services.instalments import slots_of
from fundtracker.store.awards import Award
from fundtracker.store.funds import Fund
from fundtracker.web.applications.queue import queue
from fundtracker.web.approvals.asking import check_then_ask
from fundtracker.web.awards.actions import WORDS, actions
from fundtracker.web.awards.forms import AwardForm, new_award_form
from fundtracker.web.awards.rows import funds_of, line_names
from fundtracker.web.awards.sums import award_sums
from fundtracker.web.blueprints import awards as pages
from fundtracker.web.db import reading
from fundtracker.web.organisations.choice import chosen_name
from fundtracker.web.particulars import particulars_of
from fundtracker.web.seen import check_funds_stand


@pages.get("/awards/<path:ref>")
def show(ref: str) -> str:
    """Show one award: its sums, its lines, its payments, every entry made on it and what can be done with it."""
    session = reading()
    award = find_award(session, ref)
    sums = award_balance(award)
    return render_template(
        "awards/show.html",
        award=award,
        sums=sums,
        payments=histories.payments_of(session, award),
        entries=histories.entries_of(session, award),
        events=events_of(session, award),
        follows=session.get(Award, award.follows_id) if award.follows_id else None,
        followed_by=session.scalars(select(Award).where(Award.follows_id == award.id)).all(),
        names=line_names(award),
        undone=is_undone(session, award),
        actions=actions(barred(session, award), sums, payable(award)),
        action_words=WORDS,
        hangs=hanging_on(session, award),
        slots=[slot for slot in slots_of(session, award.lines) if slot.amount],
        day=today(),
        approvals=waiting_on(session, award),
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
        sums=award_balance(award),
        following=following,
        funds=funds_of([line.budget_line for line in award.lines]),
    )


@pages.get("/awards/direct")
def start() -> ResponseReturnValue:
    """Ask which fund an award without an application is from, or go on where only one is open."""
    funds = open_funds(reading())
    if len(funds) == 1:
        return redirect(url_for("awards.direct", ref=funds[0].reference))
    return render_template("awards/start.html", funds=funds)


@pages.route("/awards/direct/<path:ref>", methods=["GET", "POST"])
def direct(ref: str) -> ResponseReturnValue:
    """Award from a fund without an application, with reasons."""
    fund = find_fund(reading(), ref)
    if request.method == "GET" and fund.status is not FundStatus.OPEN:
        return render_template("applications/not_open.html", fund=fund)
    form = new_award_form()
    form.lay_out(reading(), fund)
    del form.answer

    def propose(session: Session) -> Proposal:
        check_funds_stand(session, form.funds)
        return form.proposal(session, particulars_of(form))

    def context() -> dict[str, Any]:
        return _context(reading(), find_fund(reading(), ref), form)

    if form.only_laid_out():
        return render_template("awards/direct.html", form=form, **context())
    return check_then_ask(
        form, page="awards/direct.html", check_page="awards/check.html", propose=propose, context=context
    )


def _context(session: Session, fund: Fund, form: AwardForm) -> dict[str, Any]:
    return {"fund": fund, "sums": award_sums(session, form.parts()), "payee": chosen_name(session, form)}
