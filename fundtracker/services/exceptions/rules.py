"""The rules of the exception report: what each looks for, from when, whose it is and what to do, before any tuning."""

from dataclasses import dataclass
from enum import StrEnum

from fundtracker.domain.roles import Role


class Rule(StrEnum):
    """
    One rule of the exception report, by the word that keys and settings know it by.

    Where one subject meets two of them it stands under the first in this order, with the others beside it.
    """

    CUT = "cut"
    OVER_ALLOWANCE = "over-allowance"
    OVER_ALLOCATED = "over-allocated"
    TO_RECOVER = "to-recover"
    CLOSED = "closed"
    SUSPENDED = "suspended"
    HELD = "held"
    OVERDUE = "overdue"
    SPEND_BY = "spend-by"
    FINANCE_LINE = "finance-line"
    PAYMENT = "payment"
    NEXT_YEAR = "next-year"
    ENDING = "ending"
    RETURN = "return"
    NOT_ACCEPTED = "not-accepted"
    SPEND_TYPES = "spend-types"
    SUBSIDY = "subsidy"
    BID = "bid"
    NO_VALUE = "no-value"
    NO_REASONS = "no-reasons"

    @property
    def words(self) -> str:
        """Give what a report calls it."""
        return RULES[self].title


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A rule before any tuning; `days_are` and `percent_is` say what its two numbers mean, where it has them."""

    title: str
    says: str
    owner: str
    action: str
    days: int | None = None
    days_are: str = ""
    percent: int | None = None
    percent_is: str = ""


COMMISSIONING, FINANCE, CHIEF = (
    role.value.capitalize() for role in (Role.COMMISSIONING, Role.FINANCE, Role.CHIEF_EXECUTIVE)
)

RULES: dict[Rule, Facts] = {
    Rule.CUT: Facts(
        title="Below zero by a funder’s cut",
        says="The funder cut its grant below what was awarded already.",
        owner=CHIEF,
        action="Find other money, or lower awards",
    ),
    Rule.OVER_ALLOWANCE: Facts(
        title="Over the allowance",
        says="More is awarded than is allocated and allowed over it.",
        owner=CHIEF,
        action="Decide an allowance, or lower awards",
    ),
    Rule.OVER_ALLOCATED: Facts(
        title="Over-allocated",
        says="More is awarded than is allocated, within what was allowed.",
        owner=COMMISSIONING,
        action="Say which underspend will cover it",
    ),
    Rule.TO_RECOVER: Facts(
        title="To recover",
        says="A recipient holds more than it is awarded.",
        owner=FINANCE,
        action="Ask for it back, or write it off",
        days=30,
        days_are="Days it may be held",
    ),
    Rule.CLOSED: Facts(
        title="Closed with money left",
        says="A closed fund still has money to award.",
        owner=FINANCE,
        action="Return it, move it or carry it forward",
    ),
    Rule.SUSPENDED: Facts(
        title="Suspended with money left",
        says="A suspended fund still has money to award.",
        owner=CHIEF,
        action="Reopen the fund, or move the money",
    ),
    Rule.HELD: Facts(
        title="Instalment on hold",
        says="An instalment is due, and a condition, a person or its suspended fund holds it back.",
        owner=COMMISSIONING,
        action="Settle what holds it",
        days=30,
        days_are="Days it may be held",
    ),
    Rule.OVERDUE: Facts(
        title="Instalment overdue",
        says="An instalment was due and is not paid.",
        owner=FINANCE,
        action="Pay it, or plan it anew",
        days=0,
        days_are="Days it may be late",
    ),
    Rule.SPEND_BY: Facts(
        title="Spend by",
        says="A fund’s time is nearly up and too little of it is paid.",
        owner=COMMISSIONING,
        action="Speed up payments, or ask the funder for time",
        days=90,
        days_are="Days before its last day",
        percent=60,
        percent_is="Per cent that must be paid by then",
    ),
    Rule.FINANCE_LINE: Facts(
        title="Finance line not matched",
        says="A line of the finance system has no payment of ours and no explanation.",
        owner=FINANCE,
        action="Match it or explain it",
        days=30,
        days_are="Days it may wait",
    ),
    Rule.PAYMENT: Facts(
        title="Payment without a finance line",
        says="A payment of ours never came in the finance system’s lines.",
        owner=FINANCE,
        action="Ask the finance system’s team",
        days=31,
        days_are="Days it may wait",
    ),
    Rule.NEXT_YEAR: Facts(
        title="Next year’s money not firm",
        says="A grant goes on past 31 March on money that is not firm yet.",
        owner=CHIEF,
        action="Make it firm, or tell the recipient",
        days=365,
        days_are="Days before that year begins",
    ),
    Rule.ENDING: Facts(
        title="Ending with no successor",
        says="A contract, or a grant that follows an earlier award, ends and nothing follows it.",
        owner=COMMISSIONING,
        action="Renew it, procure it or say it stops",
        days=180,
        days_are="Days before it ends",
    ),
    Rule.RETURN: Facts(
        title="Monitoring return overdue",
        says="A recipient has not returned what its award asks for, and its next payment waits.",
        owner=COMMISSIONING,
        action="Ask for it, or waive it",
        days=14,
        days_are="Days it may be late",
    ),
    Rule.NOT_ACCEPTED: Facts(
        title="Agreement not accepted",
        says="An agreement was offered and was not accepted by its day.",
        owner=COMMISSIONING,
        action="Ask the recipient, or let it lapse",
        days=0,
        days_are="Days it may be late",
    ),
    Rule.SPEND_TYPES: Facts(
        title="Capital and revenue in one award",
        says="An award takes from capital and revenue, and no decision that mixes them is recorded.",
        owner=FINANCE,
        action="Record the decision, or split the award",
    ),
    Rule.SUBSIDY: Facts(
        title="Near the subsidy limit",
        says="Grants to one enterprise, in this financial year and the two before, near £315,000.",
        owner=COMMISSIONING,
        action="Check the limit before the next award",
        percent=80,
        percent_is="Per cent of £315,000",
    ),
    Rule.BID: Facts(
        title="Bid outcome overdue",
        says="A funder has not answered a bid by when it said it would.",
        owner=COMMISSIONING,
        action="Ask the funder",
        days=90,
        days_are="Days after it was sent, where no day was said",
    ),
    Rule.NO_VALUE: Facts(
        title="Value not stated",
        says="An award has no value, so every sum leaves it out.",
        owner=COMMISSIONING,
        action="State its value",
    ),
    Rule.NO_REASONS: Facts(
        title="Reasons not stated",
        says="An award has no reasons, which the office must publish.",
        owner=COMMISSIONING,
        action="Write its reasons",
    ),
}

WATCHED_AT_HOME = frozenset({
    Rule.CUT, Rule.OVER_ALLOWANCE, Rule.OVER_ALLOCATED, Rule.TO_RECOVER, Rule.CLOSED, Rule.SUSPENDED, Rule.HELD,
    Rule.OVERDUE, Rule.SPEND_BY,
})  # fmt: skip
"""What is late or at risk now, and is found without reading every entry."""
