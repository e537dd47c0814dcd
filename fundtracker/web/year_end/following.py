"""Opening next year's fund from this one: its name and year, its first allocation, and what is carried into it."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.text import one_line
from fundtracker.domain.years import FinancialYear, today, year_label
from fundtracker.services.approvals.asking import ask
from fundtracker.services.funds import find_fund
from fundtracker.services.next_year import NextYear, Opened, follower, open_next_year
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.web.blueprints import year_end as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import DateField, LongTextField, PenceField, TextField, YearField
from fundtracker.web.funds.move_forms import MoveForm
from fundtracker.web.funds.proposing import propose_carry
from fundtracker.web.funds.sums import AUTHORITY, Compared, Figures, figures_of
from fundtracker.web.once import Recorded
from fundtracker.web.particulars import particulars_of
from fundtracker.web.seen import check_funds_stand
from fundtracker.web.steps import check_then_record

CARRIED = "carried_"


class FollowForm(MoveForm):
    """The fund that follows one, and the money that it begins with."""

    name = TextField("Name", required="Enter the fund’s name")
    year = YearField("Financial year", required="Enter the financial year, like 2021/22", hint="Like 2021/22.")
    reference = TextField("Reference", longest=40, hint="Leave it empty and one is suggested.")
    spend_by = DateField("Spend by", hint="Like 31 March 2022.")
    allocated = PenceField("First allocation", hint="Leave it empty where nothing is allocated yet.")
    letter = TextField("Funder’s letter", longest=100, hint="Its reference: the letter that lets the money go on.")
    decision = TextField("Decision reference", longest=100, hint="Of the allocation, the carry forward, or both.")
    on = DateField("Date of the decision", required="Enter the date", past=True)
    narrative = LongTextField("Notes", longest=2_000)

    def carried(self, fund: Fund) -> dict[BudgetLine, Pence]:
        """Give what each budget line of the old fund carries into the new one."""
        amounts = {line: self[f"{CARRIED}{line.id}"].data for line in fund.lines if f"{CARRIED}{line.id}" in self}
        return {line: amount for line, amount in amounts.items() if amount is not None}


@pages.route("/funds/<path:ref>/next-year", methods=["GET", "POST"])
def follow(ref: str) -> ResponseReturnValue:
    """Open next year's fund from this one, after checking the answers."""
    fund = find_fund(reading(), ref)
    after = follower(reading(), fund)
    form = _form(fund)
    if after is not None and not form.is_submitted():
        return render_template("year_end/followed.html", fund=fund, after=after)
    compared = [Compared(fund.name, figures_of(reading(), fund), AUTHORITY)]

    def rehearsed(session: Session) -> None:
        _rehearse(session, find_fund(session, ref), form, compared)

    def record(session: Session) -> Recorded:
        return _record(session, find_fund(session, ref), form)

    def context() -> dict[str, Any]:
        own = find_fund(reading(), ref)
        moved = sum(form.carried(own).values())
        button = f"Open it and send {pounds(moved)} for approval" if moved else "Open it"
        return {"fund": own, "compared": compared, "button": button, "amount": "", "title": "Open next year’s fund",
                "fields": [form[name] for name in form.data if name.startswith(CARRIED)]}  # fmt: skip

    return check_then_record(
        form, page="year_end/follow.html", check_page="funds/check_move.html", record=record, context=context,
        rehearsed=rehearsed,
    )  # fmt: skip


def _rehearse(session: Session, fund: Fund, form: FollowForm, compared: list[Compared]) -> None:
    check_funds_stand(session, [fund])
    opened = _open(session, fund, form, carried=form.carried(fund))
    compared[0].after = figures_of(session, fund)
    new = Compared(opened.fund.name, Figures({}, 0), AUTHORITY)
    new.after = figures_of(session, opened.fund)
    compared[1:] = [new]


def _record(session: Session, fund: Fund, form: FollowForm) -> Recorded:
    check_funds_stand(session, [fund])
    opened = _open(session, fund, form, carried={})
    asked = _ask_to_carry(session, fund, opened.fund, form)
    waits = f" {pounds(asked)} waits for approval to be carried forward." if asked else ""
    says = f"{opened.fund.name} is open as {opened.fund.reference}, and follows {fund.name}.{waits}"
    return Recorded(url_for("funds.show", ref=opened.fund.reference), says)


def _ask_to_carry(session: Session, fund: Fund, new: Fund, form: FollowForm) -> int:
    """Ask for what each budget line carries into the new fund, which opens without it, and give the pence asked."""
    letter = form.letter.data if "letter" in form else ""
    for line, amount in form.carried(fund).items():
        facts = particulars_of(form)
        ask(session, proposal=propose_carry(line, amount, form, facts, into=new, year=form.year.data, letter=letter))
    return sum(form.carried(fund).values())


def _open(session: Session, fund: Fund, form: FollowForm, *, carried: dict[BudgetLine, Pence]) -> Opened:
    details = NextYear(
        name=form.name.data, year=form.year.data, reference=form.reference.data, spend_by=form.spend_by.data,
        allocated=form.allocated.data, spend_type=fund.lines[-1].spend_type, carried=carried,
        letter=form.letter.data if "letter" in form and carried else "",
    )  # fmt: skip
    return open_next_year(session, fund=fund, details=details, particulars=particulars_of(form))


def _form(fund: Fund) -> FollowForm:
    """Give the form, with a field for each budget line that has something left."""
    left = [line for line in fund.lines if line.remaining > 0]
    fields = {
        f"{CARRIED}{line.id}": PenceField(
            f"Carried forward from {line.label}", hint=f"{pounds(line.remaining)} is left. Empty carries nothing."
        )
        for line in left
    }
    last = max(line.year for line in fund.lines)
    form: FollowForm = type("FollowForm", (FollowForm,), fields)(
        name=_renamed(fund.name, last), year=FinancialYear(last + 1), on=today()
    )
    del form.line
    if not (fund.year_bound and left):
        del form.letter
    return form


def _renamed(name: str, year: int) -> str:
    """Offer the name with its year moved on: Safer Roads Fund 2020 becomes Safer Roads Fund 2021."""
    moved = name.replace(year_label(year), year_label(year + 1)).replace(str(year), str(year + 1))
    return one_line(moved)
