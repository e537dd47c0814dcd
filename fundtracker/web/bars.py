"""The bar: what part of an allocation is paid, still to pay and left, in tenths of a per cent that add up."""

from dataclasses import dataclass

from fundtracker.domain.balances import Balance
from fundtracker.domain.money import Pence, pounds, split

_TENTHS = Pence(1000)


@dataclass(frozen=True)
class Part:
    """One stretch of a bar: its name in the style sheet, its words, and where it starts and ends in per cent."""

    kind: str
    words: str
    start: float
    width: float
    share: str


@dataclass(frozen=True)
class Bar:
    """A bar's parts from left to right, and by how much the fund is over, in pence."""

    parts: list[Part]
    over: Pence

    @property
    def in_words(self) -> str:
        """Say what the bar shows, for those who do not see it."""
        words = ", ".join(f"{part.words.lower()} {part.share}" for part in self.parts)
        return f"{words}; over-allocated by {pounds(self.over)}" if self.over else words


def bar_parts(balance: Balance, this_award: int = 0) -> Bar:
    """
    Divide a bar; `this_award` is an award in pence that is not in the balance yet.

    Below zero nothing is left, the bar is full, and `over` says by how much.
    """
    left = balance.remaining - this_award
    sums = {
        "paid": ("Paid", balance.net_paid),
        "to-pay": ("Awarded, still to pay", balance.to_pay),
        "this": ("This award", this_award),
        "left": ("Left to award", max(0, left)),
    }
    amounts = [amount for _, amount in sums.values()]
    shares = split(_TENTHS, amounts) if sum(amounts) else [Pence(0)] * len(amounts)
    parts, start = [], 0
    for (kind, (words, amount)), tenths in zip(sums.items(), shares, strict=True):
        if amount or kind != "this":
            parts.append(Part(kind, words, start / 10, tenths / 10, f"{tenths // 10}.{tenths % 10}%"))
        start += tenths
    return Bar(parts, Pence(max(0, -left)))
