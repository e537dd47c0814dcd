"""The gifts in kind of the Panel's report: things given, with no cash, in the year to a day."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from fundtracker.domain.quarters import Quarter
from fundtracker.domain.statuses import AwardType
from fundtracker.domain.years import first_day
from fundtracker.services.organisations import root_of
from fundtracker.services.papers.drafts import Draft, Fact
from fundtracker.services.papers.panel_funds import IS_NEW
from fundtracker.services.papers.phrases import amount, in_sentence, use_of
from fundtracker.store.awards import Award


def gifts_at(session: Session, quarter: Quarter, day: date) -> Sequence[Award]:
    """Give the gifts that were made in the quarter's year by a day and stood then, the earliest first."""
    rows = select(Award).where(Award.type == AwardType.IN_KIND).options(joinedload(Award.organisation))
    rows = rows.where(Award.awarded_on.between(first_day(quarter.year), day))
    rows = rows.where(or_(Award.withdrawn_on.is_(None), Award.withdrawn_on > day))
    return session.scalars(rows.order_by(Award.awarded_on, Award.reference)).all()


def gift_drafts(gifts: Sequence[Award], quarter: Quarter, names: frozenset[str]) -> Iterator[Draft]:
    """Give a heading and a paragraph for each gift."""
    if gifts:
        yield Draft("gifts", "Gifts in kind", level=1)
    for gift in gifts:
        yield _draft(gift, quarter, names)


def _draft(gift: Award, quarter: Quarter, names: frozenset[str]) -> Draft:
    what = in_sentence(gift.purpose.rstrip("."), names)
    says = f"A gift in kind was made to {root_of(gift.organisation).name}{': ' if what else ''}{what}."
    if gift.benefits:
        says += f" It is {use_of(gift.benefits, '')}."
    facts: dict[str, Fact] = {}
    if gift.estimated_value is not None:
        facts["worth"] = Fact(amount(gift.estimated_value), award=gift.reference)
        says += " It is estimated to be worth [[worth]], which is in no total."
    else:
        says += " No cash was given, and no value is stated."
    says += f" {IS_NEW}" if gift.awarded_on >= quarter.first else ""
    warnings = ["The day of this gift is not stated."] if gift.date_doubt else []
    warnings += ["The value of this gift is not stated."] if gift.estimated_value is None else []
    return Draft(f"gift.{gift.reference}", says, facts=facts, warnings=tuple(warnings))
