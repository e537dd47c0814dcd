"""The forms of payments due: which rows are ticked, with how much, and what is said of all of them."""

import re
from collections.abc import Sequence
from itertools import chain
from typing import Any

from flask import request
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from fundtracker.domain.money import Pence, figure, parse_pounds
from fundtracker.domain.refusals import Refusal, WrongStateError
from fundtracker.domain.text import one_line
from fundtracker.domain.years import today
from fundtracker.services.dues import Due, Key, RunRefusedError, found
from fundtracker.services.listings.payments_due import DueRow
from fundtracker.services.payment_runs import LARGEST_RUN
from fundtracker.web.approvals.again import answers_again
from fundtracker.web.forms import DateField, TextField
from fundtracker.web.forms.base import Problem
from fundtracker.web.payments.doubting import DoubtingForm

_KEY = re.compile(r"(?P<line>[0-9]{1,18})(?:-(?P<instalment>[0-9]{1,18}))?")  # figures that every engine can hold
_LONGEST_INVOICE = 100


class TickedForm(DoubtingForm):
    """Rows of payments due that are ticked, by their key; nothing here asks the books."""

    def __init__(self, **filled_in: Any) -> None:
        super().__init__(**filled_in)
        self.sent: MultiDict[str, str] = answers_again() or request.form
        self.ticked = list(dict.fromkeys(key for key in self.sent.getlist("tick") if read_key(key)))
        self.amounts: dict[str, Pence] = {}
        self.refused: dict[str, str] = {}
        self.names: dict[str, str] = {}
        for key in self.ticked:
            self._read(key)

    def _read(self, key: str) -> None:
        try:
            self.amounts[key] = parse_pounds(self.sent.get(f"amount-{key}", ""))
        except Refusal as refusal:
            self.refused[key] = refusal.sentence

    def validate(self, *others: Any, **more: Any) -> bool:
        """Ask for at least one tick, and an amount that can be read in every row that is ticked."""
        right = bool(super().validate(*others, **more))
        return self.right_ticks() and right

    def right_ticks(self) -> bool:
        """Say whether something is ticked that can be read, whatever else is typed."""
        if not self.ticked:
            self.form_errors.append("Tick at least one payment")
        if len(self.ticked) > LARGEST_RUN:
            self.form_errors.append(f"Tick {LARGEST_RUN} payments or fewer")
        return not self.form_errors and not self.refused

    def show(self, refusal: Refusal) -> None:
        """Put what is refused at the very rows that it is about."""
        if isinstance(refusal, RunRefusedError):
            self.status = refusal.status
            self.refused |= {key: each.sentence for key, each in refusal.by_key.items()}
        else:
            super().show(refusal)

    @property
    def problems(self) -> list[Problem]:
        """List what is wrong with the rows among the rest, each under its organisation's name."""
        rows = [Problem(f"{self.names.get(key, 'A payment')}: {said}", f"amount-{key}")
                for key, said in self.refused.items()]  # fmt: skip
        return [*super().problems, *rows]

    @property
    def total(self) -> Pence:
        """Give the sum of the ticked amounts, in pence."""
        return Pence(sum(self.amounts.values()))

    def tick(self, rows: Sequence[DueRow]) -> None:
        """Tick every row that is due and can be paid now, with what is typed in it."""
        now = (row.key for row in rows if not row.held and row.due_on <= today())
        self.ticked = list(dict.fromkeys(chain(self.ticked, now)))
        for row in rows:
            if row.key in self.ticked:
                self.refused.pop(row.key, None)
                self._take(row)

    def _take(self, row: DueRow) -> None:
        if f"amount-{row.key}" in self.sent:
            self._read(row.key)
        else:
            self.amounts[row.key] = row.ready

    def typed(self, row: DueRow) -> str:
        """Give what stands in a row's amount: what was typed, or all that is to pay."""
        return self.sent.get(f"amount-{row.key}", figure(row.ready))

    def invoice(self, key: str) -> str:
        """Give the invoice number typed for a row, in one line."""
        return one_line(self.sent.get(f"invoice-{key}", ""))[:_LONGEST_INVOICE]

    @property
    def keys(self) -> list[Key]:
        """Give the ticked rows by award line and instalment."""
        return [key for text in self.ticked if (key := read_key(text))]

    def run(self, session: Session) -> list[Due]:
        """Give the payments in the books' terms; raises WrongStateError for one that is not in them."""
        there = found(session, self.keys)
        if len(there) < len(self.ticked):
            raise WrongStateError("Something that was ticked is not in the books any more. Open the list again.")
        pairs = [(text, *there[key]) for text in self.ticked if (key := read_key(text))]
        return [
            Due(line=line, instalment=instalment, amount=self.amounts[text], invoice_number=self.invoice(text))
            for text, line, instalment in pairs
        ]


class MadeForm(TickedForm):
    """Payments of one day that were made already."""

    on = DateField("Date paid", required="Enter the date that they were paid", past=True)
    voucher = TextField("Reference of the run", longest=100, hint="The BACS run or voucher, put on every payment.")


class DrawUpForm(TickedForm):
    """Payments that are to be sent together."""

    pay_on = DateField("Date to pay", required="Enter the date on which they are to be paid")


def read_key(text: str) -> Key | None:
    """Read the key of a row; None where it is none."""
    match = _KEY.fullmatch(text)
    return (int(match["line"]), int(match["instalment"]) if match["instalment"] else None) if match else None
