"""Twins: organisations on record twice, by names that are nearly one or by a number that they share."""

from rapidfuzz import fuzz
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from fundtracker.services.likely import MOST, known_names, spelt_out
from fundtracker.services.organisations import as_they_are, root_of
from fundtracker.store.organisations import Organisation

_NEARLY_ONE = 92  # "wellingtn town" against "wellington town" has 97, "wem parish" against "weobley parish" 83
_SAY_LITTLE = frozenset({"and", "charity", "cic", "cio", "limited", "of", "the"})
_MORE_THAN_ONE = 2


def twins(session: Session, organisation: Organisation) -> list[Organisation]:
    """Give the organisations that may be this one, those with its charity or company number first."""
    mine = _telling(spelt_out(organisation.name))
    near = [key for key, name in known_names(session) if _alike(mine, _telling(name))]
    found = as_they_are(session, [*_of_its_numbers(session, organisation), *near])
    return [twin for twin in found if twin is not root_of(organisation)][:MOST]


def _of_its_numbers(session: Session, organisation: Organisation) -> list[int]:
    own = [
        column == number
        for column, number in (
            (Organisation.charity_number, organisation.charity_number),
            (Organisation.company_number, organisation.company_number),
        )
        if number
    ]
    if not own:
        return []
    return list(session.scalars(select(Organisation.id).where(or_(*own)).order_by(Organisation.id)))


def _telling(name: str) -> list[str]:
    return [word for word in name.split() if word not in _SAY_LITTLE]


def _alike(one: list[str], other: list[str]) -> bool:
    """Say whether two names are nearly one, or one has a word more; what is numbered apart stays apart."""
    if [word for word in one if word.isdigit()] != [word for word in other if word.isdigit()]:
        return False
    shorter, longer = sorted((set(one), set(other)), key=len)
    if len(shorter) >= _MORE_THAN_ONE and shorter < longer and len(longer - shorter) == 1:
        return True
    return fuzz.ratio(" ".join(one), " ".join(other)) >= _NEARLY_ONE
