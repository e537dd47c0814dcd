"""The form of an award: an amount for each budget line, and what the registers need to know."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import FieldList

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import ZERO, Pence, pounds
from fundtracker.domain.refusals import NothingToDoError, Refusal
from fundtracker.domain.statuses import AwardType, LegalPower
from fundtracker.domain.years import today
from fundtracker.services import guards
from fundtracker.services.awards import AwardDetails, Share
from fundtracker.services.drafts import Draft
from fundtracker.services.posting import Particulars
from fundtracker.store.applications import Application
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.office import Area, Objective
from fundtracker.web.forms import ChoiceField, DateField, Form, LongTextField, PenceField, RadioField, TextField
from fundtracker.web.organisation_choice import choice_field, choose_organisation, keep_choice, name_field
from fundtracker.web.signed_in import this_person

AMOUNTS = "amounts"
_TYPES = {AwardType.GRANT.value: "Grant", AwardType.CONTRACT.value: "Contract"}
_POWERS = {"": "Not stated"} | {power.value: power.value for power in LegalPower}


class AmountsDisagreeError(Refusal):
    """Amounts that do not add up to what was decided."""


class AwardForm(Form):
    """What is awarded, from which budget lines, to whom, why and when."""

    answer = RadioField("Decision", required="Choose what was decided", choices={})
    amounts = FieldList(PenceField("This award"), label="This award")
    organisation = name_field("Pay to")
    organisation_choice = choice_field()
    benefits = TextField("Group that benefits", hint="Where it is not the one that is paid.")
    purpose = LongTextField("What it is for")
    reasons = LongTextField("Reasons for the decision", hint="Public: leave out names and addresses of people.")
    conditions = LongTextField("Conditions")
    on = DateField("Date of the decision", required="Enter the date of the decision", past=True)
    decision = TextField("Reference of the decision", longest=100)
    type = RadioField("Type of award", choices=_TYPES, default=AwardType.GRANT.value)
    legal_power = ChoiceField("Legal power", choices=_POWERS, default="")
    starts_on = DateField("Starts")
    ends_on = DateField("Ends")
    objective = ChoiceField("Objective of the plan", choices={}, default="")
    area = ChoiceField("Area", choices={}, default="")

    def lay_out(self, session: Session, fund: Fund, only: Pence | None = None) -> None:
        """Give every budget line of a fund its amount (`only`, in pence, where there is one line), and its choices."""
        while len(self.amounts.entries) < len(fund.lines):
            self.amounts.append_entry(only if len(fund.lines) == 1 else None)
        keep_choice(session, self)
        self.objective.choices = _names(session.scalars(select(Objective).order_by(Objective.id)).all())
        self.area.choices = _names(session.scalars(select(Area).order_by(Area.id)).all())

    @property
    def total(self) -> Pence:
        """Give the sum of the amounts, in pence."""
        return Pence(sum(field.data or 0 for field in self.amounts.entries))

    def show(self, refusal: Refusal) -> None:
        """Put a refused amount where it was typed: at its budget line, else at the first."""
        if refusal.field == "amount":
            refusal.field = f"{AMOUNTS}-0"
        place = dict(zip((field.id for field in self.amounts.entries), self.amounts.entries, strict=True))
        field = place.get(refusal.field or "")
        if field is None:
            super().show(refusal)
        else:
            self.status = refusal.status
            field.errors = [*field.errors, refusal.sentence]

    def shares(self, session: Session, fund: Fund) -> tuple[Share, ...]:
        """Give what each budget line gives; raises the guard's refusal at the very amount that it refuses."""
        shares = []
        for field, line in zip(self.amounts.entries, fund.lines, strict=False):
            if field.data:
                self._check(session, line, field)
                shares.append(Share(line=line, amount=field.data))
        if not shares:
            raise NothingToDoError("Enter the amount of this award", field="amount")
        return tuple(shares)

    def must_be(self, asked_for: Pence | None) -> None:
        """Refuse amounts that do not add up to all that was asked for, in pence."""
        if asked_for is not None and self.total != asked_for:
            raise AmountsDisagreeError(
                f"All that was asked for is {pounds(asked_for)}, and this award adds up to {pounds(self.total)}. "
                "Choose “Award another amount”, or make them agree.",
                field="amount",
            )

    def _check(self, session: Session, line: BudgetLine, field: PenceField) -> None:
        try:
            guards.check(session, Draft(kind=Kind.AWARD, line=line, amount=field.data or ZERO), self.on.data)
        except Refusal as refusal:
            if refusal.field == "amount":
                refusal.field = field.id
            raise

    def details(self, session: Session, fund: Fund, application: Application | None = None) -> AwardDetails:
        """Give what the form says of an award from a fund."""
        return AwardDetails(
            recipient=choose_organisation(session, self),
            shares=self.shares(session, fund),
            application=application,
            type=AwardType(self.type.data),
            benefits=self.benefits.data,
            purpose=self.purpose.data,
            reasons=self.reasons.data,
            conditions=self.conditions.data,
            legal_power=self.legal_power.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            objective=session.get(Objective, int(self.objective.data)) if self.objective.data else None,
            area=session.get(Area, int(self.area.data)) if self.area.data else None,
        )

    def particulars(self) -> Particulars:
        """Give the date, the person and the decision."""
        return Particulars(on=self.on.data, by=this_person().actor, decision=self.decision.data)


def new_award_form(**filled_in: object) -> AwardForm:
    """Give a form dated today."""
    return AwardForm(on=today(), **filled_in)


def _names(rows: Sequence[Objective] | Sequence[Area]) -> dict[str, str]:
    return {"": "Not stated"} | {str(row.id): row.name for row in rows}
