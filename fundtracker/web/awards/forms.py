"""The form of an award: an amount for each budget line, and what the registers need to know."""

from collections.abc import Iterator

from flask import request
from sqlalchemy.orm import Session
from wtforms import FieldList, HiddenField

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import ZERO, Pence, pounds
from fundtracker.domain.refusals import NothingToDoError, Refusal
from fundtracker.domain.statuses import AwardType, Basis
from fundtracker.domain.years import today
from fundtracker.services import guards
from fundtracker.services.approvals.awarding import propose_award
from fundtracker.services.approvals.proposals import Proposal
from fundtracker.services.awards import AwardDetails, Share
from fundtracker.services.drafts import Draft
from fundtracker.services.posting import Particulars
from fundtracker.store.applications import Application
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.office import Area, Objective
from fundtracker.web.approvals.told import told_of
from fundtracker.web.awards.rows import funds_of, other_funds, row_words, shown_lines
from fundtracker.web.choices import AWARD_TYPES, LEGAL_POWERS, names_of
from fundtracker.web.forms import (
    ChoiceField,
    DateField,
    Form,
    LongTextField,
    PenceField,
    RadioField,
    TextField,
    TicksField,
)
from fundtracker.web.organisations.choice import choice_field, choose_organisation, keep_choice, name_field

AMOUNTS = "amounts"
_TYPES = {kind.value: AWARD_TYPES[kind.value] for kind in (AwardType.GRANT, AwardType.CONTRACT)}
ADD, DROP = "add-fund", "drop "
_WAITS = "It waits for money that is not certain yet, such as next year’s. It is listed and counted as nothing."
_UNSTATED = "Leave its amount empty. It is listed and counted as nothing until it is given its value."


class AmountsDisagreeError(Refusal):
    """Amounts that do not add up to what was decided."""


class AwardForm(Form):
    """What is awarded, from which budget lines, to whom, why and when."""

    answer = RadioField("Decision", required="Choose what was decided", choices={})
    lines = HiddenField(default="")
    amounts = FieldList(PenceField("This award"), label="This award")
    waiting = TicksField("Subject to funding", choices={}, hint=_WAITS)
    unstated = TicksField("Value not stated yet", choices={}, hint=_UNSTATED)
    another = ChoiceField("Take a part of it from another fund", choices={}, default="")
    organisation = name_field("Pay to")
    organisation_choice = choice_field()
    benefits = TextField("Group that benefits", hint="Where it is not the one that is paid.")
    purpose = LongTextField("What it is for")
    reasons = LongTextField("Reasons for the decision", hint="Public: leave out names and addresses of people.")
    conditions = LongTextField("Conditions")
    on = DateField("Date of the decision", required="Enter the date of the decision", past=True)
    decision = TextField("Decision reference", longest=100)
    type = RadioField("Type of award", choices=_TYPES, default=AwardType.GRANT.value)
    legal_power = ChoiceField("Legal power", choices=LEGAL_POWERS, default="")
    starts_on = DateField("Starts")
    ends_on = DateField("Ends")
    objective = ChoiceField("Objective of the plan", choices={}, default="")
    area = ChoiceField("Area", choices={}, default="")

    def lay_out(self, session: Session, fund: Fund, only: Pence | None = None) -> None:
        """Give every budget line its amount (`only`, in pence, where there is one), and the fields their choices."""
        self.rows = shown_lines(session, fund, self.lines.data or "")
        self._drop(fund)
        self._add(other_funds(session, self.rows))
        self.lines.data = " ".join(str(line.id) for line in self.rows)
        del self.amounts.entries[len(self.rows) :]
        while len(self.amounts.entries) < len(self.rows):
            self.amounts.append_entry(only if len(self.rows) == 1 else None)
        names = {str(line.id): row_words(line, self.rows) for line in self.rows}
        self.waiting.choices = self.unstated.choices = names
        keep_choice(session, self)
        self.objective.choices = names_of(session, Objective)
        self.area.choices = names_of(session, Area)

    def _drop(self, fund: Fund) -> None:
        """Take the rows of a fund out again, where its button was pressed; never those of the award's own fund."""
        dropped = _step().removeprefix(DROP) if _step().startswith(DROP) else ""
        kept = [line.fund is fund or line.fund.reference != dropped for line in self.rows]
        pairs = zip(self.amounts.entries, [*kept, *(True for _ in self.amounts.entries)], strict=False)
        self.amounts.entries = [entry for entry, keep in pairs if keep]
        self.rows = [line for line, keep in zip(self.rows, kept, strict=True) if keep]

    def _add(self, others: dict[str, Fund]) -> None:
        """Put in the rows of another fund that was chosen, whether or not its own button was pressed."""
        chosen = others.pop(self.another.data or "", None) if _step() in (ADD, "check") else None
        self.grew = chosen is not None
        if chosen is not None:
            self.rows += chosen.lines
            self.another.data = ""
        self.another.choices = {"": "Choose a fund"} | {reference: fund.name for reference, fund in others.items()}

    def only_laid_out(self) -> bool:
        """Say whether the form was sent for its sums or its rows alone; its amounts are then read."""
        laid_out = self.grew or _step() in (ADD, "work-out") or _step().startswith(DROP)
        return laid_out and (self.amounts.validate(self) or True)

    @property
    def funds(self) -> list[Fund]:
        """Give the funds that the rows are of, the award's own first."""
        return funds_of(self.rows)

    def parts(self) -> Iterator[tuple[BudgetLine, PenceField, Basis]]:
        """Give each budget line with its amount and on what basis it is awarded."""
        for line, field in zip(self.rows, self.amounts.entries, strict=True):
            waits, unstated = (str(line.id) in (ticks.data or ()) for ticks in (self.waiting, self.unstated))
            yield line, field, Basis.SUBJECT_TO_FUNDING if waits else Basis.NOT_STATED if unstated else Basis.FIRM

    @property
    def total(self) -> Pence:
        """Give the sum of the amounts, in pence, with what is subject to funding."""
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

    def shares(self, session: Session) -> tuple[Share, ...]:
        """Give what each budget line gives; raises the guard's refusal at the very amount that it refuses."""
        shares = tuple(
            self._share(session, line, field, basis)
            for line, field, basis in self.parts()
            if field.data or basis is not Basis.FIRM
        )
        if not shares:
            raise NothingToDoError("Enter the amount of this award", field="amount")
        return shares

    def _share(self, session: Session, line: BudgetLine, field: PenceField, basis: Basis) -> Share:
        if basis is Basis.FIRM:
            self._check(session, line, field)
        if basis is Basis.NOT_STATED and field.data:
            raise AmountsDisagreeError(
                f"The value is ticked as not stated, and {pounds(field.data)} is entered. Take the tick or the amount "
                "away.",
                field=field.id,
            )
        return Share(line=line, amount=field.data, subject_to_funding=basis is Basis.SUBJECT_TO_FUNDING)

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

    def details(self, session: Session, application: Application | None = None) -> AwardDetails:
        """Give what the form says of an award."""
        return AwardDetails(
            recipient=choose_organisation(session, self),
            shares=self.shares(session),
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

    def proposal(self, session: Session, particulars: Particulars, application: Application | None = None) -> Proposal:
        """Give the award that the form proposes, with its answers in words."""
        details = self.details(session, application)
        return propose_award(session, details=details, particulars=particulars, told=told_of(self, details))


def new_award_form(**filled_in: object) -> AwardForm:
    """Give a form dated today."""
    return AwardForm(on=today(), **filled_in)


def _step() -> str:
    return request.form.get("step", "")
