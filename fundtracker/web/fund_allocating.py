"""Adding to a fund's allocation: the first one, or an uplift after it; checked before it is recorded."""

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import ZERO, pounds
from fundtracker.domain.years import today
from fundtracker.services.allocations import allocate, uplift
from fundtracker.services.figures import as_at, fund_balances
from fundtracker.services.funds import find_fund
from fundtracker.services.posting import Particulars
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.web.award_sums import line_words
from fundtracker.web.blueprints import funds as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import ChoiceField, DateField, Form, LongTextField, PenceField, TextField
from fundtracker.web.once import Recorded
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import check_then_record


class AllocationForm(Form):
    """Money to put into a fund."""

    line = ChoiceField("Budget line", required="Choose the budget line")
    amount = PenceField("Amount to add", required="Enter the amount to add")
    on = DateField("Date", required="Enter the date of the decision", past=True)
    decision = TextField(
        "Decision reference", required="Enter the decision reference", hint="The decision that allocates it."
    )
    narrative = LongTextField("Notes")


@pages.route("/funds/<path:ref>/allocation", endpoint="allocate", methods=["GET", "POST"])
def add_to_allocation(ref: str) -> ResponseReturnValue:
    """Add to a fund's allocation, after checking the answers."""
    fund = find_fund(reading(), ref)
    form = AllocationForm(on=today())
    names = {str(line.id): line_words(line) for line in fund.lines}
    if len(names) > 1:
        form.line.choices = {"": "Choose", **names}
    else:
        del form.line

    def record(session: Session) -> Recorded:
        own = find_fund(session, ref)
        verb = allocate if _first(session, own) else uplift
        line = _line(own, form)
        particulars = Particulars(
            on=form.on.data, by=this_person().actor, decision=form.decision.data, narrative=form.narrative.data
        )
        entry = verb(session, line=line, amount=form.amount.data or ZERO, particulars=particulars)
        said = f"{pounds(entry.amount)} is added to {own.name}: entry #{entry.number}."
        return Recorded(url_for("funds.show", ref=own.reference), said)

    def context() -> dict[str, Any]:
        session = reading()
        own = find_fund(session, ref)
        balance = fund_balances(session, as_at(session), [own.id])[own.id]
        return {"fund": own, "balance": balance, "first": _first(session, own), "names": names}

    return check_then_record(
        form, page="funds/allocate.html", check_page="funds/check_allocate.html", record=record, context=context
    )


def _first(session: Session, fund: Fund) -> bool:
    """Say whether nothing has been allocated yet: what is added after that is an uplift."""
    allocation = select(Entry.number).where(Entry.fund_id == fund.id, Entry.kind == Kind.ALLOCATION)
    return session.scalar(allocation.limit(1)) is None


def _line(fund: Fund, form: AllocationForm) -> BudgetLine:
    chosen = form.line.data if "line" in form else ""
    return next((line for line in fund.lines if str(line.id) == chosen), fund.lines[0])
