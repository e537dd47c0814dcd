"""The forms of a claim: its costs row by row, and what of each is certified."""

from collections.abc import Iterator
from typing import Any

import wtforms
from flask import request
from wtforms import FieldList, FormField

from fundtracker.domain.money import ZERO, AmountNotUnderstoodError, Pence, figure
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.text import one_line
from fundtracker.services.claims import Cost, Decision
from fundtracker.store.schedules import Claim, ClaimItem
from fundtracker.web.forms import DateField, Form, LongTextField, PenceField, StatedField, TextField
from fundtracker.web.forms.base import Problem

BLANK_ROWS, MOST_COSTS = 4, 200


class CostForm(wtforms.Form):
    """One cost; a row with nothing in it is no cost."""

    description = TextField("What it was for")
    spent_on = DateField("Met on", past=True)
    amount = PenceField("Amount")

    @property
    def filled(self) -> bool:
        """Say whether anything is typed in it."""
        return any(one_line((field.raw_data or [""])[0]) for field in self)


class ClaimForm(Form):
    """A claim as it came in."""

    on = DateField("Received on", required="Enter the date on which it was received", past=True)
    period_from = DateField("For costs from")
    period_to = DateField("to")
    costs = FieldList(FormField(CostForm), label="Costs", min_entries=BLANK_ROWS, max_entries=MOST_COSTS)
    notes = LongTextField("Notes")

    def validate(self, *others: Any, **more: Any) -> bool:
        """Ask every row in which something is typed for what it was for and its amount."""
        right = bool(super().validate(*others, **more))
        for row in self.filled():
            for field, words in ((row.description, "Enter what it was for"), (row.amount, "Enter the amount")):
                if not field.data and not field.errors:
                    field.errors = [words]
                    right = False
        return right

    def filled(self) -> Iterator[CostForm]:
        """Give the rows in which something is typed."""
        return (entry.form for entry in self.costs.entries if entry.form.filled)

    def given(self) -> list[Cost]:
        """Give the costs in the books' terms."""
        return [
            Cost(description=row.description.data, amount=row.amount.data or ZERO, spent_on=row.spent_on.data)
            for row in self.filled()
        ]

    @property
    def total(self) -> Pence:
        """Add up the amounts that are typed and can be read, in pence."""
        return Pence(sum(row.amount.data or ZERO for row in self.filled()))


class ReopenForm(Form):
    """Why the decision on a claim is taken back."""

    narrative = LongTextField("Reason", required="Enter why the decision is taken back")
    on = DateField("Date", required="Enter the date", past=True)


class DecideForm(Form):
    """What of each cost of a claim is certified, by the number of the cost."""

    on = DateField("Date decided", required="Enter the date of the decision", past=True)
    narrative = LongTextField("Notes")

    def __init__(self, **filled_in: Any) -> None:
        super().__init__(**filled_in)
        self.refused: dict[str, str] = {}

    def amount(self, item: ClaimItem) -> str:
        """Give the amount that stands at a cost: what was typed, or all that is claimed."""
        return request.form.get(f"certified-{item.id}", figure(item.claimed))

    def reason(self, item: ClaimItem) -> str:
        """Give the reason typed at a cost."""
        return one_line(request.form.get(f"reason-{item.id}", ""))[:400]

    def read(self, item: ClaimItem) -> Pence:
        """Read the amount certified of a cost, in pence; nothing where it cannot be read."""
        try:
            return StatedField.read(self.amount(item))
        except Refusal as refusal:
            self.refused[f"certified-{item.id}"] = refusal.sentence
            return ZERO

    def decisions(self, claim: Claim) -> list[Decision]:
        """Give what is certified of each cost, and why not all; raises the refusal of an amount that is no amount."""
        found = [Decision(self.read(item), self.reason(item)) for item in claim.items]
        if self.refused:
            raise AmountNotUnderstoodError("Put right what is certified", field=next(iter(self.refused)))
        return found

    def show(self, refusal: Refusal) -> None:
        """Put what is refused of a cost at its row."""
        if refusal.field and refusal.field.split("-")[0] in ("certified", "reason"):
            self.status = refusal.status
            self.refused.setdefault(refusal.field, refusal.sentence)
        else:
            super().show(refusal)

    @property
    def problems(self) -> list[Problem]:
        """List what is wrong with the costs among the rest."""
        return [*super().problems, *(Problem(said, name) for name, said in self.refused.items())]
