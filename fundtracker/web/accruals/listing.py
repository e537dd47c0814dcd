"""The list of accruals, its download, and the journal of one period's."""

from datetime import date

from flask import Response, render_template, request

from fundtracker.domain.refusals import NotFoundRefusal
from fundtracker.domain.statuses import AccrualKind
from fundtracker.services.accrual_journal import period_ends
from fundtracker.services.listings import accruals
from fundtracker.services.listings.accruals import NEWEST, list_accruals
from fundtracker.sheets.accrual_journal import write_accrual_journal
from fundtracker.web.blueprints import accruals as pages
from fundtracker.web.db import reading
from fundtracker.web.lists.asked import read_address
from fundtracker.web.lists.offers import Choice, Offer
from fundtracker.web.lists.sending import FUND, day, money, send, send_list, text
from fundtracker.web.signed_in import this_person

KINDS = {kind.value: kind.value.capitalize() for kind in AccrualKind}
STATES = {
    accruals.COUNTING: "Counting now",
    accruals.COMING: "Its period has not ended",
    accruals.REVERSED: "Reversed",
    accruals.UNDONE: "Undone",
}
OFFER = Offer(
    endpoint="accruals.index",
    sorts={
        "period_end": "Period end",
        "reference": "Reference",
        "kind": "Kind",
        "recipient": "Recipient",
        "fund": "Fund",
        "reverses_on": "Reverses on",
        "amount": "Amount",
    },
    usual=NEWEST,
    own=(Choice("type", "Kind", "Any kind", KINDS), Choice("status", "State", "Any state", STATES)),
    searched="Reference, recipient or amount",
    amount="Amount",
    days="Period end",
)
COLUMNS = (
    text("Reference", lambda row: row.reference),
    text("Kind", lambda row: KINDS[row.kind], 18),
    text("State", lambda row: STATES[row.state], 18),
    text("Award", lambda row: row.award),
    text("Recipient", lambda row: row.recipient, 34),
    *FUND,
    text("Budget line", lambda row: row.line_label, 18),
    day("Period end", lambda row: row.period_end),
    day("Reverses on", lambda row: row.reverses_on),
    money("Amount", lambda row: row.amount),
    text("Narrative", lambda row: row.narrative, 40),
    text("Recorded by", lambda row: row.made_by, 20),
    text("Undone by", lambda row: row.undone_by, 20),
    text("Why undone", lambda row: row.undone_why, 34),
)


@pages.get("/accruals")
def index() -> str:
    """List what belongs to a period by another date than its cash."""
    asked = read_address(OFFER)
    listed = list_accruals(reading(), asked.filters, asked.part)
    ends = period_ends(reading())
    return render_template(
        "accruals/index.html", asked=asked, listed=listed, kinds=KINDS, states=STATES, ends=ends
    )  # fmt: skip


@pages.get("/accruals.xlsx")
def download() -> Response:
    """Send the accruals as they are filtered, all pages of them."""
    asked = read_address(OFFER)
    rows = list_accruals(reading(), asked.filters, asked.all_rows).rows
    return send_list("Accruals", COLUMNS, rows, as_at=asked.when.day, filters=asked.words)


@pages.get("/accruals/journal.xlsx")
def journal() -> Response:
    """Send the journal of the accruals of the period that ends on a day, the newest where no day is given."""
    session, ends = reading(), period_ends(reading())
    asked = _period_end() or (ends[0] if ends else None)
    if asked is None or asked not in ends:
        raise NotFoundRefusal("No accrual that stands belongs to that period, so there is no journal of it.")
    made = write_accrual_journal(session, period_end=asked, made_by=this_person().name)
    session.rollback()
    return send(made)


def _period_end() -> date | None:
    try:
        return date.fromisoformat(request.args.get("period_end", ""))
    except ValueError:
        return None
