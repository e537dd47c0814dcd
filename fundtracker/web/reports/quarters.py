"""The quarter of an address (`2020-21/1`), and the quarters that the Panel can be told of."""

import re
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.quarters import Quarter, quarter_holding
from fundtracker.domain.refusals import NotFoundRefusal, Refusal
from fundtracker.domain.years import FinancialYear, parse_year, today
from fundtracker.store.funds import BudgetLine

_PATH = re.compile(r"(?P<year>20[0-9]{2}-[0-9]{2})/(?P<number>[1-4])")


def quarter_of_path(path: str) -> Quarter:
    """Read the quarter of an address; raises NotFoundRefusal for any other."""
    match = _PATH.fullmatch(path)
    try:
        if match:
            return Quarter(parse_year(match["year"]), int(match["number"]))
    except Refusal:
        pass
    raise NotFoundRefusal(f"“{path[:40]}” is not a quarter. An address ends like 2020-21/1.")


def path_of(quarter: Quarter) -> str:
    """Write a quarter as an address has it: `2020-21/1`."""
    return f"{quarter.year}-{(quarter.year + 1) % 100:02d}/{quarter.number}"


def quarters(session: Session) -> Sequence[Quarter]:
    """List the quarters that have begun of the years that the books hold, the newest first."""
    now = quarter_holding(today())
    years = session.scalars(select(BudgetLine.year).distinct())
    every = [Quarter(FinancialYear(year), number) for year in years for number in (1, 2, 3, 4)]
    return sorted((quarter for quarter in every if quarter <= now), reverse=True)
