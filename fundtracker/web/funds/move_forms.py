"""The forms of the operations on a fund's money, and their answers in words."""

import re
from dataclasses import dataclass

from wtforms import Field, HiddenField

from fundtracker.domain.money import ZERO, Pence, parse_pounds, pounds
from fundtracker.domain.percentages import parse_percentage, percentage, percentage_of
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.web.approvals.told import said
from fundtracker.web.forms import ChoiceField, DateField, Form, LongTextField, PenceField, RadioField, TextField
from fundtracker.web.forms.fields import TypedField
from fundtracker.web.forms.widgets import LineInput

LOWERS = "lowers"
_DAY, _AMOUNT, _DECISION = "Enter the date", "Enter the amount", "Enter the decision reference"
_LONGEST = 100
_NOTHING = re.compile(r"£? ?0+(\.0+)?")


@dataclass(frozen=True)
class Allowance:
    """An allowance as it was decided: so many pence, or so many hundredths of a per cent of what is allocated."""

    pence: Pence = ZERO
    hundredths: int = 0

    def __str__(self) -> str:
        """Write it as it was decided."""
        return f"{percentage(self.hundredths)} of what is allocated" if self.hundredths else pounds(self.pence)

    def on(self, allocated: Pence) -> Pence:
        """Give what it comes to, in pence."""
        return percentage_of(allocated, self.hundredths) if self.hundredths else self.pence


class AllowanceField(TypedField):
    """An allowance, typed in pounds or with a percent sign; 0 is none."""

    widget = LineInput()

    def read(self, typed: str) -> Allowance:
        """Read either; raises the refusal of the one that it looks like."""
        tidy = typed.strip()
        if tidy.endswith("%"):
            return Allowance(hundredths=parse_percentage(tidy))
        return Allowance() if _NOTHING.fullmatch(tidy) else Allowance(pence=parse_pounds(tidy))


class MoveForm(Form):
    """A form that moves the money of one budget line, which is asked for only where the fund has several."""

    line = ChoiceField("Budget line", required="Choose the budget line")

    def lay_out(self, fund: Fund, chosen: str = "") -> None:
        """Give the fund's budget lines to choose from, with what each has left."""
        if len(fund.lines) == 1 or self.line.raw_data == []:
            del self.line  # it was shown when the fund had one, the first
            return
        left = {str(line.id): f"{line.label}: {pounds(line.remaining)} left" for line in fund.lines}
        self.line.choices = {"": "Choose", **left}
        self.line.data = self.line.data or (chosen if chosen in left else "")

    def line_of(self, fund: Fund) -> BudgetLine:
        """Give the line chosen, or the only one."""
        chosen = self.line.data if "line" in self else ""
        return next((line for line in fund.lines if str(line.id) == chosen), fund.lines[0])

    def sum_of(self, _line: BudgetLine) -> Pence:
        """Give the sum that the button names, in pence."""
        return self.amount.data or ZERO

    @property
    def asked(self) -> list[Field]:
        """List the fields that a person fills in, in order."""
        return [field for field in self if not isinstance(field, HiddenField)]

    def answers(self) -> list[tuple[str, str, str]]:
        """Give each answer to check: its question, itself in words, and its field."""
        return [(field.label.text, said(field), field.id) for field in self.asked]


class DecidedForm(MoveForm):
    """An amount and the decision that moves it."""

    amount = PenceField("Amount", required=_AMOUNT)
    on = DateField("Date of the decision", required=_DAY, past=True)
    decision = TextField("Decision reference", required=_DECISION, longest=_LONGEST, hint="Like PCC/D/2020/31.")
    narrative = LongTextField("Notes")


class CarryForm(DecidedForm):
    """What is carried into the next year, and the funder's letter where its money is for one year only."""

    letter = TextField(
        "Funder’s letter", longest=_LONGEST, hint="Its reference. The funder gave this money for its year only."
    )

    def lay_out(self, fund: Fund, chosen: str = "") -> None:
        """Ask for the funder's letter only where the money is for one year."""
        super().lay_out(fund, chosen)
        if not fund.year_bound:
            del self.letter

    @property
    def letter_said(self) -> str:
        """Give the letter's reference, or nothing."""
        return str(self.letter.data) if "letter" in self else ""


class CutForm(MoveForm):
    """What a funder took away."""

    amount = PenceField("Amount", required=_AMOUNT)
    on = DateField("Date of the cut", required=_DAY, past=True, hint="When the funder’s cut takes effect.")
    decision = TextField("Funder’s letter or reference", longest=_LONGEST)
    narrative = LongTextField("Notes", hint="The funder’s reason, where it gave one.")


class ReceiptForm(MoveForm):
    """What a funder sent."""

    amount = PenceField("Amount", required=_AMOUNT)
    on = DateField("Date received", required=_DAY, past=True)
    reference = TextField("Receipt or bank reference", longest=_LONGEST)
    narrative = LongTextField("Notes")


class ReturnForm(MoveForm):
    """What goes back to a funder, and whether the allocation comes down by it."""

    amount = PenceField("Amount", required=_AMOUNT)
    lowers = RadioField(
        "Does the allocation come down by this amount?",
        choices={LOWERS: "Yes, it is no longer ours to award", "stays": "No, it was lowered before: by a cut, say"},
        required="Say whether the allocation comes down by this amount",
        default=LOWERS,
    )
    on = DateField("Date returned", required=_DAY, past=True)
    decision = TextField("Decision reference", required=_DECISION, longest=_LONGEST, hint="Like PCC/D/2020/31.")
    reference = TextField("Voucher or bank reference", longest=_LONGEST)
    narrative = LongTextField("Notes")


class AllowanceForm(MoveForm):
    """The allowance that is decided, in pounds or as a percentage of the allocation."""

    amount = AllowanceField(
        "New allowance",
        required="Enter the new allowance, or 0 for none",
        hint="In pounds, like 5,000, or as a percentage of what is allocated now, like 10%. Enter 0 for none.",
    )
    on = DateField("Date of the decision", required=_DAY, past=True)
    decision = TextField("Decision reference", required=_DECISION, longest=_LONGEST, hint="Like PCC/D/2020/31.")
    narrative = LongTextField("Notes")

    def sum_of(self, line: BudgetLine) -> Pence:
        """Give the allowance itself, in pence; a percentage is of what the line has allocated."""
        return self.amount.data.on(line.allocated) if self.amount.data else ZERO
