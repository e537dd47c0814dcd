"""What a rule finds, and what every rule looks with: the books as at a day and the office's own settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sqlalchemy.orm import Session

from fundtracker.domain.balances import Balance
from fundtracker.domain.money import Pence
from fundtracker.services.exceptions.rules import Rule
from fundtracker.services.exceptions.settings import Tuned
from fundtracker.services.figures import AsAt, fund_balances

KINDS = ("fund", "award", "bid", "organisation", "payment", "finance line")


@dataclass(frozen=True, kw_only=True)
class Found:
    """
    One thing that a rule found wrong; `subject` is what it is wrong with, and `kind` and `reference` open it.

    `award` is the award whose money it is, where it is one's. `part_of` names the sum that its pence belong to, and
    `holds` the sum of which parts found apart are taken off.
    """

    rule: Rule
    subject: str
    kind: str
    reference: str
    who: str
    detail: str
    amount: Pence | None
    since: date
    due: date
    fund: str = ""
    fund_reference: str = ""
    award: str = ""
    number: int = 0
    part_of: str = ""
    holds: str = ""

    @property
    def what(self) -> str:
        """Say what is wrong, and with whom or what."""
        return f"{self.who}: {self.detail}"

    @property
    def key(self) -> str:
        """Give what knows it from one report to the next."""
        return f"{self.rule.value}:{self.subject}"


@dataclass(frozen=True)
class Look:
    """The books as at a day, and the rules as the office tuned them; what several families read is read once."""

    session: Session
    when: AsAt
    rules: Mapping[Rule, Tuned]

    @property
    def day(self) -> date:
        """Give the day."""
        return self.when.day

    def days(self, rule: Rule) -> timedelta:
        """Give the days of a rule."""
        return timedelta(days=self.rules[rule].days or 0)

    def percent(self, rule: Rule) -> int:
        """Give the per cent of a rule."""
        return self.rules[rule].percent or 0

    def watches(self, *rules: Rule) -> bool:
        """Say whether any of some rules is watched."""
        return any(rule in self.rules for rule in rules)

    @cached_property
    def balances(self) -> dict[int, Balance]:
        """Give the balance of each fund."""
        return fund_balances(self.session, self.when)


def per_cent_of(amount: int, percent: int) -> int:
    """Give a whole per cent of pence; a part of a penny is left out."""
    return amount * percent // 100


def a_month_on(day: date) -> date:
    """Give the day by which something without a day of its own is to be dealt with: the next monthly meeting's."""
    return day + timedelta(days=30)
