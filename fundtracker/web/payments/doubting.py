"""A form of payments that may look like others: it says which, and asks for a tick that they are right."""

from collections.abc import Sequence
from typing import Any

from fundtracker.domain.refusals import Refusal
from fundtracker.services.doubts import DoubtfulPaymentError
from fundtracker.web.forms import Form, TickField


class DoubtingForm(Form):
    """What the forms of payments share."""

    sure = TickField("I have looked at this, and it is right")

    def __init__(self, **filled_in: Any) -> None:
        super().__init__(**filled_in)
        self.doubts: Sequence[str] = ()

    def show(self, refusal: Refusal) -> None:
        """Put doubts where they can be answered."""
        if isinstance(refusal, DoubtfulPaymentError):
            self.doubts = refusal.doubts
        super().show(refusal)
