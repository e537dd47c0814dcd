"""Sums of organisations: what they asked for, were awarded and were paid, by fund and by financial year."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundtracker.domain.money import ZERO, Pence
from fundtracker.domain.statuses import AwardType
from fundtracker.domain.years import FinancialYear, year_label, year_of
from fundtracker.services.figures import AsAt, award_figures
from fundtracker.services.listings.owed import award_sums
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.organisations import Organisation


@dataclass(frozen=True, kw_only=True)
class Sums:
    """What was asked for, awarded and paid, in pence; None is nothing, or nothing that states an amount."""

    asked_for: Pence | None = None
    awarded: Pence | None = None
    paid: Pence = ZERO
    to_pay: Pence = ZERO
    to_recover: Pence = ZERO
    applications: int = 0
    unstated: int = 0
    without_value: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        """Add two sums, figure by figure; what neither states stays not stated."""
        pairs = {f.name: (getattr(self, f.name), getattr(other, f.name)) for f in fields(self)}
        return Sums(**{name: _sum(*pair) for name, pair in pairs.items()})


@dataclass(frozen=True, kw_only=True)
class Part:
    """The part of the sums that belongs to one fund and one financial year."""

    reference: str
    fund: str
    year: FinancialYear
    sums: Sums


Group = tuple[str, str]
"""What parts are added up by: its value in an address, and its words."""


def selves(session: Session, organisation: Organisation) -> list[int]:
    """Give the ids of an organisation and of all that were merged into it, however often."""
    into = dict(_merged(session))
    below = [organisation.id]
    for key in below:  # which grows as it is read
        below.extend(child for child, parent in into.items() if parent == key)
    return below


def _merged(session: Session) -> list[tuple[int, int]]:
    merged = select(Organisation.id, Organisation.merged_into_id).where(Organisation.merged_into_id.is_not(None))
    return [(child, parent) for child, parent in session.execute(merged) if parent is not None]


def parts_of(session: Session, when: AsAt, ids: Iterable[int]) -> list[Part]:
    """
    Give what organisations asked for, were awarded and were paid as at a day, in three queries.

    A year is that of the budget line; what was asked for goes by the day on which it was received, or awarded where
    no application is on record and the award says what was asked for.
    """
    only = list(ids)
    return [*_applied(session, when, only), *_asked(session, when, only), *_given(session, when, only)]


def _applied(session: Session, when: AsAt, only: list[int]) -> Iterator[Part]:
    rows = select(Fund.reference, Fund.name, Application.received_on, Application.asked_for)
    rows = rows.join(Fund, Fund.id == Application.fund_id).where(Application.organisation_id.in_(only))
    for reference, fund, day, asked in session.execute(rows.where(Application.received_on <= when.day)):
        sums = Sums(asked_for=asked, applications=1, unstated=int(asked is None))
        yield Part(reference=reference, fund=fund, year=year_of(day), sums=sums)


def _asked(session: Session, when: AsAt, only: list[int]) -> Iterator[Part]:
    rows = select(Fund.reference, Fund.name, Award.awarded_on, Award.asked_for).join(Fund, Fund.id == Award.fund_id)
    rows = rows.where(Award.organisation_id.in_(only), Award.application_id.is_(None), Award.asked_for.is_not(None))
    for reference, fund, day, asked in session.execute(rows.where(Award.awarded_on <= when.day)):
        yield Part(reference=reference, fund=fund, year=year_of(day), sums=Sums(asked_for=asked))


def _given(session: Session, when: AsAt, only: list[int]) -> list[Part]:
    figures = award_figures(when)
    rows = (
        select(Fund.reference, Fund.name.label("fund"), BudgetLine.year, *award_sums(figures))
        .select_from(AwardLine)
        .join(Award, Award.id == AwardLine.award_id)
        .join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id)
        .join(Fund, Fund.id == BudgetLine.fund_id)
        .outerjoin(figures, figures.c.award_line_id == AwardLine.id)
        .where(Award.organisation_id.in_(only), Award.awarded_on <= when.day)
        .group_by(Fund.reference, Fund.name, BudgetLine.year)
    )
    return [
        Part(
            reference=row.reference, fund=row.fund, year=row.year,
            sums=Sums(
                awarded=row.awarded, paid=row.paid, to_pay=row.to_pay, to_recover=row.to_recover,
                without_value=row.without_value,
            ),
        )
        for row in session.execute(rows)
    ]  # fmt: skip


def by_fund(parts: Iterable[Part]) -> dict[Group, Sums]:
    """Add parts up by fund, in the order of their names."""
    return _by(parts, lambda part: (part.reference, part.fund), lambda group: (group[1].casefold(), group[0]))


def by_year(parts: Iterable[Part]) -> dict[Group, Sums]:
    """Add parts up by financial year, the newest first."""
    years = _by(parts, lambda part: (year_label(part.year),) * 2, lambda group: group)
    return dict(reversed(years.items()))


def _by(
    parts: Iterable[Part], group: Callable[[Part], Group], order: Callable[[Group], tuple[str, str]]
) -> dict[Group, Sums]:
    added: dict[Group, Sums] = {}
    for part in parts:
        added[group(part)] = added.get(group(part), Sums()) + part.sums
    return dict(sorted(added.items(), key=lambda pair: order(pair[0])))


def whole(parts: Iterable[Part]) -> Sums:
    """Add all parts up."""
    return sum((part.sums for part in parts), Sums())


def awards_counted(session: Session, ids: Iterable[int]) -> int:
    """Count the awards of some organisations, gifts in kind among them and payments in error not."""
    mine = (Award.organisation_id.in_(list(ids)), Award.type != AwardType.PAID_IN_ERROR)
    return session.scalar(select(func.count(Award.id)).where(*mine)) or 0


def _sum(one: int | None, other: int | None) -> Any:
    return other if one is None else one if other is None else one + other
