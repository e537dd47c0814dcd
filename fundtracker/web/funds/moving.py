"""The pages of the operations on one fund's money: filled in, checked with the fund now and after, recorded once."""

from collections.abc import Callable
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import pounds
from fundtracker.domain.years import today
from fundtracker.services.approvals.proposals import Proposal
from fundtracker.services.funds import find_fund
from fundtracker.store.books import Entry
from fundtracker.store.funds import Fund
from fundtracker.web.approvals.asking import check_then_ask
from fundtracker.web.blueprints import funds as pages
from fundtracker.web.db import reading
from fundtracker.web.funds.move_forms import AllowanceForm, MoveForm
from fundtracker.web.funds.moves import ALLOCATION, ALLOWANCE, MOVES, UPLIFT, Move, Words
from fundtracker.web.funds.proposing import propose_allowance
from fundtracker.web.funds.stops import stopped
from fundtracker.web.funds.sums import CASH, Compared, figures_of, look_again
from fundtracker.web.once import Recorded
from fundtracker.web.particulars import particulars_of
from fundtracker.web.seen import check_funds_stand
from fundtracker.web.steps import check_then_record

PAGE, CHECK_PAGE = "funds/move.html", "funds/check_move.html"


def move_money(ref: str, move: Move) -> ResponseReturnValue:
    """Record one operation on a fund's money, after checking the answers."""
    fund = find_fund(reading(), ref)
    move = _which(reading(), fund, move)
    form = move.form(on=today())
    form.lay_out(fund, request.args.get("line", ""))
    compared = Compared(fund.name, figures_of(reading(), fund), move.measures)

    def record(session: Session) -> Recorded:
        own = find_fund(session, ref)
        check_funds_stand(session, [own], cash=set(CASH) <= set(move.measures))
        entry = move.verb(session, form.line_of(own), form, particulars_of(form))
        compared.after = figures_of(session, own)
        return Recorded(url_for("funds.recorded", ref=own.reference, entry=entry.number))

    def context() -> dict[str, Any]:
        return _words(find_fund(reading(), ref), form, move, compared)

    return check_then_record(form, page=PAGE, check_page=CHECK_PAGE, record=record, context=context)


def set_allowance(ref: str) -> ResponseReturnValue:
    """Ask how far awards may go over the allocation, and send it for approval."""
    fund = find_fund(reading(), ref)
    form = AllowanceForm(on=today())
    form.lay_out(fund, request.args.get("line", ""))
    compared = Compared(fund.name, figures_of(reading(), fund), ALLOWANCE.measures)

    def propose(session: Session) -> Proposal:
        own = find_fund(session, ref)
        check_funds_stand(session, [own])
        return propose_allowance(form.line_of(own), form, particulars_of(form))

    def context() -> dict[str, Any]:
        return _words(find_fund(reading(), ref), form, ALLOWANCE, compared)

    def after(session: Session) -> None:
        look_again(session, {fund.id: compared})

    return check_then_ask(form, page=PAGE, check_page=CHECK_PAGE, propose=propose, context=context, after=after)


def _words(fund: Fund, form: MoveForm, move: Words, compared: Compared) -> dict[str, Any]:
    amount = pounds(form.sum_of(form.line_of(fund)))
    return {
        "fund": fund,
        "title": move.title,
        "says": move.says,
        "amount": move.amount,
        "compared": [compared],
        "button": move.button.format(amount),
        "stop": stopped(fund, move.needs),
    }


def _which(session: Session, fund: Fund, move: Move) -> Move:
    """Tell the first allocation from the uplifts after it."""
    allocation = select(Entry.number).where(Entry.fund_id == fund.id, Entry.kind == Kind.ALLOCATION)
    return UPLIFT if move is ALLOCATION and session.scalar(allocation.limit(1)) is not None else move


def _page(move: Move) -> Callable[[str], ResponseReturnValue]:
    def page(ref: str) -> ResponseReturnValue:
        return move_money(ref, move)

    return page


for _move in MOVES:
    _address = f"/funds/<path:ref>/{_move.tail}"
    pages.add_url_rule(_address, _move.endpoint, _page(_move), methods=["GET", "POST"])
pages.add_url_rule("/funds/<path:ref>/allowance", "set_allowance", set_allowance, methods=["GET", "POST"])
