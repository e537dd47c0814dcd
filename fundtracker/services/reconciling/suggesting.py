"""Suggesting: which lines and payments may be the same money; never more than a suggestion."""

from collections.abc import Sequence
from dataclasses import replace

from fundtracker.domain.money import Pence, pounds
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
    made = [_with_vat(each) for each in made]
    return sorted(made, key=lambda each: (not each.sure, -each.score, [item.id for item in each.lines]))


def _with_vat(made: Suggestion) -> Suggestion:
    """Doubt a suggestion of lines with VAT for a grant: it is given and buys nothing, so that somebody has to ask."""
    vat = Pence(sum(line.vat for line in made.lines))
    if not vat or not any(item.grant for item in made.ours):
        return made
    doubt = f"VAT of {pounds(vat)} is charged, and a grant bears none: ask before it is accepted"
    return replace(made, doubts=(*made.doubts, doubt))
