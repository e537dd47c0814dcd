"""Choices: what a field offers, and the words in which it is shown, where several forms and pages ask the same."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.statuses import AwardType, LegalPower, Source, SpendType
from fundtracker.store.office import Area, Objective

# Each is by its own value, which is what a form sends and a template looks up.
SOURCES = {source.value: source.words for source in Source}
YEAR_BOUND = "The funder’s money is for its year only: what is left goes back, unless the funder’s letter allows more"
SPEND_TYPES = {spend.value: spend.value.capitalize() for spend in SpendType}
AWARD_TYPES = {
    AwardType.GRANT.value: "Grant",
    AwardType.CONTRACT.value: "Contract",
    AwardType.IN_KIND.value: "Gift in kind",
    AwardType.PAID_IN_ERROR.value: "Paid in error",
}
LEGAL_POWERS = {"": "Not stated"} | {power.value: power.value for power in LegalPower}


def names_of(session: Session, kind: type[Objective] | type[Area]) -> dict[str, str]:
    """Give the objectives or the areas by their ids, in the order in which the office lists them."""
    rows = session.execute(select(kind.id, kind.name).order_by(kind.id))
    return {"": "Not stated"} | {str(key): name for key, name in rows}
