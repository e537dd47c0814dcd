"""The form of a schedule: its instalments row by row, a rule that fills them in, and the coding of all of them."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import wtforms
from wtforms import FieldList, FormField

from fundtracker.domain.money import ZERO, Pence, pounds
from fundtracker.domain.plans import MOST_INSTALMENTS, Rule, by_rule
from fundtracker.domain.text import one_line
from fundtracker.domain.years import today
from fundtracker.services.instalments import Slot
from fundtracker.services.schedules import Planned
from fundtracker.web.addresses import whole_number
from fundtracker.web.forms import ChoiceField, DateField, Form, LongTextField, PenceField, TextField

BLANK_ROWS = 2
_CODES = ("cost_centre", "subjective", "project")


class RowForm(wtforms.Form):
    """One instalment; a row with nothing in it is no instalment."""

    due_on = DateField("Due on")
    amount = PenceField("Amount")
    condition = TextField("To be met first")
    po_number = TextField("PO number", longest=100)

    @property
    def filled(self) -> bool:
        """Say whether anything is typed in it."""
        return any(one_line((field.raw_data or [""])[0]) if field.raw_data else field.data for field in self)


class ScheduleForm(Form):
    """The instalments of what is not paid yet."""

    rows = FieldList(FormField(RowForm), label="Instalments", max_entries=MOST_INSTALMENTS)
    rule = ChoiceField(
        "How often", choices={rule.value: rule.value.capitalize() for rule in Rule}, validate_choice=False
    )
    first = DateField("The first on")
    count = TextField("How many", longest=3)
    cost_centre = TextField("Cost centre", longest=40)
    subjective = TextField("Subjective", longest=40)
    project = TextField("Project", longest=40)
    narrative = LongTextField("Reason")

    def validate(self, *others: Any, **more: Any) -> bool:
        """Ask every row in which something is typed for its day and its amount."""
        right = bool(super().validate(*others, **more))
        for row in self.filled():
            for field, words in ((row.due_on, "Enter the day"), (row.amount, "Enter the amount")):
                if field.data is None and not field.errors:
                    field.errors = [words]
                    right = False
        return right

    def filled(self) -> Iterator[RowForm]:
        """Give the rows in which something is typed."""
        return (entry.form for entry in self.rows.entries if entry.form.filled)

    def planned(self) -> list[Planned]:
        """Give the instalments in the books' terms."""
        codes = {name: self[name].data for name in _CODES}
        return [
            Planned(due_on=row.due_on.data, amount=row.amount.data or ZERO, condition=row.condition.data,
                    po_number=row.po_number.data, **codes)
            for row in self.filled()
        ]  # fmt: skip

    @property
    def typed(self) -> Pence:
        """Add up the amounts that are typed and can be read, in pence."""
        return Pence(sum(row.amount.data or ZERO for row in self.filled()))

    def by_rule(self, whole: Pence) -> list[dict[str, Any]]:
        """Give the rows that the rule makes of so many pence, with what is typed of the condition kept in none."""
        rule = Rule(self.rule.data) if self.rule.data in list(Rule) else Rule.MONTHLY
        count = max(1, min(whole_number(self.count.data) or rule.usual, MOST_INSTALMENTS))
        parts = by_rule(whole, rule, self.first.data or today(), count) if whole else []
        return [{"due_on": day, "amount": amount} for day, amount in parts]


def rows_of(slots: Sequence[Slot]) -> list[dict[str, Any]]:
    """Give what is left to plan of a schedule as the rows of its form, with some that are blank."""
    left = [slot for slot in slots if slot.amount > slot.kept]
    rows: list[dict[str, Any]] = [
        {"due_on": slot.due_on, "amount": Pence(slot.amount - slot.kept), "condition": slot.condition,
         "po_number": slot.po_number}
        for slot in left
    ]  # fmt: skip
    return rows + [{}] * BLANK_ROWS


def codes_of(slots: Sequence[Slot]) -> dict[str, str]:
    """Give the coding that the instalments have of their own."""
    first = next((slot for slot in slots if slot.amount > slot.kept), None)
    return {name: getattr(first, name) if first else "" for name in _CODES}


def says(whole: int, typed: int) -> str:
    """Say what is still to place, or what is too much."""
    if typed == whole:
        return "Nothing left to place"
    return f"{pounds(whole - typed)} still to place" if typed < whole else f"{pounds(typed - whole)} too much"


def first_day(slots: Sequence[Slot]) -> date:
    """Give the day from which a rule plans unless another is typed."""
    return next((slot.due_on for slot in slots if slot.amount > slot.kept), today())
