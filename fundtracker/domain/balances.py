"""Balances: the sums of a budget line, a fund or the whole book, and the figures worked out from them."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter

from fundtracker.domain.money import ZERO, Pence


@dataclass(frozen=True, kw_only=True)
class Balance:
    """What has been allocated, awarded, paid and so on, in pence; `to_pay` is summed by award line, never pooled."""

    original: Pence = ZERO
    allocated: Pence = ZERO
    over_allowed: Pence = ZERO
    awarded: Pence = ZERO
    paid: Pence = ZERO
    recovered: Pence = ZERO
    received: Pence = ZERO
    returned: Pence = ZERO
    to_pay: Pence = ZERO
    to_recover: Pence = ZERO

    @property
    def remaining(self) -> Pence:
        """Give what is left to award, below zero where the fund is over-allocated."""
        return Pence(self.allocated - self.awarded)

    @property
    def net_paid(self) -> Pence:
        """Give what recipients hold: paid less recovered."""
        return Pence(self.paid - self.recovered)

    @property
    def over(self) -> Pence:
        """Give by how much more is awarded than allocated, or zero."""
        return Pence(max(0, -self.remaining))

    @property
    def cash_position(self) -> Pence:
        """Give what the funder has sent and is not yet spent: below zero, the office is out of pocket."""
        return Pence(self.received - self.returned - self.net_paid)

    def __add__(self, other: "Balance") -> "Balance":
        """Add two balances, figure by figure."""
        return total((self, other))

    def __sub__(self, other: "Balance") -> "Balance":
        """Take a part away from a balance, figure by figure."""
        return Balance(**{name: Pence(getattr(self, name) - getattr(other, name)) for name in _FIGURES})


def total(balances: Iterable[Balance]) -> Balance:
    """Add balances together."""
    by_figure = zip(*map(_ALL, balances), strict=True)
    return Balance(**{name: Pence(sum(amounts)) for name, amounts in zip(_FIGURES, by_figure, strict=False)})


_FIGURES = tuple(figure.name for figure in fields(Balance))
_ALL = attrgetter(*_FIGURES)


def to_pay(awarded: int, paid: int, recovered: int) -> Pence:
    """Give what one award line has still to be paid, in pence."""
    return Pence(max(0, awarded - paid + recovered))


def to_recover(awarded: int, paid: int, recovered: int) -> Pence:
    """Give what one award line's recipient holds beyond the award, in pence."""
    return Pence(max(0, paid - recovered - awarded))
