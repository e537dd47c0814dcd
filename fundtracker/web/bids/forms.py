"""The forms of bids: recording one, moving it on, and reopening one that ended by mistake."""

from typing import Any

from fundtracker.domain.statuses import BidStatus
from fundtracker.store.bids import Bid
from fundtracker.web.forms import DateField, Form, LongTextField, PenceField, RadioField, TextField

_EXPECTED = "In the funder’s words, like “next few weeks”."
_SUBMITTED = (BidStatus.SUBMITTED, "Submitted: the funder has it")
_WITHDRAWN = (BidStatus.WITHDRAWN, "Withdrawn: we no longer ask")
_LOST = (BidStatus.LOST, "Lost: the funder said no")
_NEXT = {
    BidStatus.IN_DEVELOPMENT: (_SUBMITTED, (BidStatus.WITHDRAWN, "Withdrawn: it will not be sent")),
    BidStatus.SUBMITTED: ((BidStatus.CLARIFICATION, "Clarification: the funder has a question"), _LOST, _WITHDRAWN),
    BidStatus.CLARIFICATION: ((BidStatus.SUBMITTED, "Answered: the funder has it again"), _LOST, _WITHDRAWN),
}


def next_steps(bid: Bid) -> dict[str, str]:
    """Give the statuses that a bid can be moved on to, in words; none once it ended. Winning has its own page."""
    return {status.value: words for status, words in _NEXT.get(bid.status, ())}


class BidForm(Form):
    """A bid to record, or a national opportunity with no amount of ours."""

    title = TextField("What the bid is for", required="Enter what the bid is for")
    funder = TextField("Funder", required="Enter the funder: whose money it is")
    sought = PenceField(
        "Amount asked for", hint="In pounds. Leave it empty where it is not known: it is then Not stated."
    )
    national_pot = PenceField(
        "National pot", hint="What the funder offers to everyone. It is never the office’s money."
    )
    stage = RadioField(
        "How far it has got",
        choices={
            BidStatus.IN_DEVELOPMENT.value: "In development: not sent yet",
            BidStatus.SUBMITTED.value: "Submitted: the funder has it",
            BidStatus.CLARIFICATION.value: "Clarification: the funder has a question",
        },
        default=BidStatus.IN_DEVELOPMENT.value,
        required="Choose how far it has got",
    )
    submitted_on = DateField("Date sent", past=True, hint="If it has been sent. Like 1 September 2020.")
    outcome_expected = TextField("Outcome expected", hint=_EXPECTED)
    partners = TextField("Partners")
    notes = LongTextField("Notes")

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the date wherever the bid has been sent, and for none where it has not."""
        whole = super().validate(extra_validators)
        sent = self.stage.data in (BidStatus.SUBMITTED, BidStatus.CLARIFICATION)
        if sent and self.submitted_on.data is None and not self.submitted_on.errors:
            self.submitted_on.errors = ["Enter the date on which it was sent"]
        if self.stage.data == BidStatus.IN_DEVELOPMENT and self.submitted_on.data is not None:
            self.submitted_on.errors = ["Leave the date out, or choose Submitted: a bid in development is not sent yet"]
        return bool(whole) and not self.errors


class MoveForm(Form):
    """What has become of a bid, and when."""

    # What is offered depends on where the bid stands; a form sent twice finds it further on, and is answered the same.
    stage = RadioField("What happened", choices={}, required="Choose what happened", validate_choice=False)
    on = DateField("Date", required="Enter the date on which it happened", past=True)
    sought = PenceField("Amount asked for", hint="In pounds. Leave it empty where it is not stated.")
    outcome_expected = TextField("Outcome expected", hint=_EXPECTED)
    note = LongTextField("Notes", longest=2000, hint="Kept in the bid’s history.")

    def lay_out(self, bid: Bid) -> None:
        """Offer what can happen to a bid next, and ask what is known when it is sent only while it is not."""
        self.stage.choices = next_steps(bid)
        if bid.status is not BidStatus.IN_DEVELOPMENT:
            del self.outcome_expected
        if bid.status is not BidStatus.IN_DEVELOPMENT or bid.sought is not None:
            del self.sought

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse what nothing offers."""
        whole = super().validate(extra_validators)
        offered = {status.value for steps in _NEXT.values() for status, _ in steps}
        if self.stage.data not in offered and not self.stage.errors:
            self.stage.errors = ["Choose what happened"]
        return bool(whole) and not self.errors

    def known_by_now(self) -> dict[str, Any]:
        """Give what is asked and when an answer is expected, where the form asks and the bid is sent."""
        if self.stage.data != BidStatus.SUBMITTED:
            return {}
        return {name: self[name].data for name in ("sought", "outcome_expected") if name in self}


class ReopenForm(Form):
    """Why a bid is reopened."""

    reason = LongTextField("Why it is reopened", required="Enter why it is reopened", longest=2000)
