"""Suspending, closing and reopening a fund, and what each of them stops and lets go on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.statuses import ApplicationStatus, FundStatus
from fundtracker.domain.years import today
from fundtracker.services.figures import as_at
from fundtracker.services.funds import close_fund, find_fund, reopen_fund, suspend_fund
from fundtracker.services.listings import applications
from fundtracker.services.listings.filters import Filters
from fundtracker.services.listings.paging import Part
from fundtracker.web.blueprints import funds as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import DateField, Form, LongTextField, TextField
from fundtracker.web.funds.sums import figures_of
from fundtracker.web.once import Recorded
from fundtracker.web.particulars import particulars_of
from fundtracker.web.steps import record_form


class StateForm(Form):
    """When and why a fund's state changes."""

    narrative = LongTextField("Reason", required="Enter the reason", longest=2_000)
    on = DateField("Date", required="Enter the date", past=True)
    decision = TextField("Decision reference", longest=100)


@dataclass(frozen=True, kw_only=True)
class State:
    """One change of state: its address, its words, its verb, and the states that it is taken from."""

    tail: str
    title: str
    stops: tuple[str, ...] = ()
    goes_on: tuple[str, ...]
    done: str
    verb: Callable[..., None]
    taken_from: tuple[FundStatus, ...]


SUSPEND = State(
    tail="suspend",
    title="Suspend this fund",
    stops=("New applications", "New awards", "Payments of awards already made"),
    goes_on=(
        "Applications logged before wait for their decision",
        "Refunds, reversals and corrections",
        "Adding to the allocation, receipts, the funder’s cuts and moving what is left",
    ),
    done="{} is suspended.",
    verb=suspend_fund,
    taken_from=(FundStatus.OPEN,),
)
CLOSE = State(
    tail="close",
    title="Close this fund",
    stops=("New applications", "New awards", "Adding to the allocation, and moving money into it"),
    goes_on=(
        "Payments of awards already made",
        "Refunds, reversals and corrections",
        "Receipts, the funder’s cuts and moving what is left",
    ),
    done="{} is closed.",
    verb=close_fund,
    taken_from=(FundStatus.OPEN, FundStatus.SUSPENDED),
)
REOPEN = State(
    tail="reopen",
    title="Reopen this fund",
    goes_on=("New applications", "New awards", "Payments", "Adding to the allocation"),
    done="{} is open again.",
    verb=reopen_fund,
    taken_from=(FundStatus.SUSPENDED, FundStatus.CLOSED),
)


def change_state(ref: str, state: State) -> ResponseReturnValue:
    """Change a fund's state, on the page that says what it stops."""
    find_fund(reading(), ref)
    form = StateForm(on=today())

    def record(session: Session) -> Recorded:
        fund = find_fund(session, ref)
        state.verb(session, fund=fund, particulars=particulars_of(form))
        return Recorded(url_for("funds.show", ref=fund.reference), state.done.format(fund.name))

    def context() -> dict[str, Any]:
        session = reading()
        fund = find_fund(session, ref)
        waits = Filters(fund=fund.reference, status=ApplicationStatus.RECEIVED.value)
        order = Part(order=applications.OLDEST.order, size=1)
        waiting = applications.list_applications(session, as_at(session), waits, order).count
        balance = figures_of(session, fund).fund
        return {"fund": fund, "state": state, "balance": balance, "waiting": waiting}

    return record_form(form, page="funds/state.html", record=record, context=context)


def _page(state: State) -> Callable[[str], ResponseReturnValue]:
    def page(ref: str) -> ResponseReturnValue:
        return change_state(ref, state)

    return page


for _state in (SUSPEND, CLOSE, REOPEN):
    _address = f"/funds/<path:ref>/{_state.tail}"
    pages.add_url_rule(_address, _state.tail, _page(_state), methods=["GET", "POST"])
