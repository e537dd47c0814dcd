"""Organisations: what one asked for, was awarded and was paid."""

from flask import render_template

from fundtracker.domain.balances import total
from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import NotFoundRefusal
from fundtracker.services import histories
from fundtracker.services.organisations import root_of
from fundtracker.store.organisations import Organisation
from fundtracker.web.awards import award_sums
from fundtracker.web.blueprints import organisations as pages
from fundtracker.web.db import reading


@pages.get("/organisations/<int:number>")
def show(number: int) -> str:
    """Show one organisation, with those merged into it."""
    session = reading()
    found = session.get(Organisation, number)
    if found is None:
        raise NotFoundRefusal(f"There is no organisation number {number}.")
    organisation = root_of(found)
    applications = histories.applications_of(session, organisation)
    awards = histories.awards_of(session, organisation)
    stated = [application.asked_for for application in applications if application.asked_for is not None]
    return render_template(
        "organisations/show.html",
        organisation=organisation,
        found=found,
        applications=applications,
        awards=[(award, award_sums(award)) for award in awards],
        payments=histories.payments_to(session, organisation),
        asked_for=Pence(sum(stated)),
        unstated=len(applications) - len(stated),
        sums=total(award_sums(award) for award in awards),
    )
