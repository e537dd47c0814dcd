"""Drafting a decision record from the case: what was asked, from what, and which interests were declared."""

from sqlalchemy.orm import Session

from fundtracker.domain.balances import total
from fundtracker.domain.money import pounds
from fundtracker.domain.years import long_date
from fundtracker.services.effects import award_balance
from fundtracker.services.interests import interests_said
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award
from fundtracker.store.funds import Fund


def from_application(session: Session, application: Application) -> dict[str, str]:
    """Draft a record from an application: what it asks for, and what its fund has left."""
    asked = pounds(application.asked_for) if application.asked_for is not None else "an amount that is not stated"
    name, fund = application.organisation.name, application.fund
    purpose = application.purpose.rstrip(".")
    return {
        "title": f"Grant to {name} from {fund.name}",
        "approval_of": f"Application {application.reference}",
        "summary": f"{name} asked {fund.name} for {asked} on {long_date(application.received_on)}"
        f"{f': {purpose}' if purpose else ''}.",
        "proposal": f"Award {name} {asked} from {fund.name}.",
        "interests": interests_said(session, organisation=application.organisation, application=application),
        "part_one": "\n".join([*_outcomes(application), *_left(fund)]),
    }


def from_award(session: Session, award: Award) -> dict[str, str]:
    """Draft a record from an award: what it gives, for what, and why."""
    balance = total([award_balance(award)])
    name, fund = award.organisation.name, award.fund
    from_fund = f" from {fund.name}" if fund else ""
    asked = [f"Asked for: {pounds(award.asked_for)}."] if award.asked_for is not None else []
    said = [
        f"{label}: {text}" for label, text in (("Conditions", award.conditions), ("Reasons", award.reasons)) if text
    ]
    return {
        "title": f"{award.type.value.capitalize()} to {name}{from_fund}",
        "approval_of": f"Award {award.reference}",
        "summary": f"{name} is awarded {pounds(balance.awarded)}{from_fund}"
        f"{f': {award.purpose}' if award.purpose else ''}".rstrip(".")
        + ".",
        "proposal": f"Award {name} {pounds(balance.awarded)}{from_fund}.",
        "interests": interests_said(session, organisation=award.organisation, application=award.application),
        "part_one": "\n".join([*asked, *said, *(_left(fund) if fund else [])]),
    }


def _outcomes(application: Application) -> list[str]:
    return [f"Outcome: {outcome.words.rstrip('.')}." for outcome in application.outcomes]


def _left(fund: Fund) -> list[str]:
    allocated = sum(line.allocated for line in fund.lines)
    remaining = sum(line.remaining for line in fund.lines)
    left = f"{pounds(remaining)} of it is left to award" if remaining >= 0 else f"it is over by {pounds(-remaining)}"
    return [f"{fund.name} was allocated {pounds(allocated)}: {left}."]
