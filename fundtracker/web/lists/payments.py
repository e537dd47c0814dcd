"""The list of payments, and its download."""

from flask import Response, render_template

from fundtracker.domain.kinds import Kind
from fundtracker.services.confirming import PaymentState
from fundtracker.services.listings.payments import NEWEST, REVERSAL, PaymentRow, list_payments
from fundtracker.web.blueprints import payments as pages
from fundtracker.web.db import reading
from fundtracker.web.lists.asked import read_address
from fundtracker.web.lists.offers import Choice, Offer
from fundtracker.web.lists.sending import BENEFITS, FUND, day, money, send_list, text, whole

TYPES = {Kind.PAYMENT.value: "Payment", Kind.REFUND.value: "Refund", REVERSAL: "Reversal"}
STATES = {state.value: state.value.capitalize() for state in PaymentState}
OFFER = Offer(
    endpoint="payments.index",
    sorts={
        "organisation": "Organisation",
        "reference": "Payment",
        "award": "Award",
        "fund": "Fund",
        "paid_on": "Date paid",
        "number": "Entry",
        "amount": "Amount",
    },
    usual=NEWEST,
    own=(Choice("type", "What", "All", TYPES), Choice("status", "State", "Any", STATES)),
    searched="Organisation, voucher or amount",
    kind="Kind of organisation",
    area="Area",
    amount="Amount",
    days="Dated",
    dated=True,
)


def what(row: PaymentRow) -> str:
    """Say what a row is: a payment, a refund, or the reversal of one, named by its entry."""
    word = TYPES[row.kind.value]
    return word if row.reverses is None else f"{word} reversed (#{row.reverses})"


COLUMNS = (
    whole("Entry no", lambda row: row.number),
    day("Date", lambda row: row.paid_on),
    text("What", what, 20),
    text("State", lambda row: row.state),
    text("Organisation", lambda row: row.organisation, 34),
    BENEFITS,
    text("Payment", lambda row: row.reference),
    text("Award", lambda row: row.award),
    text("Voucher or invoice", lambda row: row.voucher, 18),
    *FUND,
    money("Amount", lambda row: row.amount),
    text("Narrative", lambda row: row.narrative, 40),
    text("Date not sure", lambda row: row.date_doubt.value),
    text("Amount not sure", lambda row: row.amount_doubt.value),
)


@pages.get("/payments", endpoint="index")
def index() -> str:
    """List what was paid and what came back."""
    asked = read_address(OFFER)
    listed = list_payments(reading(), asked.when, asked.filters, asked.part)
    return render_template("lists/payments.html", asked=asked, listed=listed, what=what)


@pages.get("/payments.xlsx", endpoint="download")
def download() -> Response:
    """Send the payments as they are filtered, all pages of them."""
    asked = read_address(OFFER)
    rows = list_payments(reading(), asked.when, asked.filters, asked.all_rows).rows
    return send_list("Payments", COLUMNS, rows, as_at=asked.when.day, filters=asked.words)
