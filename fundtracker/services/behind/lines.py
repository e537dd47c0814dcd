"""The award lines that make what is to pay or to recover."""

from dataclasses import dataclass

from sqlalchemy import select, type_coerce

from fundtracker.domain.asks import Figure
from fundtracker.domain.money import Pence
from fundtracker.services.behind.asked import Asked
from fundtracker.services.behind.cutting import OF_AWARD, OfAward, Rows, on_awards, on_lines, to_payees
from fundtracker.services.figures import award_figures, outstanding
from fundtracker.services.listings.payees import merged
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.base import PenceColumn
from fundtracker.store.funds import BudgetLine, Fund


@dataclass(slots=True, kw_only=True)
class LineRow(OfAward):
    """One award line with what it was awarded and paid, and what is to pay or to recover on it, in pence."""

    year: int
    awarded: Pence
    net_paid: Pence
    amount: Pence


def lines_behind(asked: Asked) -> Rows:
    """Choose the award lines on which something is to pay, or to recover."""
    figures = award_figures(asked.when)
    gap = outstanding(figures) if asked.figure is Figure.TO_PAY else -outstanding(figures)
    facts = (
        AwardLine.id.label("key"), *OF_AWARD,
        Fund.name.label("fund"), Fund.reference.label("fund_reference"), BudgetLine.year, figures.c.awarded,
        type_coerce(figures.c.paid - figures.c.recovered, PenceColumn).label("net_paid"),
        type_coerce(gap, PenceColumn).label("amount"),
    )  # fmt: skip
    rows = (
        select(*facts)
        .select_from(figures)
        .join(AwardLine, AwardLine.id == figures.c.award_line_id)
        .join(Award, Award.id == AwardLine.award_id)
        .join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id)
        .join(Fund, Fund.id == BudgetLine.fund_id)
    )
    return to_payees(rows, merged()).where(gap > 0, *on_lines(asked), *on_awards(asked))
