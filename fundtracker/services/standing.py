"""Standing: what the organisation that applies asked for, was awarded and was paid, from the same fund and from all."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.years import year_label, year_of
from fundtracker.services.figures import as_at
from fundtracker.services.listings.owed import pence_sum
from fundtracker.services.organisation_sums import Sums, parts_of, selves, whole
from fundtracker.services.organisations import root_of, roots
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.organisations import Organisation


@dataclass(frozen=True)
class Standing:
    """The sums of one organisation from what the words say."""

    words: str
    sums: Sums


def standings(session: Session, application: Application) -> list[Standing]:
    """
    Add up what the one that applies had: from this fund in the year of the application, and ever, and from all funds.

    The application itself is among what was asked for. The year is left out where the fund has no more than one.
    """
    fund, year = application.fund, year_of(application.received_on)
    parts = parts_of(session, as_at(session), selves(session, root_of(application.organisation)))
    own = [part for part in parts if part.reference == fund.reference]
    had = [Standing(fund.name, whole(own)), Standing("All funds", whole(parts))]
    if len({line.year for line in fund.lines}) > 1:
        that_year = whole(part for part in own if part.year == year)
        had.insert(0, Standing(f"{fund.name} in {year_label(year)}", that_year))
    return had


def awarded_to(session: Session, organisations: Collection[Organisation]) -> dict[int, Pence]:
    """Give what each organisation was awarded, in pence, by its id; those awarded nothing are left out."""
    into, wanted = roots(session), {organisation.id for organisation in organisations}
    ids = wanted | {child for child, root in into.items() if root in wanted}
    sums = select(Award.organisation_id, pence_sum(AwardLine.awarded)).join(AwardLine, AwardLine.award_id == Award.id)
    had: Counter[int] = Counter()
    for key, awarded in session.execute(sums.where(Award.organisation_id.in_(ids)).group_by(Award.organisation_id)):
        had[into.get(key, key)] += awarded
    return {key: Pence(awarded) for key, awarded in had.items() if awarded}
