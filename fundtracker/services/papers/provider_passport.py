"""The provider passport: one page on one organisation under all its names, with what it asked for, got and was paid."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from fundtracker.domain.money import ZERO, Pence, pounds
from fundtracker.domain.papers import Block, Cell, Column, Content, Row, Table, Words
from fundtracker.domain.statuses import PaperKind
from fundtracker.domain.years import long_date, year_label, year_of
from fundtracker.services.figures import AsAt, as_at
from fundtracker.services.listings import applications, awards, payments
from fundtracker.services.listings.filters import Filters
from fundtracker.services.organisation_sums import Part, Sums, by_fund, by_year, parts_of, selves, whole
from fundtracker.services.organisations import find_organisation, root_of
from fundtracker.services.papers.provider_returns import returns_table
from fundtracker.services.papers.provider_steps import steps_table
from fundtracker.services.papers.provider_tables import awards_table, funds_table, payments_table, years_table
from fundtracker.store.organisations import Organisation

YEARS = 3  # this financial year and the two before, as the limit on subsidies counts them


@dataclass(frozen=True)
class Passport:
    """An organisation as it is now, its sums as at a day, and all that its page says."""

    organisation: Organisation
    sums: Sums
    three_years: Pence
    paper: Content


def provider_passport_paper(session: Session, *, organisation: int, day: date | None = None) -> Content:
    """Say all about one organisation; raises NotFoundRefusal, and DateRefusedError for a day that has not come."""
    return provider_passport(session, organisation=organisation, day=day).paper


def provider_passport(session: Session, *, organisation: int, day: date | None = None) -> Passport:
    """
    Put together all about one organisation, under what it is now where it was merged, as at a day.

    Raises NotFoundRefusal, and DateRefusedError for a day that has not come.
    """
    when, now = as_at(session, day), root_of(find_organisation(session, organisation))
    ids = selves(session, now)
    parts = parts_of(session, when, ids)
    sums, three_years = whole(parts), awarded_in(parts, when)
    blocks = (Words("short", _in_short(sums, three_years, when)), *_blocks(session, when, now, ids, parts))
    paper = Content(
        kind=PaperKind.PROVIDER_PASSPORT, title=f"Passport: {now.name}", subject=str(now.id), as_at=when.day,
        last_entry=when.last_entry, blocks=blocks,
    )  # fmt: skip
    return Passport(now, sums, three_years, paper)


def awarded_in(parts: Iterable[Part], when: AsAt) -> Pence:
    """Add up what was awarded from the lines of the financial year of a day and the two before, in pence."""
    last = year_of(when.day)
    recent = (part.sums.awarded or ZERO for part in parts if last - YEARS < part.year <= last)
    return Pence(sum(recent))


def _in_short(sums: Sums, three_years: Pence, when: AsAt) -> str:
    last = year_of(when.day)
    span = f"{year_label(last - YEARS + 1)} to {year_label(last)}"
    owes = f" It owes {pounds(sums.to_recover)}." if sums.to_recover else ""
    return (
        f"By {long_date(when.day)}, {pounds(sums.awarded or ZERO)} was awarded to it and {pounds(sums.paid)} paid. "
        f"In the three years {span}, {pounds(three_years)} was awarded.{owes}"
    )


def _blocks(
    session: Session, when: AsAt, organisation: Organisation, ids: list[int], parts: list[Part]
) -> Iterator[Block]:
    mine, sums = Filters(organisation=organisation.id), whole(parts)
    asked = applications.list_applications(session, when, mine, _all(applications.NEWEST)).rows
    given = awards.list_awards(session, when, mine, _all(awards.NEWEST)).rows
    paid = payments.list_payments(session, when, mine, _all(payments.NEWEST)).rows
    yield steps_table(asked, given, sums, when.day)
    yield _about(session, organisation, ids)
    yield funds_table(by_fund(parts), sums, organisation.id, when)
    yield years_table(by_year(parts), sums, organisation.id, when)
    yield awards_table(given, sums)
    yield payments_table(session, paid)
    yield returns_table(session, organisation.id, when.day)


def _all(part: Any) -> Any:
    return replace(part, page=None)


def _about(session: Session, organisation: Organisation, ids: list[int]) -> Table:
    """Say what is known of it, with every name that it has had; what nobody stated is left out."""
    facts = {
        "type": ("Kind of organisation", organisation.type),
        "charity": ("Charity number", organisation.charity_number),
        "company": ("Company number", organisation.company_number),
        "area": ("Area", organisation.area.name if organisation.area else ""),
        "contact": ("Contact", organisation.contact),
        "names": ("Also known as", ", ".join(_names(session, organisation, ids))),
        "several": ("Stands for several", "Yes" if organisation.stands_for_several else ""),
    }
    rows = (Row(key, (Cell(words), Cell(said))) for key, (words, said) in facts.items() if said)
    return Table("about", "About it", (Column("what", "What"), Column("said", "As recorded")), tuple(rows))


def _names(session: Session, organisation: Organisation, ids: list[int]) -> list[str]:
    """Name what was merged into it, and what each of them was called."""
    rows = select(Organisation).where(Organisation.id.in_(ids)).options(selectinload(Organisation.other_names))
    every = session.scalars(rows).all()
    names = {one.name for one in every} | {other.name for one in every for other in one.other_names}
    return sorted(names - {organisation.name})
