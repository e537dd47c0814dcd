"""What a list can be filtered by: the funds, years, areas and kinds of organisation that the books hold."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import String, cast, func, literal, select, union_all
from sqlalchemy.orm import Session

from fundtracker.domain.years import FinancialYear, year_of
from fundtracker.store.awards import Award
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.office import Area
from fundtracker.store.organisations import Organisation

_ALL = union_all(
    select(literal("fund").label("what"), Fund.reference.label("value"), Fund.name.label("words")),
    select(literal("year"), cast(BudgetLine.year, String), literal("")).distinct(),
    select(literal("decided"), cast(func.min(Award.awarded_on), String), cast(func.max(Award.awarded_on), String)),
    select(literal("area"), Area.name, literal("")),
    select(literal("kind"), Organisation.type, literal("")).where(Organisation.type != "").distinct(),
)


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Every fund's name by its reference, the years of budget lines and of decisions, the areas and the kinds."""

    funds: dict[str, str]
    years: list[FinancialYear]
    decided: list[FinancialYear]
    areas: list[str]
    kinds: list[str]


def choices(session: Session) -> Choices:
    """Give what there is to choose from, in one query: names in order, years the newest first."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for what, value, words in session.connection().execute(_ALL).all():
        found[what].append((value, words))
    return Choices(
        funds=dict(sorted(found["fund"], key=lambda fund: (fund[1].casefold(), fund[0]))),
        years=[FinancialYear(year) for year in sorted((int(year) for year, _ in found["year"]), reverse=True)],
        decided=_years_between(*found["decided"][0]),
        areas=sorted((name for name, _ in found["area"]), key=str.casefold),
        kinds=sorted((name for name, _ in found["kind"]), key=str.casefold),
    )


def _years_between(first: str | None, last: str | None) -> list[FinancialYear]:
    if not first or not last:
        return []
    years = range(year_of(date.fromisoformat(first)), year_of(date.fromisoformat(last)) + 1)
    return [FinancialYear(year) for year in reversed(years)]
