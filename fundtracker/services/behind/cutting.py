"""Cutting: which budget lines and which awards a figure is of, as conditions of a query."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, func

from fundtracker.services.behind.asked import AllBut, Asked
from fundtracker.services.listings.filters import Conditions
from fundtracker.services.listings.payees import Payee, payee_of
from fundtracker.store.awards import Award
from fundtracker.store.funds import BudgetLine, Fund

Rows = Select[*tuple[Any, ...]]


@dataclass(slots=True, kw_only=True)
class OfAward:
    """What a row says of its award: whose it is, for whom and what, when it was decided, and the fund that pays."""

    key: int
    award: str
    organisation: str
    payee_id: int
    benefits: str
    purpose: str
    decided: date
    fund: str
    fund_reference: str


# The columns of that, but for the row's key and its fund.
OF_AWARD = (
    Award.reference.label("award"), Payee.name.label("organisation"), Payee.id.label("payee_id"), Award.benefits,
    Award.purpose, Award.awarded_on.label("decided"),
)  # fmt: skip

# An award that states none takes the objective of its fund and the area of who receives it, here and in every report.
OBJECTIVE: ColumnElement[Any] = func.coalesce(Award.objective_id, Fund.objective_id)
AREA: ColumnElement[Any] = func.coalesce(Award.area_id, Payee.area_id)
_ON_LINES = {
    "fund": Fund.id,
    "source": Fund.source,
    "funder": Fund.funder,
    "programme": Fund.programme,
    "year": BudgetLine.year,
    "spend_type": BudgetLine.spend_type,
}
ON_AWARDS: dict[str, Any] = {
    "objective": OBJECTIVE,
    "area": AREA,
    "recipient_type": Payee.type,
    "organisation": Payee.id,
}


def on_lines(asked: Asked) -> Conditions:
    """Say which budget lines, of which funds, are meant."""
    return [
        _ON_LINES[name] != value.year if isinstance(value, AllBut) else _ON_LINES[name] == value
        for name, value in asked.values(*_ON_LINES).items()
    ]


def on_awards(asked: Asked) -> Conditions:
    """Say which awards are meant."""
    return [ON_AWARDS[name].is_not_distinct_from(value) for name, value in asked.values(*ON_AWARDS).items()]


def to_payees(rows: Rows, tree: CTE) -> Rows:
    """Join to awards the organisations that are paid, as what they are now; `tree` is the rows of `merged()`."""
    rows = rows.outerjoin(tree, tree.c.id == Award.organisation_id)
    return rows.outerjoin(Payee, Payee.id == payee_of(tree, Award.organisation_id))
