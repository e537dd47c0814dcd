"""What a list can be filtered by: the funds, years, areas and kinds of organisation that the books hold."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import CompoundSelect, Select, String, cast, func, literal, select, union_all
from sqlalchemy.orm import Session

from fundtracker.domain.years import FinancialYear, year_of
from fundtracker.store.awards import Award
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.office import Area
from fundtracker.store.organisations import Organisation

_EACH: Mapping[str, Select[str, str, str]] = {
    "fund": select(literal("fund"), Fund.reference, Fund.name),
    "year": select(literal("year"), cast(BudgetLine.year, String), literal("")).distinct(),
    "decided": select(
        literal("decided"), cast(func.min(Award.awarded_on), String), cast(func.max(Award.awarded_on), String)
    ),
    "area": select(literal("area"), Area.name, literal("")),
    "kind": select(literal("kind"), Organisation.type, literal("")).where(Organisation.type != "").distinct(),
}
ALL = frozenset(_EACH)


@dataclass(frozen=True, kw_only=True)
class Choices:
    """The funds' names by reference, the years of budget lines and of decisions, the areas and the kinds, as asked."""

    funds: dict[str, str]
    years: list[FinancialYear]
    decided: list[FinancialYear]
    areas: list[str]
    kinds: list[str]


def choices(session: Session, wanted: frozenset[str] = ALL) -> Choices:
    """Give what of ALL there is to choose from, in one query: names in order, years the newest first."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for what, value, words in session.connection().execute(_asking(wanted)).all():
        found[what].append((value, words))
    return Choices(
        funds=dict(sorted(found["fund"], key=lambda fund: (fund[1].casefold(), fund[0]))),
        years=[FinancialYear(year) for year in sorted((int(year) for year, _ in found["year"]), reverse=True)],
        decided=_years_between(*(found["decided"] or [("", "")])[0]),
        areas=sorted((name for name, _ in found["area"]), key=str.casefold),
        kinds=sorted((name for name, _ in found["kind"]), key=str.casefold),
    )


@lru_cache
def _asking(wanted: frozenset[str]) -> CompoundSelect[str, str, str]:
    return union_all(*(rows for what, rows in _EACH.items() if what in wanted))


def _years_between(first: str | None, last: str | None) -> list[FinancialYear]:
    if not first or not last:
        return []
    years = range(year_of(date.fromisoformat(first)), year_of(date.fromisoformat(last)) + 1)
    return [FinancialYear(year) for year in reversed(years)]
