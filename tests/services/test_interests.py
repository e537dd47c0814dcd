"""Declared interests: the person who has one neither sees nor acts on what it touches, under any of its names."""

from contextlib import nullcontext

import pytest
from sqlalchemy import select

from fundtracker.domain.refusals import WrongStateError
from fundtracker.domain.roles import Actor, Role
from fundtracker.services import applications, histories
from fundtracker.services.figures import as_at
from fundtracker.services.interests import (
    InterestDeclaredError,
    declare_interest,
    interests_said,
    take_back_interest,
)
from fundtracker.services.listings.applications import list_applications
from fundtracker.services.listings.filters import Filters
from fundtracker.services.organisations import merge
from fundtracker.services.people import add_person
from fundtracker.store.applications import Application
from fundtracker.store.interests import Interest
from fundtracker.store.transactions import BY
from tests.books.builder import Books, pence
from tests.services.approvals.people import Office


@pytest.fixture
def officer(books: Books) -> Actor:
    """Give a person of the office, for whom the session reads from now on."""
    person = books.change(add_person, email="o@example.org", name="Officer", role=Role.COMMISSIONING)
    actor = Actor(person.name, person.id)
    books.session.info[BY] = actor
    return actor


def _apply(books: Books, name: str) -> Application:
    fund = books.fund("1,000", reference=f"F-{name}")
    details = applications.ApplicationDetails(
        fund=fund, organisation=books.organisation(name), asked_for=pence("100"), purpose="Cameras"
    )
    return books.do(applications.log_application, details=details)


def _listed(books: Books) -> list[str]:
    return [row.organisation for row in list_applications(books.session, as_at(books.session), Filters()).rows]


def test_who_declares_one_neither_sees_nor_acts(books: Books, officer: Actor) -> None:
    riders, walkers = _apply(books, "Riders"), _apply(books, "Walkers")
    ref, fund, organisation = riders.reference, riders.fund, riders.organisation
    books.change(declare_interest, touching=riders.organisation, words="My sister asks.", by=officer)

    assert _listed(books) == ["Walkers"]
    assert histories.waiting(books.session, fund) == []
    with pytest.raises(InterestDeclaredError, match=ref):
        applications.find_application(books.session, ref)
    for to in (organisation, walkers.organisation):
        with pytest.raises(InterestDeclaredError) if to is organisation else nullcontext():
            Office(books).award(fund, "100", officer, to=to)
    assert applications.find_application(books.session, walkers.reference) is walkers


def test_others_go_on_and_the_decision_repeats_it(books: Books, officer: Actor) -> None:
    riders = _apply(books, "Riders")
    assert interests_said(books.session, organisation=riders.organisation, application=riders) == "None declared."
    books.change(declare_interest, touching=riders, words="My sister asks", by=officer)

    books.session.info[BY] = Actor("Another", 98765)
    assert _listed(books) == ["Riders"]
    assert applications.find_application(books.session, riders.reference) is riders
    said = interests_said(books.session, organisation=riders.organisation, application=riders)
    assert said.startswith("Officer, ")
    assert said.endswith(": My sister asks.")


def test_an_interest_in_an_organisation_follows_it_through_a_merge(books: Books, officer: Actor) -> None:
    old, new = _apply(books, "Riders"), _apply(books, "Riders of the Marches")
    books.change(declare_interest, touching=old.organisation, words="Trustee", by=officer)
    assert _listed(books) == ["Riders of the Marches"]

    books.session.info[BY] = Actor("Another", 98765)
    books.do(merge, organisation=old.organisation, into=new.organisation)
    books.session.info[BY] = officer

    assert _listed(books) == []
    with pytest.raises(InterestDeclaredError):
        applications.find_application(books.session, new.reference)


def test_nobody_ends_an_interest_of_their_own(books: Books, officer: Actor) -> None:
    riders = _apply(books, "Riders")
    books.change(declare_interest, touching=riders, words="Trustee", by=officer)
    interest = books.session.scalars(select(Interest)).one()
    with pytest.raises(WrongStateError, match="Nobody ends an interest of their own"):
        books.change(take_back_interest, interest=interest, why="It has", by=officer)

    manager = books.change(add_person, email="m@example.org", name="Manager", role=Role.MANAGER)
    with_by = Actor(manager.name, manager.id)
    books.change(take_back_interest, interest=interest, why="No longer a trustee", by=with_by)
    assert _listed(books) == ["Riders"]
