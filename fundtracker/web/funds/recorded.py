"""What was recorded on a fund's money, its reference, what it left, and the next likely step."""

from typing import Final, NamedTuple

from flask import render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.balances import Balance
from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import pounds
from fundtracker.domain.refusals import NotFoundRefusal
from fundtracker.services.funds import find_fund
from fundtracker.services.reversals import find_entry
from fundtracker.store.books import Entry
from fundtracker.store.funds import Fund
from fundtracker.web.access import may_open
from fundtracker.web.addresses import whole_number
from fundtracker.web.blueprints import funds as pages
from fundtracker.web.db import reading
from fundtracker.web.funds.sums import ALLOWED, AUTHORITY, CASH, figures_of

DONE: Final = {
    Kind.ALLOCATION: "{amount} is allocated to {fund}",
    Kind.UPLIFT: "{amount} is added to {fund}",
    Kind.REDUCTION: "{amount} is taken from {fund}",
    Kind.FUNDERS_CUT: "A cut of {amount} is recorded on {fund}",
    Kind.TRANSFER_OUT: "{amount} is transferred from {fund}",
    Kind.CARRY_FORWARD_OUT: "{amount} of {fund} is carried forward",
    Kind.RECEIPT: "{amount} received is recorded on {fund}",
    Kind.RETURN: "{amount} returned is recorded on {fund}",
}
MEASURES: Final = {Kind.ALLOWANCE: ALLOWED, Kind.RECEIPT: CASH, Kind.RETURN: (*AUTHORITY, *CASH)}
RAISED, LOWERED = "The allowance on {fund} is raised by {amount}", "The allowance on {fund} is lowered by {amount}"
NEXT: Final = {
    Kind.ALLOCATION: (("applications.log", "Log an application"), ("awards.direct", "Award without an application")),
    Kind.UPLIFT: (("applications.log", "Log an application"), ("awards.direct", "Award without an application")),
    Kind.RECEIPT: (("funds.record_receipt", "Record another receipt"),),
    Kind.REDUCTION: (("funds.return_to_funder", "Return money to the funder"),),
    Kind.FUNDERS_CUT: (("funds.return_to_funder", "Return money to the funder"),),
}


class Step(NamedTuple):
    """One thing to do next, and where."""

    text: str
    href: str


@pages.get("/funds/<path:ref>/recorded", endpoint="recorded")
def recorded(ref: str) -> str:
    """Confirm an entry on a fund's money with its number, and lead on."""
    session = reading()
    fund = find_fund(session, ref)
    entry = _entry(session, fund)
    balance = figures_of(session, fund).fund
    return render_template(
        "funds/recorded.html",
        fund=fund,
        entry=entry,
        said=_said(fund, entry),
        others=_others(session, entry),
        balance=balance,
        measures=MEASURES.get(entry.kind, AUTHORITY),
        steps=_steps(fund, entry, balance),
    )


def _entry(session: Session, fund: Fund) -> Entry:
    number = whole_number(request.args.get("entry", "")) or 0
    entry = find_entry(session, number)
    if entry.fund_id != fund.id or entry.award_line_id is not None:
        raise NotFoundRefusal(f"Entry #{number} does not move the money of {fund.name}.")
    return entry


def _said(fund: Fund, entry: Entry) -> str:
    allowance = RAISED if entry.amount > 0 else LOWERED
    return DONE.get(entry.kind, allowance).format(amount=pounds(abs(entry.amount)), fund=fund.name)


def _others(session: Session, entry: Entry) -> list[tuple[Entry, Fund]]:
    """Give what was recorded in the same breath, with its fund: the other leg, or the allocation that came down."""
    rows = select(Entry, Fund).join(Fund, Fund.id == Entry.fund_id)
    rows = rows.where(Entry.posting == entry.posting, Entry.number != entry.number).order_by(Entry.number)
    return [(other, fund) for other, fund in session.execute(rows)]


def _steps(fund: Fund, entry: Entry, balance: Balance) -> list[Step]:
    steps = [
        Step(words, url_for(page, ref=fund.reference)) for page, words in NEXT.get(entry.kind, ()) if may_open(page)
    ]
    if balance.over:
        steps.insert(0, Step("Look at its awards: vary or withdraw some", url_for("awards.index", fund=fund.reference)))
    if may_open("entries.show"):
        steps.append(Step(f"See entry #{entry.number}", url_for("entries.show", number=entry.number)))
    return [*steps, Step(f"See {fund.name}", url_for("funds.show", ref=fund.reference))]
