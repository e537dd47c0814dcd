"""Opening a fund, with its first allocation where that is decided; checked before anything is recorded."""

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.money import pounds
from fundtracker.domain.statuses import Source, SpendType
from fundtracker.domain.text import one_line
from fundtracker.domain.years import today, year_of
from fundtracker.services.allocations import allocate
from fundtracker.services.funds import FundDetails, open_fund
from fundtracker.services.posting import Particulars
from fundtracker.store.funds import Fund
from fundtracker.store.office import Objective
from fundtracker.web.blueprints import funds as pages
from fundtracker.web.choices import SOURCES, SPEND_TYPES, YEAR_BOUND, names_of
from fundtracker.web.db import reading
from fundtracker.web.forms import (
    ChoiceField,
    DateField,
    Form,
    LongTextField,
    PenceField,
    RadioField,
    TextField,
    TickField,
    YearField,
)
from fundtracker.web.once import Recorded
from fundtracker.web.particulars import particulars_of
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import check_then_record


class FundForm(Form):
    """A fund to open."""

    name = TextField("Name", required="Enter the fund’s name", hint="As people say it, like Safer Roads Fund 2020.")
    funder = TextField("Funder", required="Enter the funder: whose money it is")
    year = YearField("Financial year", required="Enter the financial year, like 2020/21", hint="Like 2020/21.")
    reference = TextField(
        "Reference", longest=40, hint="Short enough to say, like SRF20. Leave it empty and one is suggested."
    )
    source = RadioField(
        "Whose money",
        choices=SOURCES,
        required="Choose whose money it is",
    )
    spend_type = RadioField(
        "Revenue or capital",
        choices=SPEND_TYPES,
        default=SpendType.REVENUE.value,
        required="Choose revenue or capital",
    )
    amount = PenceField("Allocation", hint="Leave it empty where nothing is allocated yet.")
    on = DateField("Date of the allocation", past=True)
    decision = TextField("Decision reference", hint="The decision that allocates it, like PCC/D/2020/31.")
    purpose = LongTextField("What it is for")
    eligibility = LongTextField("Who may apply")
    objective = ChoiceField("Objective of the plan")
    opens_on = DateField("Opens", hint="Like 1 July 2020.")
    spend_by = DateField("Spend by", hint="Like 31 March 2021.")
    outcomes = LongTextField(
        "Outcomes", hint="One a line. With any here, an application has to name at least one of them."
    )
    year_bound = TickField(YEAR_BOUND)
    cost_centre = TextField("Cost centre", longest=40)
    subjective = TextField("Subjective (account)", longest=40)
    project = TextField("Project", longest=40)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the date and the decision wherever there is an amount, and for the amount with a decision."""
        whole = super().validate(extra_validators)
        if self.amount.data is not None and self.on.data is None and not self.on.errors:
            self.on.errors = ["Enter the date of the allocation"]
        if self.decision.data and self.amount.data is None and not self.amount.errors:
            self.amount.errors = ["Enter the amount allocated, or leave the decision out"]
        return bool(whole) and not self.errors


@pages.route("/funds/new", endpoint="open", methods=["GET", "POST"])
def open_() -> ResponseReturnValue:
    """Open a fund, after checking the answers."""
    form = FundForm(year=year_of(today()), on=today())
    form.objective.choices = names_of(reading(), Objective)
    opened: dict[str, str] = {}

    def record(session: Session) -> Recorded:
        fund = _open(session, form)
        opened["reference"] = fund.reference
        return Recorded(url_for("funds.show", ref=fund.reference), _said(form, fund))

    def context() -> dict[str, Any]:
        return {"opened": opened, "sources": SOURCES}

    return check_then_record(
        form, page="funds/open.html", check_page="funds/check_open.html", record=record, context=context
    )


def _open(session: Session, form: FundForm) -> Fund:
    by = this_person().actor
    fund = open_fund(session, details=fund_details(session, form), particulars=Particulars(on=today(), by=by))
    if form.amount.data is not None:
        particulars = particulars_of(form, narrative="First allocation")
        allocate(session, line=fund.lines[0], amount=form.amount.data, particulars=particulars)
    return fund


def fund_details(session: Session, form: FundForm) -> FundDetails:
    """Give what a form says of the fund to open."""
    return FundDetails(
        name=form.name.data,
        funder=form.funder.data,
        source=Source(form.source.data),
        year=form.year.data,
        spend_type=SpendType(form.spend_type.data),
        reference=_reference(form),
        purpose=form.purpose.data,
        eligibility=form.eligibility.data,
        objective=session.get(Objective, int(form.objective.data)) if form.objective.data else None,
        opens_on=form.opens_on.data,
        spend_by=form.spend_by.data,
        year_bound=form.year_bound.data,
        cost_centre=form.cost_centre.data,
        subjective=form.subjective.data,
        project=form.project.data,
        outcomes=tuple(filter(None, map(one_line, form.outcomes.data.splitlines()))),
    )


def _reference(form: FundForm) -> str:
    """Give the reference typed, or the one suggested on the page that is being confirmed."""
    return form.reference.data or request.form.get("suggested", "")


def _said(form: FundForm, fund: Fund) -> str:
    if form.amount.data is None:
        return f"{fund.name} is open as {fund.reference}. Nothing is allocated to it yet."
    return f"{fund.name} is open as {fund.reference}, with {pounds(form.amount.data)} allocated."
