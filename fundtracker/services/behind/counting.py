"""The awards and the organisations that make a count, exactly as `services.counts` counts them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, Subquery, func, select

from fundtracker.domain.money import Pence
from fundtracker.services.behind.asked import Asked
from fundtracker.services.behind.cutting import OF_AWARD, OfAward, Rows, on_awards, on_lines, to_payees
from fundtracker.services.counts import counted_lines
from fundtracker.services.figures import award_figures
from fundtracker.services.listings.owed import stated_sum
from fundtracker.services.listings.payees import Payee, merged
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.office import Area


@dataclass(slots=True, kw_only=True)
class AwardRow(OfAward):
    """One award that is counted, with what it is worth on the lines asked for, in pence; None is not stated."""

    funds: int
    amount: Pence | None


@dataclass(slots=True, kw_only=True)
class OrganisationRow:
    """One organisation that is counted, with its awards and what they are worth, in pence; None is not stated."""

    key: int
    organisation: str
    type: str
    area: str | None
    awards: int
    amount: Pence | None


def awards_behind(asked: Asked) -> Rows:
    """Choose the awards that are counted."""
    figures, tree = award_figures(asked.when), merged()
    facts = (
        Award.id.label("key"), *OF_AWARD,
        func.min(Fund.name).label("fund"), func.min(Fund.reference).label("fund_reference"),
        func.count(Fund.id.distinct()).label("funds"), stated_sum(figures.c.awarded).label("amount"),
    )  # fmt: skip
    return _lines(asked, figures, tree, *facts).group_by(Award.id, Payee.id)


def organisations_behind(asked: Asked) -> Rows:
    """Choose the organisations that are counted: merged ones as one, and none that stands for several."""
    figures, tree = award_figures(asked.when), merged()
    facts = (
        Payee.id.label("key"), Payee.name.label("organisation"), Payee.type, func.min(Area.name).label("area"),
        func.count(Award.id.distinct()).label("awards"), stated_sum(figures.c.awarded).label("amount"),
    )  # fmt: skip
    rows = _lines(asked, figures, tree, *facts).outerjoin(Area, Area.id == Payee.area_id)
    return rows.where(Payee.stands_for_several.is_(False)).group_by(Payee.id)


def _lines(asked: Asked, figures: Subquery, tree: CTE, *facts: Any) -> Rows:
    rows = (
        select(*facts)
        .select_from(AwardLine)
        .join(Award, Award.id == AwardLine.award_id)
        .join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id)
        .join(Fund, Fund.id == BudgetLine.fund_id)
        .outerjoin(figures, figures.c.award_line_id == AwardLine.id)
    )
    since = asked.values("since")
    decided = [Award.awarded_on >= since["since"]] if since else []
    wanted = (*counted_lines(asked.when, figures), *on_lines(asked), *on_awards(asked), *decided)
    return to_payees(rows, tree).where(*wanted)
