"""What a list can be filtered by: the funds, years and types of organisation that the books hold."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.years import FinancialYear
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.organisations import Organisation


def fund_choices(session: Session) -> dict[str, str]:
    """Give every fund's name by its reference, by name."""
    rows = select(Fund.reference, Fund.name).order_by(Fund.name, Fund.reference)
    return dict(session.execute(rows).all())


def year_choices(session: Session) -> list[FinancialYear]:
    """Give the financial years that there are budget lines of, the newest first."""
    years = session.scalars(select(BudgetLine.year).distinct().order_by(BudgetLine.year.desc()))
    return [FinancialYear(year) for year in years]


def organisation_types(session: Session) -> list[str]:
    """Give the types of organisation in use."""
    types = select(Organisation.type).where(Organisation.type != "").distinct().order_by(Organisation.type)
    return list(session.scalars(types))
