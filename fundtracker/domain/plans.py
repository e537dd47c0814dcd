"""Plans of payment: splitting an award into instalments by rule, and what each keeps when the award changes."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fundtracker.domain.money import Pence, split

MONTHS = 12
MOST_INSTALMENTS = 120


class Rule(StrEnum):
    """How often an award is paid, where its schedule is made by rule."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    THIRDS = "in thirds"

    @property
    def months(self) -> int:
        """Give the months from one instalment to the next."""
        return {Rule.MONTHLY: 1, Rule.QUARTERLY: 3, Rule.THIRDS: 4}[self]

    @property
    def usual(self) -> int:
        """Give the number of instalments of a year by this rule."""
        return MONTHS // self.months


@dataclass(frozen=True)
class Part:
    """One instalment as a change of its award finds it, in pence; what is `kept` is paid, or on its way."""

    amount: int
    kept: int = 0
    given_back: bool = False


def by_rule(amount: Pence, rule: Rule, first: date, count: int) -> list[tuple[date, Pence]]:
    """Split pence into so many equal instalments from a first day on, the odd pence by largest remainder."""
    parts = split(amount, [1] * min(count, amount))
    return [(months_later(first, place * rule.months), part) for place, part in enumerate(parts)]


def months_later(day: date, months: int) -> date:
    """Give the same day so many months later, or the last of that month where it is shorter."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def planned_again(parts: Sequence[Part], target: int) -> tuple[list[int], int]:
    """
    Give each instalment's new pence so that they add up to `target`, and the rest that needs a new instalment.

    A fall takes from the last first, and from what was given back before that; nothing falls below what it keeps,
    unless all that can fall has. A rise goes to the last one where nothing of it is kept.
    """
    amounts = [part.amount for part in parts]
    gap = target - sum(amounts)
    if gap > 0:
        if parts and not parts[-1].kept:
            amounts[-1] += gap
            gap = 0
        return amounts, gap
    last_first = sorted(range(len(parts)), key=lambda place: (not parts[place].given_back, -place))
    for floor in ([part.kept for part in parts], [0] * len(parts)):
        for place in last_first:
            taken = min(-gap, max(0, amounts[place] - floor[place]))
            amounts[place] -= taken
            gap += taken
    return amounts, 0
