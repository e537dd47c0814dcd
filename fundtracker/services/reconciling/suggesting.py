"""Suggesting: which lines and payments may be the same money; never more than a suggestion."""

from collections.abc import Sequence

from fundtracker.services.reconciling.cancelling import cancelling
from fundtracker.services.reconciling.items import Item, Suggestion
from fundtracker.services.reconciling.pairs import choose, differing, edges
from fundtracker.services.reconciling.sums import by_payee, by_reference

LIKELY = 70


def suggest(lines: Sequence[Item], ours: Sequence[Item]) -> list[Suggestion]:
    """
    Give suggestions in which no item comes twice, the surest first.

    What is likeliest goes first: credits with what they take back, groups of one reference, likely pairs of one
    amount, one reference with two amounts, parts that add up, and then whatever else a person might see in it.
    """
    used: set[Item] = set()
    found = edges(lines, ours)
    made = [
        *cancelling(lines, ours, used),
        *by_reference(lines, ours, used),
        *choose(found, used, least=LIKELY),
        *differing(lines, ours, used, referred=True),
        *by_payee(lines, ours, used),
        *choose(found, used),
        *differing(lines, ours, used, referred=False),
    ]
    return sorted(made, key=lambda each: (not each.sure, -each.score, [item.id for item in each.lines]))
