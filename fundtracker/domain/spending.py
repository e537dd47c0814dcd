"""Spending: what belongs to a period, whatever day its cash moved: net paid, plus accrued, less prepaid."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fundtracker.domain.money import ZERO, Pence


@dataclass(frozen=True, kw_only=True)
class Spending:
    """What was paid less what came back, what is accrued and what is prepaid, in pence."""

    paid: Pence = ZERO
    accrued: Pence = ZERO
    prepaid: Pence = ZERO

    @property
    def expenditure(self) -> Pence:
        """Give what the period cost: net paid, plus accrued, less prepaid."""
        return Pence(self.paid + self.accrued - self.prepaid)

    def __add__(self, other: "Spending") -> "Spending":
        """Add two up, figure by figure."""
        return added((self, other))


def added(spent: Iterable[Spending]) -> Spending:
    """Add spending up, figure by figure."""
    every = list(spent)
    return Spending(
        paid=Pence(sum(one.paid for one in every)),
        accrued=Pence(sum(one.accrued for one in every)),
        prepaid=Pence(sum(one.prepaid for one in every)),
    )


def fill_in_order(expected: Sequence[int], received: int) -> list[Pence]:
    """Say how much of each expected amount is filled, where what was received fills the first one first."""
    left, filled = max(0, received), []
    for amount in expected:
        part = min(amount, left)
        filled.append(Pence(part))
        left -= part
    return filled
