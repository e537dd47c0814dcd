"""The forms of what is done to an award after it is recorded."""

from typing import TypeVar

from wtforms import FieldList

from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.years import today
from fundtracker.services.effects import award_balance
from fundtracker.store.awards import Award, AwardLine
from fundtracker.web.forms import DateField, Form, LongTextField, PenceField, RadioField, StatedField, TextField

KEEP, BACK = "keep", "back"
Amounts = dict[int, Pence | None]


def _day(label: str = "Date of the decision") -> DateField:
    return DateField(label, required="Enter the date", past=True)


def _decision(required: str = "") -> TextField:
    return TextField("Decision reference", longest=100, required=required)


def _why(required: str) -> LongTextField:
    return LongTextField("Reason", required=required)


class VaryForm(Form):
    """The new value of each line of an award."""

    values = FieldList(StatedField("New value"), label="New value")
    on = _day()
    decision = _decision()
    narrative = _why("Enter the reason for the change")

    def show(self, refusal: Refusal) -> None:
        """Put a refused amount at the line that it refuses, else at the first."""
        fields = {field.id: field for field in self.values.entries}
        first = next(iter(fields), "")
        field = fields.get(first if refusal.field == "amount" else refusal.field or "")
        if field is None:
            super().show(refusal)
        else:
            self.status = refusal.status
            field.errors = [*field.errors, refusal.sentence]


class SettleForm(Form):
    """The value of a line that had none."""

    line = RadioField("Which part", required="Choose which part of the award gets its value", choices={})
    amount = PenceField("Value", required="Enter the value")
    on = _day()
    decision = _decision()
    narrative = LongTextField("Notes")


class WithdrawForm(Form):
    """What happens to the money that a withdrawn award has paid."""

    keep = RadioField("What was paid", required="Choose what happens to what was paid", choices={})
    on = _day("Date withdrawn")
    decision = _decision()
    narrative = _why("Enter the reason for withdrawing it")


class WriteOffForm(Form):
    """What will not come back."""

    line = RadioField("Which part", required="Choose which part of the award is written off", choices={})
    amount = PenceField("Amount to write off", required="Enter the amount", hint="All that is to recover, or a part.")
    on = _day()
    decision = _decision("Enter the decision reference: a write-off needs the decision that allows it")
    narrative = _why("Enter the reason for writing it off")


class CompleteForm(Form):
    """The end of an award that is settled."""

    on = _day("Date completed")
    narrative = LongTextField("Notes")


class ReopenForm(Form):
    """Taking back that an award ended."""

    on = _day("Date")
    narrative = _why("Enter the reason")


OfOneLine = TypeVar("OfOneLine", SettleForm, WriteOffForm)


def vary_form(award: Award) -> VaryForm:
    """Give a form with the present value of each line."""
    form = VaryForm(on=today())
    for line in award.lines[len(form.values.entries) :]:
        form.values.append_entry(line.awarded if line.last_entry else None)
    return form


def of_one_line(kind: type[OfOneLine], award: Award, amounts: Amounts) -> OfOneLine:
    """Give a form that asks which line, where `amounts` (pence, by place in the award) has more than one."""
    only = next(iter(amounts.values())) if len(amounts) == 1 else None
    form = kind(on=today(), amount=only)
    if len(amounts) <= 1 and not form.line.raw_data:  # once asked for, it is never taken to be the only one left
        del form.line
    else:
        form.line.choices = {str(place): _of_line(award.lines[place], amount) for place, amount in amounts.items()}
    return form


def _of_line(line: AwardLine, amount: Pence | None) -> str:
    what = "" if amount is None else f": {pounds(amount)}"
    return f"{line.budget_line.long_label}{what}"


def withdraw_form(award: Award) -> WithdrawForm:
    """Give a form that asks about what was paid, where anything was."""
    form = WithdrawForm(on=today())
    held = award_balance(award).net_paid
    if held:
        form.keep.choices = {
            KEEP: f"They keep the {pounds(held)} that was paid",
            BACK: f"All {pounds(held)} is to come back: it shows as to recover",
        }
    else:
        del form.keep
    return form
