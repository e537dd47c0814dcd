"""Standing: what an organisation asked for, was awarded and was paid, under every name that it has had."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.years import first_day, last_day
from fundtracker.services.listings.owed import pence_sum
from fundtracker.services.listings.payees import merged
from fundtracker.services.organisations import root_of
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.organisations import Organisation


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Sums in pence, what is not stated left out, with how many applications and awards there are."""

    applications: int
    unstated: int
    asked_for: Pence
    awards: int
    awarded: Pence
    paid: Pence


def standing(
    session: Session,
    organisation: Organisation,
    *,
    fund: Fund | None = None,
    year: int | None = None,
    but: Application | None = None,
) -> Standing:
    """
    Add up what an organisation had, from one fund or all, in one financial year or ever, one application left out.

    Awards are of the year of their budget line, applications of the year in which they were received.
    """
    applications, stated, asked_for = session.execute(_asked(organisation, fund, year, but)).one()
    awards, awarded, paid = session.execute(_awarded(organisation, fund, year)).one()
    return Standing(
        applications=applications,
        unstated=applications - stated,
        asked_for=asked_for,
        awards=awards,
        awarded=awarded,
        paid=paid,
    )


def _asked(
    organisation: Organisation, fund: Fund | None, year: int | None, but: Application | None
) -> Select[int, int, Pence]:
    sums = (func.count(Application.id), func.count(Application.asked_for), pence_sum(Application.asked_for))
    tree = merged()
    asked = select(*sums).join(tree, tree.c.id == Application.organisation_id)
    wanted: list[ColumnElement[Any]] = [tree.c.payee_id == root_of(organisation).id]
    if fund is not None:
        wanted.append(Application.fund_id == fund.id)
    if year is not None:
        wanted.append(Application.received_on.between(*_days(year)))
    if but is not None:
        wanted.append(Application.id != but.id)
    return asked.where(*wanted)


def _awarded(organisation: Organisation, fund: Fund | None, year: int | None) -> Select[int, Pence, Pence]:
    paid = pence_sum(AwardLine.paid - AwardLine.recovered)
    tree = merged()
    awarded = (
        select(func.count(Award.id.distinct()), pence_sum(AwardLine.awarded), paid)
        .join(AwardLine, AwardLine.award_id == Award.id)
        .join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id)
        .join(tree, tree.c.id == Award.organisation_id)
    )
    wanted: list[ColumnElement[Any]] = [tree.c.payee_id == root_of(organisation).id]
    if fund is not None:
        wanted.append(BudgetLine.fund_id == fund.id)
    if year is not None:
        wanted.append(BudgetLine.year == year)
    return awarded.where(*wanted)


def _days(year: int) -> tuple[date, date]:
    return first_day(year), last_day(year)


def awarded_to(session: Session, organisations: Collection[Organisation]) -> dict[int, Pence]:
    """Give what each organisation was awarded, in pence, by its id; those awarded nothing are left out."""
    tree = merged()
    sums = (
        select(tree.c.payee_id, pence_sum(AwardLine.awarded))
        .join(Award, Award.organisation_id == tree.c.id)
        .join(AwardLine, AwardLine.award_id == Award.id)
        .where(tree.c.payee_id.in_([organisation.id for organisation in organisations]))
        .group_by(tree.c.payee_id)
    )
    return {key: awarded for key, awarded in session.execute(sums) if awarded}
