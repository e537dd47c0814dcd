"""What may be done with an award from its page: one button for what is usual next, links for the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fundtracker.domain.balances import Balance
from fundtracker.domain.statuses import FundStatus
from fundtracker.services.award_steps import Step
from fundtracker.store.awards import AwardLine
from fundtracker.web.access import may_open

WORDS = {
    "payments.pay": "Record a payment",
    "awards.settle": "Give it its value",
    "payments.refund_award": "Record a refund",
    "awards.complete": "Complete it",
    "awards.vary": "Vary",
    "awards.write_off": "Write off",
    "awards.withdraw": "Withdraw",
    "awards.reopen": "Let it stand again",
    "awards.words": "Edit the words",
}
_BUTTONS = frozenset({"payments.pay", "awards.settle", "awards.complete"})


@dataclass(frozen=True)
class Actions:
    """The endpoint of the one button, where there is one, and of the links beside it."""

    button: str | None
    links: list[str]


def actions(barred: Mapping[Step, str], sums: Balance, payable: Sequence[AwardLine]) -> Actions:
    """Offer what this award and this person allow; a payment where at least one fund pays, not suspended."""
    pays = [line for line in payable if line.budget_line.fund.status is not FundStatus.SUSPENDED]
    steps = {f"awards.{step.name.lower()}" for step in Step if step not in barred}
    steps |= {"payments.pay"} if pays else set()
    steps |= {"payments.refund_award"} if sums.net_paid > 0 else set()
    offered = [page for page in WORDS if page in steps | {"awards.words"} and may_open(page)]
    usual = _BUTTONS | ({"payments.refund_award"} if sums.to_recover else set())
    button = next((page for page in offered if page in usual), None)
    return Actions(button, [page for page in offered if page != button])
