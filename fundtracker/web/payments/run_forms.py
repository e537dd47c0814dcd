"""The form of a payment run: which payments due are ticked, with how much, and the day and reference of all."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from flask import request
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence, figure, parse_pounds
from fundtracker.domain.refusals import Refusal, WrongStateError
from fundtracker.services.listings.payments_due import DueRow
from fundtracker.services.payment_runs import LARGEST_RUN, Due, RunRefusedError, award_lines
from fundtracker.web.forms import DateField, Form, TextField
from fundtracker.web.forms.base import Problem

_LONGEST_ID = 18  # figures, which every engine can hold


class RunForm(Form):
    """The payments of one day, by the id of their award line; nothing here asks the books."""

    on = DateField("Date paid", required="Enter the date that they were paid", past=True)
    voucher = TextField("Reference of the run", longest=100, hint="The BACS run or voucher, put on every payment.")

    def __init__(self, **filled_in: Any) -> None:
        super().__init__(**filled_in)
        self.sent = request.form
        self.ticked = list(dict.fromkeys(_ids(self.sent.getlist("tick"))))
        self.amounts: dict[int, Pence] = {}
        self.refused: dict[int, str] = {}
        self.names: dict[int, str] = {}
        for line in self.ticked:
            self._read(line)

    def _read(self, line: int) -> None:
        try:
            self.amounts[line] = parse_pounds(self.sent.get(f"amount-{line}", ""))
        except Refusal as refusal:
            self.refused[line] = refusal.sentence

    def validate(self, *others: Any, **more: Any) -> bool:
        """Ask for at least one tick, and an amount that can be read in every row that is ticked."""
        right = bool(super().validate(*others, **more))
        if not self.ticked:
            self.form_errors.append("Tick at least one payment")
        if len(self.ticked) > LARGEST_RUN:
            self.form_errors.append(f"Tick {LARGEST_RUN} payments or fewer")
        return right and not self.form_errors and not self.refused

    def show(self, refusal: Refusal) -> None:
        """Put what is refused at the very rows that it is about."""
        if isinstance(refusal, RunRefusedError):
            self.status = refusal.status
            self.refused |= {line: each.sentence for line, each in refusal.by_line.items()}
        else:
            super().show(refusal)

    @property
    def problems(self) -> list[Problem]:
        """List what is wrong with the rows among the rest, each under its organisation's name."""
        rows = [Problem(f"{self.names.get(line, 'A payment')}: {said}", f"amount-{line}")
                for line, said in self.refused.items()]  # fmt: skip
        return [*super().problems, *rows]

    @property
    def total(self) -> Pence:
        """Give the sum of the ticked amounts, in pence."""
        return Pence(sum(self.amounts.values()))

    def tick(self, rows: Sequence[DueRow]) -> None:
        """Tick every row that is paid now, with what is typed in it."""
        self.ticked = list(dict.fromkeys(chain(self.ticked, (row.id for row in rows if not row.held))))
        for row in rows:
            if row.id in self.ticked:
                self.refused.pop(row.id, None)
                self._take(row)

    def _take(self, row: DueRow) -> None:
        if f"amount-{row.id}" in self.sent:
            self._read(row.id)
        else:
            self.amounts[row.id] = row.to_pay

    def typed(self, row: DueRow) -> str:
        """Give what stands in a row's amount: what was typed, or all that is to pay."""
        return self.sent.get(f"amount-{row.id}", figure(row.to_pay))

    def run(self, session: Session) -> list[Due]:
        """Give the payments in the books' terms; raises WrongStateError for one that is not in them."""
        lines = award_lines(session, self.ticked)
        if len(lines) < len(self.ticked):
            raise WrongStateError("Something that was ticked is not in the books. Open the list again.")
        return [Due(line=lines[line], amount=self.amounts[line]) for line in self.ticked]


def _ids(typed: Sequence[str]) -> Iterator[int]:
    return (int(one) for one in typed if one.isascii() and one.isdigit() and len(one) <= _LONGEST_ID)
